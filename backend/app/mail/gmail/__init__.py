"""The Gmail source: OAuth, stored credentials, batches over HTTP.

Google's libraries are loaded inside functions only, one HTTP connection belongs to one thread, and nothing
here touches the database: refreshed credentials go back through a callback.
"""
