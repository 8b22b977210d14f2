//! Objects that others need and that are not there: a finding each, and one about each that needs
//! it, which blames it.

use shared::facts::meta::Meta;
use shared::finding::{Findings, Level};
use shared::object::ObjectRef;

use super::absent::Absent;
use super::words::remedy::{command, scope};

/// What is missing, and who needs it.
#[derive(Default)]
pub(in crate::checks) struct Needed<'a> {
    absent: Absent,
    users: Vec<User<'a>>,
}

struct User<'a> {
    object: ObjectRef,
    meta: &'a Meta,
    field: &'static str,
    missing: ObjectRef,
}

impl<'a> Needed<'a> {
    /// Notes that a field of an object names what is not there, and who should have made it.
    pub(in crate::checks) fn add(
        &mut self,
        missing: ObjectRef,
        by: (ObjectRef, &'a Meta),
        field: &'static str,
        makers: Vec<ObjectRef>,
    ) {
        let (object, meta) = by;
        self.absent.add(missing.clone(), &object, field, || makers);
        self.users.push(User {
            object,
            meta,
            field,
            missing,
        });
    }

    /// Says all; `level` tells how bad it is that an object is missing.
    pub(in crate::checks) fn report(
        self,
        found: &mut Findings,
        level: impl Fn(&ObjectRef) -> Level,
    ) {
        self.absent.report(found, |missing, finding| {
            finding.level = level(missing);
            let of = scope(missing.namespace());
            let kind = missing.kind.to_lowercase();
            finding.remedy(format!("{}{of}", command!("kubectl get {}", kind)));
        });
        for user in self.users {
            let told = format!(
                "{} names {}, which does not exist",
                user.field, user.missing
            );
            let level = level(&user.missing);
            found
                .about_read(level, user.object, user.meta, told)
                .blame(user.missing);
        }
    }
}

/// Of what is an error whenever it is missing.
pub(in crate::checks) fn always(_: &ObjectRef) -> Level {
    Level::Error
}
