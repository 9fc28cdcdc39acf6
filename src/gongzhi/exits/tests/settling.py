"""Scenes of a settlement: scope, books, quotes, funding, the firm, the report, the bill."""

from datetime import date, datetime, timedelta
from typing import Any, Self
from uuid import UUID

from gongzhi.exits.tests.handing import signature
from gongzhi.procedures.models import Item
from gongzhi.registry.models import Organisation, OrganisationKind

PARTS = ("public_revenue", "collected_fees", "maintenance_fund", "premises_facilities", "utilities")
HEAD = "committee_head"


def other_firm(county: str) -> Organisation:
    """A second firm, which nobody has anything to do with."""
    found = Organisation.objects.filter(name="示例乙会计师事务所").first()
    return found or Organisation.objects.create(
        kind=OrganisationKind.THIRD_PARTY_FIRM,
        name="示例乙会计师事务所",
        jurisdiction_code=county,
        city=county[:4],
        county=county,
        from_on=date(2025, 1, 1),
    )


class Settling:
    """What a play of an exit says in its settlement. Acts of the owners' side are those of `head`."""

    now: datetime
    area: Any
    do: Any
    stand: Any
    case: Any
    post: Any
    take_down: Any
    go: Any
    open_tasks: Any

    def ask_books(self, head: str = HEAD, due_in: int = 10) -> Self:
        """The scope is told, the books are asked for, and the provider signs for the notice."""
        self.do(head, "settlement.scope.submit", "submit", **scope(self.now.date(), due_in))
        said = {"arrived_at": self.now.isoformat(), "received_by": "示例签收人"}
        self.do("provider_leader", "settlement.scope.receive", "receive", **said)
        return self

    def give_books(self, missing: tuple[str, ...] = (), head: str = HEAD) -> Self:
        """The provider fills the list of books; both sign."""
        for item in self.books():
            said: dict[str, Any] = {"code": item.code, "state": "original"}
            if item.code in missing:
                day = str((self.now + timedelta(days=7)).date())
                said |= {"state": "missing", "reason": "示例：物业服务人不提供", "make_up_on": day}
            self.do("provider_leader", "settlement.books.fill", "record", **said)
        self.do("provider_leader", "settlement.books.fill", "fill")
        for name, role in (("provider_leader", "provider"), (head, "owners")):
            self.do(name, f"settlement.books.sign:{role}", "sign", **signature())
        return self

    def books(self) -> list[Item]:
        """The lines of the list of books."""
        rows = Item.objects.filter(case=self.case("settlement").row, round__step__code="books")
        return list(rows.filter(round__void_at=None).order_by("code"))

    def quote(self, firm: UUID, cents: int, head: str = HEAD, **more: Any) -> None:
        """A firm quotes."""
        said = {
            "firm": str(firm),
            "amount_cents": cents,
            "quoted_on": str(self.now.date()),
            "is_related": False,
            "statement": "示例：与物业服务人无利害关系",
        }
        self.stand(head, "settlement", "record_quote", **said | more)

    def compare(self, cents: int = 1_000_000, head: str = HEAD) -> Self:
        """Two firms quote; the home firm is chosen, at `cents`."""
        firm = self.area.organisations["firm"].pk
        self.quote(firm, cents, head)
        self.quote(other_firm(self.area.spec.county).pk, cents + 100_000, head)
        said = {"firm": str(firm), "reason": "示例：报价较低", "present": ["示例甲", "示例乙"]}
        self.do(head, "settlement.comparison.submit", "submit", **said)
        return self

    def fund(self, total: int, revenue: int, head: str = HEAD) -> Self:
        """The owners' side says what it costs and what the revenue bears."""
        proof = {"revenue_as_of": str(self.now.date()), "revenue_voucher": "示例凭证1"} if revenue else {}
        said = {"total_cents": total, "revenue_cents": revenue, "other_for": "示例公示费", **proof}
        self.do(head, "settlement.funding.submit", "submit", **said)
        return self

    def entrust(self, cents: int = 1_000_000, head: str = HEAD, **more: Any) -> Self:
        """The firm is entrusted."""
        said = {
            "firm": str(self.area.organisations["firm"].pk),
            "qualification": "示例资质1",
            "is_independent": True,
            "fee_cents": cents,
            "deliverable": "示例清算报告一式五份",
            "report_due_on": str((self.now + timedelta(days=20)).date()),
        }
        self.do(head, "settlement.entrustment.submit", "submit", ("entrustment",), **said | more)
        return self

    def reached(self) -> date:
        """The end of the period that was asked for, or today."""
        case = self.case("settlement")
        return min(case.heard(case.declaration.step("scope")).period_to, self.now.date())

    def report(self, irregular_cents: int = 0, **more: Any) -> Self:
        """The firm reports in five parts."""
        said = {
            "parts": [{"code": code, "finding": "示例结果"} for code in PARTS],
            "accountants": ["示例会计甲", "示例会计乙"],
            "reached_on": str(self.reached()),
            "scope_limited": False,
            "irregular_cents": irregular_cents,
            "irregular_basis": "示例凭证" if irregular_cents else "",
        }
        self.do(
            "firm_accountant", "settlement.report.submit", "submit", ("settlement_report",), **said | more
        )
        return self

    def close_bill(self, fee: int = 1_000_000, head: str = HEAD) -> Self:
        """The bill is closed and posted."""
        said = {
            "fee_cents": fee,
            "other_cents": 0,
            "paid_on": str(self.now.date()),
            "voucher": "示例付款凭证",
            "remark": "示例：无结余",
        }
        self.do(head, "settlement.accounts.submit", "submit", **said)
        self.post(head, "settlement.accounts_notice")
        return self

    def settle(self, irregular_cents: int = 0, revenue_cents: int = 5_000_000, head: str = HEAD) -> Self:
        """A settlement paid from common revenue, to its cleared notices."""
        self.ask_books(head).give_books(head=head).compare(head=head)
        self.fund(1_000_000, revenue_cents, head).entrust(head=head).report(irregular_cents)
        self.post(head, "settlement.report_notice")
        self.close_bill(head=head)
        self.go(days=9)
        self.take_down(head, "settlement.report_notice")
        self.take_down(head, "settlement.accounts_notice")
        return self


def scope(today: date, due_in: int = 10) -> dict[str, Any]:
    """A whole scope."""
    return {
        "period_from": "2025-01-01",
        "period_to": str(today),
        "parts": list(PARTS),
        "books": "示例：账册、凭证、合同、银行流水",
        "books_due_on": str(today + timedelta(days=due_in)),
        "remark": "示例清算方案",
    }
