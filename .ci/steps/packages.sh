# The packages of the program, and the action that installs one of them.
# shellcheck shell=bash

packages() { bash .ci/package "$program" "$work/packages"; }

# Each is installed in a clean root, and the demo comes out there as it did here.
installs() { INSTALLS_DEMO="$(folder demo)/edition.pdf" bash .ci/installs "$work/packages"; }

planted_packages() {
    python3 .ci/checks/plant.py packages "$work/packages" "$work/empty-packages"
    fails bash .ci/installs "$work/empty-packages" >"$work/empty-packages.log" 2>&1
    local kind
    for kind in wheel npm deb tarball; do
        grep "FAIL $kind" "$work/empty-packages.log"
    done
    # For that reason, and for no other.
    [ "$(grep -c -e 'stonehand: not found' -e 'stonehand: command not found' -e 'which holds the program for this machine' "$work/empty-packages.log")" -eq 4 ] || {
        cat "$work/empty-packages.log"
        return 1
    }
}

# The action's steps in a clean clone of a paper's repository: PDF and site are there.
action() {
    "$program" new "$work/our-paper"
    git -C "$work/our-paper" init --quiet
    git -C "$work/our-paper" add --all
    git -C "$work/our-paper" -c user.name=Desk -c user.email=desk@example.org commit --quiet --message "The first edition"
    git clone --quiet "$work/our-paper" "$work/clone"
    action_on "$work/packages"
    ls -l "$work/clone/public/index.html" "$work/clone"/public/*/edition.pdf
}
action_on() { node .ci/checks/action.mjs "$cache/workflows/node_modules" "$work/clone" "$work/runner" packages="$1" arguments=--strict; }

planted_action() {
    cp -r "$work/packages" "$work/changed"
    echo >>"$(echo "$work"/changed/*.tar.gz)"
    fails action_on "$work/changed"
}
