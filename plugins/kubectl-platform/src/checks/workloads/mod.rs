//! Workloads: pods that do not run, and what they wait for.

checks!(
    "workloads":
    config_gone,
    config_missing,
    container_not_created,
    crash_loop,
    image_not_pulled,
    init_stuck,
    out_of_memory,
    unschedulable,
    volume_not_mounted,
);
