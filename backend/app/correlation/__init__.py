"""Which email belongs to which application: links, and the pure partition of a component of mails.

Invariants: the partition is a function of mails and active decisions, never of the order of arrival.
"""
