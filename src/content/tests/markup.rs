//! Tests of other programs' markup: what is read, what is reported, and what stays text.

use super::{body, hold, said_of, shape, story};

const UNCLOSED: &[&str] = &["unclosed-comment"];

#[test]
fn comments_are_never_printed() {
    let kinds = [
        ("<!--", "-->"),
        ("%%", "%%"),
        ("{{< comment >}}", "{{< /comment >}}"),
        ("{{% comment %}}", "{{% /comment %}}"),
        ("{{/*", "*/}}"),
        ("{{- /*", "*/ -}}"),
        ("{{<!--", "-->}}"),
        ("{{!--", "--}}"),
        ("{% comment %}", "{% endcomment %}"),
        ("{%- comment -%}", "{%- endcomment -%}"),
        ("{::comment}", "{:/comment}"),
        ("{::comment}", "{:/}"),
        ("{#", "#}"),
        ("{/*", "*/}"),
        ("<%--", "--%>"),
    ];
    for (open, close) in kinds {
        for (text, tree) in [
            (
                format!("The mayor spoke. {open} ask *Ann* {close} She left."),
                "p(The mayor spoke. She left.)",
            ),
            (format!("One.\n\n{open}\nask Ann\n\n- or Bea\n{close}\n\nTwo."), "p(One.) p(Two.)"),
            (format!("{open} ask Ann {close}\n\nTwo."), "p(Two.)"),
            (format!("- one {open} ask Ann {close}\n- two"), "ul[p(one)][p(two)]"),
            (format!("> one {open} ask Ann {close}"), "q(p(one))"),
            (format!("## Head {open} ask Ann {close}\n\nTwo."), "h2(Head) p(Two.)"),
        ] {
            let (story, said) = body(&text);
            assert_eq!((shape(&story.body).as_str(), said.len()), (tree, 0), "{text}\n{said:?}");
        }
        // In code, nothing is a comment.
        let shown = format!(
            "`{open} x {close}`\n\n```\n{open} x {close}\n```\n\nText.\n\n    {open} x {close}\n"
        );
        let (story, said) = body(&shown);
        let code = format!("{open} x {close}");
        assert_eq!(shape(&story.body), format!("p(`{code}`) code({code}) p(Text.) code({code})"));
        assert!(said.is_empty(), "{said:?}");
    }
    hold(&[
        ("One {% # ask Ann %} two {%- # ask\n-%} three.", "p(One two three.)", &[]),
        (
            "One.\n\n[//]: # (ask Ann)\n[//]: # \"ask Ann\"\n[comment]: <> (ask (Ann))\n\nTwo.",
            "p(One.) p(Two.)",
            &[],
        ),
        ("One.\n[//]: # (ask\nAnn)\nTwo.", "p(One.) p(Two.)", &[]),
        ("One.\n\n[//]: # ask Ann\n\nTwo.", "p(One.) p(Two.)", &[]),
        ("One {! two} <!-- --> three", "p(One {! two} three)", &[]),
        ("Text <!-- a\n\nb --> end.", "p(Text end.)", &[]),
        ("<div>\n<!-- a\n\nb -->\n<p>One.</p>\n</div>", "p(One.)", &[]),
    ]);
}

#[test]
fn comments_that_are_never_closed_take_no_text_along() {
    for open in ["<!--", "{{< comment >}}", "{% comment %}", "{::comment}", "{{/*", "{/*", "{{!--"]
    {
        for text in [
            format!("One.\n\n{open} ask Ann\n\nTwo.\n\nThree."),
            format!("One.\n\n{open} ask Ann\nor Bea\n\nTwo.\n\nThree."),
        ] {
            let (story, said) = body(&text);
            assert_eq!(shape(&story.body), "p(One.) p(Two.) p(Three.)", "{text}");
            assert_eq!(said, UNCLOSED, "{text}");
        }
    }
    hold(&[
        ("One %% two.\n\nThree.", "p(One %% two.) p(Three.)", UNCLOSED),
        (
            "It grew by 5 %% and then by 6 %% more, or 100%% of it.",
            "p(It grew by 5 %% and then by 6 %% more, or 100%% of it.)",
            &[],
        ),
        ("<!-- a\n\nb\n\n<!-- c -->\n\nTwo.", "p(Two.)", UNCLOSED),
        ("`<!--` opens one.\n\nTwo.", "p(`<!--` opens one.) p(Two.)", &[]),
        ("```html\n<!-- a\n```\n\nTwo.", "code(<!-- a) p(Two.)", &[]),
        ("A set {# of things } and {#} stay.", "p(A set {# of things } and {#} stay.)", &[]),
    ]);
}

