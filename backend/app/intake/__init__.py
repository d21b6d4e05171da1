"""The one path from an email to its verdict, its link, the application's stage and its timeline.

Owns the verdicts and the search index; reads emails, links and applications for lists, search and evidence.
"""
