"""Whether the Jobtrail in this container serves people; exit status 1 when not. Knows the standard library only."""

from __future__ import annotations

import os
import sys
import urllib.error
import urllib.request

WITHIN_S = 4.0


def main() -> int:
    """Ask the server of this container."""
    port = os.environ.get("PORT") or "8000"
    try:
        with urllib.request.urlopen(
            f"http://127.0.0.1:{port}/api/v1/health/ready", timeout=WITHIN_S
        ) as answer:
            return 0 if answer.status == 200 else 1
    except (OSError, urllib.error.URLError) as error:
        print(f"not ready: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
