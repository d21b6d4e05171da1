#!/bin/sh
# Writes the hashed locks of the Python packages from requirements*.in: no addresses, for every platform.
# `lock.sh --upgrade` takes newer versions, plain `lock.sh` keeps those that still fit.
set -eu

cd "$(dirname "$0")/.."
resolve() {
    .venv/bin/uv pip compile --quiet --generate-hashes --universal --python-version 3.11 \
        --custom-compile-command "make lock" --no-emit-index-url --no-emit-find-links "$@"
}
resolve "$@" requirements.in -o requirements.txt
resolve "$@" requirements-dev.in -o requirements-dev.txt
