//! Tests of raw HTML in Markdown: its content, and elements that are never closed.

use super::hold;

#[test]
fn markdown_that_html_holds_is_read() {
    hold(&[
        (
            "<div class=\"x\">A [link](https://a.b) and **strong** words</div>",
            "p(A <https://a.b link> and *strong* words)",
            &[],
        ),
        (
            "<div markdown=\"1\">\n## Head\n\n- one\n- *two*\n</div>\n\nOne.",
            "h2(Head) ul[p(one)][p(_two_)] p(One.)",
            &[],
        ),
        ("<div markdown=\"1\">A *word*</div>", "p(A _word_)", &[]),
        (
            "<section markdown>\n*x*\n<div>\n<b>y</b>\n</div>\n</section>\n\nz",
            "p(_x_) p(*y*) p(z)",
            &[],
        ),
        (
            "<div class=\"wp-caption\">![The quay](quay.jpg)The quay at noon.\n</div>\n\nAfter.",
            "p(After.)",
            &["missing-picture"],
        ),
        ("<p>One [x](https://a.b) and <b>two</b></p>", "p(One <https://a.b x> and *two*)", &[]),
        ("<td>5 ** 3 and 2 * 3 * 4</td>", "p(5 ** 3 and 2 * 3 * 4)", &[]),
        ("<pre>**x** [a](b)</pre>", "code(**x** [a](b))", &[]),
        ("<details>\n<summary>More</summary>\n\nOne *x*.\n</details>", "p(More) p(One _x_.)", &[]),
    ]);
}

#[test]
fn an_element_that_is_never_closed_takes_nothing_below_along() {
    let told = &["unclosed-element"][..];
    hold(&[
        (
            "Heads like <H1> and <h2>, say.\n\nTwo.",
            "p(Heads like <H1> and <h2>, say.) p(Two.)",
            &["unclosed-element", "unclosed-element"],
        ),
        ("Put it in a <table>.\n\n## Two", "p(Put it in a <table>.) h2(Two)", told),
        ("A <script> runs.\n\nTwo.", "p(A <script> runs.) p(Two.)", told),
        ("<h2>One\n\nTwo.\n\nThree.", "h2(One) p(Two.) p(Three.)", told),
        ("<h2>One\n\nTwo.\n\n<h2>Three</h2>\n\nFour.", "h2(One/Two.) h2(Three) p(Four.)", &[]),
        ("<h2>One</h3>\n\nTwo.", "h2(One) p(Two.)", told),
        ("<blockquote>One\n\nTwo.", "q(p(One)) p(Two.)", told),
        ("<ul><li>One<li>Two\n\nThree.", "ul[p(One)][p(Two)] p(Three.)", told),
        ("<table><tr><td>1<td>2\n\nThree.", "table(;1|2) p(Three.)", told),
        ("<blockquote>\n\nOne.\n\n</blockquote>\n\nTwo.", "q(p(One.)) p(Two.)", &[]),
        ("One <ul>\n<li>a</li>\n</ul>\n\nTwo.", "p(One) ul[p(a)] p(Two.)", &[]),
        ("<Pre>One</Pre>\n\nTwo.", "code(One) p(Two.)", &[]),
        ("<xmp>One</XMP>\n\nTwo.", "code(One) p(Two.)", &[]),
        ("<xmp>One</pre>\n\nTwo.", "code(One) p(Two.)", told),
    ]);
    let long = "word ".repeat(80);
    let shown = format!("p(*{}*) p(Two.)", long.trim());
    hold(&[
        (&format!("## {long}\n\nTwo."), &shown, &["long-subhead"]),
        (&format!("<h3>{long}</h3>\n\nTwo."), &shown, &["long-subhead"]),
    ]);
}