#[test]
fn text_that_only_looks_like_markup_stays() {
    for text in [
        "A set {a, b} and {0} and {x = 1} and { } stay.",
        "It is 50 % or 5 %% of 3::4 and a::b.",
        "The matrix [[1, 2], [3, 4]] and x[1] and [sic] and [[ x ]] stay.",
        "[video] A man sings. [audio] [caption]",
        "Import taxes rose. import taxes from Spain rose.",
        "a == b and c != d and ==",
        "A face :( and 12:30: and :unknown name: stay.",
        "x^[] and 2^3",
        "One <- two -> three << four",
        "{width} and {% of all",
        "He wrote {.5} and {..}.",
        "The path C:\\[dir] and {{",
    ] {
        let (story, _) = body(text);
        let read = shape(&story.body);
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        assert_eq!(letters(&read)[1..], letters(text), "{read}");
        for sign in ['{', '[', ':', '%', '^'] {
            assert_eq!(read.matches(sign).count(), text.matches(sign).count(), "{read}");
        }
    }
}

#[test]
fn markup_in_code_is_printed_unchanged() {
    for code in [
        "[[Weir]]",
        "![[quay.jpg]]",
        ":::note[Mind]",
        "{{< figure src=\"a.jpg\" >}}",
        "{% raw %}",
        "%% x %%",
        "[caption id=\"x\"]y[/caption]",
        "{.class}",
        "<Figure src=\"x\" />",
        "==x==",
        "^[x]",
        "[^1]",
        ":sunny:",
        "{::nomarkdown}",
        "{{</* x */>}}",
        "import A from 'a';",
        "[TOC]",
        "!!! note",
        "[//]: # (x)",
        "![a](the quay.jpg)",
    ] {
        let text = format!(
            "One `{code}` two.\n\n```md\n{code}\n```\n\nText.\n\n    {code}\n\n<pre><code>{}</code></pre>\n",
            code.replace('<', "&lt;")
        );
        let (story, said) = body(&text);
        assert_eq!(
            shape(&story.body),
            format!("p(One `{code}` two.) code({code}) p(Text.) code({code}) code({code})")
        );
        assert!(said.is_empty(), "{code}: {said:?}");
    }
}

#[test]
fn wikilinks_are_words() {
    hold(&[
        ("See [[Weir]] and [[Weir|the *old* weir]].", "p(See Weir and the _old_ weir.)", &[]),
        (
            "[[notes/Weir.md]] [[Weir#The gate]] [[#The gate]] [[Weir|]]",
            "p(Weir Weir > The gate The gate Weir)",
            &[],
        ),
        ("| a | b |\n|-|-|\n| [[Weir\\|the weir]] | x |", "table(a|b;the weir|x)", &[]),
        (
            "One.\n\n![[quay.jpg]]\n\n![[quay.jpg|300]]\n\nTwo.",
            "p(One.) p(Two.)",
            &["missing-picture", "missing-picture"],
        ),
        ("One ![[Weir]] two.", "p(One two.)", &["left-out-tag"]),
        ("[[1]](https://a.b)", "p(<https://a.b [1]>)", &[]),
        ("A ==marked== word, a==b==c, == not ==.", "p(A marked word, a==b==c, == not ==.)", &[]),
        ("**[[Weir]]** and _[[Weir|x]]_", "p(*Weir* and _x_)", &[]),
        ("\\[[Weir]]", "p([[Weir]])", &[]),
    ]);
    let (read, _) = body("One^[Said on *Monday*, [here](https://a.b).] two[^1].\n\n[^1]: B");
    assert_eq!(shape(&read.body), "p(One[1] two[2].)");
    assert_eq!(shape(&read.notes[0]), "p(Said on _Monday_, <https://a.b here>.)");
}

