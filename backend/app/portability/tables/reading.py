"""Bytes of a file as a table: encoding, separator and heading row are found out. Pure."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass

from app.portability.tables.errors import NotATable, TableTooLong

MOST_ROWS = 2_000
MOST_COLUMNS = 100
_SEPARATORS = (",", ";", "\t", "|")
_LOOKED_AT = 30  # rows, to find the separator by
_OTHER_FILES = (
    (b"PK\x03\x04", "This is a workbook, not a CSV file: save the sheet as CSV first."),
    (b"\xd0\xcf\x11\xe0", "This is a workbook, not a CSV file: save the sheet as CSV first."),
    (b"%PDF", "This is a PDF, not a CSV file."),
    (b"\x1f\x8b", "This is a compressed file: unpack it first."),
)
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row, as many as there are headings; `number` is what a spreadsheet shows beside it."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it stands in the file; rows without anything in them are left out."""

    encoding: str
    separator: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]


def read_table(content: bytes) -> Table:
    """Raises NotATable, TableTooLong."""
    text, encoding = _decode(content)
    separator, text = _separator(text)
    lines = _parse(text, separator)
    head = _heading_row(lines)
    headings = tuple(cell.strip() for cell in lines[head])
    width = max((n + 1 for line in lines[head:] for n, cell in enumerate(line) if cell.strip()), default=0)
    if width > MOST_COLUMNS:
        raise NotATable(f"There are more than {MOST_COLUMNS} columns in it.")
    headings = headings[:width] + ("",) * (width - len(headings))
    rows = tuple(
        Row(number, tuple(cell.strip() for cell in line[:width]) + ("",) * (width - len(line)))
        for number, line in enumerate(lines[head + 1 :], start=head + 2)
        if any(cell.strip() for cell in line)
    )
    if not rows:
        raise NotATable("There are no rows below the headings.")
    if len(rows) > MOST_ROWS:
        raise TableTooLong(
            f"There are {len(rows):,} rows in it; {MOST_ROWS:,} at once are the most. Split the file."
        )
    return Table(encoding, separator, headings, rows)


def _decode(content: bytes) -> tuple[str, str]:
    """The text and its encoding: what its first bytes say, else UTF-8 if it is that, else that of Western Windows."""
    for beginning, sentence in _OTHER_FILES:
        if content.startswith(beginning):
            raise NotATable(sentence)
    named = next((name for mark, name in _MARKS if content.startswith(mark)), None)
    zeros = content[:4000].count(0)
    if named is None and zeros > len(content[:4000]) // 4:
        named = "utf-16-le" if content[1:2] == b"\x00" else "utf-16-be"
    for encoding in (named,) if named else ("utf-8", "cp1252", "latin-1"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        return text, encoding.removesuffix("-sig")
    raise NotATable("This is no text.")


def _separator(text: str) -> tuple[str, str]:
    """What stands between cells, and the text without the line in which Excel says it."""
    first, _, rest = text.partition("\n")
    if first.strip().strip('"').lower().startswith("sep=") and len(first.strip().strip('"')) == 5:
        return first.strip().strip('"')[4], rest
    return max(_SEPARATORS, key=lambda separator: _fitness(text, separator)), text


def _fitness(text: str, separator: str) -> tuple[float, int]:
    """(share of rows that have the commonest number of cells, that number); nothing when that is one."""
    widths: Counter[int] = Counter()
    try:
        for line in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            if any(cell.strip() for cell in line):
                widths[len(line)] += 1
            if widths.total() >= _LOOKED_AT:
                break
    except csv.Error:
        return 0.0, 0
    width, count = max(widths.items(), key=lambda one: (one[1], one[0]), default=(0, 0))
    return (round(count / widths.total(), 1), width) if width > 1 else (0.0, 0)


def _parse(text: str, separator: str) -> list[list[str]]:
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise NotATable("A cell in it has no end: look for a quotation mark that is not closed.") from error
    if not any(cell.strip() for line in lines for cell in line):
        raise NotATable("There is nothing in it.")
    return lines


def _heading_row(lines: list[list[str]]) -> int:
    """The first row that is about as full as the others: before it may stand a title, or nothing."""
    filled = [sum(bool(cell.strip()) for cell in line) for line in lines]
    usual = max(Counter(n for n in filled if n).items(), key=lambda one: (one[1], one[0]))[0]
    return next(n for n, count in enumerate(filled) if count >= max(1, min(usual, 2), usual // 2))
