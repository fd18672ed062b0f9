//! Tests of masked texts.

use super::{Masked, TagKind, mask};

fn masked(text: &str) -> Masked {
    mask(text, &|key| (key == "image").then(|| "q.jpg".to_owned()), false)
}

#[test]
fn a_mask_is_as_long_as_its_text() {
    for text in [
        "a {{ x }} b",
        "[a]({{ \"/b/\" | url }})",
        "{% image \"a\" \"ü\" %}",
        "x\n{: .y}\n",
        "`{{ kept }}`",
        "{{ open",
        "%% ü %% [[ü|é]] :::note[ü]",
        "!!! note \"ü\"\n    text",
        "![ü](ü é.jpg)",
    ] {
        assert_eq!(masked(text).text.len(), text.len(), "{text}");
    }
}

#[test]
fn an_address_stays() {
    for (text, left) in [
        ("[a]({{ \"/b/\" | url }})", "[a](/b/              )"),
        ("[a]({{site.baseurl}}/b)", "[a](/b                )"),
        ("![a]({{ page.image }})", "![a](q.jpg           )"),
        ("![a](b c.jpg \"d\")", "![a](b\u{7f}c.jpg \"d\")"),
        ("`{{ kept }}`", "`{{ kept }}`"),
    ] {
        assert_eq!(masked(text).text, left);
    }
}

#[test]
fn pictures_are_known() {
    let masked = masked("{% image \"a.jpg\" \"b\" %}\n\n{{< vimeo id=3 >}}");
    assert!(matches!(masked.tags[0].kind, TagKind::Picture(_)));
    assert!(matches!(&masked.tags[1].kind, TagKind::Unknown { name } if name == "{{< vimeo >}}"));
}

#[test]
fn braces_hold_programs_in_files_of_mdx_alone() {
    let told = |text: &str, mdx: bool| {
        let masked = mask(text, &|_| None, mdx);
        masked.tags.iter().any(|tag| matches!(tag.kind, TagKind::Unknown { .. }))
    };
    assert!(told("Text {props.x}.", true) && !told("Text {props.x}.", false));
    assert!(!told("`{props.x}`", true));
}
