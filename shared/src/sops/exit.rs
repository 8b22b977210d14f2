//! The exit statuses of sops, by the names its source gives them.

use crate::failure::Exit;

/// Anything without a status of its own: no metadata, no rule for the file.
pub const GENERIC: Exit = Exit::Sops(1);
/// The input cannot be read or parsed.
pub const READ: Exit = Exit::Sops(2);
/// The output cannot be written.
pub const WRITE: Exit = Exit::Sops(3);
/// The document cannot be written in the output format.
pub const DUMP: Exit = Exit::Sops(4);
/// The configuration cannot be read.
pub const CONFIG: Exit = Exit::Sops(5);
/// The path or value of `set` is malformed.
pub const SET_FORMAT: Exit = Exit::Sops(7);
/// Flags that exclude each other.
pub const CONFLICT: Exit = Exit::Sops(8);
/// A value cannot be encrypted.
pub const ENCRYPT_TREE: Exit = Exit::Sops(23);
/// A value cannot be decrypted.
pub const DECRYPT_TREE: Exit = Exit::Sops(25);
/// Keys cannot be added to a file that does not exist.
pub const NO_FILE_FOR_KEYS: Exit = Exit::Sops(49);
/// The values are not those the MAC was made for.
pub const MAC_MISMATCH: Exit = Exit::Sops(51);
/// The path of `--extract` is malformed.
pub const EXTRACT_PATH: Exit = Exit::Sops(91);
/// There is no document to encrypt.
pub const EMPTY: Exit = Exit::Sops(92);
/// No file was named, or it does not exist.
pub const NO_FILE: Exit = Exit::Sops(100);
/// A kind of key is named twice in the order of decryption.
pub const DUPLICATE_ORDER: Exit = Exit::Sops(112);
/// No key opened the data key.
pub const NO_KEY: Exit = Exit::Sops(128);
/// The editor left the file as it was.
pub const NOT_MODIFIED: Exit = Exit::Sops(200);
/// There is no editor, or it failed.
pub const NO_EDITOR: Exit = Exit::Sops(201);
/// The version in the file is none.
pub const VERSION: Exit = Exit::Sops(202);
/// The file is encrypted already.
pub const ALREADY_ENCRYPTED: Exit = Exit::Sops(203);
