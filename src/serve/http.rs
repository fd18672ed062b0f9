//! The server: who may ask, what there is, and the stream of what is shown next.
//!
//! Only this machine can reach it, but any page that its browser shows can ask it. So it answers to
//! its own names alone (a foreign name that leads here is refused, and with it what such a page
//! could read), and it changes nothing for anybody. Every answer comes from memory: no address
//! leads to the disk.

use std::convert::Infallible;
use std::future::IntoFuture;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body as Sent;
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

use super::answer::{Body, OWN_POLICY, PICTURE_POLICY, WEB_POLICY, kind};
use super::shelf::{Shelf, Snapshot};

/// So long an answer waits for what is being made; then the one before it is sent.
const PATIENCE: Duration = Duration::from_secs(30);
/// So long those who are being answered may take when the program ends.
const FAREWELL: Duration = Duration::from_secs(2);
/// The names by which this machine calls itself.
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

/// What every answer is made with.
#[derive(Clone)]
struct Desk {
    shelf: Arc<Shelf>,
    port: u16,
    /// Turns true when the program ends.
    ends: watch::Receiver<bool>,
}

/// Answers until the program is asked to end.
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
    let router = Router::new().fallback(reply).with_state(Desk { shelf, port, ends });
    let asked = async move {
        asked_to_end().await;
        // The streams of events would be open for ever.
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

/// Ctrl-C, or the signal that asks a program to end.
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
    // Without a way to hear it, the program ends as any other does.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

/// Refuses, or answers.
async fn reply(State(desk): State<Desk>, request: Request) -> Response {
    let mut response = match refusal(&request, desk.port) {
        Some(refused) => refused,
        None => found(&desk, request.uri().path()).await,
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

/// Why a request is not answered, if it is not.
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

/// Whether a name with its port is the one that this server has.
fn is_ours(host: &str, port: u16) -> bool {
    let (name, own) = match host.rsplit_once(':') {
        // The colons of an address within brackets are its own.
        Some((name, own)) if !own.contains(']') => (name, own.parse().ok()),
        _ => (host, Some(80)),
    };
    own == Some(port) && NAMES.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// What lies at an address.
async fn found(desk: &Desk, path: &str) -> Response {
    let Some(path) = plain_path(path) else {
        return plain(StatusCode::BAD_REQUEST, "This is not a valid address.\n");
    };
    if let Some((name, bytes)) = OWN.iter().find(|(name, _)| *name == path) {
        let name = if *name == "/" { "index.html" } else { name };
        return file(name, Sent::from(*bytes), OWN_POLICY);
    }
    match path.as_str() {
        "/events" => return events(desk).into_response(),
        "/state.json" => {
            return file("state.json", Sent::from(desk.shelf.now().json.to_string()), OWN_POLICY);
        }
        "/edition.pdf" => return whole_pdf(desk).await,
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
        return if pdf { whole_pdf(desk).await } else { web(desk, path).await };
    }
    let drawn = path.strip_prefix("/drawn/").and_then(|name| name.strip_suffix(".svg"));
    let snapshot = desk.shelf.now();
    let mut bodies = snapshot.state.pages.iter().flat_map(|page| page.bodies());
    match drawn.and_then(|hash| bodies.find(|body| body.hash == hash)) {
        Some(body) => file("page.svg", Sent::from(body.bytes.clone()), PICTURE_POLICY),
        None => missing(),
    }
}

/// The path of an address, decoded; none for one that no honest program writes.
fn plain_path(path: &str) -> Option<String> {
    let lower = path.to_ascii_lowercase();
    let hidden = ["%2f", "%5c", "%00", "\\"].iter().any(|sign| lower.contains(sign));
    let path = percent_decode_str(path).decode_utf8().ok()?;
    let climbs = path.split('/').any(|part| part == ".." || part == ".");
    (!hidden && !climbs && !path.contains('\\')).then(|| path.into_owned())
}

/// The web edition's files, of the pages that are shown.
async fn web(desk: &Desk, path: &str) -> Response {
    let snapshot = ready(desk, |snapshot| snapshot.state.web_of).await;
    let name = if path.is_empty() || path.ends_with('/') {
        format!("{path}index.html")
    } else {
        path.to_owned()
    };
    if let Some(body) = snapshot.web.get(&name) {
        let mut response = file(&name, Sent::from(body.bytes.clone()), WEB_POLICY);
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

/// The PDF of the pages that are shown.
async fn whole_pdf(desk: &Desk) -> Response {
    let snapshot = ready(desk, |snapshot| snapshot.state.pdf_of).await;
    let Some((body, name)) = &snapshot.pdf else { return missing() };
    let mut response = file(name, Sent::from(body.bytes.clone()), OWN_POLICY);
    let headers = response.headers_mut();
    // A browser's own reader of PDFs is made of scripts and styles that no policy of ours knows.
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static("frame-ancestors 'self'"));
    if let Ok(named) = HeaderValue::from_str(&format!("inline; filename=\"{name}\"")) {
        headers.insert(CONTENT_DISPOSITION, named);
    }
    headers.extend(tag(body));
    response
}

/// What is shown, as soon as what `of` asks about is of the newest pages. Where that takes too
/// long, and where the first make fails, it is what there is.
async fn ready(desk: &Desk, of: impl Fn(&Snapshot) -> u64) -> Arc<Snapshot> {
    let mut receiver = desk.shelf.wait();
    let done = |snapshot: &Arc<Snapshot>| {
        let state = &snapshot.state;
        let none = state.failed && state.pages_of == 0;
        none || (state.pages_of > 0 && of(snapshot) == state.pages_of)
    };
    let mut ends = desk.ends.clone();
    tokio::select! {
        _ = tokio::time::timeout(PATIENCE, receiver.wait_for(done)) => {}
        _ = ends.wait_for(|ends| *ends) => {}
    }
    desk.shelf.now()
}

/// The stream of what is shown: the present state at once, then each new one.
fn events(desk: &Desk) -> impl IntoResponse + use<> {
    let mut receiver = desk.shelf.wait();
    receiver.mark_changed();
    let ends = desk.ends.clone();
    let stream = futures_util::stream::unfold((receiver, ends), |(mut receiver, mut ends)| async {
        tokio::select! {
            changed = receiver.changed() => changed.ok()?,
            _ = ends.wait_for(|ends| *ends) => return None,
        }
        let json = Arc::clone(&receiver.borrow_and_update().json);
        // Before the first make there is nothing to tell.
        let event = if json.is_empty() { Event::default() } else { Event::default().data(&json) };
        Some((Ok::<Event, Infallible>(event), (receiver, ends)))
    });
    Sse::new(stream).keep_alive(KeepAlive::default())
}

fn file(name: &str, bytes: Sent, policy: &'static str) -> Response {
    let mut response = Response::new(bytes);
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind(name)));
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    response
}

/// The hash of a file, by which a page finds out whether it has changed.
fn tag(body: &Body) -> Option<(HeaderName, HeaderValue)> {
    Some((ETAG, HeaderValue::from_str(&format!("\"{}\"", body.hash)).ok()?))
}

fn missing() -> Response {
    plain(StatusCode::NOT_FOUND, "There is nothing at this address.\n")
}

fn plain(status: StatusCode, text: &'static str) -> Response {
    let mut response = Response::new(Sent::from(text));
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
