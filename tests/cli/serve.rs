//! The live preview without a browser: what it answers, to whom, and what it shows when files change.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::time::Duration;

use super::*;

/// Longer than any make on any machine.
const PATIENCE: Duration = Duration::from_secs(120);

const DRAFT: &str = "---\nheadline: A pool is planned\ndraft: true\n---\nThe diggers may come.\n";

/// A preview that runs until it is dropped.
struct Preview {
    child: Child,
    port: u16,
}

/// An answer: its status, its head and its body.
struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Answer {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// The stream of states.
struct Events(BufReader<TcpStream>);

impl Paper {
    fn preview(&self, args: &[&str]) -> Preview {
        let mut command = Command::new(env!("CARGO_BIN_EXE_stonehand"));
        command.args([&["serve"], args].concat()).current_dir(self.folder.path());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        let port = line.split("localhost:").nth(1).and_then(|rest| rest.split('/').next());
        let port = port.unwrap_or_else(|| panic!("{line}")).parse().unwrap();
        // What nobody reads would fill the pipe.
        std::thread::spawn(move || std::io::copy(&mut out, &mut std::io::sink()));
        Preview { child, port }
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Preview {
    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// Sends a head as it is.
    fn send(&self, head: &str) -> Answer {
        let mut stream = self.connect();
        stream.write_all(head.as_bytes()).unwrap();
        let mut bytes = vec![];
        stream.read_to_end(&mut bytes).unwrap();
        let at = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
        let head = String::from_utf8(bytes[..at].to_vec()).unwrap().to_lowercase();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head, body: bytes[at + 4..].to_vec() }
    }

    fn ask(&self, method: &str, path: &str, host: &str) -> Answer {
        self.send(&format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"))
    }

    fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &format!("localhost:{}", self.port))
    }

    fn events(&self) -> Events {
        let mut stream = self.connect();
        let head = format!("GET /events HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", self.port);
        stream.write_all(head.as_bytes()).unwrap();
        Events(BufReader::new(stream))
    }

    /// The words of a page, as they can be searched on it.
    fn words(&self, state: &Value, page: usize) -> String {
        let overlay = state["pages"][page]["overlay"].as_str().unwrap();
        self.get(&format!("/drawn/{overlay}.svg")).text()
    }
}

impl Events {
    /// The first state that is as it should be.
    fn until(&mut self, what: &str, good: impl Fn(&Value) -> bool) -> Value {
        let mut last = Value::Null;
        let mut line = String::new();
        while self.0.read_line(&mut line).is_ok_and(|read| read > 0) {
            if let Some(data) = line.strip_prefix("data: ") {
                last = serde_json::from_str(data).unwrap();
                if good(&last) {
                    return last;
                }
            }
            line.clear();
        }
        panic!("{what} never came: {last}");
    }

    /// The first state whose pages are made and as they should be.
    fn made(&mut self, what: &str, good: impl Fn(&Value) -> bool) -> Value {
        let done = |state: &Value| state["making"] == false && state["pages_of"] != 0;
        self.until(what, |state| done(state) && good(state))
    }
}

/// The layers of the front page's picture, the lowest first.
fn layers_of(state: &Value) -> Vec<String> {
    let layers = state["pages"][0]["layers"].as_array().unwrap().iter();
    layers.map(|layer| layer.as_str().unwrap().to_string()).collect()
}

#[test]
fn a_change_on_the_disk_is_a_new_page() {
    let paper = Paper::with(&[("content/2026-11-24/pool.md", DRAFT)]);
    let before = paper.files(".");
    let preview = paper.preview(&["--port", "0"]);
    let mut events = preview.events();
    let state = events.until("the PDF", |state| state["pdf_of"] == 1);
    assert_eq!(state["title"], "The Echo, Tuesday, 24 November 2026");
    assert_eq!(state["stories"].as_array().unwrap().len(), 2);
    assert_eq!(state["problems"], serde_json::json!([]));

    let shown = preview.get("/");
    assert_eq!(shown.status, 200);
    assert!(shown.head.contains("content-security-policy: default-src 'none'; script-src 'self';"));
    let page = preview.get(&format!("/drawn/{}.svg", layers_of(&state)[0]));
    assert!(page.head.contains("content-type: image/svg+xml") && page.text().contains("<svg"));
    let words = preview.words(&state, 0);
    assert!(words.contains("council") && words.contains("diggers"), "{words}");
    for layer in ["words", "grid", "modules", "lines", "marks"] {
        assert!(words.contains(&format!("<g class=\"{layer}\">")), "{layer}");
    }
    assert!(words.contains("content/2026-11-24/good · "), "modules name their stories");
    let article = preview.get("/web/2026-11-24/good/").text();
    assert!(article.contains("The council voted for the wall.") && article.contains("/live.js"));
    let pdf = preview.get("/edition.pdf");
    assert!(pdf.head.contains("2026-11-24-preview.pdf"));
    assert!(pdf::text(pdf.body).contains("council"));
    assert_eq!(preview.get("/web/2026-11-24/edition.pdf").status, 200);

    paper.write("content/2026-11-24/good.md", GOOD.replace("council", "parliament"));
    let next = events.made("the edit", |next| layers_of(next) != layers_of(&state));
    assert!(preview.words(&next, 0).contains("parliament"));
    assert_eq!(preview.get(&format!("/drawn/{}.svg", layers_of(&state)[0])).status, 404);
    let article = preview.get("/web/2026-11-24/good/").text();
    assert!(article.contains("The parliament voted for the wall."));

    // A file that is saved as it was makes no page new.
    let make = next["make"].as_u64();
    paper.write("content/2026-11-24/good.md", GOOD.replace("council", "parliament"));
    let same = events.made("the next make", |state| state["make"].as_u64() > make);
    assert_eq!(layers_of(&same), layers_of(&next));

    paper.write("content/2026-11-24/good.md", GOOD);
    assert_eq!(paper.files("."), before, "nothing is written into the paper's folder");
}

#[test]
fn an_edit_exchanges_no_more_than_its_layer() {
    let text = |word: &str| {
        format!("---\nheadline: The {word} is long\n---\n{}", "Words after words. ".repeat(60))
    };
    let paper = Paper::with(&[("content/2026-11-24/a.md", &text("first"))]);
    paper.write("content/2026-11-24/b.md", text("second"));
    let preview = paper.preview(&["--port", "0"]);
    let mut events = preview.events();
    let before = layers_of(&events.made("the pages", |_| true));
    assert!(before.len() > 1);
    paper.write("content/2026-11-24/b.md", text("second").replacen("after", "under", 1));
    let after = events.made("the edit", |state| layers_of(state) != before);
    let after = layers_of(&after);
    let same = after.iter().filter(|layer| before.contains(layer)).count();
    assert!(same > 0 && same < after.len(), "{before:?} {after:?}");
    for layer in after {
        assert_eq!(preview.get(&format!("/drawn/{layer}.svg")).status, 200);
    }
}

#[test]
fn what_must_not_be_out_yet_is_marked_and_never_built() {
    let embargo = "---\nheadline: Accounts\nembargo: 2999-01-01\n---\nA surplus was made.\n";
    let paper = Paper::with(&[
        ("content/2026-11-24/pool.md", DRAFT),
        ("content/2026-11-24/accounts.md", embargo),
    ]);
    let preview = paper.preview(&["--port", "0"]);
    let state = preview.events().until("the web edition", |state| state["web_of"] == 1);
    let mark = |key: &str| {
        let stories = state["stories"].as_array().unwrap();
        stories.iter().find(|story| story["key"] == key).unwrap()["mark"].clone()
    };
    assert_eq!(mark("content/2026-11-24/pool"), "draft");
    assert_eq!(mark("content/2026-11-24/accounts"), "embargo");
    assert_eq!(mark("content/2026-11-24/good"), Value::Null);
    let page = preview.words(&state, 0);
    assert!(page.contains(">DRAFT<") && page.contains(">EMBARGO<"));
    assert!(preview.get("/web/2026-11-24/a-pool-is-planned/").status == 404);
    assert!(preview.get("/web/2026-11-24/pool/").text().contains("data-mark=\"draft\""));
    assert!(!preview.get("/web/2026-11-24/good/").text().contains("data-mark"));

    // Nobody's pages wait for a draft.
    let mut events = preview.events();
    paper.write(
        "content/2026-11-24/pool.md",
        DRAFT.replace("---\nThe", "date: 2026-02-30\n---\nThe"),
    );
    let broken =
        events.made("the broken draft", |state| state["problems"] != serde_json::json!([]));
    assert_eq!(
        (&broken["problems"][0]["severity"], &broken["failed"]),
        (&Value::from("warning"), &Value::from(false))
    );
    assert_eq!(broken["left_out"][0]["reason"], "broken");
    paper.write("content/2026-11-24/pool.md", DRAFT);

    paper.build(&[]).code(0).says("left out (draft)").says("left out (embargo)");
    let text = paper.text("public/2026-11-24");
    assert!(text.contains("council") && !text.contains("diggers") && !text.contains("surplus"));
}

#[test]
fn an_error_is_shown_and_goes_when_it_is_mended() {
    let paper = Paper::with(&[]);
    let preview = paper.preview(&["--port", "0"]);
    let mut events = preview.events();
    let good = events.made("the pages", |_| true);
    paper.write("content/2026-11-24/good.md", BROKEN);
    let bad = events.until("the error", |state| state["failed"] == true);
    assert_eq!(bad["pages"], good["pages"], "the last good pages stay");
    let problem = &bad["problems"][0];
    assert_eq!(problem["severity"], "error");
    let place = &problem["place"];
    assert_eq!(place["file"], "content/2026-11-24/good.md");
    assert_eq!((place["line"].as_u64(), place["column"].as_u64()), (Some(2), Some(11)));
    assert_eq!(place["text"][0], "headline: ");
    assert!(!problem["hints"].as_array().unwrap().is_empty());
    assert_eq!(preview.get(&format!("/drawn/{}.svg", layers_of(&good)[0])).status, 200);
    paper.write("content/2026-11-24/good.md", GOOD);
    let mended = events.made("the mended story", |state| state["failed"] == false);
    assert_eq!((&mended["problems"], &mended["pages"]), (&serde_json::json!([]), &good["pages"]));
}

#[test]
fn a_paper_that_begins_with_an_error_is_shown_once_it_is_mended() {
    let paper = Paper::with(&[]);
    paper.write("content/2026-11-24/good.md", BROKEN);
    let preview = paper.preview(&["--port", "0"]);
    let mut events = preview.events();
    let bad = events.until("the error", |state| state["failed"] == true);
    assert_eq!(bad["pages"], serde_json::json!([]));
    assert_eq!(preview.get("/edition.pdf").status, 404);
    assert_eq!(preview.get("/web/").status, 404);
    paper.write("content/2026-11-24/good.md", GOOD);
    events.made("the pages", |state| state["pages"].as_array().unwrap().len() == 1);
}

#[test]
fn themes_templates_and_settings_are_followed() {
    let paper = Paper::with(&[]);
    let preview = paper.preview(&["--port", "0"]);
    let mut events = preview.events();
    let first = events.until("the web edition", |state| state["web_of"] == 1);
    // The folder is new, and so is not watched from the beginning.
    paper.write("templates/print/classic/theme.typ", "#let no = ");
    let bad = events.until("the broken theme", |state| state["failed"] == true);
    assert!(bad["problems"][0]["message"].as_str().unwrap().contains("theme.typ:1: "));
    fs::remove_file(paper.at("templates/print/classic/theme.typ")).unwrap();
    events.made("the theme", |state| state["failed"] == false && state["pages"] == first["pages"]);
    paper.write("templates/web/article.html", "{% nonsense %}");
    let bad =
        events.made("the broken template", |state| state["problems"][0]["code"] == "web-template");
    assert_eq!(bad["failed"], false, "the printed pages are made all the same");
    fs::remove_file(paper.at("templates/web/article.html")).unwrap();
    events.made("the template", |state| state["problems"] == serde_json::json!([]));
    paper.write("paper.yaml", "name: The Horn\n");
    events.made("the name", |state| state["title"].as_str().unwrap().starts_with("The Horn"));
}

#[test]
fn it_answers_to_this_machine_and_to_reading_alone() {
    let paper = Paper::with(&[]);
    let preview = paper.preview(&["--port", "0"]);
    preview.events().until("the web edition", |state| state["web_of"] == 1);
    let port = preview.port;
    for name in ["localhost", "127.0.0.1", "[::1]"] {
        assert_eq!(preview.ask("GET", "/", &format!("{name}:{port}")).status, 200, "{name}");
    }
    for host in ["evil.example", "localhost", "evil.example:80", "localhost.evil.example", ""] {
        for path in ["/", "/state.json", "/events", "/edition.pdf", "/web/"] {
            assert_eq!(preview.ask("GET", path, host).status, 421, "{host} {path}");
        }
    }
    assert_eq!(preview.ask("GET", "/", &format!("evil.example:{port}")).status, 421);
    let both = format!("localhost:{port}\r\nHost: evil.example:{port}");
    assert!(matches!(preview.ask("GET", "/", &both).status, 400 | 421));
    let absolute = format!("http://evil.example:{port}/state.json");
    assert_eq!(preview.ask("GET", &absolute, &format!("localhost:{port}")).status, 421);
    let none = preview.send("GET / HTTP/1.1\r\nConnection: close\r\n\r\n");
    assert!(matches!(none.status, 400 | 421), "no host at all: {}", none.status);
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"] {
        let answer = preview.ask(method, "/", &format!("localhost:{port}"));
        assert_eq!(answer.status, 405, "{method}");
        assert!(answer.head.contains("allow: get, head"));
    }
    let head = preview.ask("HEAD", "/web/", &format!("localhost:{port}"));
    assert!(head.status == 200 && head.head.contains("etag: ") && head.body.is_empty());
}

