"""Ways out to people and calendars: drafts of replies, their templates, the calendar feed, Google Calendar.

Invariants: nothing is sent or written elsewhere without an explicit call; the same call twice writes once.
"""
