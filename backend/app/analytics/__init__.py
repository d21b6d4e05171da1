"""What the numbers mean: views over applications and verdicts that change nothing in them.

Figures are counted in SQL where that is fast and the same on both databases; statistics come from kept libraries.
This room owns one table, the cache of each user's prediction, which can be thrown away at any time.
"""
