//! The server: which requests it refuses, what it answers, and the stream of events.
//!
//! Only this machine can reach the server, but any page in a browser on it can send requests. So the
//! server answers requests to its own names alone: a page of another host whose name leads here
//! (DNS rebinding) is refused and reads nothing. No request changes anything. Every answer comes from
//! memory: no address leads to the disk.

use std::convert::Infallible;
use std::future::IntoFuture;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{
    ALLOW, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, HOST,
    HeaderName, HeaderValue, LOCATION, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{Method, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use percent_encoding::percent_decode_str;
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::answer::{HashedBytes, OWN_POLICY, PICTURE_POLICY, WEB_POLICY, media_type};
use super::preview_shelf::{Shelf, Snapshot};

/// How long an answer waits for what is being made; then the last version is sent.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long open answers may take when the program ends.
const FAREWELL: Duration = Duration::from_secs(2);
/// The names of this machine.
const NAMES: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

/// The files of the preview's own page: path, bytes.
static OWN: [(&str, &[u8]); 6] = [
    ("/", include_bytes!("../../templates/serve/index.html")),
    ("/preview.css", include_bytes!("../../templates/serve/preview.css")),
    ("/preview.js", include_bytes!("../../templates/serve/preview.js")),
    ("/live.css", include_bytes!("../../templates/serve/live.css")),
    ("/live.js", include_bytes!("../../templates/serve/live.js")),
    ("/icon.svg", include_bytes!("../../templates/serve/icon.svg")),
];

/// What every answer is made from.
#[derive(Clone)]
struct ServerState {
    shelf: Arc<Shelf>,
    port: u16,
    /// Turns true when the program ends.
    ends: watch::Receiver<bool>,
}

/// Answers requests until the program is asked to end.
///
/// # Errors
/// What the system says.
pub(super) async fn answer(
    listener: TcpListener,
    port: u16,
    shelf: Arc<Shelf>,
) -> std::io::Result<()> {
    let (end, ends) = watch::channel(false);
    let mut ended = ends.clone();
    let router = Router::new().fallback(reply).with_state(ServerState { shelf, port, ends });
    let asked = async move {
        asked_to_end().await;
        // Streams of events end by this; otherwise the server would wait for them for ever.
        end.send_replace(true);
    };
    let late = async move {
        let _ = ended.wait_for(|ended| *ended).await;
        tokio::time::sleep(FAREWELL).await;
    };
    tokio::select! {
        served = axum::serve(listener, router).with_graceful_shutdown(asked).into_future() => served,
        () = late => Ok(()),
    }
}

/// Waits for Ctrl-C or for the signal that asks a program to end.
async fn asked_to_end() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminated) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminated.recv() => {}
            }
            return;
        }
    }
    // Where it can't be heard, the system ends the program as it ends any other.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