#[test]
fn no_path_leads_out() {
    let paper = Paper::with(&[]);
    let outside = tempfile::tempdir().unwrap();
    let secret = outside.path().join("secret.md");
    fs::write(&secret, "---\nheadline: Secret\n---\nNobody may read the codeword.\n").unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::symlink;
        symlink(&secret, paper.at("content/2026-11-24/secret.md")).unwrap();
        fs::create_dir_all(paper.at("templates/web/assets")).unwrap();
        symlink(&secret, paper.at("templates/web/assets/secret.txt")).unwrap();
    }
    let preview = paper.preview(&["--port", "0"]);
    let state = preview.events().until("the web edition", |state| state["web_of"] == 1);
    assert_eq!(state["stories"].as_array().unwrap().len(), 1);
    assert!(!preview.words(&state, 0).contains("codeword"));
    for path in [
        "/../paper.yaml",
        "/web/../../paper.yaml",
        "/web/%2e%2e/paper.yaml",
        "/web/%2e%2e%2fpaper.yaml",
        "/web/..%2fpaper.yaml",
        "/web/..%5cpaper.yaml",
        "/web/..\\paper.yaml",
        "/web/2026-11-24/..%2f..%2fpaper.yaml",
        "/web/%252e%252e/paper.yaml",
        "/web//etc/passwd",
        "//etc/passwd",
        "/web/assets/secret.txt",
        "/paper.yaml",
        "/content/2026-11-24/good.md",
        "/drawn/../state.json",
        "/drawn/.svg",
    ] {
        let answer = preview.get(path);
        assert!(matches!(answer.status, 400 | 404), "{path}: {}", answer.status);
        let text = answer.text();
        assert!(!text.contains("The Echo") && !text.contains("codeword"), "{path}: {text}");
    }
}

#[test]
fn a_port_that_is_taken_is_said_or_another_is_found() {
    let paper = Paper::with(&[]);
    let one = paper.preview(&[]);
    let two = paper.preview(&[]);
    assert_ne!(one.port, two.port);
    let taken = one.port.to_string();
    paper.run(&["serve", "--port", &taken]).code(2).says(&taken).says("--port");
    paper.run(&["serve", "--edition", "all"]).code(2).says("--edition");
    paper.run(&["serve", "--root", "nowhere"]).code(2).says("nowhere");
}

#[cfg(unix)]
#[test]
fn it_ends_in_order() {
    for signal in ["-INT", "-TERM"] {
        let paper = Paper::with(&[]);
        let mut preview = paper.preview(&["--port", "0"]);
        // Neither a stream that is open nor half a question must hold it.
        let mut half = preview.connect();
        half.write_all(b"GET / HTTP/1.1\r\nHost: ").unwrap();
        let mut events = preview.events();
        events.made("the pages", |_| true);
        let id = preview.child.id().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().unwrap().success());
        assert_eq!(preview.child.wait().unwrap().code(), Some(0), "{signal}");
    }
}