#[test]
fn attribute_lists_are_taken_out() {
    let out = &["left-out-attributes"][..];
    hold(&[
        ("A [link](https://a.b){target=\"_blank\"}.", "p(A <https://a.b link>.)", &[]),
        ("A [link](https://a.b){: target=\"_blank\" rel='x'}.", "p(A <https://a.b link>.)", &[]),
        ("A [link](https://a.b){title=\"At noon\"}.", "p(A <https://a.b link>.)", out),
        ("Dit is [the end]{lang=en}.", "p(Dit is the end.)", out),
        ("One.\n{: .x style=\"color: red\"}", "p(One.)", out),
        ("One.\n{: class=\"lead hidden\"}", "p(One.)", out),
        ("One.\n{:.x.y #z data-a=1 aria-label=\"b c\"}", "p(One.)", &[]),
        (
            "A [word]{.smallcaps} and [two *words*]{.underline}.",
            "p(A word and two _words_.)",
            &["left-out-attributes", "left-out-attributes"],
        ),
        ("A `word`{.r} and *x*{.y}.", "p(A `word` and _x_.)", &[]),
        ("## Head {#top .x}\n\nOne.", "h2(Head) p(One.)", &[]),
        ("## Head {.unnumbered}\n\nOne.", "h2(Head) p(One.)", &[]),
        ("One.\n{: .x #y}\n\nTwo.", "p(One.) p(Two.)", &[]),
        ("A word{x=1} and { width=3 }.", "p(A word{x=1} and { width=3 }.)", &[]),
        (
            &format!("![a](b.jpg){{.x fig-alt=\"{}\"}}\n\nOne.", "The mill's wheel. ".repeat(60)),
            "p(One.)",
            &["missing-picture"],
        ),
        ("![a](b.jpg){width=50%}\n\nOne.", "p(One.)", &["left-out-attributes", "missing-picture"]),
        (
            "One {::nomarkdown}<b>two</b>{:/} three.\n\n{::options toc_levels=\"2..3\" /}",
            "p(One *two* three.)",
            &[],
        ),
    ]);
}

#[test]
fn boxes_keep_their_text_and_their_heading() {
    hold(&[
        (
            "One.\n\n:::note[Mind *the* step]\n\nTwo.\n\n:::\n\nThree.",
            "p(One.) p(*Mind _the_ step*) p(Two.) p(Three.)",
            &[],
        ),
        (
            "One.\n:::note[Mind the step]\nTwo.\n:::\nThree.",
            "p(One.) p(*Mind the step*) p(Two.) p(Three.)",
            &[],
        ),
        ("::: tip A title\nTwo.\n:::", "p(*A title*) p(Two.)", &[]),
        ("::: {.note title=\"A title\"}\nTwo.\n:::", "p(*A title*) p(Two.)", &[]),
        ("::::: {#x .note} :::::\nTwo.\n:::::", "p(Two.)", &[]),
        (":::info\nTwo.\n:::", "p(Two.)", &[]),
        ("::youtube{id=x}\n\nTwo.", "p(Two.)", &["left-out-tag"]),
        (
            "!!! note \"A title\"\n    One.\n\n    - two\n\nThree.",
            "p(*A title*) p(One.) ul[p(two)] p(Three.)",
            &[],
        ),
        ("Zero.\n\n??? tip\n\n    One.\n\nTwo.", "p(Zero.) p(One.) p(Two.)", &[]),
        (
            "=== \"Left\"\n\n    One.\n\n=== \"Right\"\n\n    Two.",
            "p(*Left*) p(One.) p(*Right*) p(Two.)",
            &[],
        ),
        ("!!! What a day", "p(!!! What a day)", &[]),
        (
            "> [!warning]- Closed today\n> The quay is closed.",
            "q(p(*Closed today*) p(The quay is closed.))",
            &[],
        ),
        ("> [!note] A title\n>\n> - one", "q(p(*A title*) ul[p(one)])", &[]),
        ("> [!NOTE]\n> One.", "q(p(One.))", &[]),
        (
            "> [!tip]+\n> One.\n>\n> > [!info] Inner\n> > Two.",
            "q(p(One.) q(p(*Inner*) p(Two.)))",
            &[],
        ),
        ("> [!note] Only this", "q(p(Only this))", &[]),
        (
            "{{< admonition note \"A title\" >}}\nOne.\n{{< /admonition >}}",
            "p(*A title*) p(One.)",
            &[],
        ),
        ("{% note title=\"A title\" %}\nOne.\n{% endnote %}", "p(*A title*) p(One.)", &[]),
        ("One.\n:sunny: Two.", "p(One. ☀ Two.)", &[]),
        ("Term\n:   What it is\n", "p(*Term*) p(What it is)", &[]),
        ("|a|b|\n|:-|-:|\n|1|2|\n", "table(a|b;1|2)", &[]),
        ("a|b\n:-|-:\n1|2\n", "table(a|b;1|2)", &[]),
    ]);
}

