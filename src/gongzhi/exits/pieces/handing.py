"""A handover's things: meters, what was paid beforehand, lifts, defects, who may sign, what was deleted."""

from dataclasses import replace

from django.urls import reverse

from gongzhi.procedures.signed import WAYS
from gongzhi.procedures.view import CaseView
from gongzhi.ui.parts.days import day_weekday, short_due
from gongzhi.ui.parts.figures import money
from gongzhi.ui.parts.listing import FIRST, Listing, columns
from gongzhi.ui.pieces import Look

from ..models import Defect, Deletion, Lift, MeterReading, PrepaidFee, PrepaidKind, SignerAuthority

AUTHORITY = "handover.signers_authority"
OPEN, PREPAID = "未办", "预收费用和押金"
BY_TABLE = "按表登记，看合计"
SETTLING, SETTLE = "预收退还和转移", "按表登记多户的退还或转移"
Shown = list[Listing] | None


def readings(case: CaseView, look: Look) -> Shown:
    """The meters at the minute of the change."""
    rows = MeterReading.objects.filter(case=case.row).order_by("medium", "meter")
    shown = tuple(
        (f"{row.get_medium_display()} {row.meter}", f"{row.reading:,}", short_due(row.read_at), row.photo)
        for row in rows
    )
    heads = columns("表具", "读数", "读表时间", "照片编号", figures=["读数"])
    return [Listing("读数表", heads, shown)] if shown else None


def beforehand(case: CaseView, look: Look) -> Shown:
    """What was paid beforehand and comes back, and the lifts."""
    whole, by_table = prepaid_of(case), reverse("case-table", args=[case.row.pk, "prepaid"])
    listings = []
    if whole is None and not look.masked and case.row.ended_at is None:
        listings.append(Listing(PREPAID, empty="还没有登记。", more=by_table, more_words=BY_TABLE))
    elif whole is not None and look.masked:
        listings.append(Listing(PREPAID, notes=(f"共 {len(whole.rows)} 笔，应退 {whole.total[4]}",)))
    elif whole is not None:
        note = (f"共 {len(whole.rows)} 笔",) if len(whole.rows) > FIRST else ()
        first = replace(whole, rows=whole.rows[:FIRST], notes=note)
        listings.append(replace(first, more=by_table, more_words=BY_TABLE))
        waiting = PrepaidFee.objects.filter(case=case.row, settled_on=None, refund_cents__gt=0).count()
        if waiting:
            settled = reverse("case-table", args=[case.row.pk, "settled"])
            told = (f"还有 {waiting} 笔没有退还或转移",)
            listings.append(Listing(SETTLING, notes=told, more=settled, more_words=SETTLE))
    lifts = tuple(_lift(row) for row in Lift.objects.filter(case=case.row).order_by("lift"))
    if lifts:
        listings.append(
            Listing("电梯", columns("电梯", "使用登记证", "维保单位", "救援电话", "使用单位变更"), lifts)
        )
    return listings or None


def prepaid_of(case: CaseView) -> Listing | None:
    """Every fee and deposit, room by room; None where none was told."""
    prepaid = PrepaidFee.objects.filter(case=case.row).select_related("unit__building")
    found = list(prepaid.order_by("unit__building__name", "unit__label", "kind", "from_on"))
    if not found:
        return None
    heads = columns("房屋", "类别", "预收", "服务至", "应退", "怎么算的", "处理", figures=["预收", "应退"])
    paid, back = sum(row.paid_cents for row in found), sum(row.refund_cents for row in found)
    total = ("合计", "", money(paid), "", money(back), "", "")
    return Listing(PREPAID, heads, tuple(map(_prepaid, found)), total)


def balance_of(case: CaseView) -> Listing:
    """What was paid beforehand, what comes back of it, and how much of that is settled, by kind."""
    found = list(PrepaidFee.objects.filter(case=case.row))
    rows = tuple(
        _sums(str(kind.label), of_kind)
        for kind in PrepaidKind
        if (of_kind := [row for row in found if row.kind == kind])
    )
    heads = columns(
        "类别",
        "笔数",
        "预收",
        "应退",
        "已处理",
        "尚未处理",
        figures=["笔数", "预收", "应退", "已处理", "尚未处理"],
    )
    total = _sums("合计", found) if rows else ()
    return Listing(PREPAID, heads, rows, total, empty="还没有登记。")


def _sums(title: str, rows: list[PrepaidFee]) -> tuple[str, ...]:
    owed = sum(row.refund_cents for row in rows)
    done = sum(row.refund_cents for row in rows if row.settled_on is not None)
    paid = sum(row.paid_cents for row in rows)
    return title, str(len(rows)), money(paid), money(owed), money(done), money(owed - done)


def _prepaid(row: PrepaidFee) -> tuple[str, ...]:
    done = f"{day_weekday(row.settled_on)}，凭证 {row.voucher}" if row.settled_on is not None else OPEN
    room = f"{row.unit.building.name} {row.unit.label}"
    return (
        room,
        row.get_kind_display(),
        money(row.paid_cents),
        day_weekday(row.served_to),
        money(row.refund_cents),
        "；".join(row.working),
        done,
    )


def _lift(row: Lift) -> tuple[str, ...]:
    return (
        row.lift,
        row.registration,
        row.maintainer,
        row.rescue_phone,
        day_weekday(row.user_changed_on) or OPEN,
    )


def defects(case: CaseView, look: Look) -> Shown:
    """What the joint check found, and whose it is."""
    rows = Defect.objects.filter(case=case.row).select_related("assessor").order_by("found_at", "id")
    shown = tuple(
        (f"{row.place}：{row.what}", row.get_whose_display(), row.basis, day_weekday(row.repair_by))
        for row in rows
    )
    return (
        [Listing("缺陷", columns("部位和缺陷", "责任归属", "认定依据", "修复期限"), shown)] if shown else None
    )


def signers(case: CaseView, look: Look) -> Shown:
    """By what authority persons may sign; and that the owners' data were deleted."""
    ways = {item["code"]: str(item["label"]) for item in case.law.listed(AUTHORITY)}
    rows = (
        SignerAuthority.objects.filter(case=case.row)
        .select_related("organisation")
        .order_by("organisation__name", "signer")
    )
    shown = tuple(_signer(row, ways) for row in rows) if not look.masked else ()
    listings = []
    if shown:
        listings.append(Listing("签字人权限", columns("签字人", "代表", "权限", "期限"), shown))
    gone = tuple(
        f"{row.signer}（{WAYS[row.signed_way]}）声明：{row.what}已于 {day_weekday(row.deleted_on)} 删除（{row.method}）"
        for row in Deletion.objects.filter(case=case.row).order_by("deleted_on", "id")
    )
    if gone:
        listings.append(Listing("业主资料删除声明", notes=gone))
    return listings or None


def _signer(row: SignerAuthority, ways: dict[str, str]) -> tuple[str, ...]:
    until = f"至 {day_weekday(row.to_on)}" if row.to_on is not None else "没有截止日"
    return (
        row.signer,
        row.organisation.name,
        ways.get(row.basis, row.basis),
        f"自 {day_weekday(row.from_on)}，{until}",
    )
