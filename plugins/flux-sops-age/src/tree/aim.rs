//! What a rule means of a file that its path covers.

use std::path::Path;

use shared::finding::Level;
use shared::sops::Format;
use shared::sops::rules::CreationRule;

use super::rules::Rules;

/// What a rule means of a file that its path covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Aim {
    /// The rule covers any manifest: Secrets are meant.
    SecretsOnly,
    /// The rule covers a folder: Secrets, and what is no manifest, are meant.
    Folder(Level),
    /// The rule names such files.
    File,
}

impl Aim {
    /// Tells it of a file, given by its absolute path.
    pub(super) fn of(rules: &Rules, rule: &CreationRule, path: &Path) -> Self {
        const NEVER_MEANT: [&str; 7] = [
            "kustomization.yaml",
            "kustomization.yml",
            "Kustomization",
            ".sops.yaml",
            ".gitignore",
            ".gitkeep",
            ".gitattributes",
        ];
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let is_text =
            name.ends_with(".md") || name.starts_with("README") || name.starts_with("LICENSE");
        if !rule.has_path || is_text || NEVER_MEANT.contains(&&*name) {
            return Self::SecretsOnly;
        }
        // Nobody encrypts kustomization.yaml: a rule that matches it does not pick files by their names.
        let covers = |folder: Option<&Path>| {
            let probe = folder.map(|folder| folder.join("kustomization.yaml"));
            let found = probe.and_then(|probe| rules.rule_for(&probe));
            found.is_some_and(|found| found.index == rule.index)
        };
        if covers(rules.folder()) {
            return Self::SecretsOnly;
        }
        if !covers(path.parent()) {
            return Self::File;
        }
        match (&rule.rule, Format::of_path(path)) {
            (None, _) => Self::Folder(Level::Error),
            (Some(_), Format::Binary) => Self::SecretsOnly,
            (Some(_), _) => Self::Folder(Level::Warning),
        }
    }
}
