//! Says what was found: one file a format.

mod clean;
mod json;
mod junit;
mod page;
mod palette;
mod text;
mod yaml;

pub use clean::clean;
pub use json::json;
pub use junit::junit;
pub use page::{Detail, Page};
pub use text::text;
pub use yaml::yaml;
