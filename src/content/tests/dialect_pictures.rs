//! Tests of pictures in other programs' tags, directives and addresses: alternative texts and
//! captions.

use super::{read_from, shape};
use crate::content::addresses::picture_finder::Finder;
use crate::content::model::plain;

/// The pictures of a body as `alternative text / caption`, its tree, and the codes of its
/// diagnostics.
fn pictures(body: &str) -> (Vec<String>, String, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    let photo = image::RgbImage::from_fn(400, 300, |x, y| image::Rgb([x as u8, y as u8, 9]));
    photo.save(root.join("quay.png")).unwrap();
    std::fs::create_dir_all(root.join("content/images")).unwrap();
    std::fs::copy(root.join("quay.png"), root.join("content/images/weir.png")).unwrap();
    let text = format!("---\nheadline: H\n---\n{body}\n\nLast.\n");
    let (read, said) = read_from("a.md", &text, &Finder::new(root.clone(), root));
    let story = read.story;
    let told = |one: &crate::content::model::PictureRef| {
        format!("{} / {}", one.alt.as_deref().unwrap_or("-"), plain(&one.caption))
    };
    let codes = said.iter().map(|one| one.code.to_string()).collect();
    (story.pictures.iter().map(told).collect(), shape(&story.body), codes)
}

#[test]
fn tags_and_directives_tell_what_is_seen_and_what_stands_below() {
    for (body, told) in [
        ("{% include image.html url=\"/quay.png\" description=\"At noon\" %}", "- / At noon"),
        ("{% asset_img quay.png The quay at noon %}", "The quay at noon / "),
        ("{% img left quay.png 200 300 \"The quay\" %}", "The quay / "),
        ("{{ figure(src=\"quay.png\", alt=\"The quay\") }}", "The quay / "),
        (
            "{% image \"quay.png\", \"The quay\", \"(min-width: 30em) 50vw, 100vw\" %}",
            "The quay / ",
        ),
        ("{{< imgproc \"quay.png\" Fit \"300x\" />}}", "- / "),
        ("![At noon](quay.png){fig-alt=\"The quay\"}", "The quay / At noon"),
        ("![The quay](quay.png width=50%)", "The quay / "),
        ("{width=50%}\n![The quay](quay.png)", "The quay / "),
        ("![The quay](quay.png \"At noon\" =300x200)", "The quay / At noon"),
        ("![The quay|300](quay.png)", "The quay / "),
        ("\\[caption id=\"a\"\\]![The quay](quay.png) At noon\\[/caption\\]", "The quay / At noon"),
        ("```{figure} quay.png\n:alt: The quay\nAt noon\n```", "The quay / At noon"),
        (":::{figure} quay.png\n:alt: The quay\n\nAt noon\n:::", "The quay / At noon"),
        ("```{image} quay.png\n:alt: The quay\n```", "The quay / "),
        (":::image{src=\"quay.png\" alt=\"The quay\"}\n:::", "The quay / "),
        (":::image type=\"content\" source=\"quay.png\" alt-text=\"The quay\":::", "The quay / "),
        ("![The quay](quay.png)\n/// caption\nAt noon\n///", "The quay / At noon"),
        (
            "<figure markdown=\"span\">\n  ![The quay](quay.png)\n  <figcaption>At noon</figcaption>\n</figure>",
            "The quay / At noon",
        ),
        ("[img]quay.png[/img]", "- / "),
    ] {
        let (all, tree, _) = pictures(body);
        assert_eq!(all, [told], "{body}");
        assert_eq!(tree, "picture0 p(Last.)", "{body}");
    }
}

#[test]
fn addresses_may_begin_with_the_name_of_a_root() {
    for src in [
        "{static}/quay.png",
        "{attach}quay.png",
        "|static|/quay.png",
        "@site/quay.png",
        "@/quay.png",
        "~/quay.png",
        "__GHOST_URL__/content/images/weir.png",
    ] {
        let (all, _, said) = pictures(&format!("![The quay]({src})"));
        assert_eq!((all.len(), said.len()), (1, 0), "{src}: {said:?}");
    }
}
