"""小区: estates, each with who manages it, so that none is ever without."""

from collections.abc import Iterator
from datetime import datetime, time
from functools import partial
from typing import Any

from gongzhi.acts.roots import Root
from gongzhi.registry.actions import register_estate
from gongzhi.registry.divisions import community_codes
from gongzhi.registry.engagements import check_first_manager
from gongzhi.registry.facts import RegisterEstate
from gongzhi.registry.models import Engagement, Estate, EstateKind, Mode, Organisation
from gongzhi.registry.queries import day_of
from gongzhi.values.now import ZONE
from gongzhi.values.refusals import Refusal

from .. import cells, outlining
from ..bodies import Bodies, body_columns
from ..checking import Check
from ..columns import Column, Kind
from ..places import COMMUNITY, AtPlace, Permissions, mark_where
from ..plans import Plan, Step
from ..scopes import Scope
from ..words import key_of

MAY = "property_authority_of_place"
_MODES = {"物业服务企业管理": "contract", "合同": "contract", "应急管理": "emergency", "自管": "self_managed",
          "业主自管": "self_managed", "业主自治": "self_managed", "社区代管": "community_custody",
          "无物业": "unmanaged", "失管": "unmanaged"}  # fmt: skip
COLUMNS = (
    COMMUNITY,
    Column("name", "小区名称", cells.name(100), "同一社区内不重复", "示例花园", also=("小区", "项目名称", "estate")),
    Column("address", "地址", cells.name(200), "", "示例大街1号", needed=False, also=("小区地址", "坐落")),
    Column("kind", "类型", cells.choice(EstateKind), "不填为商品房小区", "商品房小区", needed=False, fills=True,
           also=("小区类型",), options=tuple(EstateKind.labels)),
    Column("first_delivered_on", "首户交付日期", cells.day, "", "2018-06-01", needed=False, fills=True,
           also=("交付日期",)),
    Column("mode", "管理方式", cells.choice(Mode, _MODES), "无人在管的须写明原因，其他须有依据文书", "合同管理",
           fills=True, options=tuple(Mode.labels)),
    Column("managed_from_at", "管理起始日期", cells.moment, "现管理人（或者无人在管）从哪天起", "2024-01-01",
           fills=True, also=("管理起始时间", "进驻日期")),
    *body_columns("organisation", "管理单位", "合同管理、应急服务、社区托管时填写，先登记单位",
                  "示例物业服务有限公司", needed=False, also=("物业服务企业", "物业公司")),
    Column("paper_title", "依据文书", cells.name(200), "合同、决定书或者协议的名称", "物业服务合同（示例）",
           needed=False, fills=True),
    Column("reason", "原因", cells.name(200), "无人在管时填写", "", needed=False, fills=True,
           also=("无人在管原因",)),
    *outlining.COLUMNS,
)  # fmt: skip

#: What a row says of who manages, beside the body.
_SAID = ("mode", "managed_from_at", "paper_title", "reason")


