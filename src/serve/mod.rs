//! The live preview: an edition that is made again at every change of its folder, and a server that
//! shows it to this machine alone.
//!
//! Two threads work beside the server. One waits for changes (`watch`) and makes the printed pages at
//! each of them (`maker`). The other makes the web edition and the PDF of the edition that was made
//! last (`later`), and rests while pages are made (`turn`). What they make lies on a shelf
//! (`preview_shelf`), from which `http` takes it. Nothing is written to the disk but prepared pictures,
//! to their cache.

mod answer;
mod catch;
mod composed;
mod http;
mod later;
mod maker;
mod notice;
mod options;
mod pages;
mod preview_shelf;
mod preview_state;
mod problems;
mod turn;
mod watch;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use tokio::net::TcpListener;

pub use notice::{Notice, Unserved};
pub use options::Options;

use maker::Maker;
use notice::Teller;
use preview_shelf::Shelf;
use turn::Turn;
use watch::Watch;

/// The port that is tried first where none is asked for.
const FIRST_PORT: u16 = 4747;
/// How many ports are tried from there on.
const PORTS: u16 = 50;

/// Shows the preview until the program is asked to end (Ctrl-C).
///
/// # Errors
/// Why there is none.
pub fn serve(
    options: Options,
    tell: impl Fn(Notice<'_>) + Send + Sync + 'static,
) -> Result<(), Unserved> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.map_err(Unserved::System)?.block_on(run(options, Arc::new(tell)))
}

async fn run(options: Options, tell: Teller) -> Result<(), Unserved> {
    let listener = listen(options.port).await?;
    let port = listener.local_addr().map_err(Unserved::System)?.port();
    // The folder is watched before it is read, so that no change is missed.
    let watch = Watch::begin(&options.root, &options.stories);
    let watch = watch.map_err(|what| Unserved::Watch { what })?;
    let shelf = Arc::new(Shelf::default());
    tell(Notice::Listening { url: &format!("http://localhost:{port}/") });
    work(options, &shelf, &tell, watch).map_err(Unserved::System)?;
    http::answer(listener, port, shelf).await.map_err(Unserved::System)
}

/// Listens on the port that is asked for, or on the first free one. Only this machine can reach it.
async fn listen(port: Option<u16>) -> Result<TcpListener, Unserved> {
    let bind = |port: u16| TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
    let fail = |port: u16| move |error: io::Error| Unserved::Port { port, error };
    let Some(port) = port else {
        for port in FIRST_PORT..FIRST_PORT + PORTS {
            match bind(port).await {
                Err(error) if error.kind() == io::ErrorKind::AddrInUse => {}
                other => return other.map_err(fail(port)),
            }
        }
        // Any port that the system gives.
        return bind(0).await.map_err(fail(0));
    };
    bind(port).await.map_err(fail(port))
}

/// Starts the working threads. They end with the program: what they make is in memory alone.
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
