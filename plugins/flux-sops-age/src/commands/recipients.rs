//! Recipients on the command line: those that files are encrypted for, added to or taken from.

use clap::Args;
use shared::age;
use shared::failure::{Failure, Result};
use shared::sops::exit;
use shared::sops::recipients::Recipient;

/// Recipients of other kinds than age's: known, and refused, for only sops encrypts for them.
#[derive(Debug, Args)]
pub(crate) struct Others {
    /// KMS ARNs
    #[arg(short, long, value_name = "ARNS", env = "SOPS_KMS_ARN", hide = true)]
    kms: Option<String>,
    /// GCP KMS resources
    #[arg(long, value_name = "IDS", env = "SOPS_GCP_KMS_IDS", hide = true)]
    gcp_kms: Option<String>,
    /// HuaweiCloud KMS keys
    #[arg(
        long,
        value_name = "IDS",
        env = "SOPS_HUAWEICLOUD_KMS_IDS",
        hide = true
    )]
    hckms: Option<String>,
    /// Azure Key Vault URLs
    #[arg(
        long,
        value_name = "URLS",
        env = "SOPS_AZURE_KEYVAULT_URLS",
        hide = true
    )]
    azure_kv: Option<String>,
    /// Vault URIs
    #[arg(long, value_name = "URIS", env = "SOPS_VAULT_URIS", hide = true)]
    hc_vault_transit: Option<String>,
    /// PGP fingerprints
    #[arg(
        short,
        long,
        value_name = "FINGERPRINTS",
        env = "SOPS_PGP_FP",
        hide = true
    )]
    pgp: Option<String>,
}

impl Others {
    /// Refuses them.
    ///
    /// # Errors
    /// When one is given.
    pub(super) fn refuse(&self) -> Result<()> {
        let given = [
            ("--kms", &self.kms),
            ("--gcp-kms", &self.gcp_kms),
            ("--hckms", &self.hckms),
            ("--azure-kv", &self.azure_kv),
            ("--hc-vault-transit", &self.hc_vault_transit),
            ("--pgp", &self.pgp),
        ];
        match given
            .iter()
            .find(|(_, value)| value.as_ref().is_some_and(|value| !value.is_empty()))
        {
            Some((flag, _)) => Err(Failure::new(format!(
                "{flag}: only age recipients are encrypted for here"
            ))
            .hint("use sops for files with such recipients")
            .exit(exit::GENERIC)),
            None => Ok(()),
        }
    }
}

/// Reads recipients parted by commas.
///
/// # Errors
/// When one is malformed.
pub(super) fn parse(text: Option<&str>) -> Result<Vec<Recipient>> {
    text.unwrap_or_default()
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .map(|name| {
            age::Recipient::parse(name).map_err(|failure| failure.exit(exit::GENERIC))?;
            Ok(Recipient::Age {
                recipient: name.to_owned(),
                enc: String::new(),
            })
        })
        .collect()
}
