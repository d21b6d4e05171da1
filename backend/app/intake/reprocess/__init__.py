"""Reading stored mail again: what would change is shown before it changes, and what a person said stays."""
