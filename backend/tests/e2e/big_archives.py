"""Mail files as large as people have them: mostly attachments."""

from __future__ import annotations

import base64
from pathlib import Path

_ENVELOPE = "From {number}@xxx Mon Jun 01 09:00:00 +0000 2026\n"
_LINE = "Everybody who was at the regatta has sent in a story about it, and all of them follow here.\n"
_APPLIED = """Hi Ana,

Thank you for applying for the Harbour Pilot position at Tin Whistle. We have received your application and
will review it.
"""
_REJECTED = """Hi Ana,

Thank you for your interest in the Harbour Pilot position at Tin Whistle. Unfortunately, we have decided to
move forward with other candidates.
"""


def write_big_mbox(path: Path, *, megabytes: int, text_megabytes: float) -> int:
    """Write an mbox of about that size whose texts alone have `text_megabytes`; how many mails it holds.

    The first mail and the last are about one application; so whoever reads half of it knows only half.
    """
    scan = base64.encodebytes(bytes(range(256)) * 1200).decode()
    long_text = _LINE * 1000
    count = 0
    with path.open("w", newline="\n") as file:

        def add(subject: str, sender: str, text: str, attachment: str = "") -> None:
            nonlocal count
            count += 1
            file.write(_ENVELOPE.format(number=1_700_000_000_000_000_000 + count))
            file.write(
                f"Message-ID: <{count}@big.example>\nFrom: {sender}\nTo: ana.testperson@example.com\n"
                f"Date: Mon, {1 + count * 28 // 10_000:02} Jun 2026 09:00:00 +0000\nSubject: {subject}\n"
            )
            if attachment:
                file.write(
                    'Content-Type: multipart/mixed; boundary="cut here"\n\n--cut here\n'
                    f"Content-Type: text/plain\n\n{text}\n--cut here\n"
                    'Content-Type: image/png; name="scan.png"\nContent-Transfer-Encoding: base64\n'
                    f'Content-Disposition: attachment; filename="scan.png"\n\n{attachment}--cut here--\n\n'
                )
            else:
                file.write(f"\n{text}\n")

        careers = "Tin Whistle Careers <careers@tinwhistle.example>"
        add("Thank you for applying to Tin Whistle", careers, _APPLIED, scan)
        for number in range(round(text_megabytes * 1e6 / len(long_text))):
            add(f"The rowing club, letter {number}", "Club <club@rowing.example>", long_text)
        while file.tell() < megabytes * 1_000_000:
            add(f"Holiday picture {count}", "Robin <robin@pictures.example>", "See attached.\n", scan)
        add("Your application to Tin Whistle", careers, _REJECTED)
    return count
