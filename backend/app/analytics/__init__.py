"""What the numbers mean: read-only views over applications, verdicts and decisions. Owns no table."""
