"""演练: a cell of its own into which one estate is copied, with a clock that can be moved, thrown away afterwards.

Pages of two systems stand here: in the real one an office copies an estate, opens the copy, throws it away
(`views/live.py`); in the cell one sits in every chair and moves the clock (`views/cell.py`). The folder of a cell is
all they share; `config/cells.py` keeps the processes. docs/decisions/0006-rehearsal.md.
"""
