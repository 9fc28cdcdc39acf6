"""Cases, their steps, rounds, tasks and acts; marks, clocks and their ladders."""

from .cases import Case, CaseNumber, CaseStep, Party, Round
from .clocks import Beat, Clock, ClockMove, JobFailure, Mark, Rung, Suspension
from .figures import ClosedFigures
from .kept import IssuedPaper, Item, PastPaper, ReceiptNumber
from .said import CaseAct, PaperUse
from .tasks import Assignment, Recheck, Task

__all__ = [
    "Assignment",
    "Beat",
    "Case",
    "CaseAct",
    "CaseNumber",
    "CaseStep",
    "Clock",
    "ClockMove",
    "ClosedFigures",
    "IssuedPaper",
    "Item",
    "JobFailure",
    "Mark",
    "PaperUse",
    "Party",
    "PastPaper",
    "ReceiptNumber",
    "Recheck",
    "Round",
    "Rung",
    "Suspension",
    "Task",
]
