//! `stonehand schema`.

use stonehand::content::json_schema;

use super::args::{Schema, SchemaOf};
use super::exit::Exit;
use super::print;

/// Prints a schema.
pub(super) fn run(args: &Schema) -> Exit {
    let schema = match args.what {
        SchemaOf::FrontMatter => json_schema::front_matter(),
        SchemaOf::Paper => json_schema::paper(),
        SchemaOf::Edition => json_schema::edition(),
        SchemaOf::Web => stonehand::web::template_schemas(),
    };
    print::say(&serde_json::to_string_pretty(&schema).unwrap_or_default());
    Exit::Made
}
