"""Effects of the county's report: its figures are counted and closed.

They run inside the door, keyword-only, with the root locked.
"""

from datetime import datetime
from typing import Any

from gongzhi.acts.actor import Actor
from gongzhi.procedures import figures
from gongzhi.procedures.view import CaseView
from gongzhi.values.refusals import NotPossible

from ..report_facts import ReportCompiled
from ..report_figures import figures_of
from ..report_queries import NAME, span_of


def close_figures(*, case: CaseView, round_id: Any, facts: ReportCompiled, by: Actor, at: datetime) -> None:
    """Count what the county's cases say of the days, and keep it as it stands. 《白山市…管理办法》第5条第2项."""
    span, place = span_of(case), case.row.jurisdiction_id
    if span is None or place is None:
        raise NotPossible("本地还没有设定退出台账的上报频次，请先设定后再编制。")
    figures.close(case, round_id, NAME, span, figures_of(place, *span, at), at)
