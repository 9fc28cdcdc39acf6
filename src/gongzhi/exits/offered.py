"""What the forms of an exit refer to by id: what is still owed, what was paid beforehand."""

from collections.abc import Iterable

from gongzhi.procedures.models import Case
from gongzhi.ui.parts.figures import money

from .models import Claim, PrepaidFee

#: More are not listed to pick from.
LONGEST = 500


def claims(case: Case) -> Iterable[tuple[str, str]]:
    """What the provider still owes in the whole tree."""
    rows = Claim.objects.filter(case__root_id=case.root_id).select_related("item").order_by("opened_at", "id")
    return ((str(row.pk), _claim(row)) for row in rows[:LONGEST])


def _claim(row: Claim) -> str:
    what = row.item.label if row.item is not None else money(row.amount_cents)
    return f"{row.get_kind_display()}：{what}{'（已了结）' if row.closed_at is not None else ''}"


def prepaid(case: Case) -> Iterable[tuple[str, str]]:
    """What units had paid beforehand, the amount that comes back beside it."""
    rows = PrepaidFee.objects.filter(case__root_id=case.root_id).select_related("unit__building")
    found = rows.order_by("unit__building__name", "unit__label", "id")[:LONGEST]
    return ((str(row.pk), _prepaid(row)) for row in found)


def _prepaid(row: PrepaidFee) -> str:
    place = f"{row.unit.building.name} {row.unit.label}"
    return f"{place}，{row.get_kind_display()}，应退 {money(row.refund_cents)}"
