"""A whole case as page and API show it: the case itself, its notices, who has been told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from gongzhi.law import queries as law
from gongzhi.messages.presenting import told_of
from gongzhi.notices.presenting import notices_of_case
from gongzhi.procedures.insight import hidden_tasks
from gongzhi.procedures.presenting import ReadView, present_case
from gongzhi.procedures.queries import case_seen, reader_of
from gongzhi.registry.models import Appointment


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case as it is told, and the view it was read through, for who has more to ask of it."""

    told: dict[str, Any]
    view: ReadView


def read_file(case_id: UUID, appointment: Appointment, at: datetime) -> CaseFile:
    """One visible case for its reader, as of `at`; NotFound otherwise."""
    reader = reader_of(appointment)
    view = ReadView(case_seen(case_id, appointment))
    with law.pinned():
        told = present_case(view, reader, at)
    told["notices"] = notices_of_case(view.row, at, masked=reader.masked)
    _give_pictures(told)
    told["messages"] = [] if reader.masked else told_of(view.row, hidden=hidden_tasks(view))
    return CaseFile(told, view)


def case_file(case_id: UUID, appointment: Appointment, at: datetime) -> dict[str, Any]:
    """The same for who only tells it on."""
    return read_file(case_id, appointment, at).told


def _give_pictures(told: dict[str, Any]) -> None:
    """To each notice the photographs that came while its wording hung; a round may have had several wordings.

    A page shows them there, and not once more among the other papers.
    """
    for notice in told["notices"]:
        notice["photographs"] = []
    for paper in told["papers"]:
        hung = [one for one in told["notices"] if _shows(paper, one)]
        if hung:
            hung[-1]["photographs"].append(paper)
            paper["of_notice"] = True


def _shows(paper: Mapping[str, Any], notice: Mapping[str, Any]) -> bool:
    same = paper["photograph"] is not None and paper["round"] == notice["round_id"]
    return same and bool(notice["posted_at"] <= paper["at"])
