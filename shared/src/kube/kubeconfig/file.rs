//! Reads one kubeconfig file, by way of JSON: straight from YAML, as kube does it, the code for each of its
//! structs is a twentieth of our programs.

use std::fs;
use std::path::{MAIN_SEPARATOR, Path};

use ::kube::config::Kubeconfig;
use serde_json::Value;

use crate::failure::io;

/// Where a file names others, by its folder: the list, what each of its elements holds, and the fields.
const PATHS: [(&str, &str, &[&str]); 2] = [
    ("clusters", "cluster", &["certificate-authority"]),
    (
        "users",
        "user",
        &["client-certificate", "client-key", "tokenFile"],
    ),
];

/// What a file says. The error tells why it cannot be read, without a word of what it holds.
pub(super) fn read(path: &Path) -> Result<Kubeconfig, String> {
    let bytes = fs::read(path).map_err(|error| io(&error))?;
    let text = text(&bytes).ok_or("it is not text")?;
    let documents: Vec<Value> =
        serde_saphyr::from_multiple(&text).map_err(|error| match error.location() {
            Some(place) => format!("it is malformed in line {}", place.line()),
            None => "it is malformed".to_owned(),
        })?;
    let mut all = Kubeconfig::default();
    for mut document in documents.into_iter().filter(|one| !one.is_null()) {
        resolve(&mut document, path.parent().unwrap_or(Path::new("")));
        let read = serde_json::from_value(document).map_err(|_| "it is malformed")?;
        all = all.merge(read).map_err(|error| error.to_string())?;
    }
    Ok(all)
}

/// Text in UTF-8, or in what PowerShell writes.
fn text(bytes: &[u8]) -> Option<String> {
    let utf_16 = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let (pairs, rest) = bytes.as_chunks();
        let units: Vec<u16> = pairs.iter().map(|pair| unit(*pair)).collect();
        rest.is_empty().then(|| String::from_utf16(&units).ok())?
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => utf_16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf_16(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] | rest => String::from_utf8(rest.to_vec()).ok(),
    }
}

/// Makes paths of the folder's into paths of ours. A command without a separator is looked for in `$PATH`.
/// See <https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/#file-references>.
fn resolve(document: &mut Value, folder: &Path) {
    let join = |path: &mut Value| {
        if let Some(relative) = path.as_str().filter(|path| !path.is_empty()) {
            *path = folder.join(relative).to_string_lossy().into();
        }
    };
    for (list, of, fields) in PATHS {
        let all = document.get_mut(list).and_then(Value::as_array_mut);
        for one in all.into_iter().flatten().filter_map(|one| one.get_mut(of)) {
            let named = fields.iter().filter(|field| one.get(field).is_some());
            for field in named.collect::<Vec<_>>() {
                join(&mut one[*field]);
            }
            let command = one.pointer_mut("/exec/command");
            let is_path = |command: &&mut Value| {
                command
                    .as_str()
                    .is_some_and(|command| command.contains(MAIN_SEPARATOR))
            };
            command.filter(is_path).map(join);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONFIG: &str = "apiVersion: v1\nclusters:\n- name: home\n  cluster:\n    server: https://192.0.2.10\n    \
        certificate-authority: ca.crt\nusers:\n- name: ops\n  user:\n    client-certificate: /etc/ops.crt\n    \
        exec: {apiVersion: client.authentication.k8s.io/v1, command: bin/login}\n- name: ci\n  user:\n    \
        exec: {apiVersion: client.authentication.k8s.io/v1, command: login}\n";

    fn read_bytes(bytes: &[u8]) -> Result<Kubeconfig, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config");
        fs::write(&path, bytes).unwrap();
        read(&path).map(|mut config| {
            let authority = config.clusters[0].cluster.as_mut().unwrap();
            let named = authority.certificate_authority.take().unwrap();
            assert_eq!(Path::new(&named), folder.path().join("ca.crt"));
            config
        })
    }

    #[test]
    fn paths_are_those_of_the_folder() {
        let users = read_bytes(CONFIG.as_bytes()).unwrap().auth_infos;
        let users: Vec<_> = users
            .into_iter()
            .filter_map(|user| user.auth_info)
            .collect();
        let commands: Vec<_> = users
            .iter()
            .filter_map(|user| user.exec.as_ref()?.command.as_deref())
            .collect();
        assert_eq!(users[0].client_certificate.as_deref(), Some("/etc/ops.crt"));
        assert!(commands[0].ends_with("/bin/login") && commands[0].len() > "/bin/login".len());
        assert_eq!(commands[1], "login");
    }

    #[test]
    fn any_text_is_read_and_several_documents_are_one() {
        let more = format!("{CONFIG}---\ncurrent-context: home\nkind: Config\n");
        let little: Vec<u8> = more.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = more.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for (mark, text) in [
            (&b""[..], more.as_bytes()),
            (b"\xef\xbb\xbf", more.as_bytes()),
            (b"\xff\xfe", &little),
            (b"\xfe\xff", &big),
        ] {
            let config = read_bytes(&[mark, text].concat()).unwrap();
            assert_eq!(config.current_context.as_deref(), Some("home"));
            assert_eq!(config.auth_infos.len(), 2);
        }
    }

    #[test]
    fn what_is_wrong_is_told_without_its_words() {
        for (text, why) in [
            (&b"\xff\xfe\x00"[..], "it is not text"),
            (b"\x80", "it is not text"),
            (b"users:\n  s3cret: [", "it is malformed in line 2"),
            (b"users:\n- name: [s3cret]", "it is malformed"),
        ] {
            assert_eq!(read_bytes(text).err().unwrap(), why);
        }
    }
}
