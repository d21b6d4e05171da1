"""The demo: a mailbox written for this project, loaded like any other mail and removed again.

It owns no tables. Nothing is ever inserted as a result: what the page shows was read out of the demo's mail.
"""