/// Refuses a request, or answers it.
async fn reply(State(server): State<ServerState>, request: Request) -> Response {
    let mut response = match refusal(&request, server.port) {
        Some(refused) => refused,
        None => found(&server, request.uri().path()).await,
    };
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    set(CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'");
    set(X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(REFERRER_POLICY, "no-referrer");
    set(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    set(CACHE_CONTROL, "no-store");
    response
}

/// The refusal of a request that may not be answered: to a foreign name, or to change something.
fn refusal(request: &Request, port: u16) -> Option<Response> {
    let mut hosts = request.headers().get_all(HOST).iter();
    let host = hosts.next().and_then(|host| host.to_str().ok());
    let named = request.uri().authority().map(|authority| authority.as_str());
    let ours = host.is_some_and(|host| is_ours(host, port))
        && hosts.next().is_none()
        && named.is_none_or(|named| is_ours(named, port));
    if !ours {
        return Some(plain(
            StatusCode::MISDIRECTED_REQUEST,
            "The preview only answers at localhost, 127.0.0.1 and [::1], with its own port.\n",
        ));
    }
    if ![Method::GET, Method::HEAD].contains(request.method()) {
        let mut response = plain(StatusCode::METHOD_NOT_ALLOWED, "The preview is read-only.\n");
        response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        return Some(response);
    }
    None
}

/// Whether a host with its port is this server.
fn is_ours(host: &str, port: u16) -> bool {
    let (name, own) = match host.rsplit_once(':') {
        // The colons of an address in brackets part no port.
        Some((name, own)) if !own.contains(']') => (name, own.parse().ok()),
        _ => (host, Some(80)),
    };
    own == Some(port) && NAMES.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// What lies at an address.
async fn found(server: &ServerState, path: &str) -> Response {
    let Some(path) = plain_path(path) else {
        return plain(StatusCode::BAD_REQUEST, "This is not a valid address.\n");
    };
    if let Some((name, bytes)) = OWN.iter().find(|(name, _)| *name == path) {
        let name = if *name == "/" { "index.html" } else { name };
        return file(name, Body::from(*bytes), OWN_POLICY);
    }
    match path.as_str() {
        "/events" => return events(server).into_response(),
        "/state.json" => {
            return file("state.json", Body::from(server.shelf.now().json.to_string()), OWN_POLICY);
        }
        "/edition.pdf" => return whole_pdf(server).await,
        "/web" => {
            let mut response =
                plain(StatusCode::PERMANENT_REDIRECT, "The web edition is at /web/.\n");
            response.headers_mut().insert(LOCATION, HeaderValue::from_static("/web/"));
            return response;
        }
        _ => {}
    }
    if let Some(path) = path.strip_prefix("/web/") {
        // The edition's own link to its PDF.
        let pdf = path.split_once('/').is_some_and(|(_, name)| name == "edition.pdf");
        return if pdf { whole_pdf(server).await } else { web(server, path).await };
    }
    let drawn = path.strip_prefix("/drawn/").and_then(|name| name.strip_suffix(".svg"));
    let snapshot = server.shelf.now();
    let mut bodies = snapshot.state.pages.iter().flat_map(|page| page.bodies());
    match drawn.and_then(|hash| bodies.find(|body| body.hash == hash)) {
        Some(body) => file("page.svg", Body::from(body.bytes.clone()), PICTURE_POLICY),
        None => missing(),
    }
}

/// The path of an address, decoded; none for one that climbs or hides a slash.
fn plain_path(path: &str) -> Option<String> {
    let lower = path.to_ascii_lowercase();
    let hidden = ["%2f", "%5c", "%00", "\\"].iter().any(|sign| lower.contains(sign));
    let path = percent_decode_str(path).decode_utf8().ok()?;
    let climbs = path.split('/').any(|part| part == ".." || part == ".");
    (!hidden && !climbs && !path.contains('\\')).then(|| path.into_owned())
}

/// A file of the web edition, of the make whose pages are shown.
async fn web(server: &ServerState, path: &str) -> Response {
    let snapshot = ready(server, |snapshot| snapshot.state.web_of).await;
    let name = if path.is_empty() || path.ends_with('/') {
        format!("{path}index.html")
    } else {
        path.to_owned()
    };
    if let Some(body) = snapshot.web.get(&name) {
        let mut response = file(&name, Body::from(body.bytes.clone()), WEB_POLICY);
        response.headers_mut().extend(tag(body));
        return response;
    }
    if snapshot.web.contains_key(&format!("{name}/index.html")) {
        let to = path.rsplit('/').next().unwrap_or_default();
        let to = percent_encoding::utf8_percent_encode(to, percent_encoding::NON_ALPHANUMERIC);
        let mut response = plain(StatusCode::PERMANENT_REDIRECT, "This is a folder.\n");
        if let Ok(place) = HeaderValue::from_str(&format!("./{to}/")) {
            response.headers_mut().insert(LOCATION, place);
        }
        return response;
    }
    missing()
}

/// The PDF, of the make whose pages are shown.
async fn whole_pdf(server: &ServerState) -> Response {
    let snapshot = ready(server, |snapshot| snapshot.state.pdf_of).await;
    let Some((body, name)) = &snapshot.pdf else { return missing() };
    let mut response = file(name, Body::from(body.bytes.clone()), OWN_POLICY);
    let headers = response.headers_mut();
    // Browsers show PDFs with scripts and styles of their own, which a stricter policy would stop.
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static("frame-ancestors 'self'"));
    if let Ok(named) = HeaderValue::from_str(&format!("inline; filename=\"{name}\"")) {
        headers.insert(CONTENT_DISPOSITION, named);
    }
    headers.extend(tag(body));
    response
}

/// The snapshot in which an output comes from the same make as the pages; `of` gives the make of that
/// output. After [`PATIENCE`], or if the first make has failed, it is the present snapshot.
async fn ready(server: &ServerState, of: impl Fn(&Snapshot) -> u64) -> Arc<Snapshot> {
    let mut receiver = server.shelf.wait();
    let done = |snapshot: &Arc<Snapshot>| {
        let state = &snapshot.state;
        let none = state.failed && state.pages_of == 0;
        none || (state.pages_of > 0 && of(snapshot) == state.pages_of)
    };
    let mut ends = server.ends.clone();
    tokio::select! {
        _ = tokio::time::timeout(PATIENCE, receiver.wait_for(done)) => {}
        _ = ends.wait_for(|ends| *ends) => {}
    }
    server.shelf.now()
}

/// The stream of events: the present state at once, then each new one.
fn events(server: &ServerState) -> impl IntoResponse + use<> {
    let mut receiver = server.shelf.wait();
    receiver.mark_changed();
    let ends = server.ends.clone();
    let stream = futures_util::stream::unfold((receiver, ends), |(mut receiver, mut ends)| async {
        tokio::select! {
            changed = receiver.changed() => changed.ok()?,
            _ = ends.wait_for(|ends| *ends) => return None,
        }
        let json = Arc::clone(&receiver.borrow_and_update().json);
        // Before the first make the state is empty.
        let event = if json.is_empty() { Event::default() } else { Event::default().data(&json) };
        Some((Ok::<Event, Infallible>(event), (receiver, ends)))
    });
    Sse::new(stream).keep_alive(KeepAlive::default())
}

/// An answer with a file; `name` tells its media type.
fn file(name: &str, bytes: Body, policy: &'static str) -> Response {
    let mut response = Response::new(bytes);
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type(name)));
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    response
}

/// The header with the hash of a file, by which a page finds out whether it has changed.
fn tag(body: &HashedBytes) -> Option<(HeaderName, HeaderValue)> {
    Some((ETAG, HeaderValue::from_str(&format!("\"{}\"", body.hash)).ok()?))
}

fn missing() -> Response {
    plain(StatusCode::NOT_FOUND, "There is nothing at this address.\n")
}

fn plain(status: StatusCode, text: &'static str) -> Response {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    let kind = HeaderValue::from_static("text/plain; charset=utf-8");
    response.headers_mut().insert(CONTENT_TYPE, kind);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_its_own_names_are_its_own() {
        for host in ["localhost:4747", "LocalHost:4747", "127.0.0.1:4747", "[::1]:4747"] {
            assert!(is_ours(host, 4747), "{host}");
        }
        for host in [
            "localhost",
            "localhost:4748",
            "example.org:4747",
            "127.0.0.1.example.org:4747",
            "localhost:4747:4747",
            "[::1]",
            "::1:4747",
            "127.0.0.2:4747",
            "",
            ":4747",
            "localhost:",
            "localhost.:4747",
            "user@localhost:4747",
        ] {
            assert!(!is_ours(host, 4747), "{host}");
        }
        assert!(is_ours("localhost", 80) && is_ours("[::1]", 80));
    }

    #[test]
    fn paths_that_climb_are_none() {
        assert_eq!(plain_path("/web/2026/caf%C3%A9/").as_deref(), Some("/web/2026/café/"));
        for path in [
            "/web/../paper.yaml",
            "/web/%2e%2e/paper.yaml",
            "/web/%2E./paper.yaml",
            "/web/..%2fpaper.yaml",
            "/web/..%5Cpaper.yaml",
            "/web/..\\paper.yaml",
            "/%00",
            "/%ff",
            "/web/./x",
            "/..",
        ] {
            assert_eq!(plain_path(path), None, "{path}");
        }
    }
}
