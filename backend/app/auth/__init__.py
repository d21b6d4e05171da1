"""Who is asking: users, sessions, API keys, tickets, tokens, per-user and instance settings.

Owns the tables users, sessions, tickets, api_keys, settings and instance_settings. A token is good only while
its session row exists; secrets are stored hashed; other rooms get their user through `dependencies`.
"""
