# Checks of a PDF: the file, the structure tree, the pages, the validators. The functions without an
# underscore take the name of an edition below $work: demo or corpus.
# shellcheck shell=bash

install_poppler_and_qpdf() {
    if command -v pdfinfo >/dev/null && command -v pdffonts >/dev/null && command -v qpdf >/dev/null; then
        echo "poppler-utils and qpdf are here"
        return
    fi
    echo "installing poppler-utils and qpdf"
    local root=()
    [ "$(id -u)" -eq 0 ] || root=(sudo -n)
    "${root[@]+"${root[@]}"}" apt-get update -q >/dev/null
    "${root[@]+"${root[@]}"}" apt-get install -y -q --no-install-recommends poppler-utils qpdf >/dev/null
}

install_checkers() {
    echo "installing the checkers of PDFs in $TOOLS_HOME"
    bash "$shared/tools/install.sh" pdf
}

# The file is sound, its fonts are embedded, and no words are missing.
pdf_file() {
    local dir printed wanted
    dir="$(folder "$1")"
    qpdf --check "$dir/edition.pdf" | tail -n 2
    # Counted from the right, because a font's type may be of several words: emb sub uni object ID.
    pdffonts "$dir/edition.pdf" | awk '
        NR > 2 { fonts++; if ($(NF - 4) != "yes") { print "not embedded: " $0; bad = 1 } }
        END { print fonts + 0 " fonts, all looked at"; exit bad || !fonts }'
    pdftotext "$dir/edition.pdf" "$work/$1.txt"
    printed="$(wc -w <"$work/$1.txt")"
    wanted="$(sed -n 's/^  "words": \([0-9]*\),$/\1/p' "$dir/report.json")"
    echo "$printed words in the PDF, $wanted in the stories' bodies"
    [ "$wanted" -gt 0 ] && [ "$printed" -ge "$wanted" ]
}

# ---- the structure tree

# Stories that jump are whole and in order in the structure tree. pdfinfo takes a minute or two for it.
threads() {
    pdfinfo -enc UTF-8 -struct-text "$(folder "$1")/edition.pdf" >"$work/$1-structure.txt" 2>/dev/null
    python3 .ci/checks/threads.py "$work/$1-structure.txt" "$(folder "$1")/report.json" .
}

planted_thread() {
    mkdir -p "$work/threads"
    cp -r content "$work/threads/"
    python3 .ci/checks/plant.py order "$work/threads" "$(folder demo)/report.json"
    fails python3 .ci/checks/threads.py "$work/demo-structure.txt" "$(folder demo)/report.json" "$work/threads"
}

# ---- the pages

# pages NAME STORIES [BOUND…]: pagecheck, which knows nothing of the program, measures the pages; judge.py
# has the bounds.
pages() {
    local name="$1" stories="$2" dir
    shift 2
    dir="$(folder "$name")"
    python3 .ci/checks/stories.py "$stories" "$work/$name-stories"
    "$python" "$shared/tools/pagecheck.py" "$dir/edition.pdf" --content "$work/$name-stories" --json "$work/$name.json" >/dev/null
    strays "$name" "$work/$name-stories"
    python3 .ci/checks/judge.py "$work/$name.json" "$dir/plan.json" "$work/$name-strays.json" "$@"
}

# strays NAME STORIES: which of the widows and orphans that pagecheck counts are true.
strays() {
    "$python" .ci/checks/strays.py "$shared/tools/pagecheck.py" "$(folder "$1")/edition.pdf" "$2" "$work/$1-strays.json"
}

planted_paragraph() {
    local lost
    cp -r "$work/demo-stories" "$work/planted"
    python3 .ci/checks/plant.py paragraph "$work/planted"
    lost="$("$python" "$shared/tools/pagecheck.py" "$(folder demo)/edition.pdf" --content "$work/planted" | sed -n 's/^missing_chars: //p')"
    echo "missing_chars with a paragraph that is not in the PDF: $lost"
    [ "$lost" -gt 40 ]
}

planted_bound() {
    sed 's/"white_share": [0-9.]*/"white_share": 0.5/' "$work/demo.json" >"$work/planted.json"
    fails python3 .ci/checks/judge.py "$work/planted.json" "$(folder demo)/plan.json" "$work/demo-strays.json" >"$work/planted.log"
    grep 'white_share (median)' "$work/planted.log" | grep FAIL
}

planted_orphan() {
    cp -r "$work/corpus-stories" "$work/orphan"
    cp "$work/corpus-strays.json" "$work/strays.json"
    python3 .ci/checks/plant.py orphan "$work/orphan" "$work/strays.json"
    strays corpus "$work/orphan"
    [ "$(sed -n 's/.*"orphans": \([0-9]*\).*/\1/p' "$work/corpus-strays.json")" -gt 0 ]
}

# ---- two validators

validators() {
    local pdf
    pdf="$(folder "$1")/edition.pdf"
    "$shared/tools/verapdf-check" ua1,2a "$pdf"
    second_validator "$pdf"
}

second_validator() {
    "$python" - "$1" <<'PYTHON'
import sys
import page
report = page.validate_pdf(sys.argv[1], profile="ua1")
print(report)
compliant = report.is_compliant
sys.exit(0 if (compliant() if callable(compliant) else compliant) else 1)
PYTHON
}

planted_alt() {
    "$python" .ci/checks/plant.py alt "$(folder demo)/edition.pdf" "$work/no-alt.pdf"
    fails "$shared/tools/verapdf-check" ua1 "$work/no-alt.pdf"
    fails second_validator "$work/no-alt.pdf"
}
