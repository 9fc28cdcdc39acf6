"""A day that the arrival of its paper left too little time for: said under the paper, and under its public notice."""

from collections.abc import Callable, Mapping

from gongzhi.procedures.view import CaseView
from gongzhi.ui.pieces import Look

from ..short_notice import Short, short_notice

Shown = list[str] | None


def under_paper(code: str) -> Callable[[CaseView, Look], Shown]:
    """What is short of the paper of a step."""

    def read(case: CaseView, look: Look) -> Shown:
        short = _found(case).get(code)
        return [f"{short.words}。"] if short is not None else None

    return read


def under_notice(case: CaseView, look: Look) -> Shown:
    """The notice that hangs names the day that is too early."""
    from ..procedures import ProviderExit as Exit

    short, hung = _found(case).get(Exit.application.code), case.heard(Exit.publicity)
    if short is None or hung is None:
        return None
    return [f"已张贴的公示按原定的{short.named}退出，早于最早的{short.earliest}，改期后要重新公示。"]


def _found(case: CaseView) -> Mapping[str, Short]:
    return case.once("short notice", lambda: short_notice(case))
