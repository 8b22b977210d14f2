//! `stores`: how files are laid out.

use crate::sops::document::Layout;
use crate::sops::json::Indent;
use crate::sops::tree::Value;

/// The layout that a configuration names, the usual one where it names none.
pub(super) fn read(root: &Value) -> std::result::Result<Layout, String> {
    let mut layout = Layout::default();
    let stores = root.get("stores");
    let indent = |store: &str| match stores?.get(store)?.get("indent")? {
        Value::Int(number) => Some(*number),
        _ => None,
    };
    let spaces = |number: i64| {
        usize::try_from(number).map_err(|_| format!("an indent of stores is {number}"))
    };
    match indent("yaml") {
        None | Some(0) => {}
        Some(number) => layout.yaml = spaces(number)?,
    }
    for (store, place) in [
        ("json", &mut layout.json),
        ("json_binary", &mut layout.binary),
    ] {
        match indent(store) {
            None | Some(-1) => {}
            Some(number) => *place = Indent::Spaces(spaces(number)?),
        }
    }
    Ok(layout)
}
