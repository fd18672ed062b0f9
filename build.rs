//! Tells the program what it was built from, so that what an earlier one made is made anew.

use std::path::{Path, PathBuf};
use std::{fs, io};

/// Everything that the program's output depends on.
const INPUTS: [&str; 4] = ["src", "templates", "fonts", "Cargo.lock"];

fn main() -> io::Result<()> {
    let mut files = vec![];
    for input in INPUTS {
        println!("cargo::rerun-if-changed={input}");
        collect(Path::new(input), &mut files)?;
    }
    files.sort();
    // FNV-1a, so that nothing has to be built for this.
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut add = |bytes: &[u8]| {
        for byte in bytes {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3);
        }
    };
    for file in files {
        add(file.to_string_lossy().replace('\\', "/").as_bytes());
        add(&fs::read(file)?);
    }
    println!("cargo::rustc-env=STONEHAND_SOURCE={hash:016x}");
    Ok(())
}

/// The files below a path.
fn collect(path: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if !path.is_dir() {
        files.push(path.to_path_buf());
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        collect(&entry?.path(), files)?;
    }
    Ok(())
}
