//! Credentials that are in no URL as one is written: escaped within another, or assigned to a name.

use super::super::mask_credentials;
use super::masked;

#[test]
fn a_url_is_masked_within_the_query_of_another() {
    for (text, hidden) in [
        (
            "https%3A%2F%2Fme%3Ahunter2%40git.almckay.io%2Fx",
            "https%3A%2F%2F************%40git.almckay.io%2Fx",
        ),
        (
            "/login?to=https%3a%2f%2fme%3ahunt%2fer2%40git.almckay.io",
            "/login?to=https%3a%2f%2f***************%40git.almckay.io",
        ),
        (
            "https%253A%252F%252Fme%253Ahunter2%2540git.almckay.io",
            "https%253A%252F%252F**************%2540git.almckay.io",
        ),
        (
            "https:%2F%2Fhunter2%40git.almckay.io",
            "https:%2F%2F*******%40git.almckay.io",
        ),
    ] {
        assert_eq!(masked(text), hidden);
    }
    for text in [
        "https%3A%2F%2Fgit.almckay.io%2Fx%40y",
        "oci%3A%2F%2Fghcr.io%3A443%2Fapp%40sha256%3A0a",
        "ssh%3A%2F%2Fgit%40git.almckay.io%2Fx",
        "100%%3A%2F%2F",
        "a %3A%2F%2F b%40c",
    ] {
        assert_eq!(masked(text), text);
    }
}

#[test]
fn a_user_alone_may_be_a_token_but_no_image_is_one() {
    assert_eq!(
        masked("sftp://hunter2@almckay.io"),
        "sftp://*******@almckay.io"
    );
    for text in [
        "git+ssh://git@git.almckay.io/x",
        "docker-pullable://nginx@sha256:0a",
    ] {
        assert_eq!(masked(text), text);
    }
    assert_eq!(
        masked("https://almckay.io/?access=a"),
        "https://almckay.io/?access=*"
    );
}

#[test]
fn what_is_assigned_to_a_password_is_hidden() {
    for (text, hidden) in [
        (
            "host=pg user=me password=hunter2 dbname=auth",
            "host=pg user=me password=******* dbname=auth",
        ),
        (
            r#"{"args":["--redis-password=hunter2","--x"]}"#,
            r#"{"args":["--redis-password=*******","--x"]}"#,
        ),
        (
            "PGPASSWORD='hunter 2' psql, API_KEY=a;host=b",
            "PGPASSWORD='********' psql, API_KEY=*;host=b",
        ),
        (
            r#"{"message":"bad dsn \"password=hunter2\" of \"pwd=\\\"a b\\\"\""}"#,
            r#"{"message":"bad dsn \"password=*******\" of \"pwd=\\\"***\\\"\""}"#,
        ),
        (
            "- password=\"hunter 2\" or token=a,b&c=d\n",
            "- password=\"********\" or token=***&c=d\n",
        ),
    ] {
        assert_eq!(masked(text), hidden);
    }
}

#[test]
fn what_is_no_secret_stays() {
    for text in [
        r#"["--password=","x"]"#,
        "- '--token='\n- \"--token=\"\n- a",
        "--password=$(REDIS_PASSWORD) --token=${TOKEN}",
        "--password-file=/run/redis --token-ttl=1h --key=a",
        r#"token == "a" or token!="b""#,
        "invalid password: it must be longer, access=denied",
        "password=",
    ] {
        assert_eq!(masked(text), text);
    }
}

#[test]
fn neither_is_looked_at_over_and_over() {
    mask_credentials(&mut "x%3A%2F%2Fa%3Ab%2F".repeat(20_000).into_bytes());
    mask_credentials(&mut "%25".repeat(500_000).into_bytes());
    mask_credentials(&mut "password=\"a".repeat(200_000).into_bytes());
    mask_credentials(&mut "password='a,b".repeat(200_000).into_bytes());
}
