//! Storage: claims, volumes, classes and what provisions them.

checks!(
    "storage":
    claim_lost,
    claim_not_bound,
    claim_not_resized,
    class_missing,
    default_class_double,
    default_class_missing,
    driver_missing,
    stuck_deleting,
    volume_failed,
);
