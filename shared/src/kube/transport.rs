//! How requests travel: the connection, encrypted and through a proxy, and what goes along with each.

use ::kube::client::middleware::AuthLayer;
use ::kube::client::{Body, ConfigExt};
use ::kube::{Client, Config, Error};
use http::Uri;
use hyper_rustls::MaybeHttpsStream;
use hyper_util::client::legacy;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::proxy::{SocksV5, Tunnel};
use hyper_util::client::proxy::matcher::Matcher;
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::net::TcpStream;
use tokio::time::Instant;
use tower::util::BoxCloneSyncService;
use tower::{BoxError, Service, ServiceBuilder, ServiceExt};

use super::lanes::Lanes;

/// What a connection to a server or a proxy is.
type Stream = MaybeHttpsStream<TokioIo<TcpStream>>;

/// What opens one; the same type for all ways, so that what is above it is compiled once.
type Dial = BoxCloneSyncService<Uri, Stream, BoxError>;

/// A client for the server of a configuration; `lanes` hear how long connections take. kube's own lets small packets wait for each other (Nagle's
/// algorithm), which costs each new connection the 40 ms for which the other side holds back its acknowledgement.
///
/// # Errors
/// When certificates cannot be used, or the proxy is of a kind that is not known.
pub(super) fn client(
    config: Config,
    credentials: Option<AuthLayer>,
    lanes: Lanes,
) -> Result<Client, Error> {
    let encrypted = config.rustls_https_connector_with_connector(dial(&config)?)?;
    let timed = encrypted.map_future(move |connecting| {
        let lanes = lanes.clone();
        Box::pin(async move {
            let begun = Instant::now();
            let connected = connecting.await?;
            lanes.connected(begun.elapsed());
            Ok::<_, BoxError>(connected)
        })
    });
    let sent = legacy::Client::builder(TokioExecutor::new()).build::<_, Body>(timed);
    let service = ServiceBuilder::new()
        .layer(config.base_uri_layer())
        .option_layer(credentials)
        .layer(config.extra_headers_layer()?)
        .map_err(BoxError::from)
        .service(sent);
    Ok(Client::new(service, config.default_namespace))
}

fn dial(config: &Config) -> Result<Dial, Error> {
    let mut tcp = HttpConnector::new();
    tcp.enforce_http(false);
    tcp.set_nodelay(true);
    tcp.set_connect_timeout(config.connect_timeout);
    let Some(url) = &config.proxy_url else {
        return Ok(boxed(tcp.map_response(MaybeHttpsStream::Http)));
    };
    let unsupported = || Error::ProxyProtocolUnsupported {
        proxy_url: Box::new(url.clone()),
    };
    let proxy = Matcher::builder().all(url.to_string()).build();
    let proxy = proxy
        .intercept(&config.cluster_url)
        .ok_or_else(unsupported)?;
    let to = proxy.uri().clone();
    match to.scheme_str() {
        Some("socks5" | "socks5h") => {
            let mut socks = SocksV5::new(to, tcp);
            if let Some((user, password)) = proxy.raw_auth() {
                socks = socks.with_auth(user.to_owned(), password.to_owned());
            }
            Ok(boxed(socks.map_response(MaybeHttpsStream::Http)))
        }
        Some("http") => Ok(boxed(
            tunnel(to, tcp, proxy.basic_auth()).map_response(MaybeHttpsStream::Http),
        )),
        Some("https") => {
            let encrypted = config.rustls_https_connector_with_connector(tcp)?;
            Ok(boxed(tunnel(to, encrypted, proxy.basic_auth())))
        }
        _ => Err(unsupported()),
    }
}

fn tunnel<C>(to: Uri, through: C, credentials: Option<&http::HeaderValue>) -> Tunnel<C> {
    let tunnel = Tunnel::new(to, through);
    match credentials {
        Some(credentials) => tunnel.with_auth(credentials.clone()),
        None => tunnel,
    }
}

fn boxed<S>(service: S) -> Dial
where
    S: Service<Uri, Response = Stream> + Clone + Send + Sync + 'static,
    S::Error: Into<BoxError>,
    S::Future: Send + 'static,
{
    BoxCloneSyncService::new(service.map_err(Into::into))
}
