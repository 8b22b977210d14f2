//! Certificates that are in use: those that TLS is served with, and those that pods mount together
//! with their private keys; and what is wrong with them.
//!
//! A check that uses this needs [`tls::served_and`], Secrets and pods.

pub(in crate::checks) mod cert_manager;
pub(in crate::checks) mod issuance;
pub(in crate::checks) mod issuer_secrets;
pub(in crate::checks) mod solver;
pub(in crate::checks) mod tls;

use std::collections::{BTreeMap, BTreeSet};

use shared::facts::kinds::pod::Pod;
use shared::facts::kinds::secret::{Form, Secret};
use shared::facts::kinds::x509::X509;
use shared::facts::{Fact, View};
use shared::object::{ObjectRef, group_of};

use super::flux::applied;
use super::operator;
use super::pods::workload::Workload;

/// A certificate that somebody shows.
pub(in crate::checks) struct InUse<'a> {
    /// Where it is.
    pub(in crate::checks) secret: &'a Secret,
    /// Under which key.
    pub(in crate::checks) key: &'a str,
    /// What it says.
    pub(in crate::checks) certificate: &'a X509,
    /// The first who uses it.
    pub(in crate::checks) by: ObjectRef,
}

/// By namespace and name the Secrets of certificates, each with the first who uses it.
type Users<'a> = BTreeMap<(&'a str, &'a str), (&'a Secret, ObjectRef)>;

/// All certificates in use.
pub(in crate::checks) fn in_use<'a>(view: &View<'a>) -> Vec<InUse<'a>> {
    certificates(users(view))
}

/// All certificates in use, and those that operators and charts keep for what they run: their pods mount
/// them if they are there, or fetch them.
///
/// A check that uses this hints at `Kind::HelmRelease`.
pub(in crate::checks) fn relied_on<'a>(view: &View<'a>) -> Vec<InUse<'a>> {
    /// What writes Secrets for others.
    const WRITERS: [&str; 3] = ["cert-manager.io", "external-secrets.io", "bitnami.com"];
    let mut users = users(view);
    for secret in view.all::<Secret>() {
        let meta = &secret.metadata;
        let owner = meta.controller().filter(|owner| {
            operator::is_foreign(&owner.api_version)
                && !WRITERS.contains(&group_of(&owner.api_version))
        });
        let owner = owner.map(|owner| owner.reference(&meta.namespace));
        let release = || applied::release_of(view, meta).map(Fact::reference);
        if let Some(by) = owner.or_else(release) {
            users.entry(place(secret)).or_insert((secret, by));
        }
    }
    certificates(users)
}

fn users<'a>(view: &View<'a>) -> Users<'a> {
    let served = tls::secrets(view).into_iter();
    let mut users: Users<'_> = served
        .map(|(secret, by)| (place(secret), (secret, by)))
        .collect();
    let mut seen = BTreeSet::new();
    for pod in view.all::<Pod>() {
        if matches!(&*pod.status.phase, "Succeeded" | "Failed") {
            continue;
        }
        let namespace = pod.metadata.namespace.as_str();
        for name in pod.spec.mounted_secrets() {
            if !seen.insert((namespace, name)) {
                continue;
            }
            let secret = view.get::<Secret>(namespace, name);
            if let Some(secret) = secret.filter(|secret| pairs(secret).next().is_some()) {
                let user = || (secret, Workload::of(view, pod).object);
                users.entry(place(secret)).or_insert_with(user);
            }
        }
    }
    users
}

fn certificates(users: Users<'_>) -> Vec<InUse<'_>> {
    let all = users.into_values().flat_map(|(secret, by)| {
        pairs(secret).map(move |(key, certificate)| InUse {
            secret,
            key,
            certificate,
            by: by.clone(),
        })
    });
    all.collect()
}

/// By Secret: the hosts that are served with its certificate and that no served certificate covers, and who serves
/// them first. Empty where any of the certificates could not be read: it may cover them.
pub(in crate::checks) fn uncovered(
    view: &View<'_>,
) -> BTreeMap<ObjectRef, (BTreeSet<String>, ObjectRef)> {
    let shown: Option<Vec<&X509>> = tls::secrets(view)
        .iter()
        .map(|(secret, _)| certificate(secret, tls::CERTIFICATE))
        .collect();
    let Some(shown) = shown else {
        return BTreeMap::new();
    };
    // What Flux is to fill in is not known.
    let is_covered = |host: &str| host.contains('$') || shown.iter().any(|one| one.covers(host));
    let mut all: BTreeMap<_, (BTreeSet<_>, _)> = BTreeMap::new();
    for one in tls::served(view) {
        let exists = view
            .get::<Secret>(one.secret.namespace(), &one.secret.name)
            .is_some();
        for host in one
            .hosts
            .into_iter()
            .filter(|host| exists && !is_covered(host))
        {
            let (hosts, _) = all
                .entry(one.secret.clone())
                .or_insert_with(|| (BTreeSet::new(), one.by.clone()));
            hosts.insert(host);
        }
    }
    all
}

/// What keeps TLS from being served with a Secret, as far as the form of its values tells.
pub(in crate::checks) fn lack(secret: &Secret) -> Option<String> {
    let form = |key| secret.value(key).map(|value| value.form);
    let keys = [tls::CERTIFICATE, tls::PRIVATE_KEY];
    if let Some(key) = keys.into_iter().find(|key| form(key).is_none()) {
        return Some(format!("has no key {key}"));
    }
    if let Some(key) = keys.into_iter().find(|key| form(key) == Some(Form::Empty)) {
        return Some(format!("key {key} is empty"));
    }
    // Where the private key was taken out of a file before it was sent, the certificate may be too.
    let is_real = form(tls::PRIVATE_KEY) == Some(Form::Pem);
    let is_none = form(tls::CERTIFICATE) != Some(Form::Pem)
        && certificate(secret, tls::CERTIFICATE).is_none();
    (is_real && is_none).then(|| format!("key {} is not PEM", tls::CERTIFICATE))
}

fn certificate<'a>(secret: &'a Secret, key: &str) -> Option<&'a X509> {
    secret.value(key)?.certificate.as_deref()
}

fn place(secret: &Secret) -> (&str, &str) {
    (&secret.metadata.namespace, &secret.metadata.name)
}

/// Certificates with a private key beside them (`tls.crt` with `tls.key`): one without is there to
/// check others by, and who trusts an old one beside a new one is not harmed.
fn pairs(secret: &Secret) -> impl Iterator<Item = (&str, &X509)> {
    secret.keys().filter_map(|key| {
        let private = format!("{}.key", key.strip_suffix(".crt")?);
        secret.value(&private)?;
        Some((key, certificate(secret, key)?))
    })
}
