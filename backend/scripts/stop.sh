#!/bin/sh
# Stops the Jobtrail that `make run` started from this checkout; nothing to stop is no error.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
file=$root/.stamps/run.pid
if [ ! -f "$file" ]; then
    echo "Jobtrail is not running."
    exit 0
fi
pid=$(cat "$file")
case $(ps -o args= -p "$pid" 2>/dev/null || true) in
*"-m app serve"*)
    kill -TERM "$pid"
    tries=0
    while kill -0 "$pid" 2>/dev/null; do
        tries=$((tries + 1))
        if [ "$tries" -gt 150 ]; then
            echo "error: Jobtrail (process $pid) has not stopped within 15 seconds." >&2
            exit 1
        fi
        sleep 0.1
    done
    echo "Jobtrail has stopped."
    ;;
*) echo "Jobtrail is not running." ;;
esac
rm -f "$file"
