#!/bin/sh
# Gets a checkout ready, doing only what changed since the last time: prepare.sh PART...
#
#   preflight   says in one sentence each what this machine lacks
#   runtime     virtual environment with the packages Jobtrail runs on
#   dev         those, and what the gates and tests need
#   modules     the page's packages
#   page        the built page in frontend/dist
#
# A stamp in .stamps/ holds a checksum of a part's inputs; a part whose stamp still fits is left alone.
set -eu

backend=$(cd "$(dirname "$0")/.." && pwd)
root=$(dirname "$backend")
frontend=$root/frontend
stamps=$root/.stamps
venv=$backend/.venv
mkdir -p "$stamps"

say() { printf '%s\n' "$*" >&2; }

fail() {
    say "error: $*"
    exit 1
}

# npm and uv keep their downloads under HOME; without a usable one they keep them in the checkout.
if [ -z "${HOME:-}" ] || [ ! -d "$HOME" ] || [ ! -w "$HOME" ]; then
    HOME=$stamps/home
    mkdir -p "$HOME"
    export HOME
fi

good_python() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

find_python() {
    for each in ${PYTHON:-} python3.11 python3.12 python3.13 python3.14 python3 python; do
        if command -v "$each" >/dev/null 2>&1 && good_python "$each"; then
            command -v "$each"
            return 0
        fi
    done
    return 1
}

venv_works() { [ -x "$venv/bin/pip" ] && good_python "$venv/bin/python"; }

good_node() {
    node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' >/dev/null 2>&1
}

# Names whose contents decide whether the page must be built again.
page_inputs() {
    (cd "$frontend" && find . \( -name node_modules -o -name dist -o -name test-results \) -prune -o -type f ! -name '*.tsbuildinfo' -exec cksum {} + | sort | cksum)
}

page_is_fresh() { [ -f "$frontend/dist/index.html" ] && fits page "$(page_inputs)"; }

fits() { [ -f "$stamps/$1" ] && [ "$(cat "$stamps/$1")" = "$2" ]; }

preflight() {
    lacks=0
    if ! venv_works; then
        if ! python=$(find_python); then
            say "Python 3.11 or newer is needed: install it, or name it with PYTHON=/path/to/python3."
            lacks=1
        elif ! "$python" -c 'import venv, ensurepip' >/dev/null 2>&1; then
            say "Python's venv module is needed: on Debian and Ubuntu, install the package python3-venv."
            lacks=1
        fi
    fi
    if ! page_is_fresh; then
        if ! command -v node >/dev/null 2>&1; then
            say "Node.js 20.19 or newer is needed to build the page: install it with npm."
            lacks=1
        elif ! good_node; then
            say "Node.js 20.19 or newer is needed to build the page; this is $(node --version)."
            lacks=1
        elif ! command -v npm >/dev/null 2>&1; then
            say "npm is needed to build the page: it usually comes with Node.js."
            lacks=1
        fi
    fi
    [ "$lacks" -eq 0 ]
}

make_venv() {
    venv_works && return 0
    python=$(find_python) || fail "Python 3.11 or newer is needed."
    say "Making the virtual environment with $("$python" --version) ..."
    rm -rf "$venv" "$stamps/runtime" "$stamps/dev"
    "$python" -m venv "$venv" || fail "The virtual environment could not be made in $venv."
}

# install NAME FILE...: hashed packages of the locks, by uv, or by pip where uv can't be had or can't reach them.
install() {
    name=$1
    shift
    make_venv
    wanted="$(cat "$@" "$venv/pyvenv.cfg" | cksum)"
    fits "$name" "$wanted" && return 0
    say "Installing Python packages ($name) ..."
    [ -x "$venv/bin/uv" ] || "$venv/bin/python" -m pip --disable-pip-version-check install --quiet uv >/dev/null 2>&1 || true
    locks=""
    for each in "$@"; do locks="$locks -r $(basename "$each")"; done
    # shellcheck disable=SC2086 -- names of locks hold no spaces
    if ! { [ -x "$venv/bin/uv" ] && (cd "$backend" && "$venv/bin/uv" pip install --quiet --python "$venv/bin/python" --require-hashes $locks); }; then
        say "uv could not do it; trying pip ..."
        (cd "$backend" && "$venv/bin/python" -m pip --disable-pip-version-check install --quiet --require-hashes $locks) ||
            fail "The Python packages could not be installed: see above."
    fi
    printf '%s' "$wanted" >"$stamps/$name"
}

modules() {
    wanted="$(cksum <"$frontend/package-lock.json") $(node --version)"
    [ -d "$frontend/node_modules" ] && fits modules "$wanted" && return 0
    good_node || fail "Node.js 20.19 or newer is needed."
    say "Installing the page's packages ..."
    (cd "$frontend" && npm ci --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error >&2) ||
        fail "The page's packages could not be installed: see above."
    printf '%s' "$wanted" >"$stamps/modules"
}

page() {
    page_is_fresh && return 0
    modules
    say "Building the page ..."
    (cd "$frontend" && node_modules/.bin/vite build --logLevel warn >&2) || fail "The page could not be built: see above."
    page_inputs >"$stamps/page"
}

for part in "$@"; do
    case $part in
    preflight) preflight || exit 1 ;;
    runtime) install runtime "$backend/requirements.txt" ;;
    dev) install dev "$backend/requirements.txt" "$backend/requirements-dev.txt" ;;
    modules) modules ;;
    page) page ;;
    *) fail "prepare.sh knows no part '$part'." ;;
    esac
done