#[test]
fn tags_end_where_they_end() {
    hold(&[
        (
            "{{< raw >}}\n<a href=\"https://a.b\">Give</a>\n{{< /raw >}}\n\nOne {{< x >}} two.",
            "p(<https://a.b Give>) p(One two.)",
            &["left-out-tag", "left-out-tag"],
        ),
        ("{% raw %}{{ a }}{% endraw %} {{ b }}", "p({{ a }})", &["left-out-tag"]),
        ("{% raw %}{{ a }}\n\nOne.", "p(One.)", &["left-out-tag", "unclosed-tag"]),
        (
            "{{< highlight go >}}\na {{ b }}\n{{< /highlight >}}\n\nOne.",
            "code(a {{ b }}) p(One.)",
            &[],
        ),
        ("{{< highlight go >}}\n\nOne.", "p(One.)", &["unclosed-tag"]),
        (
            "It is written {{</* figure src=\"a\" */>}} so.",
            "p(It is written {{< figure src=\"a\" >}} so.)",
            &[],
        ),
        ("[TOC]\n\nOne.\n\n[[_TOC_]]\n\n{{< toc >}}\n\n{{TOC}}\n\n[[toc]]", "p(One.)", &[]),
        ("* x\n{:toc}\n\nOne.", "p(One.)", &[]),
        (
            "Write {{{< video a.mp4 >}}} or `{{{< meta x >}}}` or {{{% note %}}}.",
            "p(Write {{< video a.mp4 >}} or `{{{< meta x >}}}` or {{% note %}}.)",
            &[],
        ),
        (
            "Write {{/* note(kind=\"tip\") */}} or {%/* end() */%}. {{/* ask Ann (at noon) */}}",
            "p(Write {{ note(kind=\"tip\") }} or {% end() %}.)",
            &[],
        ),
        ("One {{{< open two.\n\nThree.", "p(One {{{< open two.) p(Three.)", &["unclosed-tag"]),
        ("\\newpage\n\nOne.", "p(One.)", &["left-out-tag"]),
        ("*[HTML]: Markup\n\nHTML is.", "p(HTML is.)", &["left-out-tag"]),
    ]);
}

#[test]
fn shortcodes_in_brackets_are_read() {
    hold(&[
        (
            "Before.\n\n[caption id=\"a_9\" width=\"300\"]![The quay](quay.jpg) The quay at noon.[/caption]\n\nAfter.",
            "p(Before.) p(After.)",
            &["missing-picture"],
        ),
        ("[gallery ids=\"1,2\"]\n\nAfter.", "p(After.)", &["left-out-tag"]),
        ("[gallery]\n\nAfter.", "p(After.)", &["left-out-tag"]),
        ("[embed]https://a.b/c[/embed]\n\nAfter.", "p(After.)", &["left-out-tag"]),
        ("[video width=\"3\" mp4=\"a.mp4\"][/video]\n\nAfter.", "p(After.)", &["left-out-tag"]),
        ("[button link=\"x\"]Give[/button] now.", "p(Give now.)", &["left-out-tag"]),
        (
            "He said [sic] and [a note](https://a.b) [x][].",
            "p(He said [sic] and <https://a.b a note> [x][].)",
            &["undefined-reference"],
        ),
    ]);
}

