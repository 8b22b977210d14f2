//! `.sops.yaml` edited in place: all but what changes stays byte for byte.

mod add;
mod change;
mod list;

pub use add::{add_rule, add_to_rule};
pub use change::{Change, change_recipients};
