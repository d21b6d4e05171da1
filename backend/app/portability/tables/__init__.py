"""Applications as tables: CSV out and in, and the weekly report."""
