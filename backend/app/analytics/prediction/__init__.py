"""Which open applications are likely to lead to an interview or an offer: a small model of the user's own data.

What it may see of an application is cut off at a moment before its outcome. It shows nothing unless it is better
than the base rate on applications it has not seen.
"""
