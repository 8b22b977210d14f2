//! Claims, volumes and storage classes.

use super::super::meta::{Condition, Meta};
use super::super::wire::wire;

wire! {
    /// A claim.
    pub struct PersistentVolumeClaim {
        pub metadata: Meta,
        pub spec: ClaimSpec,
        pub status: ClaimStatus,
    }

    /// `spec` of a claim. No class is not the same as an empty one.
    pub struct ClaimSpec {
        pub storage_class_name: Option<String>,
        pub volume_name: String,
        pub access_modes: Vec<String>,
    }

    /// `status` of a claim.
    pub struct ClaimStatus { pub phase: String, pub conditions: Vec<Condition>, }

    /// A volume.
    pub struct PersistentVolume {
        pub metadata: Meta,
        pub spec: VolumeSpec,
        pub status: VolumeStatus,
    }

    /// `spec` of a volume.
    pub struct VolumeSpec {
        pub storage_class_name: String,
        pub claim_ref: Option<ClaimRef>,
    }

    /// The claim that a volume is bound to.
    pub struct ClaimRef { pub namespace: String, pub name: String, }

    /// `status` of a volume.
    pub struct VolumeStatus { pub phase: String, pub reason: String, pub message: String, }

    /// A storage class.
    pub struct StorageClass {
        pub metadata: Meta,
        pub provisioner: String,
        pub volume_binding_mode: String,
    }

    /// A storage driver that a cluster knows.
    pub struct CsiDriver { pub metadata: Meta, }
}
