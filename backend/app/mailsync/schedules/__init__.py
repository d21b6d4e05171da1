"""Turns that come without anybody asking: whose, when, and what then happens. Never twice, whoever looks."""
