"""Cues per language: every module has `CUES` (act -> cues) and `FRAGMENTS`, with the same act names."""

from __future__ import annotations

from app.classification.corpus.cues import de, en, en_noise, en_outcomes, es, fr, nl, pt

LANGUAGES = (en, en_outcomes, en_noise, de, fr, es, pt, nl)
