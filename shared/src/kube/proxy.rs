//! Which proxy leads to a server, as kubectl decides it.
//!
//! A `proxy-url` of the kubeconfig holds always. Else the environment speaks, as Go reads it:
//! `HTTPS_PROXY` or `HTTP_PROXY` by the server's scheme, not for what `NO_PROXY` matches, and
//! never for this machine. See <https://pkg.go.dev/golang.org/x/net/http/httpproxy>.

use std::env;
use std::net::IpAddr;

use http::Uri;
use hyper_util::client::proxy::matcher::Matcher;

/// The proxy that the environment names for a server. A text that is no URL names none.
pub(super) fn of_environment(server: &Uri) -> Option<Uri> {
    proxy_for(server, |name| {
        [name.to_uppercase(), name.to_lowercase()]
            .iter()
            .find_map(|name| env::var(name).ok().filter(|value| !value.is_empty()))
    })
}

fn proxy_for(server: &Uri, variable: impl Fn(&str) -> Option<String>) -> Option<Uri> {
    if is_this_machine(server.host()?) {
        return None;
    }
    let scheme = server.scheme_str()?;
    let proxy = variable(&format!("{scheme}_proxy"))?;
    let excepted = Matcher::builder()
        .all(proxy.clone())
        .no(variable("no_proxy").unwrap_or_default())
        .build();
    excepted.intercept(server)?;
    if proxy.contains("://") {
        proxy.parse().ok()
    } else {
        format!("http://{proxy}").parse().ok()
    }
}

fn is_this_machine(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || bare.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(server: &str, variables: &[(&str, &str)]) -> Option<String> {
        let server = server.parse().unwrap();
        let variable = |name: &str| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        proxy_for(&server, variable).map(|uri| uri.to_string())
    }

    #[test]
    fn the_environment_is_read_as_go_reads_it() {
        let https = ("https_proxy", "http://proxy.almckay.io:3128");
        let api = "https://api.almckay.io:6443";
        assert_eq!(
            chosen(api, &[https]).as_deref(),
            Some("http://proxy.almckay.io:3128/")
        );
        assert_eq!(chosen("http://api.almckay.io", &[https]), None);
        assert_eq!(chosen("https://127.0.0.1:6443", &[https]), None);
        assert_eq!(chosen("https://[::1]:6443", &[https]), None);
        assert_eq!(chosen("https://localhost:6443", &[https]), None);
        assert_eq!(chosen(api, &[https, ("no_proxy", "almckay.io")]), None);
        assert_eq!(
            chosen("https://10.1.2.3", &[https, ("no_proxy", "10.0.0.0/8")]),
            None
        );
        assert_eq!(
            chosen(api, &[("https_proxy", "proxy:3128")]).as_deref(),
            Some("http://proxy:3128/")
        );
        assert_eq!(chosen(api, &[]), None);
    }
}