#[test]
fn brackets_that_hold_a_listing_are_one() {
    hold(&[
        (
            "[prism classes=\"language-yaml\"]\n---\ntitle: Quay\n---\n# not a head {{ a }}\n[/prism]\n\nOne.",
            "code(---|title: Quay|---|# not a head {{ a }}) p(One.)",
            &[],
        ),
        ("[code]\na [b] *c*\n\nd\n[/code]\n\nOne.", "code(a [b] *c*||d) p(One.)", &[]),
        ("[php]\n$a = $b;\n[/php]\n\nOne.", "code($a = $b;) p(One.)", &[]),
        ("[code]\n```\na\n```\n[/code]\n\nOne.", "code(```|a|```) p(One.)", &[]),
        (
            "{% highlight php %}\n$a$ = 1;\n{% endhighlight %}\n\nOne.",
            "code($a$ = 1;) p(One.)",
            &[],
        ),
        ("[code]\na {{ b }}\n[/code]\n\n[code]\nc\n[/code]", "code(a {{ b }}) code(c)", &[]),
        (
            "{% verbatim %}\n[prism classes=\"twig\"]\n{% if a %}\n{{ b }}\n[/prism]\n{% endverbatim %}\n\nOne.",
            "code({% if a %}|{{ b }}) p(One.)",
            &[],
        ),
        ("Type [code]a[/code] now.", "p(Type a now.)", &["left-out-tag"]),
        (
            "He said [code] once.\n\n[plain]\n\nOne.",
            "p(He said [code] once.) p([plain]) p(One.)",
            &[],
        ),
    ]);
}

#[test]
fn notices_lose_their_marks() {
    hold(&[
        (
            "!! Mind the *step*.\n!! It is wet.\n\nOne.",
            "p(Mind the _step_. It is wet.) p(One.)",
            &["notice-mark"],
        ),
        (
            "[code]\na\n[/code]\n! Take *care*.\n\n## Head\n!! Two.",
            "code(a) p(Take _care_.) h2(Head) p(Two.)",
            &["notice-mark"],
        ),
        ("!!!! Well done.\n\nOne.", "p(Well done.) p(One.)", &["notice-mark"]),
        ("! It is wet.\n! Mind it.", "p(It is wet. Mind it.)", &["notice-mark"]),
        // A single mark before one line may be an exclamation.
        ("! The gate is open.\n\nOne.", "p(! The gate is open.) p(One.)", &[]),
        ("How loud\n! It was heard.", "p(How loud ! It was heard.)", &[]),
        ("\\!! Two (of us).", "p(!! Two (of us).)", &[]),
        ("He cried so loud\n!! that it rang.", "p(He cried so loud !! that it rang.)", &[]),
        ("!! \n\n!!!!! Five.\n\n!!none", "p(!!) p(!!!!! Five.) p(!!none)", &[]),
    ]);
}

#[test]
fn components_are_read_or_told() {
    let lost = &["missing-picture"][..];
    let out = &["left-out-element"][..];
    hold(&[
        (
            "Before.\n\n<Figure src=\"quay.jpg\" alt=\"The quay\" caption=\"At noon\" />\n\nAfter.",
            "p(Before.) p(After.)",
            lost,
        ),
        (
            "<Image\n  src={\"quay.jpg\"}\n  style={{width: 3}}\n  onLoad={() => 1}\n/>\n\nAfter.",
            "p(After.)",
            lost,
        ),
        (
            "import quay from './quay.jpg';\n\n<Image src={quay} alt=\"x\" />\n\nAfter.",
            "p(After.)",
            &["left-out-tag", "missing-picture"],
        ),
        ("<Image src={quay} alt=\"x\" />\n\nAfter.", "p(After.)", out),
        ("<YouTube id=\"x\" />\n\nAfter.", "p(After.)", out),
        ("<Tweet/>\n\nAfter.", "p(After.)", out),
        ("<Tooltip text=\"x\">After</Tooltip>.", "p(After.)", out),
        ("<Steps>\n\n1. one\n\n</Steps>", "ol1[p(one)]", &[]),
        ("<Callout title=\"A title\">\nOne.\n</Callout>", "p(*A title*) p(One.)", &[]),
        ("<youtube-embed id=\"x\"></youtube-embed>\n\nAfter.", "p(After.)", out),
        ("A <word in brackets> is.", "p(A <word in brackets> is.)", &["unknown-element"]),
        ("<tweet id=\"x\" />\n\nAfter.", "p(After.)", out),
        (
            "<iframe src=a></iframe><iframe src=b></iframe>\n\nOne.",
            "p(One.)",
            &["left-out-element", "left-out-element"],
        ),
        ("A List<String> is.", "p(A List<String> is.)", &["unknown-element"]),
        ("<P ALIGN=center>One <B>two</B><BR>three</P>", "p(One *two*/three)", &[]),
    ]);
}

