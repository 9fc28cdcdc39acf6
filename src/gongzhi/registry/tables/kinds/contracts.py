"""物业服务合同: who serves an estate by which contract, from when to when."""

from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from typing import Any
from uuid import UUID

from gongzhi.acts.roots import Root
from gongzhi.registry.actions import sign_contract
from gongzhi.registry.facts import SignContract
from gongzhi.registry.models import MANAGERS, ContractKind, Estate, Organisation, ServiceContract

from .. import cells
from ..bodies import Bodies, body_columns
from ..checking import Check
from ..columns import Column, Kind
from ..places import COMMUNITY, ESTATE, estates_named
from ..plans import Plan, Step
from ..scopes import Scope

MAY = "registrar_of_owners"
_KINDS = {"前期": "preliminary", "普通": "service", "应急": "emergency"}
COLUMNS = (
    COMMUNITY,
    ESTATE,
    Column("kind", "合同种类", cells.choice(ContractKind, _KINDS),
           "不填为物业服务合同", "物业服务合同", needed=False, fills=True, also=("种类", "合同类型"),
           options=tuple(ContractKind.labels)),
    *body_columns("provider", "物业服务人", "先登记单位", "示例物业服务有限公司", needed=True,
                  also=("物业服务企业", "物业公司", "乙方")),
    *body_columns("client", "委托方", "建设单位、业主委员会等，可以不填", "示例房地产开发有限公司", needed=False,
                  also=("甲方",)),
    Column("signed_on", "签订日期", cells.day, "", "2023-12-20", fills=True, also=("签订时间",)),
    Column("starts_on", "合同起", cells.day, "合同期限的第一天", "2024-01-01", fills=True,
           also=("合同起始日期", "合同开始日期", "起始日期")),
    Column("ends_on", "合同止", cells.day, "合同期限的最后一天；不定期合同不填", "2026-12-31", needed=False, fills=True,
           also=("合同终止日期", "合同结束日期", "到期日期", "截止日期")),
)  # fmt: skip
Key = tuple[UUID, UUID, str, Any]


class ContractsCheck:
    """Checks a table of contracts."""

    def __init__(self, check: Check) -> None:
        self.check, self.plan = check, Plan()
        names = [*check.column("provider"), *check.column("client")]
        codes = [*check.column("provider_uscc"), *check.column("client_uscc")]
        self.bodies = Bodies.of(names, codes)
        self.seen: dict[Key, int] = {}

    def run(self) -> Plan:
        """Check every row; one act a contract."""
        estates = estates_named(self.check, MAY)
        self.check.refuse_future("signed_on")
        there: dict[Key, ServiceContract] = {}
        ids = {estate.pk for estate in estates if estate is not None}
        for contract in ServiceContract.objects.filter(estate__in=ids).select_related("provider", "client"):
            there[contract.estate_id, contract.provider_id, contract.kind, contract.starts_on] = contract
        for row in list(self.check.good()):
            estate = estates[row]
            assert estate is not None
            self._check_row(row, estate, there)
        return self.plan

    def _check_row(self, row: int, estate: Estate, there: dict[Key, ServiceContract]) -> None:
        said = self.check.row(row)
        provider, client = self._body(row, "provider", said), self._body(row, "client", said)
        if provider is not None and provider.kind not in MANAGERS:
            self.check.wrong(row, f"“{provider.name}”不是物业服务人，不能签订物业服务合同")
        if said["ends_on"] is not None and said["ends_on"] < said["starts_on"]:
            self.check.wrong(row, "合同止早于合同起")
        if provider is None or row in self.check.table.faults:
            return
        kind = said["kind"] or ContractKind.SERVICE
        key = (estate.pk, provider.pk, kind.value, said["starts_on"])
        first = self.seen.setdefault(key, row)
        if first != row:
            self.check.wrong(row, f"与第{self.check.line(first)}行是同一份合同")
        elif key in there:
            self._compare(row, said, client, there[key])
        else:
            facts = {name: said[name] for name in ("signed_on", "starts_on", "ends_on")}
            facts |= {"estate_id": estate.pk, "provider_id": provider.pk, "kind": kind}
            facts |= {"client_id": client.pk if client else None}
            self.plan.new += 1
            made = partial(SignContract.model_validate, facts)
            self.plan.steps.append(Step(sign_contract, made, Root("estate", estate.pk), [row]))

    def _body(self, row: int, name: str, said: dict[str, Any]) -> Organisation | None:
        if not said[name] and not said[f"{name}_uscc"]:
            return None
        found, fault = self.bodies.find(said[name], said[f"{name}_uscc"])
        if fault:
            self.check.wrong(row, f"“{self.check.table.kind.column(name).title}”{fault}")
        return found

    def _compare(
        self, row: int, said: dict[str, Any], client: Organisation | None, there: ServiceContract
    ) -> None:
        """A contract is compared whole: that no end is given says that its term is indefinite."""
        differing = []
        if said["signed_on"] != there.signed_on:
            differing.append(f"签订日期登记为{there.signed_on}")
        if said["ends_on"] != there.ends_on:
            differing.append(f"合同止登记为{there.ends_on or '不定期'}")
        if client is not None and client.pk != there.client_id:
            differing.append(f"委托方登记为{there.client.name if there.client else '（空）'}")
        if differing:
            told = "、".join(differing)
            self.check.wrong(
                row, f"合同已登记，{told}，与表中不同；提前终止请用“登记合同终止”办理，其他请核对"
            )
        else:
            self.plan.same += 1


def check(found: Check) -> Plan:
    """Check a table of contracts."""
    return ContractsCheck(found).run()


def rows(scope: Scope) -> Iterator[tuple[Any, ...]]:
    """The contracts of the estates, oldest first."""
    by_estate: dict[UUID, list[ServiceContract]] = defaultdict(list)
    estates = scope.estates()
    contracts = ServiceContract.objects.filter(estate__in=estates.values("pk").order_by())
    for contract in contracts.select_related("provider", "client").order_by("starts_on", "id"):
        by_estate[contract.estate_id].append(contract)
    for estate in estates:
        for contract in by_estate[estate.pk]:
            yield _told(estate, contract)


def _told(estate: Estate, contract: ServiceContract) -> tuple[Any, ...]:
    client = contract.client
    return (
        estate.community,
        estate.name,
        ContractKind(contract.kind).label,
        contract.provider.name,
        contract.provider.uscc or None,
        client.name if client else None,
        (client.uscc or None) if client else None,
        contract.signed_on,
        contract.starts_on,
        contract.ends_on,
    )


KIND = Kind("contracts", "物业服务合同", "份", COLUMNS, MAY, check, rows)
