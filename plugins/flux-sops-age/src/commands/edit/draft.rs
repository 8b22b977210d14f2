//! What is edited: the plain text of a file, or the beginning of one.

use std::path::Path;

use shared::failure::Result;
use shared::sops::cipher::{DataKey, Nonces};
use shared::sops::{Document, Format, Metadata, data_key, exit, file, metadata};
use zeroize::Zeroizing;

use super::Edit;
use crate::io;
use crate::session::Session;

/// What is edited.
pub(super) struct Draft {
    pub(super) text: Zeroizing<Vec<u8>>,
    /// The file as it was found.
    pub(super) found: Option<Vec<u8>>,
    /// The file it comes from; none for a new one.
    pub(super) before: Option<Document>,
    pub(super) metadata: Metadata,
    pub(super) key: DataKey,
    pub(super) nonces: Nonces,
}

impl Edit {
    /// Opens a file that is there.
    pub(super) fn open(&self, path: &Path, format: Format, session: &Session) -> Result<Draft> {
        let bytes = io::read(path, exit::READ)?;
        let (before, metadata) = Document::read_encrypted(&bytes, format)?;
        let (mut document, _) = Document::read_encrypted(&bytes, format)?;
        let opened = self.opening.open(&mut document, &metadata, path, session)?;
        let output = self.formats.output(path);
        let text = if self.show_master_keys {
            Zeroizing::new(document.write_encrypted(&metadata, output, &session.layout)?)
        } else {
            document.write_plain(output, &session.layout)?
        };
        Ok(Draft {
            text,
            found: Some(bytes.to_vec()),
            before: Some(before),
            metadata,
            key: opened.key,
            nonces: opened.nonces,
        })
    }

    /// Begins one that is not, by what .sops.yaml says of it.
    pub(super) fn begin(&self, path: &Path, format: Format, session: &Session) -> Result<Draft> {
        self.choice.others_refused()?;
        let (metadata, key) = self.choice.metadata(path, format, session)?;
        let text = match format {
            Format::Yaml => {
                "apiVersion: v1\nkind: Secret\nmetadata:\n  name: example\nstringData:\n  password: change-me\n"
            }
            Format::Json => "{\n\t\"password\": \"change-me\"\n}\n",
            Format::Dotenv => "PASSWORD=change-me\n",
            Format::Ini => "[example]\npassword = change-me\n",
            Format::Binary => "change me\n",
        };
        Ok(Draft {
            text: Zeroizing::new(text.as_bytes().to_vec()),
            found: None,
            before: None,
            metadata,
            key,
            nonces: Nonces::default(),
        })
    }
}

impl Draft {
    /// The file that a document is encrypted to.
    pub(super) fn seal(
        &mut self,
        mut document: Document,
        output: Format,
        session: &Session,
    ) -> Result<Vec<u8>> {
        if metadata::is_older(&self.metadata.version, metadata::VERSION) {
            self.metadata.set_version(metadata::VERSION);
        }
        file::seal(&mut document, &mut self.metadata, &self.key, &self.nonces)?;
        if let Some(before) = &self.before {
            document.keep_block_of(before, &self.metadata);
        }
        document.write_encrypted(&self.metadata, output, &session.layout)
    }

    /// Reads a text that has a `sops` block, and encrypts the data key for the recipients that are new in it.
    pub(super) fn take_block(&mut self, text: &[u8], format: Format) -> Result<Document> {
        let (document, mut metadata) = Document::read_encrypted(text, format)?;
        let before = self.metadata.groups.as_slice();
        if metadata.groups != before {
            let groups = metadata.groups.clone();
            let groups = data_key::seal(groups, metadata.threshold, &self.key, Some(before))?;
            metadata.set_groups(groups);
        }
        self.metadata = metadata;
        self.before = None;
        Ok(document)
    }
}
