//! Finds the hosts that words of a text name.

/// `NAME.NAMESPACE.svc...`; more labels before (a pod of a StatefulSet) are left out.
pub(super) fn service_host(word: &str) -> Option<String> {
    let labels: Vec<&str> = word.split('.').collect();
    let svc = labels.iter().position(|label| *label == "svc")?;
    let [name, namespace] = labels.get(svc.checked_sub(2)?..svc)? else {
        return None;
    };
    (!name.is_empty() && !namespace.is_empty()).then(|| format!("{name}.{namespace}.svc"))
}

/// The short hosts of `scheme://user:password@host,host:port/path`, also without the scheme. Where
/// it is not clear what is the password nothing is kept.
pub(super) fn hosts_of_url(word: &str) -> Vec<String> {
    let Some((_, rest)) = word.split_once("//") else {
        return Vec::new();
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let after = &rest[authority.len()..];
    let hosts = match authority.split('@').collect::<Vec<_>>()[..] {
        _ if after.contains('@') => return Vec::new(),
        [hosts] | [_, hosts] => hosts,
        _ => return Vec::new(),
    };
    hosts.split(',').filter_map(short_host).collect()
}

/// `name` or `name.namespace`, with or without a port, as `//name`, `//name.namespace`.
pub(super) fn short_host(text: &str) -> Option<String> {
    let text = text.trim();
    let host = match text.split_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        Some(_) => return None,
        None => text,
    };
    let labels = host.split('.');
    (labels.clone().count() <= 2 && labels.into_iter().all(is_label) && host != "localhost")
        .then(|| format!("//{host}"))
}

/// Whether a word may be the name of a Service.
/// See <https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#rfc-1035-label-names>.
fn is_label(word: &str) -> bool {
    let is_inner = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    word.len() <= 63
        && word.starts_with(|c: char| c.is_ascii_lowercase())
        && word.chars().all(is_inner)
}
