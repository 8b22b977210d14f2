//! What a message's fields are called in JSON, and what they hold.

/// A field of a message that some struct reads; all others are passed over.
#[derive(Debug, Clone, Copy)]
pub(super) struct Field {
    pub(super) number: u32,
    /// Its name in JSON; none for what JSON spreads over the object around it.
    pub(super) name: &'static str,
    pub(super) form: Form,
    /// Whether an empty value was said, not just not said: a pointer in Go.
    pub(super) is_optional: bool,
}

/// What a field holds.
#[derive(Debug, Clone, Copy)]
pub(super) enum Form {
    /// A string.
    Text,
    /// An integer.
    Number,
    /// A flag.
    Flag,
    /// Seconds and nanoseconds, which JSON has as text.
    Time,
    /// A quantity: a message around a text.
    Quantity,
    /// A number or a text.
    IntOrString,
    /// Bytes that nobody looks at.
    Opaque,
    /// An object.
    Message(&'static [Field]),
    /// An object whose fields JSON has beside it.
    Inline(&'static [Field]),
    /// Several, one after the other.
    List(&'static Form),
    /// Several by name.
    Map(&'static Form),
}

/// A field of which an empty value is as good as none.
pub(super) const fn field(number: u32, name: &'static str, form: Form) -> Field {
    Field {
        number,
        name,
        form,
        is_optional: false,
    }
}

/// A field of which an empty value says something.
pub(super) const fn optional(number: u32, name: &'static str, form: Form) -> Field {
    Field {
        is_optional: true,
        ..field(number, name, form)
    }
}

/// Fields that JSON has beside those around them.
pub(super) const fn inline(number: u32, fields: &'static [Field]) -> Field {
    field(number, "", Form::Inline(fields))
}
