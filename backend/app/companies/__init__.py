"""Names of companies and jobs, and who sends job mail.

This room owns the keys under which names are compared (company and title keys are idempotent: the key of
a key is itself), the shipped read-only tables of applicant tracking systems, alert senders, job boards,
recruiters, mail providers and industries, the reading of job links, and the aliases that a user has taught. A relay's
domain or name is never an employer.
"""
