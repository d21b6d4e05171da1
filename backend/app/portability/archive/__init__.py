"""The archive of an account: what is in it, how it is written and read, how it comes home; and deleting an account."""
