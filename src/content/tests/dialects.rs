//! Tests of other programs' Markdown dialects: what is read, what is reported, and what is never
//! printed.

use super::{body, hold, shape};

const TOLD: &[&str] = &["left-out-tag"];
const HIDDEN: &[&str] = &["hidden-text"];

#[test]
fn addresses_of_mail_are_no_components() {
    hold(&[
        (
            "Write to <Ann.Bell@tarrow.example>.",
            "p(Write to <mailto:Ann.Bell@tarrow.example Ann.Bell@tarrow.example>.)",
            &[],
        ),
        ("Or <ann@a.example>.", "p(Or <mailto:ann@a.example ann@a.example>.)", &[]),
        (
            "[Ann](ann@a.example) and <Quay/>",
            "p(<mailto:ann@a.example Ann> and)",
            &["left-out-element"],
        ),
    ]);
}

#[test]
fn formulas_keep_their_braces() {
    for (text, tree) in [
        ("So $x_{n=1}$ is.", "p(So _x_v_n_=1v is.)"),
        ("So \\(x_{n=1}\\) is.", "p(So _x_v_n_=1v is.)"),
        ("So \\[x_{n=1}\\] is.", "p(So _x_v_n_=1v is.)"),
        ("$$\nx_{n=1}\n$$", "p(_x_v_n_=1v)"),
        ("```{math}\n:label: q\nx_{n=1}\n```", "p(_x_v_n_=1v)"),
        ("```math\nx_{n=1}\n```", "p(_x_v_n_=1v)"),
        ("So {math}`x_{n=1}` is.", "p(So _x_v_n_=1v is.)"),
        ("So $`x_{n=1}`$ is.", "p(So _x_v_n_=1v is.)"),
    ] {
        let (story, said) = body(text);
        assert_eq!((shape(&story.body).as_str(), said.len()), (tree, 0), "{text}: {said:?}");
    }
    hold(&[
        ("`$x_{n=1}$` stays.", "p(`$x_{n=1}$` stays.)", &[]),
        ("It is $5 {% x %} and $6.", "p(It is $5 and $6.)", TOLD),
    ]);
}

#[test]
fn marks_of_editing_are_followed() {
    hold(&[
        (
            "Open {>>ask Ann<<}now{--, never--}, {++soon++}, {~~a~>b~~}, {==m==}.",
            "p(Open now, soon, b, m.)",
            &[],
        ),
        ("{>>ask\nAnn<<}\n\nTwo.", "p(Two.)", &[]),
        ("One {>>ask Ann\n\nTwo.", "p(One) p(Two.)", &["unclosed-comment"]),
        ("`{--a--}` {a--b}", "p(`{--a--}` {a–b})", &[]),
    ]);
}

#[test]
fn text_for_the_writers_is_never_printed() {
    for text in [
        "One.\n\n::: {.content-hidden}\nask Ann\n\n- or Bea\n:::\n\nTwo.",
        "One.\n\n::: notes\nask Ann\n:::\n\nTwo.",
        "One.\n\n:::: {.notes}\n::: tip\nask Ann\n:::\nor Bea\n::::\n\nTwo.",
        "One.\n\n% ask Ann\n\nTwo.",
        "One.\n\n{{< remark >}}\nask Ann\n{{< /remark >}}\n\nTwo.",
        "One.\n\n{{% todo %}}ask Ann{{% /todo %}}\n\nTwo.",
        "One.\n\n{% hidden %}ask Ann{% endhidden %}\n\nTwo.",
        "One.\n\n<Private>\nask Ann\n</Private>\n\nTwo.",
    ] {
        let (story, said) = body(text);
        assert_eq!(shape(&story.body), "p(One.) p(Two.)", "{text}");
        assert_eq!(said, HIDDEN, "{text}");
    }
    hold(&[
        ("It grew by 5\n% of all.", "p(It grew by 5 % of all.)", &[]),
        ("::: {.content-visible when-format=\"html\"}\nOne.\n:::", "p(One.)", &[]),
        ("::: info\nOne.\n:::", "p(One.)", &[]),
    ]);
}

