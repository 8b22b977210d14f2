//! Says what was found: one file a format.

mod clean;
mod json;
mod junit;
mod name;
mod page;
mod palette;
mod status;
mod text;
mod yaml;

pub use clean::clean;
pub use json::json;
pub use junit::junit;
pub use page::{Detail, Page};
pub use status::{Table, by_component, names, not_looked_at, rows};
pub use text::text;
pub use yaml::yaml;
