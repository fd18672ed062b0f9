//! The files of an edition before they are written.

/// The files of one edition.
#[derive(Debug, Clone, Default)]
pub struct Files {
    pub(super) files: Vec<(&'static str, String, Vec<u8>)>,
}

impl Files {
    /// Adds a file. `kind` is the name of the output that it belongs to, `name` its path in the
    /// edition's folder, with slashes.
    pub fn add(&mut self, kind: &'static str, name: &str, bytes: Vec<u8>) {
        self.files.push((kind, name.into(), bytes));
    }

    /// The names and sizes of the files.
    pub fn sizes(&self) -> impl Iterator<Item = (&str, usize)> {
        self.files.iter().map(|(_, name, bytes)| (name.as_str(), bytes.len()))
    }
}
