"""Mail out of files: mbox (Takeout's too), eml, Maildir, and zip, tar or gzip of them.

Archives are streamed: memory does not grow with the archive or with one message. Nothing is ever extracted
to disk, so a member's name can do no harm; archives inside archives are not opened. What is readable is
delivered before a fault is raised.
"""
