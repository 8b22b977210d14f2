//! The formats of files, told by their names or by a flag.

use std::path::Path;

/// A file format that sops has a store for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// YAML, several documents included.
    Yaml,
    /// JSON with an object at its root.
    Json,
    /// Lines of `NAME=value`.
    Dotenv,
    /// Sections of `name = value`.
    Ini,
    /// Any bytes, in an envelope of JSON.
    Binary,
}

impl Format {
    /// The format that a file's name tells.
    pub fn of_path(path: &Path) -> Self {
        let name = path.as_os_str().to_string_lossy();
        match name.rsplit_once('.').map(|(_, suffix)| suffix) {
            Some("yaml" | "yml") => Self::Yaml,
            Some("json") => Self::Json,
            Some("env") => Self::Dotenv,
            Some("ini") => Self::Ini,
            _ => Self::Binary,
        }
    }

    /// The format of that name.
    pub fn of_name(name: &str) -> Option<Self> {
        Some(match name {
            "yaml" => Self::Yaml,
            "json" => Self::Json,
            "dotenv" => Self::Dotenv,
            "ini" => Self::Ini,
            "binary" => Self::Binary,
            _ => return None,
        })
    }
}
