"""Effects of a handover: who may sign, what was found, what is missing and what has to come back.

They run inside the door, keyword-only, with the root of the tree locked.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Sum

from gongzhi.acts.actor import Actor
from gongzhi.acts.kept import insert
from gongzhi.papers.kinds import PaperKind
from gongzhi.procedures.models import PaperUse
from gongzhi.procedures.signed import SCANS
from gongzhi.procedures.view import CaseView
from gongzhi.registry.acting import appointment_of
from gongzhi.registry.models import Organisation, OrganisationKind
from gongzhi.registry.roles import PROVIDER
from gongzhi.values.refusals import Conflict, NotPossible

from ..handover_facts import (
    DataDeleted,
    DefectFound,
    HandoverConfirmation,
    LiftTold,
    PrepaidSettled,
    PrepaidSettledTable,
    PrepaidTable,
    PrepaidTold,
    ReadingTaken,
    SignerAuthorised,
)
from ..handover_queries import missing_items
from ..handover_rules import POWER
from ..models import (
    Claim,
    ClaimKind,
    Defect,
    Deletion,
    Lift,
    MeterReading,
    PrepaidFee,
    SignerAuthority,
)
from ..prepaid import refund_of
from ..signers import heads_of, leads

AUTHORITY = "handover.signers_authority"
#: Only an organ has somebody on duty who signs for it.
ORGANS = (
    OrganisationKind.SUBDISTRICT_OFFICE,
    OrganisationKind.PROPERTY_AUTHORITY,
    OrganisationKind.RESIDENTS_COMMITTEE,
)


def empower_signer(
    *, case: CaseView, round_id: Any, facts: SignerAuthorised, by: Actor, at: datetime
) -> None:
    """Somebody may sign for the body that says so. BS-062; `practice.md` 1 (18)."""
    held = appointment_of(by, at)
    organisation = held.organisation
    if organisation is None:
        raise NotPossible("签字权限由单位登记，请以单位的职务办理。")
    _demand_standing(case, organisation, facts, at)
    if facts.basis == POWER and not leads(held, case.local_day(at)):
        _demand_signed_power(case)
    SignerAuthority.objects.create(
        case=case.row,
        organisation=organisation,
        signer=facts.signer.strip(),
        basis=facts.basis,
        matter=facts.matter,
        scope=facts.scope,
        from_on=facts.from_on,
        to_on=facts.to_on,
        id_last_four=facts.id_last_four,
    )


def _demand_standing(
    case: CaseView, organisation: Organisation, facts: SignerAuthorised, at: datetime
) -> None:
    """A head is the registered one, nobody by his own word; only an organ has somebody on duty."""
    if facts.basis == "duty_signature" and organisation.kind not in ORGANS:
        raise NotPossible("值班代签只适用于机关和社区，请改用授权委托。")
    if facts.basis != "legal_representative":
        return
    names = set(heads_of(organisation.pk, case.local_day(at)))
    if not names:
        raise NotPossible(
            f"{organisation.name}没有登记在册的法定代表人（负责人），"
            "请先登记任职，或者凭已签字盖章的授权委托书扫描件登记代理人。"
        )
    if facts.signer.strip() not in names:
        raise NotPossible(
            f"登记的负责人是{'、'.join(sorted(names))}，{facts.signer}须凭授权委托书签字，请改填。"
        )


def _demand_signed_power(case: CaseView) -> None:
    """Nobody gives himself a power: who does not head the body brings it as signed and sealed. 《民法典》第165条."""
    said = case.acts_of(None)[-1]
    scans = PaperUse.objects.filter(act=said.pk, kind=PaperKind.POWER_OF_ATTORNEY)
    if not scans.filter(file__media_type__in=SCANS).exists():
        raise NotPossible(
            "代理人的授权委托请由法定代表人（负责人）本人登记，"
            "或者上传已签字盖章的授权委托书扫描件（图片或 PDF）后再提交。"
        )


# What was found -----------------------------------------------------------------------------------------------------


def keep_reading(*, case: CaseView, round_id: Any, facts: ReadingTaken, by: Actor, at: datetime) -> None:
    """A meter at the minute of the change; read again it is put right. 《民法典》第949条."""
    MeterReading.objects.update_or_create(
        case=case.row,
        medium=facts.medium,
        meter=facts.meter,
        defaults={"reading": facts.reading, "read_at": facts.read_at, "photo": facts.photo},
    )


def keep_prepaid(*, case: CaseView, round_id: Any, facts: PrepaidTold, by: Actor, at: datetime) -> None:
    """What a unit paid beforehand, and what of it comes back. 《最高人民法院…物业服务纠纷…解释》第3条."""
    rows = PrepaidFee.objects.filter(
        case=case.row, unit_id=facts.unit, kind=facts.kind, from_on=facts.from_on
    )
    if rows.exists():
        raise Conflict(TOLD_BEFORE)
    insert(_prepaid_row(case, facts))


def keep_prepaid_table(
    *, case: CaseView, round_id: Any, facts: PrepaidTable, by: Actor, at: datetime
) -> None:
    """The same of several units. 《最高人民法院…物业服务纠纷…解释》第3条."""
    known = set(PrepaidFee.objects.filter(case=case.row).values_list("unit_id", "kind", "from_on"))
    for one in facts.rows:
        if (one.unit, one.kind, one.from_on) in known:
            raise Conflict(TOLD_BEFORE)
        known.add((one.unit, one.kind, one.from_on))
    PrepaidFee.objects.bulk_create([_prepaid_row(case, one) for one in facts.rows], batch_size=1000)


#: Why what a unit paid beforehand is not told twice.
TOLD_BEFORE = "这套房屋的这笔预收费用已经登记，请核对期间。"


def _prepaid_row(case: CaseView, facts: PrepaidTold) -> PrepaidFee:
    cents = facts.paid_cents
    working: tuple[str, ...] = ("押金全额退还",)
    if facts.to_on is not None and facts.served_to is not None:
        found = refund_of(facts.paid_cents, facts.from_on, facts.to_on, facts.served_to)
        cents, working = found.cents, found.working
    return PrepaidFee(
        case=case.row,
        unit_id=facts.unit,
        kind=facts.kind,
        paid_cents=facts.paid_cents,
        from_on=facts.from_on,
        to_on=facts.to_on,
        served_to=facts.served_to,
        refund_cents=cents,
        working=list(working),
    )


def settle_prepaid(*, case: CaseView, round_id: Any, facts: PrepaidSettled, by: Actor, at: datetime) -> None:
    """One refund was paid or passed on; with the last one the claim is closed.

    《最高人民法院关于审理物业服务纠纷案件适用法律若干问题的解释》第3条.
    """
    _settle(case, (facts,), at)


def settle_prepaid_table(
    *, case: CaseView, round_id: Any, facts: PrepaidSettledTable, by: Actor, at: datetime
) -> None:
    """The same of several. 《最高人民法院关于审理物业服务纠纷案件适用法律若干问题的解释》第3条."""
    _settle(case, facts.rows, at)


def _settle(case: CaseView, told: Sequence[PrepaidSettled], at: datetime) -> None:
    waiting = {row.pk: row for row in PrepaidFee.objects.filter(case=case.row, settled_on=None)}
    settled = []
    for one in told:
        row = waiting.pop(one.prepaid, None)
        if row is None:
            raise NotPossible("没有这笔未处理的预收费用，请核对。")
        row.settled_on, row.settled_by, row.voucher = one.settled_on, one.settled_by, one.voucher
        settled.append(row)
    PrepaidFee.objects.bulk_update(settled, ["settled_on", "settled_by", "voucher"], batch_size=500)
    if not PrepaidFee.objects.filter(case=case.row, settled_on=None, refund_cents__gt=0).exists():
        open_claims = Claim.objects.filter(case=case.row.root, kind=ClaimKind.PREPAID, closed_at=None)
        open_claims.update(stage="paid", closed_at=at)


def keep_lift(*, case: CaseView, round_id: Any, facts: LiftTold, by: Actor, at: datetime) -> None:
    """A lift; told again it is put right, as when its user was changed. 《民法典》第949条."""
    Lift.objects.update_or_create(
        case=case.row,
        lift=facts.lift,
        defaults=facts.model_dump(exclude={"lift"}),
    )


def keep_defect(*, case: CaseView, round_id: Any, facts: DefectFound, by: Actor, at: datetime) -> None:
    """A defect, and whose it is. 《绍兴市物业管理条例》第35条."""
    said = facts.model_dump(exclude={"assessor"})
    Defect.objects.create(case=case.row, assessor_id=facts.assessor, found_at=at, **said)


def keep_deletion(*, case: CaseView, round_id: Any, facts: DataDeleted, by: Actor, at: datetime) -> None:
    """The provider stated that its copies are deleted. 《中华人民共和国个人信息保护法》第47条."""
    Deletion.objects.create(case=case.row, **facts.model_dump())


# What is owed -------------------------------------------------------------------------------------------------------


def claim_missing(
    *, case: CaseView, round_id: Any, facts: HandoverConfirmation, by: Actor, at: datetime
) -> None:
    """Missing items become claims with their own time; so does what has to be refunded. BS-062; `practice.md` 12.3."""
    provider = case.organisation(PROVIDER.code)
    if provider is None:
        return
    told: dict[str, Any] = {"case": case.row.root, "round_id": round_id, "debtor": provider, "opened_at": at}
    rows = [
        Claim(kind=ClaimKind.ITEM, item=item, due_on=item.make_up_on, **told) for item in missing_items(case)
    ]
    owed = PrepaidFee.objects.filter(case=case.row, settled_on=None).aggregate(sum=Sum("refund_cents"))["sum"]
    if owed:
        rows.append(Claim(kind=ClaimKind.PREPAID, amount_cents=owed, **told))
    Claim.objects.bulk_create(rows)
