//! Copy and pictures for cases, always the same for the same name.

use std::io::Cursor;

use image::{ImageFormat, RgbImage};

const WORDS: &str = "the harbour council voted on a new wall after three winters of high water \
    fishermen said it would keep their boats safe while shopkeepers feared for the view and \
    asked who was to pay engineers from the county had measured every stone and found that \
    nothing less than eleven hundred tons of granite could hold back another storm as great \
    as last year's she laughed and poured more tea because nobody in town remembers a summer \
    without building work";

/// The bytes of a case's file: what was written, then as many words of copy as its heading asks
/// for; or a picture of the size it names.
pub(crate) fn bytes(name: &str, more: &str, text: &str) -> Vec<u8> {
    if let Some(count) = more.strip_prefix('+').and_then(|more| more.split(' ').next()) {
        return format!("{text}\n{}\n", copy(name, count.parse().unwrap())).into_bytes();
    }
    match more.split_once('x') {
        Some((width, height)) => picture(name, width.parse().unwrap(), height.parse().unwrap()),
        None => text.into(),
    }
}

/// So many words in sentences and paragraphs.
fn copy(name: &str, count: usize) -> String {
    let words: Vec<&str> = WORDS.split_whitespace().collect();
    let mut state = name.bytes().fold(7_u64, |state, byte| state * 31 + u64::from(byte));
    let mut next = |below: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let mut out = String::new();
    let (mut sentence, mut paragraph) = (0, 0);
    for number in 1..=count {
        let word = words[next(words.len())];
        if sentence == 0 {
            sentence = 7 + next(14);
            out.push_str(&word[..1].to_uppercase());
            out.push_str(&word[1..]);
        } else {
            out.push_str(word);
        }
        sentence -= 1;
        paragraph += 1;
        if number == count || sentence == 0 {
            sentence = 0;
            let end = paragraph > 45;
            out.push_str(if end { ".\n\n" } else { ". " });
            paragraph = if end { 0 } else { paragraph };
        } else {
            out.push(' ');
        }
    }
    out
}

fn picture(name: &str, width: u32, height: u32) -> Vec<u8> {
    let image = RgbImage::from_fn(width, height, |x, y| {
        image::Rgb([(x * 255 / width) as u8, (y * 255 / height) as u8, 120])
    });
    let format = ImageFormat::from_path(name).unwrap();
    let mut out = Cursor::new(vec![]);
    image.write_to(&mut out, format).unwrap();
    out.into_inner()
}
