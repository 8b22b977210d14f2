//! Kinds that are as they are meant to be as soon as they exist.

use jiff::Timestamp;

use super::conditions::first;
use super::{Assess, Health};
use crate::facts::Fact;
use crate::facts::by_kind::{
    ConfigMap, CsiDriver, EndpointSlice, Event, IngressClass, IngressRoute, IngressRouteTcp,
    IngressRouteUdp, MetalLbPool, Middleware, MiddlewareTcp, MutatingWebhookConfiguration,
    NetworkPolicy, ResourceQuota, Secret, ServersTransport, ServiceAccount, StorageClass,
    TlsOption, TlsStore, TraefikService, ValidatingWebhookConfiguration,
};

macro_rules! plain {
    ($($kind:ident),*) => {$(
        impl Assess for $kind {
            fn health(&self, _: Timestamp) -> Health {
                first(self.meta(), 0).unwrap_or_else(Health::current)
            }
        }
    )*};
}

plain!(
    ConfigMap,
    CsiDriver,
    EndpointSlice,
    Event,
    IngressClass,
    IngressRoute,
    IngressRouteTcp,
    IngressRouteUdp,
    MetalLbPool,
    Middleware,
    MiddlewareTcp,
    MutatingWebhookConfiguration,
    NetworkPolicy,
    ResourceQuota,
    Secret,
    ServersTransport,
    ServiceAccount,
    StorageClass,
    TlsOption,
    TlsStore,
    TraefikService,
    ValidatingWebhookConfiguration
);
