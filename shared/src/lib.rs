//! What the plugins share: reading a platform (`source`), what was read (`facts`), judging one
//! object (`health`), what checks are and find (`check`, `finding`, `cause`), and saying it (`render`).
//!
//! Arrows run one way: source and probe -> facts -> health -> check -> cause -> render.

pub mod cause;
pub mod check;
pub mod facts;
pub mod failure;
pub mod finding;
pub mod health;
pub mod kube;
pub mod object;
pub mod render;
pub mod report;
pub mod selector;
pub mod source;
pub mod status;