#[test]
fn what_programs_import_is_no_text() {
    let out = &["left-out-tag"][..];
    hold(&[
        ("import Figure from '../Figure.astro';\n\nOne.", "p(One.)", out),
        ("import {\n  A,\n  B\n} from \"x\"\n\nOne.", "p(One.)", out),
        ("import './x.css';\nOne.", "p(One.)", out),
        ("export const n = 1;\n\nOne {n} two.", "p(One two.)", &["left-out-tag", "left-out-tag"]),
        ("export const meta = {\n  a: 1,\n\n  b: 2\n}\n\nOne.", "p(One.)", out),
        (
            "export const n = 1;\n\nOne {'two'} {/* three */} {frontmatter.headline}.",
            "p(One two H.)",
            out,
        ),
        ("One {n} two.", "p(One {n} two.)", &[]),
        ("export const growth rose.", "p(export const growth rose.)", &[]),
        ("```js\nimport a from 'a';\n```\n\n{n}", "code(import a from 'a';) p({n})", &[]),
    ]);
}

#[test]
fn addresses_with_tags_and_blanks_are_read() {
    let (wanted, tables): (&str, &[&str]) = (
        "the quay.jpg",
        &[
            "![The quay](the quay.jpg)",
            "![The quay](the quay.jpg \"At noon\")",
            "![The quay]( the quay.jpg =300x200)",
            "![The quay]({{ site.url }}{{ site.baseurl }}the quay.jpg)",
            "![The quay]({{ 'the quay.jpg' | relative_url }})",
            "![The quay]({% link the quay.jpg %})",
            "![The quay]({{ page.image }})",
            "<img src=\"{{ site.url }}{{ site.baseurl }}the quay.jpg\" alt=\"x\">",
            "<img alt=\"x\" src=\"{{ 'the quay.jpg' | relative_url }}\">",
            "<p>Text <img src='{{ \"the quay.jpg\" | absolute_url }}' width=\"3\"></p>",
            "![The quay][q]\n\n[q]: {{ site.url }}the quay.jpg \"At noon\"",
            "![The quay][q]\n\n[q]: the quay.jpg",
            "[![The quay](the quay.jpg)](https://a.b)",
            "<div>\n    ![The quay](the quay.jpg)\n</div>",
            "<img data-src=\"the quay.jpg\" src=\"data:image/gif;base64,R0lGODlhAQABAAAAACw=\">",
        ],
    );
    for text in tables {
        let text = format!("---\nheadline: H\nimage: the quay.jpg\n---\n{text}\n");
        let said = said_of(&text);
        assert!(
            said.iter().filter(|what| what.contains(&format!("no picture `{wanted}`"))).count()
                >= 1,
            "{text}\n{said:?}"
        );
        assert_eq!(shape(&story(&text).0.story.body).replace("p(Text)", ""), "", "{text}");
    }
    hold(&[
        ("[a note](see below for more)", "p([a note](see below for more))", &[]),
        ("[a]({{ site.url }})", "p(a)", &[]),
        ("![a]({{ site.url }})\n\nOne.", "p(One.)", &["missing-picture"]),
        ("![a](b.jpg\n\nOne.", "p(![a](b.jpg) p(One.)", &["unclosed-picture"]),
        ("![a](data:image/png;base64,iVBORw0KGgo=)\n\nOne.", "p(One.)", &["embedded-picture"]),
        ("![a](data:image/png;base64,iVBO\nRw0KGgo=)\n\nOne.", "p(One.)", &["embedded-picture"]),
        (
            "<img src=\"data:image/png;base64,iVBORw0KGgo=\">\n\nOne.",
            "p(One.)",
            &["embedded-picture"],
        ),
        (
            "One.\n\n![a][b]\n\n[b]: <data:image/png;base64,iVBORw0KGgo=>",
            "p(One.)",
            &["embedded-picture"],
        ),
        ("[a](https://a.b/(c)/d) and (x)", "p(<https://a.b/(c)/d a> and (x))", &[]),
    ]);
}

