"""The demo: a mailbox written for this project, loaded through the same pipeline as any other and removed again.

It owns no tables. Nothing is ever inserted as a result: what the page shows was read out of the demo's mail.
"""
