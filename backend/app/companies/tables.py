"""How the word tables of this project are written down."""

from __future__ import annotations


def word_set(text: str) -> frozenset[str]:
    """The words of a table that is written as running text."""
    return frozenset(text.split())
