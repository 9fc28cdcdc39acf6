"""The kernel of procedure: declarations, cases, rounds, tasks, clocks; one engine that runs every procedure.

A procedure is declared (`declare.py`) out of seven kinds of step. The door (`perform.py`) and the tick (`tick.py`)
know no kind; a kind says which tasks a round has, which acts each allows, and with which outcome the round closes.
"""
