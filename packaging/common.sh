# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# Shared by the programs beside it; sourced, never run.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# The command line clients that tests and benchmarks compare with.
npm_packages=(@usebruno/cli@4.1.0 newman@6.2.2 axios@1.21.1 undici@7.30.2)

say() { printf '== %s\n' "$*"; }

# packages_of SECTION: the lines of one section of packaging/packages.
packages_of() {
    awk -v section="[$1]" '/^#/ || !NF { next } /^\[/ { on = $1 == section; next } on' \
        "$root/packaging/packages"
}

is_installed() {
    dpkg-query -W -f='${Status}\n' "$1" 2>/dev/null | grep -q 'ok installed'
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# need SECTION...: installs what is missing.
need() {
    local missing=() package command
    if ! command -v dpkg-query >/dev/null; then
        say "not a Debian system: install the equivalents of packaging/packages ($*) yourself"
        return
    fi
    while read -r package command; do
        if [ -n "$command" ] && command -v "$command" >/dev/null; then continue; fi
        is_installed "$package" || missing+=("$package")
    done < <(for section; do packages_of "$section"; done | sort -u)
    [ ${#missing[@]} -gt 0 ] || return 0

    say "installing with apt-get: ${missing[*]}"
    as_root apt-get -qq update
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get -qq -y --no-install-recommends install "${missing[@]}" >/dev/null
}

# need_npm: puts the npm packages into the user's cache and exports SLUICE_NPM_DIR; where npm or its
# registry is out of reach, it says so and exports nothing.
need_npm() {
    local directory="${XDG_CACHE_HOME:-$HOME/.cache}/sluice/npm" stamp="${npm_packages[*]}"
    if [ "$(cat "$directory/installed" 2>/dev/null)" != "$stamp" ]; then
        say "installing with npm into $directory: ${npm_packages[*]}"
        mkdir -p "$directory"
        if ! timeout 300 npm install --prefix "$directory" --no-audit --no-fund \
            --fetch-retries 1 --loglevel error "${npm_packages[@]}" >/dev/null; then
            say "npm is out of reach: what compares with bru and newman is left out"
            return 0
        fi
        printf '%s\n' "$stamp" >"$directory/installed"
    fi
    export SLUICE_NPM_DIR="$directory"
}

# build PRESET TARGET [CMAKE-OPTION...]
build() {
    local preset=$1 target=$2
    shift 2
    say "building $target (preset $preset)"
    (
        cd "$root" || exit
        cmake --preset "$preset" "$@" >/dev/null
        cmake --build --preset "$preset" -j "$(nproc)" --target "$target"
    )
}
