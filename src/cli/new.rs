//! `stonehand new`.

use std::fs;
use std::io;
use std::path::Path;

use super::args::New;
use super::exit::Exit;
use super::print;

/// The files of a new paper; `{name}` and `{date}` are filled in.
static FILES: &[(&str, &str)] = &[
    ("paper.yaml", include_str!("../../templates/new/paper.yaml")),
    (".gitignore", "/public/\n"),
    ("content/{date}/welcome.md", include_str!("../../templates/new/welcome.md")),
    ("content/{date}/how-a-story-is-written.md", include_str!("../../templates/new/how.md")),
    ("content/{date}/what-the-pages-need.md", include_str!("../../templates/new/pages.md")),
];

/// Makes a new paper.
pub(super) fn run(args: &New) -> Exit {
    let New { dir, name } = args;
    let taken = fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_some());
    if taken || dir.is_file() {
        let what = format!("{} exists already and is not empty", dir.display());
        print::fail(&what, "name a folder that does not exist yet");
        return Exit::Errors;
    }
    let folder = dir.file_name().map(|name| name.to_string_lossy().into_owned());
    let name = name.clone().or(folder).unwrap_or_else(|| "The Paper".into());
    let date = today().to_string();
    if let Err(error) = write(dir, &name, &date) {
        let what = format!("{} can't be written: {error}", dir.display());
        print::fail(&what, "choose a folder that you may write to");
        return Exit::Errors;
    }
    print::say(&format!("Made {}. Now:\n\n  cd {0}\n  stonehand build", dir.display()));
    Exit::Made
}

fn write(dir: &Path, name: &str, date: &str) -> io::Result<()> {
    // JSON's strings are YAML's too: whatever the name holds, it stays one.
    let quoted = serde_json::to_string(name)?;
    for (path, text) in FILES {
        let path = dir.join(path.replace("{date}", date));
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(path, text.replace("{name}", &quoted).replace("{date}", date))?;
    }
    Ok(())
}

/// Today where the machine stands.
fn today() -> jiff::civil::Date {
    jiff::ZonedDateTime::now().date()
}
