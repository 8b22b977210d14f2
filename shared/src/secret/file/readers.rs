//! Who may read a file that is new.

/// Who may read a file that is new.
#[derive(Debug, Clone, Copy)]
pub(super) enum Readers {
    /// Its owner alone, from its creation: it may hold a secret.
    Owner,
    /// Those whom the system lets read new files (umask).
    Usual,
}

impl Readers {
    /// What a file is created with.
    #[cfg(unix)]
    pub(super) fn mode(self) -> u32 {
        match self {
            Self::Owner => 0o600,
            Self::Usual => 0o666,
        }
    }

    /// Lets them read a file that has another name for a while. Where files have no such rights, those of the
    /// folder hold.
    #[cfg_attr(not(unix), expect(clippy::unused_self))]
    pub(super) fn limit(self, builder: &mut tempfile::Builder<'_, '_>) {
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(self.mode()));
        #[cfg(not(unix))]
        let _ = builder;
    }
}
