//! MinIO: objects as S3 has them.

use super::Component;

pub(super) static COMPONENT: Component = Component {
    groups: &["minio.min.io"],
    names: &["minio", "minio-operator"],
    ..Component::NONE
};
