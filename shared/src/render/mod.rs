//! Says what was found: one file a format.

mod aligned;
mod checkout;
mod clean;
mod frame;
mod gaps;
mod github;
mod json;
mod junit;
mod manual;
mod name;
mod page;
mod palette;
mod remedy;
mod sarif;
mod status;
mod text;
mod yaml;

pub use aligned::aligned;
pub use checkout::Checkout;
pub use clean::clean;
pub use frame::Frame;
pub use gaps::way_out;
pub use github::github;
pub use json::{json, json_line};
pub use junit::junit;
pub use manual::{manual, reference};
pub use name::is_predicate;
pub use page::{Detail, Page};
pub use sarif::sarif;
pub use status::{Stream, Table, by_component, names, not_looked_at, rows};
pub use text::text;
pub use yaml::yaml;
