//! Names of emoji that many sites write between colons.

/// Well-known names and what they stand for, by name.
const NAMES: [(&str, &str); 48] = [
    ("+1", "👍"), ("-1", "👎"), ("100", "💯"), ("balloon", "🎈"), ("beer", "🍺"), ("birthday", "🎂"), ("blush", "😊"),
    ("book", "📖"), ("books", "📚"), ("bug", "🐛"), ("bulb", "💡"), ("calendar", "📅"), ("camera", "📷"), ("clap", "👏"),
    ("coffee", "☕"), ("computer", "💻"), ("confetti_ball", "🎊"), ("earth_africa", "🌍"), ("earth_americas", "🌎"),
    ("earth_asia", "🌏"), ("eyes", "👀"), ("fire", "🔥"), ("gift", "🎁"), ("heart", "❤"), ("heart_eyes", "😍"),
    ("hugs", "🤗"), ("joy", "😂"), ("mega", "📣"), ("memo", "📝"), ("muscle", "💪"), ("partying_face", "🥳"),
    ("pencil2", "✏"), ("point_right", "👉"), ("pray", "🙏"), ("rainbow", "🌈"), ("raised_hands", "🙌"), ("rocket", "🚀"),
    ("seedling", "🌱"), ("slightly_smiling_face", "🙂"), ("smile", "😄"), ("smiley", "😃"), ("sparkles", "✨"),
    ("star", "⭐"), ("sunny", "☀"), ("tada", "🎉"), ("thumbsup", "👍"), ("warning", "⚠"), ("wave", "👋"),
];

/// The emoji of a name.
pub(crate) fn named(name: &str) -> Option<&'static str> {
    NAMES.iter().find(|(known, _)| *known == name).map(|(_, emoji)| *emoji)
}
