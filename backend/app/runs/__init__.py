"""Background work. The run row is the truth: created, claimed with a lease, advanced, canceled and resumed here.

Invariants: one active run per dedupe key; data and lease commit together; a stream shows state, never history.
"""
