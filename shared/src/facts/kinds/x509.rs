//! What a certificate tells everybody who connects: its time and its names.

use std::net::IpAddr;

use jiff::Timestamp;
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject;
use serde::{Deserialize, Serialize};
use x509_cert::Certificate;
use x509_cert::der::Decode;
use x509_cert::ext::pkix::SubjectAltName;
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::time::Time as Moment;

use super::super::time::Time;

/// The public fields of a certificate.
/// See <https://datatracker.ietf.org/doc/html/rfc5280#section-4.1>.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct X509 {
    /// Before this nobody accepts it.
    pub not_before: Time,
    /// From this on nobody accepts it any more.
    pub not_after: Time,
    /// The DNS names and addresses it is for (`subjectAltName`), in lower case.
    pub names: Vec<String>,
}

impl X509 {
    /// Reads the first certificate among PEM blocks; nothing where there is none to read.
    pub fn first(pem: &[u8]) -> Option<Self> {
        // Nothing else is decoded: a private key may be beside it.
        let at = memchr::memmem::find(pem, b"-----BEGIN CERTIFICATE-----")?;
        let der = CertificateDer::from_pem_slice(pem.get(at..)?).ok()?;
        let fields = Certificate::from_der(&der).ok()?.tbs_certificate;
        let names = fields.get::<SubjectAltName>().ok()?;
        Some(Self {
            not_before: time(fields.validity.not_before),
            not_after: time(fields.validity.not_after),
            names: names
                .iter()
                .flat_map(|(_, names)| names.0.iter().filter_map(name))
                .collect(),
        })
    }

    /// Whether it is for this host.
    pub fn covers(&self, host: &str) -> bool {
        covers(&self.names, host)
    }
}

/// Whether one of these names is for a host. A wildcard among them stands for one label; a
/// wildcard that is asked for is met by itself and by any host that it stands for.
/// See <https://datatracker.ietf.org/doc/html/rfc6125#section-6.4.3>.
pub fn covers(names: &[String], host: &str) -> bool {
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    let stands_for = |wildcard: &str, host: &str| {
        let parent = host.split_once('.').map(|(_, parent)| parent);
        wildcard
            .strip_prefix("*.")
            .is_some_and(|domain| parent == Some(domain))
    };
    names.iter().any(|name| {
        let name = name.to_ascii_lowercase();
        name == host || stands_for(&name, &host) || stands_for(&host, &name)
    })
}

fn time(moment: Moment) -> Time {
    let seconds = moment.to_unix_duration().as_secs();
    let seconds = i64::try_from(seconds).ok();
    Time(seconds.and_then(|seconds| Timestamp::from_second(seconds).ok()))
}

fn name(name: &GeneralName) -> Option<String> {
    match name {
        GeneralName::DnsName(dns) => Some(dns.as_str().to_ascii_lowercase()),
        GeneralName::IpAddress(bytes) => address(bytes.as_bytes()).map(|ip| ip.to_string()),
        _ => None,
    }
}

fn address(bytes: &[u8]) -> Option<IpAddr> {
    if let Ok(v4) = <[u8; 4]>::try_from(bytes) {
        return Some(v4.into());
    }
    <[u8; 16]>::try_from(bytes).ok().map(IpAddr::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of a key that nobody has: `*.almckay.io`, `almckay.io` and 192.0.2.7, for 2026.
    const PEM: &str = "-----BEGIN CERTIFICATE-----
MIIBBTCBuKADAgECAgEBMAUGAytlcDAVMRMwEQYDVQQDDAphbG1ja2F5LmlvMB4X
DTI2MDEwMTAwMDAwMFoXDTI3MDEwMTAwMDAwMFowFTETMBEGA1UEAwwKYWxtY2th
eS5pbzAqMAUGAytlcAMhAMyZiAKyTmpHSfr5ky7IY6PiDJ2n0eoeFWGLBYN48uid
oy0wKzApBgNVHREEIjAgggwqLmFsbWNrYXkuaW+CCmFsbWNrYXkuaW+HBMAAAgcw
BQYDK2VwA0EAPQrVDkn3t+/3BmdOVRMUFIxUzHjEjdpgl+4gwXQn6fYVjelgAC2l
oprWeW145ZSCC4cuWiYllJyZfLhkdk+QAA==
-----END CERTIFICATE-----
";

    #[test]
    fn time_and_names_are_read() {
        let read = X509::first(format!("Bag Attributes\n{PEM}").as_bytes()).unwrap();
        assert_eq!(read.names, ["*.almckay.io", "almckay.io", "192.0.2.7"]);
        let time = |text: &str| Time(Some(text.parse().unwrap()));
        assert_eq!(read.not_before, time("2026-01-01T00:00:00Z"));
        assert_eq!(read.not_after, time("2027-01-01T00:00:00Z"));
        let written = serde_json::to_string(&read).unwrap();
        assert_eq!(serde_json::from_str::<X509>(&written).unwrap(), read);
    }

    #[test]
    fn what_is_no_certificate_is_none() {
        let cut = PEM.replace("MII", "MIJ");
        for text in ["", "hunter2", &cut, &PEM[..PEM.len() / 2]] {
            assert_eq!(X509::first(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn a_wildcard_is_one_label() {
        let read = X509::first(PEM.as_bytes()).unwrap();
        for host in [
            "almckay.io",
            "Auth.almckay.io",
            "auth.almckay.io.",
            "192.0.2.7",
        ] {
            assert!(read.covers(host), "{host}");
        }
        for host in ["a.auth.almckay.io", "*.monosense.io", "io", "", "192.0.2.8"] {
            assert!(!read.covers(host), "{host}");
        }
        assert!(covers(&["auth.almckay.io".to_owned()], "*.almckay.io"));
    }
}
