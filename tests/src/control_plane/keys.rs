//! The keys and certificates of a control plane.

use std::path::Path;

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};

use crate::process::write_private;

/// Writes `ca.crt`, a server certificate for the loopback address (`tls.crt`, `tls.key`), and the pair
/// `sa.key`, `sa.pub` for the tokens of service accounts.
pub(super) fn write(folder: &Path) {
    let mut authority = CertificateParams::new([]).unwrap();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    authority
        .distinguished_name
        .push(rcgen::DnType::CommonName, "control plane of the tests");
    let key = KeyPair::generate().unwrap();
    let certificate = authority.self_signed(&key).unwrap();
    write_private(&folder.join("ca.crt"), &certificate.pem());

    let issuer = Issuer::new(authority, key);
    let names = ["127.0.0.1", "localhost", "kubernetes.default.svc"].map(String::from);
    let server = CertificateParams::new(names).unwrap();
    let key = KeyPair::generate().unwrap();
    let certificate = server.signed_by(&key, &issuer).unwrap();
    write_private(&folder.join("tls.crt"), &certificate.pem());
    write_private(&folder.join("tls.key"), &key.serialize_pem());

    let accounts = KeyPair::generate().unwrap();
    write_private(&folder.join("sa.key"), &accounts.serialize_pem());
    write_private(&folder.join("sa.pub"), &accounts.public_key_pem());
}
