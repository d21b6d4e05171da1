"""Jobtrail: one package per room; `docs/architecture.md` draws the floor plan."""
