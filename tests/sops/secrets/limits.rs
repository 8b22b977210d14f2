//! What no API server takes, and what is no text.

use super::{desk, rule};

#[test]
fn what_no_api_server_takes_is_refused() {
    let desk = desk();
    desk.write("large", vec![b'x'; 1 << 20]);
    for (arguments, told) in [
        (["--generate", "a=99999999999"], "wants a number"),
        (["--generate", "a=0"], "wants a number"),
        (["--generate", ".."], "is no key of a Secret"),
        (["--generate", "a/b"], "is no key of a Secret"),
        (["--from-file", "a=large"], "too large for a Secret"),
        (["--name", "Bad name"], "is no name of a Secret"),
        (["--name", "a..b"], "is no name of a Secret"),
        (["--namespace", ""], "is no name of a namespace"),
        (["--namespace", "a.b"], "is no name of a namespace"),
    ] {
        let outcome = desk.ours(&[&["secret", "redis", "x"], &arguments[..]].concat());
        let said = &outcome.stderr;
        assert_eq!(outcome.status, 1, "{arguments:?}: {said}");
        assert!(said.contains(told), "{arguments:?}: {said}");
        assert!(!desk.path("x.enc.yaml").exists(), "{arguments:?}");
    }
    let most = ["secret", "generic", "x", "--from-file", "a=large"];
    desk.ours(&most).text();
}

#[test]
fn what_is_no_text_is_written_as_data() {
    let desk = desk();
    desk.write("bytes", b"\xff\xfe\x00a");
    let files = ["--from-file", "b=bytes", "--generate", "a"];
    desk.ours(&[&["secret", "generic", "x"], &files[..]].concat())
        .text();
    let opened = ["decrypt", "--output-type", "json", "x.enc.yaml"];
    let values: serde_json::Value = serde_json::from_str(&desk.sops(&opened).text()).unwrap();
    assert_eq!(values["data"], serde_json::json!({"b": "//4AYQ=="}));
    assert_eq!(values["stringData"].as_object().unwrap().len(), 1);
    // The rule must hold for both.
    rule(&desk, "encrypted_regex: ^stringData$");
    let plain = desk.ours(&[&["secret", "generic", "y"], &files[..]].concat());
    assert!(plain.stderr.contains("leaves b plain"), "{}", plain.stderr);
}
