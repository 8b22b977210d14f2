//! `check --offline`: each rule on a tree that breaks it, and a sound tree on which all are silent.

mod broken;
mod each;
#[cfg(unix)]
mod hostile;
mod large;
mod meant;
mod pasted;
mod ruled;
mod said;
mod tree;
