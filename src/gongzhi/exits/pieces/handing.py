"""A handover's things: meters, what was paid beforehand, lifts, defects, who may sign, what was deleted."""

from gongzhi.procedures.signed import WAYS
from gongzhi.procedures.view import CaseView
from gongzhi.ui.parts.days import day_weekday, short_due
from gongzhi.ui.parts.figures import money
from gongzhi.ui.parts.listing import Listing, columns
from gongzhi.ui.pieces import Look

from ..models import Defect, Deletion, Lift, MeterReading, PrepaidFee, SignerAuthority

AUTHORITY = "handover.signers_authority"
OPEN = "未办"
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
    prepaid = PrepaidFee.objects.filter(case=case.row).select_related("unit__building")
    found = list(prepaid.order_by("unit__building__name", "unit__label", "kind"))
    rows = tuple(_prepaid(row) for row in found)
    heads = columns("房屋", "类别", "预收", "服务至", "应退", "处理", figures=["预收", "应退"])
    total = (
        "合计",
        "",
        money(sum(row.paid_cents for row in found)),
        "",
        money(sum(row.refund_cents for row in found)),
        "",
    )
    listings = []
    if rows and not look.masked:
        listings.append(Listing("预收费用和押金", heads, rows, total))
    elif rows:
        listings.append(Listing("预收费用和押金", notes=(f"共 {len(rows)} 笔，应退 {total[4]}",)))
    lifts = tuple(_lift(row) for row in Lift.objects.filter(case=case.row).order_by("lift"))
    if lifts:
        listings.append(
            Listing("电梯", columns("电梯", "使用登记证", "维保单位", "救援电话", "使用单位变更"), lifts)
        )
    return listings or None


def _prepaid(row: PrepaidFee) -> tuple[str, ...]:
    done = f"{day_weekday(row.settled_on)}，凭证 {row.voucher}" if row.settled_on is not None else OPEN
    room = f"{row.unit.building.name} {row.unit.label}"
    return (
        room,
        row.get_kind_display(),
        money(row.paid_cents),
        day_weekday(row.served_to),
        money(row.refund_cents),
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