class EstatesCheck:
    """Checks a table of estates."""

    def __init__(self, check: Check) -> None:
        self.check, self.plan = check, Plan()
        self.bodies = Bodies.of(check.column("organisation"), check.column("organisation_uscc"))
        codes = {code for code in check.column("community") if code}
        self.there = {
            (estate.community, key_of(estate.name)): estate
            for estate in Estate.objects.filter(community__in=codes).select_related("outline")
        }
        self.seen: dict[tuple[str, str], int] = {}

    def run(self) -> Plan:
        """Check every row; one act an estate."""
        self._check_places()
        for row in list(self.check.good()):
            self._check_row(row, self.check.row(row))
        return self.plan

    def _check_places(self) -> None:
        permissions = Permissions(self.check, MAY)
        on = day_of(self.check.at)

        def fault(code: object) -> str:
            try:
                community_codes(str(code), on)
            except Refusal as unknown:
                return unknown.sentence.rstrip("。")
            return permissions.fault(AtPlace(community=str(code)))

        mark_where(self.check, self.check.column("community"), fault)
        permissions.demand_some()

    def _check_row(self, row: int, said: dict[str, Any]) -> None:
        key = (said["community"], key_of(said["name"]))
        first = self.seen.setdefault(key, row)
        if first != row:
            self.check.wrong(row, f"小区“{said['name']}”与第{self.check.line(first)}行重复")
            return
        manager, fault = self._manager(said)
        fault = fault or outlining.fault(said, day_of(self.check.at))
        if fault:
            self.check.wrong(row, fault)
        elif key in self.there:
            self._compare(row, said, self.there[key], manager)
        else:
            self._add(row, said, manager)

    def _manager(self, said: dict[str, Any]) -> tuple[Organisation | None, str]:
        found = None
        if said["organisation"] or said["organisation_uscc"]:
            found, fault = self.bodies.find(said["organisation"], said["organisation_uscc"])
            if fault:
                return None, fault
        if said["managed_from_at"] > self.check.at:
            return (
                None,
                f"管理起始日期{moment_words(said['managed_from_at'])}晚于现在，请填写现管理人从哪天起管理",
            )
        try:
            check_first_manager(
                mode=said["mode"],
                organisation=found,
                on=day_of(said["managed_from_at"]),
                paper_title=said["paper_title"] or "",
                reason=said["reason"] or "",
            )
        except Refusal as refused:
            return None, refused.sentence.rstrip("。")
        return found, ""

    def _compare(self, row: int, said: dict[str, Any], there: Estate, manager: Organisation | None) -> None:
        differing = [
            f"{column.title}登记为“{_shown(column.name, getattr(there, column.name))}”"
            for column in COLUMNS
            if column.name in ("address", "kind", "first_delivered_on")
            and said[column.name] is not None
            and said[column.name] != getattr(there, column.name)
        ]
        managed = list(there.engagements.order_by("from_at").select_related("organisation"))
        if differing:
            self.check.wrong(row, f"小区已登记，{'、'.join(differing)}，与表中不同，请按登记填写或者留空")
        elif any(_says(engagement, said, manager) for engagement in managed):
            self._place(row, said, there)
        else:
            told = _managed(managed[-1]) if managed else "没有在管记录"
            self.check.wrong(row, f"小区已登记，{told}，与表中不同，变更请用“登记管理变更”办理")

    def _add(self, row: int, said: dict[str, Any], manager: Organisation | None) -> None:
        names = (*("name", "community", "address", "kind", "first_delivered_on"), *_SAID)
        facts = {name: said[name] for name in names if said[name] is not None}
        facts["organisation_id"] = manager.pk if manager else None
        self.plan.new += 1
        made = partial(RegisterEstate.model_validate, facts)
        self.plan.steps.append(Step(register_estate, made, Root.of_code(said["community"]), [row]))
        if outlining.is_said(said):
            self.plan.steps.append(outlining.step_after(said, row))

    def _place(self, row: int, said: dict[str, Any], there: Estate) -> None:
        """A registered estate that is as the row says, but for where it lies."""
        if not outlining.is_said(said) or outlining.is_same(said, there):
            self.plan.same += 1
            return
        if outlining.has_outline(there):
            self.check.wrong(
                row, "小区已登记轮廓，与表中的点不同，要改请在小区档案里改登记，不改请把坐标留空"
            )
            return
        self.plan.changed += 1
        self.plan.steps.append(outlining.step_of(said, there, row))


def _says(there: Engagement, said: dict[str, Any], manager: Organisation | None) -> bool:
    """Whether the row tells of this engagement; what is left blank is not compared."""
    texts = all(said[name] in (None, getattr(there, name)) for name in ("paper_title", "reason"))
    by = there.organisation_id == (manager.pk if manager else None)
    return texts and by and (there.mode, there.from_at) == (said["mode"], said["managed_from_at"])


def _managed(there: Engagement) -> str:
    by = f"（{there.organisation.name}）" if there.organisation else ""
    return f"自{moment_words(there.from_at)}起{Mode(there.mode).label}{by}"


def _shown(name: str, value: Any) -> str:
    return str(EstateKind(value).label if name == "kind" else value or "（空）")


def moment_words(at: datetime) -> str:
    """An instant as it is read back: the day alone where it is its beginning."""
    local = at.astimezone(ZONE)
    return str(local.date()) if local.time() == time() else local.strftime("%Y-%m-%d %H:%M:%S")


def check(found: Check) -> Plan:
    """Check a table of estates."""
    return EstatesCheck(found).run()


def rows(scope: Scope) -> Iterator[tuple[Any, ...]]:
    """The estates with who manages them last."""
    for estate in scope.estates().select_related("outline").iterator():
        last = estate.engagements.order_by("-from_at").select_related("organisation").first()
        body = last.organisation if last is not None else None
        yield (
            estate.community,
            estate.name,
            estate.address or None,
            EstateKind(estate.kind).label,
            estate.first_delivered_on,
            Mode(last.mode).label if last else None,
            moment_words(last.from_at) if last else None,
            body.name if body else None,
            (body.uscc or None) if body else None,
            (last.paper_title or None) if last else None,
            (last.reason or None) if last else None,
            *outlining.cells_of(estate),
        )


KIND = Kind("estates", "小区", "个", COLUMNS, MAY, check, rows)