#[test]
fn directives_are_boxes_pictures_or_listings() {
    let lost = &["missing-picture"][..];
    for (open, close) in [("```", "```"), (":::", ":::"), ("````", "````"), ("~~~", "~~~")] {
        let written = [
            ("{tip} Mind the step\nText.", "p(*Mind the step*) p(Text.)"),
            ("{note}\nText.", "p(Text.)"),
            ("{admonition} Mind\n:class: tip\n\nText.", "p(*Mind*) p(Text.)"),
            ("{admonition} Mind\n---\nclass: tip\n---\nText.", "p(*Mind*) p(Text.)"),
            ("{dropdown} Mind\n- one\n- two", "p(*Mind*) ul[p(one)][p(two)]"),
            ("{code-block} python\nx = 1", "code(x = 1)"),
            ("{code-block} python\n:linenos:\n:caption: C\nx = 1", "code(x = 1)"),
            ("{toctree}\nweir", ""),
        ];
        for (inside, tree) in written {
            let text = format!("One.\n\n{open}{inside}\n{close}\n\nTwo.");
            let (story, said) = body(&text);
            let tree = format!("p(One.) {tree} p(Two.)").replace("  ", " ");
            assert_eq!((shape(&story.body), said.len()), (tree, 0), "{text}: {said:?}");
        }
        for inside in
            ["{figure} quay.jpg\n:alt: The quay\nAt noon", "{image} quay.jpg\n:alt: The quay"]
        {
            let text = format!("One.\n\n{open}{inside}\n{close}\n\nTwo.");
            hold(&[(&text, "p(One.) p(Two.)", lost)]);
        }
    }
    hold(&[
        (":::image{src=\"quay.jpg\" alt=\"The quay\"}\n:::\n\nTwo.", "p(Two.)", lost),
        ("```{r setup, include=FALSE}\nx <- 1\n```\n\nTwo.", "p(Two.)", TOLD),
        ("```{r}\n#| echo: false\nx <- 1\n```\n\nTwo.", "p(Two.)", TOLD),
        ("```{r}\n#| label: x\nx <- 1\n```", "code(x <- 1)", &[]),
        ("It has `r nrow(x)` rows.", "p(It has `r nrow(x)` rows.)", TOLD),
        ("````{note}\n```python\nx = 1\n```\n````", "code(x = 1)", &[]),
        ("````\n```{note}\nx\n```\n````", "code(```{note}|x|```)", &[]),
    ]);
}

#[test]
fn components_between_colons_keep_their_text() {
    let lost = &["missing-picture"][..];
    hold(&[
        ("::alert\nText *U*.\n::\n\nTwo.", "p(Text _U_.) p(Two.)", &[]),
        ("::card{title=\"Mind\"}\nText.\n\n#footer\nFoot.\n::", "p(*Mind*) p(Text.) p(Foot.)", &[]),
        ("::hero\n---\ntitle: Mind\n---\nText.\n::", "p(*Mind*) p(Text.)", &[]),
        (
            "A :badge[new]{.x} one, :icon{name=\"sun\"} 12:30 and :sunny: x::y.",
            "p(A new one, 12:30 and ☀ x::y.)",
            &["left-out-tag"],
        ),
        (
            ":::image type=\"content\" source=\"quay.jpg\" alt-text=\"The quay\":::\n\nTwo.",
            "p(Two.)",
            lost,
        ),
        (
            ":::image type=\"content\" source=\"quay.jpg\" alt-text=\"The quay\"\n:::\n\nTwo.",
            "p(Two.)",
            lost,
        ),
        ("::: moniker range=\">=1\"\n\nText.\n\n::: moniker-end\n\nTwo.", "p(Text.) p(Two.)", &[]),
        (
            ":::row:::\n:::column span=\"2\":::\nText.\n:::column-end:::\n:::row-end:::",
            "p(Text.)",
            &[],
        ),
        ("[!INCLUDE [x](y.md)]\n\nTwo.", "p(Two.)", TOLD),
        ("[!VIDEO https://a.b/c]\n\n[!div class=\"x\"]\n\nTwo.", "p(Two.)", TOLD),
    ]);
}

#[test]
fn programs_in_templates_are_told() {
    hold(&[
        (
            "One <% tp.date.now() %> two <%= yield %>.",
            "p(One two .)",
            &["left-out-tag", "left-out-tag"],
        ),
        ("{{{ body }}} Text", "p(Text)", TOLD),
        ("{#if x}Text{:else}Or{/if}.", "p(TextOr.)", &["left-out-tag", "left-out-tag"]),
        ("{@html x} Text", "p(Text)", TOLD),
    ]);
}

