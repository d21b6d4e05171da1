#!/bin/sh
# The API on PORT (8000) and Vite's page on 5173, both reloading when a file changes; Ctrl-C ends both.
set -eu

backend=$(cd "$(dirname "$0")/.." && pwd)
PORT=${PORT:-8000}
export PORT

cd "$backend"
.venv/bin/python -m app migrate
trap 'trap - INT TERM EXIT; kill 0' INT TERM EXIT
(cd ../frontend && exec node_modules/.bin/vite) &
.venv/bin/uvicorn app.main:create_app --factory --reload --reload-dir app --host 127.0.0.1 --port "$PORT" --no-access-log
