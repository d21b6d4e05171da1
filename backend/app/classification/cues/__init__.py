"""Cues per language: every module has `CUES` (act -> cues) and `FRAGMENTS`, with the same act names."""

from __future__ import annotations

from app.classification.cues import de, en, en_noise, es, fr, nl, pt

LANGUAGES = (en, en_noise, de, fr, es, pt, nl)
