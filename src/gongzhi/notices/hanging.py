"""Whether a notice hangs as it should, told from what was said in its round: reports, findings, hung again."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from gongzhi.procedures.terms import RoundView, Said

HUNG = ("post", "replace")
#: A photograph of its end, brought after it was taken down.
LATE = "add_end_picture"
#: One of its start, brought after it was registered: only then there is a number to print, and a paper to put up.
LATE_START = "add_start_picture"
#: A photograph stands for one place, and nobody said for which of several.
UNTOLD = "未注明"
#: The acts whose pictures show how it hung.
SHOWN = (*HUNG, "patrol", "post_again", "take_down", LATE, LATE_START)


def _last(view: RoundView, *acts: str) -> int:
    """The place of the newest of these acts; -1 where none was."""
    return max((place for place, said in enumerate(view.said) if said.act in acts), default=-1)


#: A report with a name to it, and one without.
NAMED, NAMELESS = "report_torn", "pass_on"
#: The task of who looks into it; its number follows.
CHECK = "torn"


def spot_in(view: RoundView, act: str, facts: Mapping[str, Any]) -> str:
    """Where what came with an act was photographed: where it says, else where the notice hangs if that is one place."""
    said = facts.get("where" if act == "patrol" else "pictured")
    hung = view.last(*HUNG)
    places = facts.get("places") or (hung.facts.get("places", ()) if hung is not None else ())
    if said or not places or act not in SHOWN:
        return str(said or "")
    return str(places[0]) if len(places) == 1 else UNTOLD


def tells_of_tearing(said: Said) -> bool:
    """A report, or a patrol that found it damaged."""
    return said.act in (NAMED, NAMELESS) or (said.act == "patrol" and said.facts.get("seen") == "damaged")


def _reported(view: RoundView) -> Iterator[tuple[int, Said]]:
    """The reports of tearing of the wording that hangs now, by their number in the round.

    One without a name joins whatever is being looked into: it has the number of that one.
    """
    hung, turn, waiting = _last(view, *HUNG), 0, list[int]()
    for place, said in enumerate(view.said):
        name, _, looked_into = said.task.partition(":")
        if said.act in HUNG:
            waiting.clear()
        elif name == CHECK and looked_into.isdecimal() and int(looked_into) in waiting:
            waiting.remove(int(looked_into))
        elif tells_of_tearing(said):
            joins = said.act == NAMELESS and bool(waiting)
            turn += not joins
            if not joins:
                waiting.append(turn)
            if place > hung:
                yield waiting[-1] if joins else turn, said


def reports(view: RoundView) -> Iterator[int]:
    """Their numbers alone."""
    return iter(dict.fromkeys(turn for turn, _ in _reported(view)))


def reports_of(view: RoundView, turn: int) -> list[Said]:
    """The report of that number, and what joined it."""
    return [said for number, said in _reported(view) if number == turn]


def marks_of_reports(view: RoundView) -> dict[str, datetime]:
    """When what is looked into was reported first, and when somebody had looked."""
    marks: dict[str, datetime] = {}
    for turn, said in _reported(view):
        marks.setdefault(f"reported:{turn}", said.at)
        checked = view.done(f"torn:{turn}")
        if checked is not None:
            marks[f"checked:{turn}"] = checked.at
    return marks


def must_hang_again(view: RoundView) -> bool:
    """Whether it was found torn since it was hung last.

    Several findings of one tearing are mended together, also one that comes after it hangs again.
    """
    place = _last(view, *HUNG, "post_again")
    if place < 0:
        return False
    hung, later = view.said[place], view.said[place + 1 :]
    return any(
        found in later and found.act == "confirm_torn" and _is_after(report, hung)
        for turn, report in _reported(view)
        if (found := view.done(f"torn:{turn}")) is not None
    )


def _is_after(report: Said, hung: Said) -> bool:
    """Whether it was found torn after it hung. A course that is only described names no times: acts stand in order."""
    posted_at = hung.facts.get("posted_at")
    return posted_at is None or _torn_at(report) >= datetime.fromisoformat(str(posted_at))


def is_of_last_hanging(view: RoundView, turn: int) -> bool:
    """Whether the report of that number tells of a tearing since it was hung last."""
    hung = view.last(*HUNG, "post_again")
    return hung is not None and any(_is_after(report, hung) for report in reports_of(view, turn))


def _torn_at(report: Said) -> datetime:
    """When it was found so: a patrol finds it when it says so."""
    found_at = report.facts.get("found_at")
    return datetime.fromisoformat(str(found_at)) if found_at is not None else report.at


def is_in_doubt(view: RoundView) -> bool:
    """Whether a report still has to be looked into, or the notice has to be hung again.

    What nobody puts their name to is looked into and holds up nothing until somebody has seen it.
    """
    named = (turn for turn, said in _reported(view) if said.act != NAMELESS)
    return must_hang_again(view) or any(view.done(f"torn:{turn}") is None for turn in named)
