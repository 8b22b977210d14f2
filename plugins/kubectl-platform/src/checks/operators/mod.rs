//! Operators: what they manage, and the API that makes it known.

checks!("operators":
    chart_not_installed,
    definition_not_established,
    named_resource_missing,
    operator_scaled_to_zero,
    resource_failed,
    schedule_missed,
    secret_missing,
    stuck_deleting,
);