#[test]
fn elements_hold_markdown_where_its_lines_are_plain() {
    hold(&[
        ("<div>\n## The gate\n- one\n- two\n</div>", "h2(The gate) ul[p(one)][p(two)]", &[]),
        ("<section class=\"x\">\n> one\n</section>\n\nTwo.", "q(p(one)) p(Two.)", &[]),
        ("<div>\n| a | b |\n|---|---|\n| c | d |\n</div>", "table(a|b;c|d)", &[]),
        ("<div>\n```\nx\n```\n</div>", "code(x)", &[]),
        (
            "<table><tr><td>\n- one\n- two\n</td></tr></table>",
            "table(;- one - two)",
            &["markdown-in-html"],
        ),
        ("<div>\nOne <b>two</b>.\n</div>", "p(One *two*.)", &[]),
        ("<div><pre>\n- one\n</pre></div>", "code(|- one)", &[]),
        (
            "<figure markdown=\"span\">\n  ![The quay](quay.jpg)\n  <figcaption>At noon</figcaption>\n</figure>\n\nTwo.",
            "p(Two.)",
            &["missing-picture"],
        ),
        ("One<o:p></o:p> <st1:place>York</st1:place>.", "p(One York.)", &[]),
        (
            "One <fb:like href=\"x\"></fb:like> two <urn:a:b>.",
            "p(One two urn:a:b.)",
            &["left-out-element"],
        ),
    ]);
}

#[test]
fn rows_without_a_head_are_tables() {
    hold(&[
        ("| a | b |\n| *c* | d |\n\nTwo.", "table(;a|b;_c_|d) p(Two.)", &[]),
        (
            "+---+---+\n| a | b |\n+===+===+\n| c | d |\n| e |   |\n+---+---+\n\nTwo.",
            "table(a|b;c e|d) p(Two.)",
            &[],
        ),
        ("| a | b |\n|---|---|\n| c | d |\n\n: At noon", "table(a|b;c|d) p(At noon)", &[]),
        ("| One *line*\n| two", "p(One _line_/two)", &[]),
        ("|x| is no row\nof any", "p(|x| is no row of any)", &[]),
    ]);
}

#[test]
fn tags_of_forums_are_read_or_told() {
    hold(&[
        ("[quote=\"ann, post:1\"]\nWords.\n[/quote]\n\nTwo.", "q(p(*ann*) p(Words.)) p(Two.)", &[]),
        ("[details=\"Sum\"]\nWords.\n[/details]", "p(*Sum*) p(Words.)", &[]),
        (
            "A [url=https://a.b]word[/url] in [b]bold[/b].",
            "p(A <https://a.b word> in *bold*.)",
            &[],
        ),
        ("A [color=red]red[/color] one.", "p(A red one.)", TOLD),
        ("![a](quay.jpg)\n/// caption\nAt noon\n///\n\nTwo.", "p(Two.)", &["missing-picture"]),
        ("/// note | Mind\nWords.\n///\n\nTwo.", "p(*Mind*) p(Words.) p(Two.)", &[]),
        ("--8<-- \"x.md\"\n\nTwo.", "p(Two.)", TOLD),
        ("Press ++ctrl+c++, not C++ or C++.", "p(Press ctrl+c, not C++ or C++.)", &[]),
    ]);
}

#[test]
fn what_notebooks_keep_is_told() {
    hold(&[
        ("One.\n\n^abc\n\nTwo.", "p(One.) p(Two.)", &[]),
        ("> One.\n\n^q1", "q(p(One.))", &[]),
        ("- one ^a1b2\n- two", "ul[p(one)][p(two)]", &[]),
        ("- one\n  id:: 64f\n- two", "ul[p(one)][p(two)]", TOLD),
        ("One [due:: 2026] two.", "p(One two.)", TOLD),
        ("One (due:: 2026) two (a::b).", "p(One two (a::b).)", TOLD),
        ("See @fig-quay.", "p(See @fig-quay.)", &["undefined-reference"]),
        (
            "(weir)=\n## Weir\n\nSee {ref}`weir` and {ref}`it <weir>`.",
            "h2(Weir) p(See weir and it.)",
            &["undefined-reference"],
        ),
        ("H{sub}`2`O is {kbd}`x`.", "p(Hv2vO is `x`.)", &[]),
    ]);
    let (story, said) = body("One[^1].\n\n[^1]:");
    assert_eq!(shape(&story.body), "p(One[1].)");
    assert_eq!(said, ["empty-note"]);
}
