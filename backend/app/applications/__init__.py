"""Applications and what a person keeps with them; the pure fold of events into a stage; decisions with undo.

Invariants: machine fields are a function of mails and active decisions; decisions are append-only.
"""
