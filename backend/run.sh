#!/bin/sh
# Starts Jobtrail: looks at what the machine has, installs and builds what is missing or changed, migrates after a
# backup, then serves the page and opens it when a person is watching. Works from any folder; Ctrl-C ends it.
set -eu

backend=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$backend")
prepare=$backend/scripts/prepare.sh

sh "$prepare" preflight
python=$backend/.venv/bin/python
if [ ! -x "$python" ]; then
    for each in ${PYTHON:-} python3.11 python3.12 python3.13 python3.14 python3 python; do
        if command -v "$each" >/dev/null 2>&1 && "$each" -c '' >/dev/null 2>&1; then
            python=$each
            break
        fi
    done
fi
PORT=$("$python" "$backend/scripts/choose_port.py")
export PORT
sh "$prepare" runtime page

opening=
if [ -t 1 ]; then opening=--open; fi
echo $$ >"$root/.stamps/run.pid"
cd "$backend"
exec .venv/bin/python -m app serve --migrate $opening
