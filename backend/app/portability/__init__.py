"""A person's data in their own hands: the whole account as an archive and back, lists for other programs, reports,
and the way out. Owns no table: it reads every room's rows and, when an archive comes home or an account goes, writes
or deletes them as a whole. Nothing secret leaves, and whose rows they are is never taken from a file.
"""
