"""What everybody reads without signing in: the notice board, who manages an estate, verification, the calculator.

A door: it owns no table. What is reported here goes through the door of acts, as a standing act of the case: in the
name of who has signed in, else passed on by the system; see docs/decisions/0005-public.md.
"""
