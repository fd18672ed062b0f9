//! The live preview: an edition that is made again at every change of its folder, and a server that
//! shows it to this machine alone.
//!
//! Three threads work beside the server. `watch` hears of changes; `maker` makes the printed pages
//! at each one; `later` makes the web edition and the PDF of what the maker made last, and rests
//! while the maker works. What they make lies on the `shelf`, from where `http` takes it. Nothing is
//! written to the disk but prepared pictures, to their cache.

mod answer;
mod http;
mod later;
mod maker;
mod pages;
mod problems;
mod shelf;
mod state;
mod watch;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use tokio::net::TcpListener;

use crate::content::{EditionChoice, Moment};
use crate::diag::{Code, Diagnostic, Sources};
use crate::picture::Cache;

use later::Turn;
use maker::Maker;
use shelf::Shelf;
use watch::Watch;

/// The port that is tried first where none is asked for.
pub const PORT: u16 = 4747;
/// How many ports are tried after that.
const PORTS: u16 = 50;

/// What is shown, and where.
#[derive(Debug, Clone)]
pub struct Options {
    /// The paper's folder.
    pub root: PathBuf,
    /// Which edition: one of them.
    pub edition: EditionChoice,
    /// Patterns of Markdown files that are the edition's stories, instead of `content/`.
    pub stories: Vec<String>,
    /// A format instead of the paper's own.
    pub format: Option<String>,
    /// A theme instead of the paper's own.
    pub theme: Option<String>,
    /// Prepared pictures of earlier builds.
    pub cache: Cache,
    /// The port; none takes the first free one from [`PORT`] on.
    pub port: Option<u16>,
    /// The moment by which stories are judged; none takes the present one at every make.
    pub now: Option<Moment>,
    /// Tells the present moment.
    pub clock: fn() -> Timestamp,
}

/// What happens, for whoever stands at the terminal.
#[derive(Debug)]
pub enum Told<'a> {
    /// The preview can be looked at.
    Listening {
        /// Its address.
        url: &'a str,
    },
    /// The edition is being made.
    Making,
    /// Its pages are made.
    Made {
        /// How many.
        pages: usize,
        /// The numbers of those that are other than before.
        changed: &'a [u16],
        /// How many warnings there are.
        warnings: usize,
    },
    /// It could not be made; the pages before it are still shown.
    Failed {
        /// What is wrong.
        diagnostics: &'a [Diagnostic],
        /// The files that were read.
        sources: &'a Sources,
    },
    /// The web edition or the PDF could not be made.
    Partly {
        /// What is wrong.
        diagnostics: &'a [Diagnostic],
        /// The files that were read.
        sources: &'a Sources,
    },
}

/// Whoever is told.
type Teller = Arc<dyn Fn(Told<'_>) + Send + Sync>;

/// Why there is no preview.
#[derive(Debug)]
pub enum Unserved {
    /// A port can't be had.
    Port {
        /// The port that was asked for.
        port: u16,
        /// What the system says.
        error: io::Error,
    },
    /// The folder can't be watched.
    Watch {
        /// What is wrong.
        what: String,
    },
    /// Something else that the system refuses.
    System(io::Error),
}

/// Shows the preview until the program is asked to end (Ctrl-C).
///
/// # Errors
/// Why there is none.
pub fn serve(
    options: Options,
    tell: impl Fn(Told<'_>) + Send + Sync + 'static,
) -> Result<(), Unserved> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.map_err(Unserved::System)?.block_on(run(options, Arc::new(tell)))
}

async fn run(options: Options, tell: Teller) -> Result<(), Unserved> {
    let listener = listen(options.port).await?;
    let port = listener.local_addr().map_err(Unserved::System)?.port();
    // Watched before it is read, so that no change falls between.
    let watch = Watch::begin(&options.root, &options.stories);
    let watch = watch.map_err(|what| Unserved::Watch { what })?;
    let shelf = Arc::new(Shelf::default());
    tell(Told::Listening { url: &format!("http://localhost:{port}/") });
    work(options, &shelf, &tell, watch).map_err(Unserved::System)?;
    http::answer(listener, port, shelf).await.map_err(Unserved::System)
}

/// The first free port, or the one that is asked for. Nobody but this machine can reach it.
async fn listen(port: Option<u16>) -> Result<TcpListener, Unserved> {
    let bind = |port: u16| TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
    let fail = |port: u16| move |error: io::Error| Unserved::Port { port, error };
    let Some(port) = port else {
        for port in PORT..PORT + PORTS {
            match bind(port).await {
                Err(error) if error.kind() == io::ErrorKind::AddrInUse => {}
                other => return other.map_err(fail(port)),
            }
        }
        // Whichever the system has left.
        return bind(0).await.map_err(fail(0));
    };
    bind(port).await.map_err(fail(port))
}

/// Sets the threads to work. They end with the program: what they make is in memory alone.
fn work(options: Options, shelf: &Arc<Shelf>, tell: &Teller, mut watch: Watch) -> io::Result<()> {
    let turn = Arc::new(Turn::default());
    let (cache, later) = (options.cache.clone(), Arc::clone(&turn));
    let (shelf_of_later, tell_of_later) = (Arc::clone(shelf), Arc::clone(tell));
    std::thread::Builder::new()
        .name("later".into())
        .spawn(move || later::later(&later, &shelf_of_later, &cache, &tell_of_later))?;
    let mut maker = Maker::new(options, Arc::clone(shelf), turn, Arc::clone(tell));
    std::thread::Builder::new().name("maker".into()).spawn(move || {
        maker.make();
        while watch.changed() {
            maker.make();
        }
    })?;
    Ok(())
}

/// Does what may stumble over a fault of the program: the preview outlives it, since the next
/// change may not meet it.
fn steady<T>(work: impl FnOnce() -> T) -> Result<T, Diagnostic> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| {
        Diagnostic::error(Code::Stumbled, None, "Stonehand failed on this edition")
            .hint("this is a fault of Stonehand: please report it with what the terminal says")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_of_the_program_is_told_and_outlived() {
        assert_eq!(steady(|| 1).unwrap(), 1);
        let stumble = || -> u8 { panic!("on purpose") };
        assert_eq!(steady(stumble).unwrap_err().code, "stumbled");
    }
}
