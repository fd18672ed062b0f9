# Checks of the demo's web edition and of the live preview, most of them in headless Chromium.
# shellcheck shell=bash

install_web_checkers() {
    echo "installing the checkers of web pages in $TOOLS_HOME"
    bash "$shared/tools/install.sh" web
}

# served FOLDER COMMAND…: serves the folder at $url while the command runs.
served() {
    local folder="$1" server code=0
    shift
    rm -f "$work/port"
    python3 .ci/checks/serve.py "$folder" "$work/port" &
    server=$!
    while [ ! -s "$work/port" ]; do sleep 0.1; done
    url="http://127.0.0.1:$(cat "$work/port")"
    "$@" || code=$?
    kill "$server"
    return "$code"
}

# ---- HTML, feeds and JSON-LD

web_html() {
    vnu "$work/demo"
    echo "$(find "$work/demo" -name '*.html' | wc -l) pages without an error"
    python3 .ci/checks/feeds.py "$work/demo"
}
vnu() { java -jar "$TOOLS_HOME/npm/node_modules/vnu-jar/build/dist/vnu.jar" --errors-only --skip-non-html "$@"; }

planted_markup() {
    mkdir -p "$work/planted-web"
    sed 's/ alt="[^"]*"//' "$work/demo/2026-11-24/long-bridge/index.html" >"$work/planted-web/index.html"
    fails vnu "$work/planted-web"
}

planted_feed() {
    cp -r "$work/demo" "$work/planted-feed"
    sed -i 's/T00:00:00/ midnight/' "$work/planted-feed/atom.xml"
    fails python3 .ci/checks/feeds.py "$work/planted-feed" >"$work/planted-feed.log"
    grep -m 1 'FAIL atom.xml' "$work/planted-feed.log"
}

# ---- accessibility, by axe

# A page of each kind: light and dark, 1280 and 320 px wide, and with nothing on the console.
web_axe() {
    served "$work/demo" axe "" 2026-11-24/long-bridge/ 2026-11-24/landings/ section/town/ author/owen-castleby/ \
        archive/ search/ about/ 404.html
}
axe() {
    local pages=() page
    for page in "$@"; do
        pages+=("$url/$page")
    done
    node "$shared/tools/web/axe.cjs" "${pages[@]}"
}

# One page is enough to show that faint type is found.
planted_contrast() {
    cp -r "$work/demo" "$work/planted-axe"
    echo ':root { --muted: #ccc }' >>"$(echo "$work"/planted-axe/assets/site.*.css)"
    fails served "$work/planted-axe" axe "" >"$work/planted-axe.log"
    grep -m 1 color-contrast "$work/planted-axe.log"
}

# ---- links

web_links() { served "$1" links_below; }
links_below() { "$TOOLS_HOME/npm/node_modules/.bin/linkinator" "$url/" --recurse --concurrency 8 --verbosity error --skip '^(?!http://127)'; }

planted_link() {
    cp -r "$work/demo" "$work/planted-links"
    rm -r "$work/planted-links/2026-11-24/landings"
    fails web_links "$work/planted-links" >"$work/planted-links.log" 2>&1
    grep -m 1 landings "$work/planted-links.log"
}

# ---- Lighthouse

# A busy machine makes pages slower and never faster, so the best of three runs counts.
web_light() { served "$work/demo" light_page "$1"; }
light_page() { lighthouse "$1" || lighthouse "$1" || lighthouse "$1"; }
lighthouse() {
    CHROME_PATH=/usr/bin/chromium "$TOOLS_HOME/npm/node_modules/.bin/lighthouse" "$url/$1" --quiet \
        --chrome-flags="--headless --no-sandbox" --output json --output-path "$work/light.json"
    python3 .ci/checks/light.py "$work/light.json" "$work/demo" "$1index.html"
}

# ---- the live preview

# On a copy of the demo: what the browser shows when files change, and how soon.
preview() {
    mkdir -p "$work/preview"
    cp -r content paper.yaml "$work/preview/"
    XDG_CACHE_HOME="$work/cache" node .ci/checks/preview.cjs "$program" "$work/preview" 10
}

# Edits in a folder that the preview does not watch.
planted_edits() {
    mkdir -p "$work/deaf"
    cp -r content paper.yaml "$work/deaf/"
    XDG_CACHE_HOME="$work/cache" fails node .ci/checks/preview.cjs "$program" "$work/preview" 1 "$work/deaf" >"$work/deaf.log"
    grep 'FAIL' "$work/deaf.log"
}
