#!/bin/sh
# What a container of Jobtrail does: entrypoint.sh serve|worker|beat [ARGUMENT...], or any command of `python -m app`.
#
# Writes GMAIL_CREDENTIALS_JSON, where it is given, to CREDENTIALS_PATH for its own eyes only; brings the database to
# this version, one container at a time, after a backup; then becomes the process that was asked for.
set -eu

cd "$(dirname "$0")/.."

if [ -n "${GMAIL_CREDENTIALS_JSON:-}" ] && [ -n "${CREDENTIALS_PATH:-}" ]; then
    (umask 077 && printf '%s\n' "$GMAIL_CREDENTIALS_JSON" >"$CREDENTIALS_PATH.new" && mv "$CREDENTIALS_PATH.new" "$CREDENTIALS_PATH")
fi

what=${1:-serve}
[ "$#" -eq 0 ] || shift
case $what in
serve)
    exec python -m app serve --migrate "$@"
    ;;
worker)
    python -m app migrate
    exec celery -A app.celery_app worker --loglevel="${LOG_LEVEL:-INFO}" "$@"
    ;;
beat)
    exec celery -A app.celery_app beat --loglevel="${LOG_LEVEL:-INFO}" "$@"
    ;;
*)
    exec python -m app "$what" "$@"
    ;;
esac
