"""Mail as nouns: accounts and their credentials, emails with body and sources, MIME to canonical text.

Invariants: an email stands once per user however many doors it came through; bodies are never joined by lists;
credentials are ciphertext. The doors (`gmail`, `archive`) know no engine and no database.
"""
