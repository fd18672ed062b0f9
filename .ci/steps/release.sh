# The release program: the same from every folder, small, and without a path of this machine.
# shellcheck shell=bash

cargo_home="${CARGO_HOME:-$HOME/.cargo}"
limit_mb=30

# The program of the dev profile, for the steps that need one.
dev_program() {
    cargo build
    cp "$(target)/debug/stonehand" "$program"
}

release_packages() {
    # Documentation is in no build.
    [ -z "$(git status --porcelain -- . ':!docs')" ] || echo "changes that are not committed are in this build and not in the next one"
    CARGO_TARGET_DIR="$cache/release" bash .ci/package --release "$work/packages"
    CARGO_TARGET_DIR="$cache/release" bash .ci/package --program "$work/here"
}

# In another folder, and with another home of cargo.
release_elsewhere() {
    local elsewhere="$work/another/place/with-a-longer-name"
    mkdir -p "$elsewhere" "$work/home"
    git archive HEAD | tar x -C "$elsewhere"
    cp -r "$cargo_home/registry" "$work/home/"
    (cd "$elsewhere" && CARGO_HOME="$work/home" CARGO_TARGET_DIR="$work/target" bash .ci/package --program "$work/there")
    cmp "$work/here/stonehand" "$work/there/stonehand"
    echo "the same program"
}

# no_path PROGRAM
no_path() {
    local place
    for place in "$PWD" "$cache" "$cargo_home" "$(rustc --print sysroot)"; do
        if grep -aqF "$place/" "$1"; then
            echo "FAIL: it holds $place"
            return 1
        fi
    done
}
planted_path() { fails no_path "$program"; }

small_packages() {
    local file
    for file in "$work"/packages/stonehand[-_]*; do
        [ "$(stat -c %s "$file")" -le $((limit_mb * 1000000)) ] || { echo "FAIL: $file is larger"; return 1; }
    done
}

release_installs() { INSTALLS_TABLE="$work/table" bash .ci/installs "$work/packages"; }

# The release program is timed against the one of the dev profile.
release_figures() { python3 .ci/measure/figures.py "$work/here/stonehand" "$program" "$work/packages" "$work/table"; }
