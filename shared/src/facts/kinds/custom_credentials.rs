//! Which scalars of a status may be credentials: some operators tell them there, for people to copy.

/// Names of such scalars, or of what they are in, contain one of these; a command may hold one.
const SENSITIVE: &[&str] = &[
    "accesskey",
    "apikey",
    "clientsecret",
    "command",
    "connectionstring",
    "credential",
    "kubeconfig",
    "passphrase",
    "password",
    "passwd",
    "privatekey",
    "saskey",
    "secretkey",
    "sharedsecret",
    "token",
];

/// Names of scalars that tell how something fares end in one of these.
const STATES: &[&str] = &["health", "phase", "ready", "state", "status"];

/// Whether a scalar, by its dotted path, may be a credential: one word about a state is none.
pub(super) fn is_credential(path: &str, text: &str) -> bool {
    let path: String = path.split(['_', '-']).collect();
    let path = path.to_ascii_lowercase();
    let tells_state = STATES.iter().any(|end| path.ends_with(end));
    let is_word = text.bytes().all(|byte| byte.is_ascii_alphabetic());
    SENSITIVE.iter().any(|word| path.contains(word)) && !(tells_state && is_word)
}

#[cfg(test)]
mod tests {
    use super::super::custom::Custom;

    #[test]
    fn what_may_be_a_credential_is_not_kept() {
        let custom: Custom = serde_json::from_str(
            r#"{"apiVersion":"management.cattle.io/v3","kind":"ClusterRegistrationToken",
                "status":{"token":"t","nodeCommand":"join --token t","admin":{"admin_password":"p"},
                "credentials":{"value":"v"},"clientSecretState":"hunter3","tokenState":"Expired",
                "keys":[{"apiKeyState":"k1","state":"up"}],"phase":"Ready","port":5432,"ready":"True",
                "adminPw":"p","dsn":"p","presharedKey":"p"}}"#,
        )
        .unwrap();
        let scalars = custom.status.scalars.into_iter();
        let kept: Vec<_> = scalars.filter(|(_, text)| text != "*").collect();
        let expected = [
            ("keys.0.state", "up"),
            ("phase", "Ready"),
            ("port", "5432"),
            ("ready", "True"),
            ("tokenState", "Expired"),
        ];
        assert_eq!(
            kept,
            expected.map(|(path, text)| (path.to_owned(), text.to_owned()))
        );
    }
}
