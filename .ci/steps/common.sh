# What the steps of .ci/run and .ci/full share: where things lie, how a step is run and counted, and the
# paper that the checks look at. Those two scripts source this file from the project's folder.
# shellcheck shell=bash

cache="${XDG_CACHE_HOME:-$HOME/.cache}/stonehand"
# Typst takes long to compile. So cargo's own folder is used where there is one, and otherwise a folder
# that all clones on this machine share.
if [ -z "${CARGO_TARGET_DIR:-}" ] && [ ! -d target ]; then
    export CARGO_TARGET_DIR="$cache/target"
fi
export CARGO_TERM_COLOR=never NO_COLOR=1 DEBIAN_FRONTEND=noninteractive
export TOOLS_HOME="${TOOLS_HOME:-$HOME/.cache/paper-tools}"
# Checkers and test data that are no part of the project. Where the folder is missing, the steps that
# need it are left out.
# shellcheck disable=SC2034 # not every script that sources this file uses it
shared="$PWD/../shared"
python="$TOOLS_HOME/venv/bin/python"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
# The program that the steps check. The step that makes the demo puts it there.
program="$work/stonehand"

passed=0
failed=()

# step TITLE COMMAND…: runs the command in a shell of its own and shows its time. A step that fails is
# counted and stops no other.
step() {
    local title="$1" start=$SECONDS code
    shift
    printf '\n== %s\n' "$title"
    set +e
    (set -e; "$@") </dev/null
    code=$?
    set -e
    if [ "$code" -eq 0 ]; then
        passed=$((passed + 1))
        printf -- '-- passed in %d s: %s\n' $((SECONDS - start)) "$title"
    else
        failed+=("$title")
        printf -- '-- FAILED in %d s (exit %d): %s\n' $((SECONDS - start)) "$code" "$title"
    fi
}

# skip TITLE REASON
skip() {
    printf '\n== %s\n-- left out: %s\n' "$1" "$2"
}

# finish: counts the steps and ends the script.
finish() {
    local title
    printf '\nin %d s\n' "$SECONDS"
    for title in "${failed[@]+"${failed[@]}"}"; do
        printf 'FAILED: %s\n' "$title"
    done
    printf '%d passed, %d failed\n' "$passed" "${#failed[@]}"
    [ "${#failed[@]}" -eq 0 ] && exit 0
    exit 1
}

# fails COMMAND…: holds if the command exits 1, as a check does that has found a fault.
fails() {
    local code=0
    "$@" || code=$?
    [ "$code" -eq 1 ] && return 0
    echo "the check must find this fault and exit 1, but its exit code is $code"
    return 1
}

# target: the folder that cargo builds in.
target() {
    cargo metadata --no-deps --format-version 1 | sed 's/.*"target_directory":"\([^"]*\)".*/\1/'
}

# build_paper NAME [ARGUMENT…]: builds an edition into $work/NAME. Prepared pictures are kept from step
# to step, and not in the user's own cache.
build_paper() {
    local name="$1"
    shift
    XDG_CACHE_HOME="$work/cache" "$program" build "$@" --out "$work/$name"
}

# folder NAME: the folder of the one edition below $work/NAME.
folder() { dirname "$work/$1"/*/edition.pdf; }

# edition NAME: holds that the edition's files are there.
edition() {
    local dir file
    dir="$(folder "$1")"
    for file in edition.pdf plan.json report.json front.png; do
        [ -s "$dir/$file" ] || { echo "$file is missing"; return 1; }
    done
    ls -l "$dir"
}
