# Other people's stories and photographs: a folder of Markdown as it was found, an archive, drawn
# editions, and sweeps over whole kinds of input.
# shellcheck shell=bash

# A folder of other people's Markdown. It is copied, so that nothing is written beside the original.
corpus() {
    cp -r "$shared/corpus/daily-en" "$work/daily-en"
    chmod -R u+w "$work/daily-en"
    build_paper corpus --root "$work/daily-en" --stories '**/*.md' >"$work/corpus.log" 2>&1 || {
        cat "$work/corpus.log"
        return 1
    }
    tail -n 5 "$work/corpus.log"
    edition corpus
}

# ---- an archive as monthly editions

# archive [MONTH…]: those months, or all. After a change of one word no file of another month is
# touched, and phrases are found by the search.
archive() { ARCHIVE_OUT="$work/archive" bash .ci/measure/archive "$program" "$shared/corpus/archive-en" "$@"; }

planted_phrase() {
    printf '2014-05-01\tquagga ombudsman\tthe-api-briefing-usdas-farmers-market-directory-api\n' >"$work/phrases.tsv"
    fails served "$work/archive" search_for "$work/phrases.tsv"
}
search_for() { node .ci/checks/search.cjs "$url" "$work/archive" "$1"; }

# ---- drawn editions

# editions NUMBER…: draws those of the sixty editions and measures their pages.
editions() {
    python3 .ci/measure/draw.py "$shared/corpus" "$work/editions" "$@"
    measure_editions "$program"
}
measure_editions() { XDG_CACHE_HOME="$work/cache" "$python" .ci/measure/sixty.py "$1" "$shared/tools" "$work/editions" "${@:2}"; }

# All of them. Their figures go into docs/sixty.md.
sixty() {
    python3 .ci/measure/draw.py "$shared/corpus" "$work/editions"
    measure_editions "$program" --page docs/sixty.md
}

# Their pages once more, by what the frames draw.
rules() { STONEHAND_EDITIONS="$work/editions" cargo test --test rules editions -- --nocapture; }

planted_edition() { fails measure_editions "$(command -v false)"; }

# A folio that stands where a story stands. The build can't see it, because it belongs to no story.
planted_overprint() {
    local own="$work/overprint/13/templates/print/classic"
    mkdir -p "$work/overprint"
    cp -r "$work/editions/13" "$work/editions/editions.tsv" "$work/overprint/"
    mkdir -p "$own"
    cp templates/print/classic/theme.typ "$own/"
    echo '#let folio(..all) = place(dy: 60mm, text(9pt)[These words stand where a story stands.])' >>"$own/theme.typ"
    fails "$python" .ci/measure/sixty.py "$program" "$shared/tools" "$work/overprint" --only 13 >"$work/overprint.log"
    grep 'lines overprinted' "$work/overprint.log"
}

# ---- sweeps

# sweep COUNT: COUNT random small editions, COUNT / 5 of real stories, every letter and every language,
# in all themes and formats.
sweep() {
    STONEHAND_SWEEP="$1" STONEHAND_CORPUS="$shared/corpus" cargo test --test faults sweep -- --nocapture --test-threads 1
}
