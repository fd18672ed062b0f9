//! `stonehand schema`.

use stonehand::content::schema;

use super::args::{Schema, SchemaOf};
use super::exit::Exit;
use super::print;

/// Prints a schema.
pub(super) fn run(args: &Schema) -> Exit {
    let schema = match args.what {
        SchemaOf::FrontMatter => schema::front_matter(),
        SchemaOf::Paper => schema::paper(),
        SchemaOf::Edition => schema::edition(),
        SchemaOf::Web => stonehand::web::template_schemas(),
    };
    print::say(&serde_json::to_string_pretty(&schema).unwrap_or_default());
    Exit::Made
}