#[test]
fn nothing_is_lost_in_silence() {
    hold(&[
        ("One.\n\n```\ncode\n\nTwo.", "p(One.) code(code||Two.)", &["unclosed-listing"]),
        ("- a\n\n  ~~~\n  x\n\nTwo.", "ul[p(a) code(x|)] p(Two.)", &["unclosed-listing"]),
        ("````\n```\n````\n\n> ```\n> x\n> ```", "code(```) q(code(x))", &[]),
        ("One[^1].\n\n[^1]: A.\n[^1]: B.", "p(One[1].)", &["duplicate-note"]),
        ("One[^A].\n\n[^a]: A.", "p(One[1].)", &[]),
        ("One[^src] two.", "p(One[^src] two.)", &["undefined-note"]),
        ("One [text][nowhere] two.", "p(One [text][nowhere] two.)", &["undefined-reference"]),
        ("|a|b|\n|-|-|\n|1|2|*3*|\n|4|5|\n", "table(a|b|;1|2|_3_;4|5|)", &["extra-cells"]),
        ("|a|b|\n|-|-|\n|1|2||\n|x\\|y|z|\n", "table(a|b;1|2;x|y|z)", &[]),
        ("<script>\nx", "p(x)", &["unclosed-element"]),
        ("```{=latex}\n\\x\n```\n\n```{=html}\n<b>y</b>\n```", "p(*y*)", &["left-out-tag"]),
        ("![](  )\n\nOne.", "p(One.)", &["missing-picture"]),
    ]);
    assert_eq!(shape(&body("One[^1].\n\n[^1]: A.\n[^1]: B.").0.notes[0]), "p(A.)");
}

#[test]
fn the_rarer_kinds_are_read_or_told_too() {
    hold(&[
        ("## Head {-}\n\nOne.", "h2(Head) p(One.)", &[]),
        ("One. ^37066d\n\nTwo ^2 or ^x.", "p(One.) p(Two ^2 or ^x.)", &[]),
        (":::{note} A title\nTwo.\n:::", "p(*A title*) p(Two.)", &[]),
        (":::spoiler A title\nTwo.\n:::", "p(*A title*) p(Two.)", &[]),
        ("::: as she wrote it", "p(::: as she wrote it)", &[]),
        (
            "[row][col width=\"3\"]One *two*.[/col][/row]",
            "p(One _two_.)",
            &["left-out-tag", "left-out-tag"],
        ),
        (
            "A [code block (codename: dove)][x] and [note a=b] it.\n\n[x]: https://a.b",
            "p(A <https://a.b code block (codename: dove)> and it.)",
            &["left-out-tag"],
        ),
        (
            "H~2~O and m^2^, ~~no~~ 2^3 and 4^5 a~b ~c~",
            "p(Hv2vO and m^2^, ~no~ 2^3 and 4^5 a~b ~c~)",
            &[],
        ),
        (
            "<img src={require('./quay.jpg').default} alt=\"x\" />\n\n<img src={quay} />\n\nA <span style={{color: 'red'}}>red</span> <b>x</b>.",
            "p(A red *x*.)",
            &["left-out-element", "missing-picture"],
        ),
        ("Said [@bell2020, p. 3].", "p(Said [@bell2020, p. 3].)", &["undefined-reference"]),
        (
            "By [@bell], [@quay][q] and [@weir](https://a.b/w).\n\n[@bell]: https://a.b\n[q]: https://a.b/q",
            "p(By <https://a.b @bell>, <https://a.b/q @quay> and <https://a.b/w @weir>.)",
            &[],
        ),
        (
            "See [[Wall #3]], [[Wall #4]] and [[Weir]].\n\n[Wall #3]: https://a.b/3\n[weir]: https://a.b/w",
            "p(See [<https://a.b/3 Wall #3>], Wall > 4 and [<https://a.b/w Weir>].)",
            &[],
        ),
        (
            "At <{{ tide.table }}> or <https://a.b/{{ x }}> and <https://a.b>.",
            "p(At or https://a.b/ and <https://a.b https://a.b>.)",
            &["left-out-tag", "left-out-tag"],
        ),
        (
            "One <span hidden>ask *Ann* <span>or</span> `Bea`</span>two.",
            "p(One two.)",
            &["hidden-text"],
        ),
        (
            "<div style=\"Display: none\">\n\nask **Ann**\n\n- or ![Bea](b.jpg)\n\n<div>x</div>\n\n</div>\n\nTwo.",
            "p(Two.)",
            &["hidden-text"],
        ),
        ("One.\n\n    <p>Two</p>\n", "p(One.) code(<p>Two</p>)", &["html-listing"]),
        ("<ad-banner /> One.", "p(One.)", &["left-out-element"]),
    ]);
}
