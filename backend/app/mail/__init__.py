"""Mail accounts, emails, their bodies and sources, and the reading of mail from bytes to canonical text.

One parser serves every door. A message is stored once per user, however many doors it came through. Parsing
never fails: what cannot be read is replaced, left out and named in the mail's warnings.
"""
