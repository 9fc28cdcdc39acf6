"""The county's report to the city as it was sent: its text, its figures, and the exits behind them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gongzhi.papers.contents.content import amounts, column, day, instant, lines, numbered
from gongzhi.papers.documents import Document as Form
from gongzhi.papers.documents import Record, Section, Signature, Table
from gongzhi.procedures.documents import UNKNOWN, Copy, Document, Source, heard
from gongzhi.procedures.forms import body_of, estate_of
from gongzhi.procedures.holders import hold
from gongzhi.procedures.models import ClosedFigures
from gongzhi.registry.roles import CITY, COUNTY

from ..report_facts import ReportSent
from ..report_queries import closed_of

_NOTHING = ("无。",)
_FIGURES = (column("指标", 2), amounts("本期", 2), column("怎么来的", 6))
_STAGES = (column("类别", 2), amounts("件数"), column("进展", 6))
_EXITS = (
    column("小区", 3),
    column("案号", 4),
    column("物业服务人和代码", 5),
    column("类别", 2),
    column("进展", 2),
    column("无人在管", 2),
    column("违规", 4),
    column("处置", 4),
)


def ledger_report(source: Source) -> Form | None:
    """退出台账报告. 《白山市…管理办法》第5条第2项. What is not yet said stands as room to write."""
    from ..procedures import ExitReport

    closed, said = closed_of(source.case), source.case.heard(ExitReport.compilation)
    sent: ReportSent | None = heard(source)
    if closed is None or said is None:
        return None
    county = body_of(source.view.last("submit")) or hold(source.case, COUNTY, source.at).organisation
    head = lines(
        ("地区", estate_of(source)),
        ("报告期", f"{day(closed.from_on)}至{day(closed.to_on)}"),
        ("上报单位", county.name if county is not None else UNKNOWN),
        ("报送", hold(source.case, CITY, source.made_at).name),
        ("签发人", sent.signed_by if sent is not None else UNKNOWN),
        ("编制时间", instant(closed.made_at)),
        ("说明", sent.remark if sent is not None else ""),
    )
    return Record(
        title="物业服务人退出台账报告",
        number=sent.number if sent is not None else "",
        landscape=True,
        lines=head,
        sections=(
            Section(heading="一、退出工作情况", paragraphs=tuple(said.situation.splitlines())),
            Section(heading="二、数字", table=_figures(closed)),
            _or_none("三、退出案件按类别和进展", _stages(closed)),
            Section(heading="四、违规退出信息及处置", paragraphs=tuple(said.illegal_exits.splitlines())),
            _or_none("五、退出案件清单", _exits(closed)),
            Section(paragraphs=("以上数字和清单均为编制时的情况。",)),
        ),
        signatures=(Signature(role="上报单位", name=county.name if county is not None else UNKNOWN),),
        date=day(source.case.local_day(source.made_at)) if sent is not None else "",
    )


def _or_none(heading: str, table: Table | None) -> Section:
    return Section(heading=heading, table=table) if table else Section(heading=heading, paragraphs=_NOTHING)


def _figures(closed: ClosedFigures) -> Table:
    from ..report_list import told_figures

    return numbered(
        _FIGURES, [(one["title"], _words(one), one["says"]) for one in told_figures(closed, None)]
    )


def _words(figure: dict[str, Any]) -> str:
    """A figure, with its levels where it has any."""
    levels = "，".join(f"{title}{number}" for _, title, number in figure["levels"])
    return f"{figure['words']}（{levels}）" if levels else str(figure["words"])


def _stages(closed: ClosedFigures) -> Table | None:
    from ..report_list import stage_table

    rows = [
        (
            one["title"],
            f"{one['sum']} 件",
            "，".join(f"{title}{number}" for _, title, number in one["stages"]),
        )
        for one in stage_table(closed)
    ]
    return numbered(_STAGES, rows) if rows else None


def _exits(closed: ClosedFigures) -> Table | None:
    from ..report_list import exits_behind

    rows = [
        (
            one["estate"],
            one["number"],
            "\n".join(filter(None, (one["provider"], one["credit_code"]))),
            one["category_title"],
            one["stage_title"],
            one["unmanaged"],
            "；".join(one["violations"]),
            "；".join(one["measures"]),
        )
        for one in exits_behind(closed)
    ]
    return numbered(_EXITS, rows) if rows else None


def _compiled(source: Source) -> Sequence[Copy]:
    """A preview once it is compiled; the report itself when it was sent."""
    sent = source.view.last("submit")
    return [Copy(said_at=sent.at if sent is not None else None)]


REPORT = Document("ledger_report", "物业服务人退出台账报告", ledger_report, _compiled)
