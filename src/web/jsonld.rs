//! JSON-LD for search engines: schema.org's `NewsArticle` and `NewsMediaOrganization`.

use serde_json::{Map, Value, json};

use super::context::Context;
use super::escape::{clean, encode};
use super::index::{Index, Name, Teaser};
use crate::content::model::Story;

/// A story as a `NewsArticle`.
pub(super) fn news_article(
    context: &Context<'_>,
    index: &Index,
    teaser: &Teaser,
    story: &Story,
) -> Value {
    let mut all = Map::new();
    let mut put = |name: &str, value: Value| {
        let empty = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
        if !empty {
            all.insert(name.into(), value);
        }
    };
    let date = teaser.date.as_ref().or(index.date.as_ref());
    let updated = teaser
        .updated
        .as_ref()
        .filter(|day| day.get(..10).is_some_and(|day| day.parse::<jiff::civil::Date>().is_ok()));
    let section = index.sections.iter().find(|one| Some(&one.slug) == teaser.section.as_ref());
    let pages: Vec<String> = teaser.pages.iter().map(u16::to_string).collect();
    put("@context", json!("https://schema.org"));
    put("@type", json!("NewsArticle"));
    put("headline", json!(teaser.headline));
    put("description", json!(teaser.summary));
    put("url", json!(context.absolute(&teaser.url)));
    put("mainEntityOfPage", json!(context.absolute(&teaser.url)));
    put("image", images(context, teaser));
    put("datePublished", json!(date));
    put("dateModified", json!(updated.or(date)));
    put("author", authors(context, teaser));
    put("publisher", publisher(context));
    put("dateline", json!(teaser.dateline));
    put("articleSection", json!(section.map(|section| &section.name)));
    put("keywords", teaser.tags.iter().map(|tag| json!(tag.name)).collect());
    put("wordCount", json!(teaser.words));
    put("inLanguage", json!(teaser.lang.as_ref().unwrap_or(&context.paper.lang)));
    put("printPage", json!(pages.join(", ")));
    put("printSection", json!(section.map(|section| &section.name)));
    put("printEdition", json!(index.number));
    let others = teaser.translations.iter().filter(|one| one.url != teaser.url);
    let others = others.map(|one| {
        let url = super::body_html::address(&one.url).or_else(|| context.absolute(&one.url));
        json!({ "@type": "NewsArticle", "inLanguage": one.lang, "url": url })
    });
    put("workTranslation", others.collect());
    put("isAccessibleForFree", json!(true));
    let corrections = story
        .corrections
        .iter()
        .map(|run| json!({ "@type": "CorrectionComment", "text": clean(&run.text) }));
    put("correction", corrections.collect());
    Value::Object(all)
}

/// The paper, for its front.
pub(super) fn organisation(context: &Context<'_>) -> Value {
    let mut all = publisher(context);
    all["@context"] = json!("https://schema.org");
    if let Some(motto) = &context.paper.motto {
        all["slogan"] = json!(clean(motto));
    }
    all
}

fn publisher(context: &Context<'_>) -> Value {
    let mut all = json!({ "@type": "NewsMediaOrganization", "name": clean(&context.paper.name) });
    if let Some(url) = context.absolute("") {
        all["url"] = json!(url);
    }
    all
}

fn authors(context: &Context<'_>, teaser: &Teaser) -> Value {
    let one = |author: &Name| {
        let url = context.absolute(&format!("author/{}/", encode(&author.slug)));
        let mut all = json!({ "@type": "Person", "name": author.name });
        if let Some(url) = url {
            all["url"] = json!(url);
        }
        all
    };
    teaser.authors.iter().map(one).collect()
}

/// The pictures, 1:1, 4:3 and 16:9 where they may be cropped.
fn images(context: &Context<'_>, teaser: &Teaser) -> Value {
    let Some(art) = &teaser.art else { return Value::Null };
    let files: Vec<_> =
        if art.shares.is_empty() { vec![&art.whole.jpeg] } else { art.shares.iter().collect() };
    files.iter().filter_map(|file| context.absolute(&file.path)).map(Value::String).collect()
}
