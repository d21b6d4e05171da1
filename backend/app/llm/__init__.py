"""Language models that a person may configure: clients, structured answers, the answer cache, calls, cost, budget.

Nothing here knows what is asked. Every request that carries words out of the house is written down before it is
sent; the day's budget is a hard stop; no request is made inside a transaction or on an event loop. Without a key
nothing of this room is used and no vendor's library is loaded.
"""
