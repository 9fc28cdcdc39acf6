"""单位: bodies of any kind but the committees of an estate, which are formed."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from gongzhi.acts.roots import Root
from gongzhi.registry.actions import register_organisation
from gongzhi.registry.actions.organisations import ORGAN_LEVELS, credit_code
from gongzhi.registry.divisions import division
from gongzhi.registry.facts import RegisterOrganisation
from gongzhi.registry.models import OF_ONE_ESTATE, ORGANS, Organisation, OrganisationKind
from gongzhi.values.refusals import Invalid, NotFound

from .. import cells
from ..checking import Check
from ..columns import Column, Kind
from ..places import AtCode, Permissions, mark_where
from ..plans import Plan, Step
from ..scopes import Scope
from ..words import key_of

MAY = "registrar_of_organisation"
_KINDS = {
    "物业公司": "provider", "物业服务公司": "provider", "物业企业": "provider", "街道办事处": "subdistrict_office",
    "街道": "subdistrict_office", "乡镇人民政府": "subdistrict_office", "社区居委会": "residents_committee",
    "居委会": "residents_committee", "开发商": "developer", "开发企业": "developer", "住建局": "property_authority",
}  # fmt: skip
COLUMNS = (
    Column("kind", "类别", cells.choice(OrganisationKind, _KINDS), "单位类别；业主委员会等请用“成立委员会”办理",
           "物业服务企业", fills=True, also=("单位类别", "单位类型"),
           options=tuple(kind.label for kind in OrganisationKind if kind not in OF_ONE_ESTATE)),
    Column("name", "名称", cells.name(100), "全称", "示例物业服务有限公司", also=("单位名称", "企业名称")),
    Column("jurisdiction_code", "行政区划代码", cells.division_code, "机关填管辖地区，其他单位填所在地区", "220602",
           fills=True, digits=True, also=("区划代码", "所在地区代码")),
    Column("uscc", "统一社会信用代码", cells.number_text(30), "18位；没有的不填，校验位不符的照登", "", needed=False,
           digits=True, also=("信用代码", "社会信用代码")),
    Column("document_code", "机关代字", cells.name(20), "发文机关填写", "", needed=False, also=("发文代字",)),
    Column("registered_address", "登记地址", cells.name(200), "", "示例路1号", needed=False,
           also=("注册地址", "住所")),
    Column("service_address", "送达地址", cells.name(200), "收取文书的地址", "示例路1号", needed=False),
    Column("phone_service", "服务电话", cells.number_text(30), "", "0000-0000000", needed=False, digits=True,
           also=("联系电话", "电话")),
    Column("phone_supervision", "监督电话", cells.number_text(30), "", "", needed=False, digits=True),
    Column("from_on", "成立日期", cells.day, "成立或者登记的日期", "2020-01-01", fills=True,
           also=("成立（登记）日期", "登记日期", "成立登记日期")),
)  # fmt: skip
_CONTACTS = ("document_code", "registered_address", "service_address", "phone_service", "phone_supervision")


class OrganisationsCheck:
    """Checks a table of bodies."""

    def __init__(self, check: Check) -> None:
        self.check = check
        self.plan = Plan()
        self.by_code: dict[str, Organisation] = {}
        self.by_name: dict[tuple[str, str, str], Organisation] = {}
        self.organs: dict[tuple[str, str], str] = {}
        self.codes_seen: dict[str, int] = {}
        self.names_seen: dict[tuple[str, str, str], int] = {}

    def run(self) -> Plan:
        """Check every row; one act a body."""
        self._know_bodies()
        self._check_places()
        self.check.refuse_future("from_on")
        for row in list(self.check.good()):
            self._check_row(row)
        return self.plan

    def _know_bodies(self) -> None:
        for found in Organisation.objects.filter(to_on__isnull=True).iterator():
            if found.uscc:
                self.by_code[found.uscc] = found
            self.by_name[found.kind, found.jurisdiction_code, key_of(found.name)] = found
            if found.kind in ORGANS:
                self.organs[found.kind, found.jurisdiction_code] = found.name

    def _check_places(self) -> None:
        permissions = Permissions(self.check, MAY)
        self.places: dict[object, Any] = {}

        def fault(code: object) -> str:
            try:
                self.places[code] = division(str(code))
            except NotFound as unknown:
                return unknown.sentence.rstrip("。")
            return permissions.fault(AtCode(jurisdiction_code=str(code)))

        mark_where(self.check, self.check.column("jurisdiction_code"), fault)
        permissions.demand_some()

    def _check_row(self, row: int) -> None:
        said = self.check.row(row)
        kind, place = said["kind"], self.places[said["jurisdiction_code"]]
        try:
            uscc, warning = credit_code(said["uscc"] or "")
        except Invalid as refused:
            self.check.wrong(row, refused.sentence.rstrip("。"))
            return
        if kind in OF_ONE_ESTATE:
            self.check.wrong(row, f"{kind.label}请用“成立委员会”办理，不用导入")
            return
        name = (kind.value, place.code, key_of(said["name"]))
        if self._is_twice(row, uscc, name):
            return
        there = self.by_code.get(uscc) if uscc else self.by_name.get(name)
        there = there or self.by_name.get(name)
        if there is not None:
            self._compare(row, there, said | {"uscc": uscc or None, "jurisdiction_code": place.code})
        elif not self._is_second_organ(row, kind, place):
            self._add(row, said, place.code, warning)

    def _is_twice(self, row: int, uscc: str, name: tuple[str, str, str]) -> bool:
        first = self.codes_seen.setdefault(uscc, row) if uscc else row
        first = first if first != row else self.names_seen.setdefault(name, row)
        if first == row:
            return False
        self.check.wrong(row, f"与第{self.check.line(first)}行是同一个单位")
        return True

    def _is_second_organ(self, row: int, kind: OrganisationKind, place: Any) -> bool:
        if kind not in ORGANS:
            return False
        if place.level not in ORGAN_LEVELS[kind]:
            self.check.wrong(row, f"“{place.name}”一级不设{kind.label}，请核对行政区划代码")
            return True
        other = self.organs.setdefault((kind.value, place.code), self.check.column("name")[row])
        if other != self.check.column("name")[row]:
            self.check.wrong(row, f"“{place.name}”已有{kind.label}“{other}”，如已变更请先终止原登记")
            return True
        return False

    def _compare(self, row: int, there: Organisation, said: dict[str, Any]) -> None:
        differing = [
            column.name
            for column in COLUMNS
            if said[column.name] is not None and not _is_same(column.name, said[column.name], there)
        ]
        if not differing:
            self.plan.same += 1
            return
        told = "、".join(f"{_title(n)}登记为“{_shown(n, getattr(there, n))}”" for n in differing)
        contacts = all(name in _CONTACTS for name in differing)
        remedy = (
            "变更请用“变更单位联系方式”办理"
            if contacts
            else "请核对；名称、代码等变更请先“终止单位”再重新登记"
        )
        self.check.wrong(row, f"“{there.name}”已登记，{told}，与表中不同，{remedy}")

    def _add(self, row: int, said: dict[str, Any], code: str, warning: str) -> None:
        if warning:
            self.check.warn(row, f"“{said['name']}”{warning.rstrip('。')}")
        facts = {name: value for name, value in said.items() if value is not None} | {
            "jurisdiction_code": code
        }
        self.plan.new += 1
        made = partial(RegisterOrganisation.model_validate, facts)
        self.plan.steps.append(Step(register_organisation, made, Root.of_code(code), [row]))


def _title(name: str) -> str:
    return next(column.title for column in COLUMNS if column.name == name)


def _shown(name: str, value: Any) -> str:
    return str(OrganisationKind(value).label if name == "kind" else value or "（空）")


def _is_same(name: str, said: Any, there: Organisation) -> bool:
    registered = getattr(there, name)
    return key_of(said) == key_of(registered) if name == "name" else bool(said == registered)


def check(found: Check) -> Plan:
    """Check a table of bodies."""
    return OrganisationsCheck(found).run()


def rows(scope: Scope) -> Iterator[tuple[Any, ...]]:
    """Bodies that exist in the territories, without the committees of estates."""
    found = Organisation.objects.filter(scope.within(), to_on__isnull=True).exclude(kind__in=OF_ONE_ESTATE)
    for body in found.order_by("jurisdiction_code", "kind", "name", "id").iterator():
        yield tuple(_told(body, column.name) for column in COLUMNS)


def _told(body: Organisation, name: str) -> Any:
    value = getattr(body, name)
    return OrganisationKind(value).label if name == "kind" else value or None


KIND = Kind("organisations", "单位", "个", COLUMNS, MAY, check, rows)
