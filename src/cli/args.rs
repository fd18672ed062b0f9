//! The arguments, as clap reads them.

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum, ValueHint};
use stonehand::content::{EditionChoice, Moment, day};
use stonehand::export::Output;

/// Makes newspapers from a folder of Markdown stories: PDF pages and a web edition.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100)]
pub(super) struct Args {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Make an edition: the PDF, the web edition, its plan and its report.
    Build(Build),
    /// Show an edition in the browser, and make it again whenever a file in its folder changes.
    Serve(Serve),
    /// Review an edition for its editor before it is made: its pages, and what is wrong with
    /// them, worst first.
    Check(Check),
    /// Lock pages: they keep their layout even if other pages change.
    Lock(Lock),
    /// Release locked pages: the next build makes them up again.
    Release(Release),
    /// Hold stories: keep them out of this edition.
    Hold(Hold),
    /// Kill stories: keep them out of this edition for good.
    Kill(Kill),
    /// Swap two stories: each takes the other's priority and page. The same again swaps them back.
    Swap(Swap),
    /// Make a new paper with example stories, ready to build.
    New(New),
    /// Print a JSON Schema: of the front matter, of the settings, or of what web templates are given.
    Schema(Schema),
    /// Print a script with which a shell completes commands and options.
    Completions(Completions),
    /// Write the man pages into a folder: stonehand.1 and one for each command.
    Man(Man),
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Exit codes: 0 made; 1 nothing was made, because the content or the plan has errors;
2 wrong usage; 3 made without the broken parts (--keep-going).

Examples:
  stonehand build
  stonehand build --edition 2026-11-24 --format berliner
  stonehand build --only web
  stonehand build --only press,spreads
  stonehand build --stories '_posts/2026/*.md' --out /tmp/paper")]
pub(super) struct Build {
    #[command(flatten)]
    pub(super) of: Of,
    /// The folder for the editions.
    #[arg(long, value_name = "DIR", default_value = "public", value_hint = ValueHint::DirPath)]
    pub(super) out: PathBuf,
    /// Make only these files; separate several with commas.
    #[arg(long, value_name = "WHAT", value_delimiter = ',')]
    pub(super) only: Vec<OutputArg>,
    /// Treat warnings as errors.
    #[arg(long)]
    pub(super) strict: bool,
    /// Leave out broken stories and pictures, name them, and make the rest.
    #[arg(long)]
    pub(super) keep_going: bool,
    /// Make editions again even if nothing has changed.
    #[arg(long)]
    pub(super) force: bool,
    /// Open the PDF when it is made.
    #[arg(long)]
    pub(super) open: bool,
    /// Show every warning, not just the first three of each kind.
    #[arg(long)]
    pub(super) verbose: bool,
    /// Print all messages and the result as JSON, one object per line.
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
The preview shows drafts and stories under embargo too, marked as such; a build never prints them.
Only this computer can open it. It writes nothing into the paper's folder. Press Ctrl-C to end it.

Exit codes: 0 ended; 2 wrong usage, or the port can't be used.

Examples:
  stonehand serve --open
  stonehand serve --edition 2026-11-24 --port 8080")]
pub(super) struct Serve {
    #[command(flatten)]
    pub(super) of: Of,
    /// The port. Default: the first free one from 4747 on.
    #[arg(long, value_name = "N")]
    pub(super) port: Option<u16>,
    /// Open the preview in the browser.
    #[arg(long)]
    pub(super) open: bool,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Exit codes: 0 no errors; 1 the content or the plan has errors or, with --strict, anything
that a reader will notice; 2 wrong usage; 3 checked without the broken parts
(--keep-going).

Examples:
  stonehand check
  stonehand check --edition 2026-11-24 --all
  stonehand check --alternatives 1,3
  stonehand check --json | jq '.findings[]?'
  stonehand check --plan-svg /tmp/plan")]
pub(super) struct Check {
    #[command(flatten)]
    pub(super) of: Of,
    /// The folder of the published editions: the new plan is compared with the one there.
    #[arg(long, value_name = "DIR", default_value = "public", value_hint = ValueHint::DirPath)]
    pub(super) out: PathBuf,
    /// Show up to three other layouts of these pages; separate several pages with commas.
    #[arg(
        long, value_name = "PAGE", value_delimiter = ',',
        value_parser = clap::value_parser!(u16).range(1..)
    )]
    pub(super) alternatives: Vec<u16>,
    /// Draw the plan of each page into this folder: page-1.svg and so on.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(super) plan_svg: Option<PathBuf>,
    /// Show every finding and every warning, and a line for each story.
    #[arg(long, visible_alias = "verbose")]
    pub(super) all: bool,
    /// Treat warnings as errors.
    #[arg(long)]
    pub(super) strict: bool,
    /// Leave out broken stories and pictures, name them, and check the rest.
    #[arg(long)]
    pub(super) keep_going: bool,
    /// Print all messages and the review as JSON, one object per line.
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
The layout of locked pages is saved in content/<date>/plan.lock.json. A build that can't keep a
locked page stops and says why; with --keep-going it makes up that page again.

Examples:
  stonehand lock 2 3
  stonehand lock 3 --alternative b")]
pub(super) struct Lock {
    /// The pages to lock.
    #[arg(required = true, value_name = "PAGE", value_parser = clap::value_parser!(u16).range(1..))]
    pub(super) pages: Vec<u16>,
    /// Lock the page in this alternative layout, as listed by `stonehand check --alternatives`.
    #[arg(long, value_name = "LETTER")]
    pub(super) alternative: Option<char>,
    #[command(flatten)]
    pub(super) of: Of,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  stonehand release 3")]
pub(super) struct Release {
    /// The pages to release.
    #[arg(required = true, value_name = "PAGE", value_parser = clap::value_parser!(u16).range(1..))]
    pub(super) pages: Vec<u16>,
    #[command(flatten)]
    pub(super) of: Of,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Name a story by its file, its slug or the end of its path. The list of held stories is saved in
content/<date>/desk.yaml; the stories themselves are never changed.

Examples:
  stonehand hold parking-charges
  stonehand hold --undo parking-charges")]
pub(super) struct Hold {
    /// The stories to hold.
    #[arg(required = true, value_name = "STORY")]
    pub(super) names: Vec<String>,
    /// Bring held stories back.
    #[arg(long)]
    pub(super) undo: bool,
    #[command(flatten)]
    pub(super) of: Of,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
The list of killed stories is saved in content/<date>/desk.yaml; the stories themselves are never
changed.

Examples:
  stonehand kill brief-bins")]
pub(super) struct Kill {
    /// The stories to kill, by file, slug or the end of their paths.
    #[arg(required = true, value_name = "STORY")]
    pub(super) names: Vec<String>,
    #[command(flatten)]
    pub(super) of: Of,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
The swap is saved in content/<date>/desk.yaml; the stories themselves are never changed.

Examples:
  stonehand swap hospital match")]
pub(super) struct Swap {
    /// A story, by file, slug or the end of its path.
    pub(super) one: String,
    /// The story to swap it with.
    pub(super) other: String,
    #[command(flatten)]
    pub(super) of: Of,
}

/// Which stories, in which format and theme.
#[derive(Debug, clap::Args)]
pub(super) struct Of {
    /// The paper's folder.
    #[arg(long, value_name = "DIR", default_value = ".", value_hint = ValueHint::DirPath)]
    pub(super) root: PathBuf,
    /// Which edition: that of a day, the latest one, or all of them.
    #[arg(long, value_name = "YYYY-MM-DD|latest|all", default_value = "latest")]
    pub(super) edition: EditionArg,
    /// Judge embargoes and dates as of this time, such as `2026-11-24 06:00`, in the paper's time
    /// zone unless it names another. Default: now.
    #[arg(long, value_name = "MOMENT", value_parser = Moment::read)]
    pub(super) now: Option<Moment>,
    /// Take these Markdown files as the edition's stories instead of content/; patterns start in
    /// --root. Can be given more than once.
    #[arg(long, value_name = "GLOB")]
    pub(super) stories: Vec<String>,
    /// The page format, instead of the paper's own.
    #[arg(long, value_name = "NAME")]
    pub(super) format: Option<String>,
    /// The theme, instead of the paper's own.
    #[arg(long, value_name = "NAME")]
    pub(super) theme: Option<String>,
}

/// Which edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum EditionArg {
    Latest,
    All,
    On(jiff::civil::Date),
}

impl EditionArg {
    /// The same as the library has it.
    pub(super) fn choice(self) -> EditionChoice {
        match self {
            Self::Latest => EditionChoice::Latest,
            Self::All => EditionChoice::All,
            Self::On(date) => EditionChoice::On(date),
        }
    }
}

impl std::str::FromStr for EditionArg {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "latest" => Ok(Self::Latest),
            "all" => Ok(Self::All),
            date => day(date).map(Self::On),
        }
    }
}

/// What a build can make.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum OutputArg {
    /// edition.pdf
    Pdf,
    /// front.png
    Front,
    /// plan.json and report.json
    Plan,
    /// The web edition: pages of the edition's stories, and the site around all editions
    Web,
    /// press.pdf: trimmed pages with bleed and crop marks; only made when asked for
    Press,
    /// spreads.pdf: facing pages side by side; only made when asked for
    Spreads,
    /// booklet.pdf: sheets to print on both sides and fold; only made when asked for
    Booklet,
}

impl OutputArg {
    /// What the library calls it.
    fn output(self) -> Output {
        match self {
            Self::Pdf => Output::Pdf,
            Self::Front => Output::Front,
            Self::Plan => Output::Plan,
            Self::Web => Output::Web,
            Self::Press => Output::Press,
            Self::Spreads => Output::Spreads,
            Self::Booklet => Output::Booklet,
        }
    }
}

impl Of {
    /// The present moment: the one that was given, else the clock's.
    pub(super) fn moment(&self) -> Moment {
        self.now.unwrap_or_else(|| Moment::At(jiff::Timestamp::now()))
    }
}

impl Build {
    /// What is to be made, each once.
    pub(super) fn wanted(&self) -> Vec<Output> {
        let only: BTreeSet<Output> = self.only.iter().map(|what| what.output()).collect();
        if only.is_empty() { Output::USUAL.to_vec() } else { only.into_iter().collect() }
    }
}

#[derive(Debug, clap::Args)]
pub(super) struct New {
    /// The folder to make; it must be empty or not exist yet.
    #[arg(value_hint = ValueHint::DirPath)]
    pub(super) dir: PathBuf,
    /// The paper's name.
    #[arg(long)]
    pub(super) name: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(super) struct Schema {
    /// Which schema.
    #[arg(value_enum, default_value = "front-matter")]
    pub(super) what: SchemaOf,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
The packages install completions. Otherwise write the script where your shell looks for it.

Examples:
  stonehand completions bash > ~/.local/share/bash-completion/completions/stonehand
  stonehand completions zsh > ~/.zfunc/_stonehand
  stonehand completions fish > ~/.config/fish/completions/stonehand.fish
  stonehand completions powershell >> $PROFILE")]
pub(super) struct Completions {
    /// The shell.
    #[arg(value_enum)]
    pub(super) shell: clap_complete::Shell,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
The packages install the man pages: see `man stonehand-build`.

Examples:
  stonehand man ~/.local/share/man/man1")]
pub(super) struct Man {
    /// The folder; it is made if it does not exist.
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(super) dir: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum SchemaOf {
    /// The front matter of a story.
    FrontMatter,
    /// paper.yaml.
    Paper,
    /// edition.yaml of one day.
    Edition,
    /// What each template of the web edition is given.
    Web,
}
