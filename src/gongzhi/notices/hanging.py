"""Whether a notice hangs as it should, told from what was said in its round: reports, findings, hung again."""

from collections.abc import Iterator

from gongzhi.procedures.terms import RoundView

HUNG = ("post", "replace")


def _last(view: RoundView, *acts: str) -> int:
    """The place of the newest of these acts; -1 where none was."""
    return max((place for place, said in enumerate(view.said) if said.act in acts), default=-1)


def reports(view: RoundView) -> Iterator[int]:
    """The reports of tearing of the wording that hangs now, by their number in the round."""
    hung, turn = _last(view, *HUNG), 0
    for place, said in enumerate(view.said):
        if said.act == "report_torn":
            turn += 1
            if place > hung:
                yield turn


def must_hang_again(view: RoundView) -> bool:
    """Whether it was found torn since it was hung last; several findings of one tearing are mended together."""
    return _last(view, "confirm_torn") > _last(view, *HUNG, "post_again")


def is_in_doubt(view: RoundView) -> bool:
    """Whether a report still has to be looked into, or the notice has to be hung again."""
    return must_hang_again(view) or any(view.done(f"torn:{turn}") is None for turn in reports(view))
