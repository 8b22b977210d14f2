//! Who the API server knows.

use std::path::Path;

use crate::process::write_private;

/// How many users without rights an API server knows.
const USERS: usize = 300;

/// Somebody who the API server knows by a token.
#[derive(Clone, PartialEq, Eq)]
pub struct User {
    /// The name that RBAC knows.
    pub name: String,
    /// What the user shows.
    pub token: String,
}

impl User {
    /// The administrator, who may do everything.
    pub(super) fn admin() -> User {
        User::named("admin".to_owned())
    }

    /// One of the users that start without rights.
    pub(super) fn nth(number: usize) -> User {
        assert!(number < USERS, "the tests use more than {USERS} users");
        User::named(format!("user-{number}"))
    }

    fn named(name: String) -> User {
        let token = format!("token-of-{name}");
        User { name, token }
    }
}

/// Writes the API server's list of tokens.
pub(super) fn write(path: &Path) {
    let admin = User::admin();
    let mut lines = format!(
        "{},{},{},system:masters\n",
        admin.token, admin.name, admin.name
    );
    for User { name, token } in (0..USERS).map(User::nth) {
        lines += &format!("{token},{name},{name}\n");
    }
    write_private(path, &lines);
}
