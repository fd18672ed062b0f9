//! The names of everything that can be wrong.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($($name:ident $text:literal $about:literal)*) => {
        /// What is wrong, with a short stable name for tools, such as `unknown-key`.
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        pub enum Code {
            $(#[doc = $about] #[serde(rename = $text)] $name,)*
        }

        impl Code {
            /// All of them, by name.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The name.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                }
            }

            /// What it means, in a sentence or two.
            #[must_use]
            pub fn about(self) -> &'static str {
                match self {
                    $(Self::$name => $about,)*
                }
            }
        }
    };
}

codes! {
    AdElsewhere "ad-elsewhere"
        "An advertisement is not on the page that it is booked for."
    AliasClash "alias-clash"
        "An older address of a story is already taken on the site. It is left out."
    AmbiguousDate "ambiguous-date"
        "A date such as `12/05/2026` can be read in two ways."
    BadAlias "bad-alias"
        "An older address of a story can't be used on this site. It is left out."
    BadAuthors "bad-authors"
        "A file of authors can't be read."
    BadDate "bad-date"
        "A date or a time can't be read. The story is held back until it can."
    BadFrontMatter "bad-front-matter"
        "The front matter can't be read as YAML, TOML or JSON."
    BadLanguage "bad-language"
        "A language tag is not known."
    BadMark "bad-mark"
        "A key such as `draft` must be true or false. The story is held back until it is."
    BadPattern "bad-pattern"
        "A pattern given to `--stories` is not valid."
    BadPicture "bad-picture"
        "The file of an advertisement can't be printed."
    BadPin "bad-pin"
        "A pin names the story that it belongs to."
    BadSettings "bad-settings"
        "`paper.yaml`, `edition.yaml` or another file of settings can't be read."
    BadValue "bad-value"
        "A key has a value that is not allowed."
    BlankPages "blank-pages"
        "The last pages of the booklet are blank, because a folded sheet has four pages."
    ConflictMarkers "conflict-markers"
        "A file still contains Git's conflict markers: two versions of it were not merged."
    Contradiction "contradiction"
        "Two pins contradict each other."
    DeadLink "dead-link"
        "A link leads to nothing in this edition."
    DuplicateKey "duplicate-key"
        "A key is written twice."
    DuplicateNote "duplicate-note"
        "A note is defined twice."
    DuplicatePromo "duplicate-promo"
        "Two promos point to the same story."
    DuplicateSection "duplicate-section"
        "`paper.yaml` lists a section twice."
    EmbeddedPicture "embedded-picture"
        "A picture is embedded in the text as data. It is left out."
    EmptyNote "empty-note"
        "A note has no text. Only its number is printed."
    EmptyStory "empty-story"
        "A story has no text."
    EmptySubhead "empty-subhead"
        "No character of a subhead can be printed. The subhead is left out."
    ExtraCells "extra-cells"
        "A row of a table has more cells than the table's head. A column is added."
    FaintColour "faint-colour"
        "Two colours have too little contrast for text."
    Formula "formula"
        "A formula is too complex to be set in a line of text. It is printed as it is written."
    HiddenText "hidden-text"
        "A text is marked as hidden. It is left out."
    HtmlListing "html-listing"
        "Indented HTML is printed as a code block, including its tags."
    ImpossibleDate "impossible-date"
        "A date names a day that the calendar doesn't have."
    LateFrontMatter "late-front-matter"
        "The front matter doesn't begin in the first line, or the line that opens it is unusual."
    LeftOutAttributes "left-out-attributes"
        "Attributes in braces mean nothing in print. They are left out."
    LeftOutElement "left-out-element"
        "An HTML element can't be printed. It is left out."
    LeftOutTag "left-out-tag"
        "A tag of another program is left out."
    Lock "lock"
        "A locked page can't be kept."
    LockJump "lock-jump"
        "A story of a locked page continues on another page than before."
    LongSubhead "long-subhead"
        "A subhead is as long as a paragraph. It is printed as text."
    LowResolution "low-resolution"
        "A picture has too few pixels for its place."
    MarkdownInHtml "markdown-in-html"
        "Lines of Markdown stand inside HTML. They are printed as they are written."
    MisplacedSettings "misplaced-settings"
        "A settings file is in a folder where Stonehand doesn't look for it."
    MissingAlt "missing-alt"
        "A picture or an advertisement has no alternative text."
    MissingKey "missing-key"
        "A required key is missing."
    MissingLetter "missing-letter"
        "No typeface of the theme has a letter that the text uses. □ is printed instead."
    MissingPicture "missing-picture"
        "A picture is missing, or its file is not named."
    MissingSign "missing-sign"
        "No typeface of the theme has a symbol that the text uses. The symbol is left out."
    NoDate "no-date"
        "A date is filled in by another program. It gives the story no date here."
    NoEdition "no-edition"
        "There are no stories for the day that was asked for."
    NoFences "no-fences"
        "Lines look like front matter without its lines of `---`. They are printed as text."
    NoFolder "no-folder"
        "A folder doesn't exist."
    NoHeadline "no-headline"
        "A story has no headline that can be printed. Its file name is printed instead."
    NoName "no-name"
        "An author has no name."
    NoPage "no-page"
        "The edition has no page with the number that was asked for."
    NoPicture "no-picture"
        "A key describes a picture that the story doesn't have."
    NoPlace "no-place"
        "The theme or the format has no place for a part of the front page. It is left out."
    NoRoom "no-room"
        "A promo has no room on the front page."
    NoStories "no-stories"
        "There is nothing to print."
    NoWords "no-words"
        "Stonehand's own words are not translated into the paper's language."
    NotABrief "not-a-brief"
        "A brief is too long, or has a part that briefs can't have. It is printed as a story."
    NotUtf8 "not-utf-8"
        "A file isn't written in UTF-8."
    NoticeMark "notice-mark"
        "The marks at the beginning of a paragraph are taken for those of a notice. They are not printed."
    OddTime "odd-time"
        "A date has a time that can't be read. Its day still counts."
    Overfull "overfull"
        "A word is wider than its column."
    Overprint "overprint"
        "Parts of the page's furniture touch. This is a fault of Stonehand or of the theme."
    PageDiffersFromPlan "page-differs-from-plan"
        "A story can't be printed as planned, even in its plainest form. It is left out. This is a fault of Stonehand or of the theme."
    PageTooLow "page-too-low"
        "The page has too few rows for stories."
    Pdf "pdf"
        "The PDF can't be written."
    PdfAsPicture "pdf-as-picture"
        "An advertisement's PDF is printed as a picture."
    PictureBroken "picture-broken"
        "A picture's file is damaged."
    PictureCrop "picture-crop"
        "A crop lies outside its picture."
    PictureElsewhere "picture-elsewhere"
        "A picture is taken from a folder other than the one named."
    PictureEmpty "picture-empty"
        "A picture has no width or no height."
    PictureFormat "picture-format"
        "A picture is in a format that Stonehand can't read. It is left out."
    PictureLeftOut "picture-left-out"
        "A picture found no room beside its story. It is not printed."
    PictureName "picture-name"
        "A picture is used although its file name differs in capitals or accents from the one written."
    PictureNotWritten "picture-not-written"
        "A picture can't be written for the page. This is a fault of Stonehand."
    PictureOutside "picture-outside"
        "A picture lies outside the paper's folder."
    PictureTooLarge "picture-too-large"
        "A picture has too many pixels."
    PictureTruncated "picture-truncated"
        "A picture's file ends too early."
    PictureUnknownFormat "picture-unknown-format"
        "A file is not a picture."
    PictureUnreadable "picture-unreadable"
        "A picture's file can't be opened."
    PictureUnsupported "picture-unsupported"
        "A picture's file uses a part of its format that can't be read."
    Pin "pin"
        "A pin was not kept."
    PromoOnFront "promo-on-front"
        "A promo points to a story on the front page itself. It is left out."
    RemotePicture "remote-picture"
        "A picture is on the web. Stonehand never downloads pictures."
    SetAgain "set-again"
        "A story did not come out as planned and was set again in a plainer form. This is a fault of Stonehand or of the theme."
    SmallPicture "small-picture"
        "A picture is so small that it is taken for an icon. It is left out."
    Stumbled "stumbled"
        "The preview failed on an edition. This is a fault of Stonehand."
    Theme "theme"
        "The theme can't be used."
    ThemeKeys "theme-keys"
        "Keys are taken for those of another program's theme. They are ignored."
    ThemeShare "theme-share"
        "The theme's pictures for shared links can't be made."
    TooDeep "too-deep"
        "Lists, quotes or notes are nested too deeply."
    TooLittleCopy "too-little-copy"
        "The stories don't fill the number of pages that was asked for."
    TooLong "too-long"
        "A text is too long for its place, or a story is too long for Stonehand."
    TooMuchCopy "too-much-copy"
        "The stories need more pages than were asked for."
    TooWide "too-wide"
        "A word is wider than its place."
    Typeset "typeset"
        "Typst or the theme can't set a text."
    UnclosedComment "unclosed-comment"
        "A comment is opened and never closed."
    UnclosedElement "unclosed-element"
        "An HTML element is opened and never closed."
    UnclosedFrontMatter "unclosed-front-matter"
        "The front matter is never closed."
    UnclosedListing "unclosed-listing"
        "A code block is opened and never closed."
    UnclosedPicture "unclosed-picture"
        "The address of a picture is never closed."
    UnclosedTag "unclosed-tag"
        "A tag is opened and never closed."
    UndefinedNote "undefined-note"
        "A mark refers to a note that doesn't exist."
    UndefinedReference "undefined-reference"
        "A link or a reference has no target that Stonehand can find."
    UnknownElement "unknown-element"
        "A word in angle brackets is not an HTML element. It is printed as text."
    UnknownKey "unknown-key"
        "A key is not known here. It is ignored."
    UnknownSection "unknown-section"
        "A story's section is not listed in `paper.yaml`."
    UnknownStatus "unknown-status"
        "The value of a `status` or a similar key is not known. The story is printed."
    UnknownStory "unknown-story"
        "A key names a story that doesn't exist, or that several stories match."
    Unreadable "unreadable"
        "A file can't be read."
    UnusedNote "unused-note"
        "A story never refers to one of its notes. That note is printed last."
    Unwritable "unwritable"
        "A file or folder can't be written."
    Usage "usage"
        "The command can't be carried out as given."
    UselessMark "useless-mark"
        "A mark of optional text has no text below it."
    ValueCutOff "value-cut-off"
        "YAML takes the end of a value for a comment."
    WebPicture "web-picture"
        "A picture can't be made for the web edition."
    WebSearch "web-search"
        "The search index can't be made. This is a fault of Stonehand."
    WebTemplate "web-template"
        "A template of the web edition can't be used."
    WrongType "wrong-type"
        "A key has a value of the wrong kind, such as a list instead of text."
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// For tests and tools that know it by its name.
impl PartialEq<str> for Code {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for Code {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_docs_list_every_code() {
        let page = include_str!("../../docs/messages.md");
        let rows: Vec<&str> = page.lines().filter(|line| line.starts_with("| `")).collect();
        let wanted: Vec<String> =
            Code::ALL.iter().map(|code| format!("| `{code}` | {} |", code.about())).collect();
        assert_eq!(rows, wanted);
        assert!(Code::ALL.is_sorted_by_key(|code| code.as_str()));
    }
}
