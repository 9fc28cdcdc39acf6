"""The papers of an exit, filled from what was said and from its rows; each is named once and declared with its step.

What nobody said stands as 未登记 or is left as room to write: no paper says more than the case knows. `practice.md` 3.
"""
