"""What every room stands on: settings, database, clock, errors, events, logging, crypto. Knows no domain."""
