"""Mail into the house: runs that read a source, the cursors they leave, and the ledger of every message seen.

Invariants: mail is committed as it arrives, verdicts follow; a message is in the ledger whatever became of it.
"""
