//! Comments, wherever they stand.

use super::TEXTS;
use crate::desk::Desk;
use crate::documents::comments;

#[test]
fn comments_hold_both_ways() {
    let desk = Desk::new();
    let (_, text) = TEXTS[1];
    desk.write("c.yaml", text);
    let found = desk.both_ways("c.yaml", &[]);
    let expected = comments(text.as_bytes());
    assert_eq!(comments(&found.ours_of_ours), expected);
    assert_eq!(comments(&found.ours_of_sops), expected);
    assert_eq!(comments(&found.sops_of_ours), expected);
    // What is decrypted by its own writer is the text itself.
    assert_eq!(String::from_utf8(found.ours_of_ours).unwrap(), text);
}

#[test]
fn comments_beside_elements_that_are_nothing_hold_both_ways() {
    let desk = Desk::new();
    for text in [
        "a:\n  # before\n  -\n",
        "a:\n  # before\n  -\nb: x\n",
        "a:\n  - x\n  # before\n  -\n  # between\n  - y\n",
        "a:\n  - # behind\n  - x\nb: y\n",
        "a:\n  - # behind\nb: y\n",
        "a:\n  - x\n  # foot\n\n  -\n# head\nb: y\n",
        "a:\n  - k: x\n    l: z\n  # foot\n\n  -\n# head\nb: y\n",
        "a:\n  - - # deep\n    # more\n    -\n  # last\n  -\nb: y\n",
    ] {
        desk.write("n.yaml", text);
        let found = desk.both_ways("n.yaml", &[]);
        // sops itself loses some of these when it writes.
        for plain in [&found.sops_of_ours, &found.ours_of_ours] {
            assert_eq!(comments(plain), comments(text.as_bytes()), "{text}");
        }
    }
}
