"""The parts of a page: each a pure function from plain values to what its small template shows.

`templatetags/parts.py` names the tag of each; docs/reference/parts.md lists them.
"""
