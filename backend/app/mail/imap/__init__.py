"""IMAP as a source of mail: any server by host and (app) password; Gmail's own extensions where it has them.

Invariants: folders are only ever examined, bodies only peeked at, so nothing at the server changes; one
connection, used by one thread; nothing that a server says reaches an error's text.
"""
