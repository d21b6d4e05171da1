"""Asking a language model what mails say: what is sent, what comes back, and what of it counts.

Mail is data here: it stands between marks that its writer can't know, a mail that sounds like orders travels
alone, and an answer counts for a mail only when it names that mail and has the right form. The local verdict is
always there and stands wherever no usable answer came.
"""
