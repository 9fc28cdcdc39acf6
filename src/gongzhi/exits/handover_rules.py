"""The rules of a handover, pure. 《白山市物业服务人退出及应急服务管理办法》第16条至第19条; 《民法典》第949条."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Protocol, TypeVar

from gongzhi.procedures.lawview import CaseLaw
from gongzhi.values.decision import Decision, allow, refuse
from gongzhi.values.minutes import minute_of
from gongzhi.values.now import ZONE
from gongzhi.values.wording import day_words

from .ground_rules import LEAVE_WITHIN
from .handover_facts import (
    NONE,
    AfterCheck,
    DataDeleted,
    DefectFound,
    FilledList,
    HandoverConfirmation,
    HandoverPlan,
    LiftTold,
    PrepaidSettled,
    PrepaidSettledTable,
    PrepaidTable,
    PrepaidTold,
    ReadingTaken,
    SignerAuthorised,
)
from .handover_situation import HandoverSituation
from .rules import UNTIL_TAKEOVER

R = TypeVar("R")
EXTRA, AUTHORITY = "handover.extra_items", "handover.signers_authority"
CONFIRMED, REFUSED = "handover.confirmation_fields", "handover.refusal_steps"
PREPAID = "fee.prepaid_refund_after_end"
AFTER_SETTLEMENT = "handover.required_after_settlement"
POWER = "power_of_attorney"
#: By which act the rows behind a further item are told.
TOLD_BY = {"meters": "登记读数", "prepaid": "登记预收费用", "deposits": "登记预收费用", "lifts": "登记电梯"}


def plan_is_ahead(law: CaseLaw, facts: HandoverPlan, situation: HandoverSituation) -> Decision:
    """A handover is planned before it happens, with somebody to receive. 《白山市…管理办法》第16条."""
    cites = law.cites("handover.supervisors", "handover.receivers")
    if facts.starts_at < situation.at:
        return refuse("交接时间不能早于现在，请重新安排。")
    notes = []
    if not situation.has_receiver:
        notes.append("接收方还没有确定：请先确定接替单位，或者由业主方书面指定，再办理清点。")
    if not facts.police_told:
        notes.append("尚未告知公安机关：可能发生冲突的，请事先告知。")
    timed = tuple(_out_of_time(law, facts.starts_at.astimezone(ZONE).date(), situation))
    return allow(citations=cites, warnings=(*notes, *timed))


def _out_of_time(law: CaseLaw, on: date, situation: HandoverSituation) -> Iterator[str]:
    """A day that is early or late beside the others of the exit is no wrong, and may be a slip: each with its article.

    《民法典》第949、950条; 《白山市物业服务人退出及应急服务管理办法》第16条.
    """
    ends_on, leave_by, day = situation.contract_end, situation.leave_by, day_words(on)
    if law.is_wanted(AFTER_SETTLEMENT) and not situation.is_settled:
        yield f"清算公示还没有期满无异议，此处的规定要求在此之后交接{_article(law, AFTER_SETTLEMENT)}，请核对交接时间。"
    if ends_on is not None and on < ends_on:
        yield (
            f"交接时间{day}早于合同终止日{day_words(ends_on)}，早{(ends_on - on).days}日："
            f"合同终止前仍由原物业服务人服务，提前交接须双方同意{_article(law, LEAVE_WITHIN)}，请核对。"
        )
    if leave_by is not None and on > leave_by:
        yield (
            f"交接时间{day}晚于应当离场的{day_words(leave_by)}{_article(law, LEAVE_WITHIN)}，"
            f"接管以前原物业服务人须继续服务{_article(law, UNTIL_TAKEOVER)}，请核对。"
        )
    elif ends_on is not None and leave_by is None and on > ends_on:
        yield (
            f"交接时间{day}在合同终止日{day_words(ends_on)}之后{(on - ends_on).days}日，"
            f"接管以前原物业服务人须继续服务{_article(law, UNTIL_TAKEOVER)}，请核对。"
        )


def _article(law: CaseLaw, key: str) -> str:
    cites = law.cites_known(key)
    return f"（{'、'.join(map(str, cites))}）" if cites else ""


class OnADay(Protocol):
    """A case as of a day, whichever it is: a power is shown for the agreement as for the handover."""

    @property
    def today(self) -> date:
        """The day it is there."""


def signer_is_empowered(law: CaseLaw, facts: SignerAuthorised, situation: OnADay) -> Decision:
    """One of the ways the place knows; a power of attorney names matter, scope and term. `practice.md` 1 (18)."""
    cites, known = law.cites(AUTHORITY), {item["code"]: item["label"] for item in law.items(AUTHORITY)}
    if facts.basis not in known:
        names = "、".join(f"{label}（{code}）" for code, label in known.items())
        return refuse(f"签字权限只能是：{names}，请改填。")
    if facts.basis == POWER and not (facts.matter and facts.scope and facts.to_on):
        return refuse("授权委托要写明委托事项、权限范围和期限，请补充。")
    if facts.to_on is not None and facts.to_on < situation.today:
        return refuse("这份授权已经到期，请重新出具授权委托书。")
    if facts.to_on is not None and facts.to_on < facts.from_on:
        return refuse("授权的止日不能早于起日，请核对。")
    return allow(citations=cites)


# Lists --------------------------------------------------------------------------------------------------------------


def goods_are_counted(law: CaseLaw, facts: FilledList, situation: HandoverSituation) -> Decision:
    """A list with money in it, filled without the giver, had better be before a notary. `practice.md` 6."""
    notes: tuple[str, ...] = ()
    if facts.officials and not facts.notary:
        notes = ("单方清点涉及款项的，建议办理公证后补填公证书编号。",)
    return allow(citations=law.cites(REFUSED), warnings=notes)


def extra_is_backed(law: CaseLaw, facts: FilledList, situation: HandoverSituation) -> Decision:
    """Readings, prepaid fees, deposits and lifts are rows, not a tick. `practice.md` 7."""
    cites = law.cites(EXTRA)
    labels = {item["code"]: item for item in law.items(EXTRA)}
    bare = [code for code, count in situation.behind.items() if not count and _is_told(situation, code)]
    if bare:
        names = "、".join(f"“{labels[code]['label']}”" for code in bare)
        acts = "、".join(dict.fromkeys(f"“{TOLD_BY[code]}”" for code in bare))
        return refuse(f"{names}还没有逐项登记，请先在本步骤的{acts}中逐项登记，确实没有的，状况填“{NONE}”。")
    doubtful = [item["label"] for item in labels.values() if item.get("basis") == "unverified"]
    notes = tuple(f"“{label}”的依据尚未核实，请以主管部门的要求为准。" for label in doubtful)
    return allow(citations=cites, warnings=(*notes, *goods_are_counted(law, facts, situation).warnings))


def _is_told(situation: HandoverSituation, code: str) -> bool:
    """Whether a further item is said to be there."""
    state, condition = situation.extra.get(code, ("missing", ""))
    return state != "missing" and condition.strip() != NONE


def reading_is_of_the_change(law: CaseLaw, facts: ReadingTaken, situation: HandoverSituation) -> Decision:
    """Read by now, while the handover runs. `practice.md` 7."""
    cites = law.cites_known(EXTRA)
    if facts.read_at > situation.at:
        return refuse("读表时间不能晚于现在，请核对。")
    if facts.read_at < minute_of(situation.opened_at):
        return refuse("读表时间早于交接开始，请在切换时刻重新读表。")
    return allow(citations=cites)


def prepaid_is_of_the_estate(law: CaseLaw, facts: PrepaidTold, situation: HandoverSituation) -> Decision:
    """A unit of this estate. What was not served comes back. 《最高人民法院…物业服务纠纷…解释》第3条."""
    if facts.unit not in situation.units:
        return refuse("这套房屋不在本小区，请核对房屋。")
    if facts.from_on > situation.today and not facts.kind.endswith("_fee"):
        return refuse("缴纳日期不能晚于今天，请核对。")
    if facts.served_to is not None and facts.to_on is not None and facts.served_to > facts.to_on:
        return refuse(
            f"服务至的日期不能晚于预缴期间的最后一天（{day_words(facts.to_on)}），服务满全部预缴期间的，填这一天。"
        )
    return allow(citations=law.cites_known(PREPAID))


def prepaid_are_of_the_estate(law: CaseLaw, facts: PrepaidTable, situation: HandoverSituation) -> Decision:
    """Each of them: the first that is not refuses all. 《最高人民法院…物业服务纠纷…解释》第3条."""
    return _each(facts.rows, lambda one: prepaid_is_of_the_estate(law, one, situation), law)


def prepaid_was_settled(law: CaseLaw, facts: PrepaidSettled, situation: HandoverSituation) -> Decision:
    """Settled by now. 《最高人民法院…物业服务纠纷…解释》第3条."""
    if facts.settled_on > situation.today:
        return refuse("退还或转移的日期不能晚于今天，请核对。")
    return allow(citations=law.cites_known(PREPAID))


def prepaid_were_settled(law: CaseLaw, facts: PrepaidSettledTable, situation: HandoverSituation) -> Decision:
    """Each of them: the first that is not refuses all. 《最高人民法院…物业服务纠纷…解释》第3条."""
    return _each(facts.rows, lambda one: prepaid_was_settled(law, one, situation), law)


def _each(rows: Iterable[R], rule: Callable[[R], Decision], law: CaseLaw) -> Decision:
    for number, one in enumerate(rows, 1):
        decision = rule(one)
        if not decision.allowed:
            return refuse(f"第{number}笔：{decision.sentence}", citations=decision.citations)
    return allow(citations=law.cites_known(PREPAID))


def lift_is_told(law: CaseLaw, facts: LiftTold, situation: HandoverSituation) -> Decision:
    """What is asked about lifts rests on no text that was verified: shown as such. `practice.md` 7."""
    if facts.user_changed_on is not None and facts.user_changed_on > situation.today:
        return refuse("变更登记的日期不能晚于今天，请核对。")
    notes = (
        ()
        if facts.user_changed_on
        else ("使用单位尚未变更：变更登记的时限尚未核实，请向特种设备监管部门确认。",)
    )
    return allow(citations=law.cites_known(EXTRA), warnings=notes)


def defect_is_attributed(law: CaseLaw, facts: DefectFound, situation: HandoverSituation) -> Decision:
    """Judged by nobody who is a side himself. 《绍兴市物业管理条例》第35条."""
    cites = law.cites_known("handover.joint_checks")
    if facts.assessor is not None and facts.assessor in situation.parties:
        return refuse("第三方查验机构不能是交接双方，请另行委托。", citations=cites)
    if facts.repair_by is not None and facts.repair_by < situation.today:
        return refuse("修复期限不能早于今天，请改填。")
    return allow(citations=cites)


def data_is_deleted(law: CaseLaw, facts: DataDeleted, situation: HandoverSituation) -> Decision:
    """Deleted by now. 《中华人民共和国个人信息保护法》第47条."""
    if facts.deleted_on > situation.today:
        return refuse("删除日期不能晚于今天，请在删除后填写。")
    return allow(citations=law.cites_known(EXTRA))


def check_is_over(law: CaseLaw, facts: AfterCheck, situation: HandoverSituation) -> Decision:
    """Looked at again by now. `practice.md` 12.3 (10)."""
    if facts.checked_on > situation.today:
        return refuse("复查日期不能晚于今天，请核对。")
    return allow(citations=law.cites_known(EXTRA))


# Confirmation -------------------------------------------------------------------------------------------------------


def confirms_what_was_listed(
    law: CaseLaw, facts: HandoverConfirmation, situation: HandoverSituation
) -> Decision:
    """Confirmed by now, after the lists were closed; what is missing and who refused is written in. 第19条."""
    cites = law.cites(CONFIRMED)
    if facts.confirmed_at > situation.at:
        return refuse("交接时间不能晚于现在，请在交接完成后填写。")
    done_at = situation.lists_done_at
    if done_at is not None and facts.confirmed_at < minute_of(done_at):
        return refuse("交接确认的时间不能早于清单签字的时间，请核对后填写。")
    if situation.missing and facts.open_issues == NONE:
        names = "、".join(situation.missing[:5])
        return refuse(f"{names}还没有移交，请写入存在问题，并写明解决方式和期限。", citations=cites)
    if facts.resolve_by is not None and facts.resolve_by < situation.today:
        return refuse("解决期限不能早于今天，请改填今天以后的日期。")
    if situation.unsigned and not facts.refusals:
        names = "、".join(situation.unsigned)
        return refuse(f"{names}没有双方签字，请在确认书中写明拒签情况。")
    return allow(citations=cites, warnings=tuple(_to_look_at(facts, situation)))


def _to_look_at(facts: HandoverConfirmation, situation: HandoverSituation) -> Iterator[str]:
    """What is no wrong, and may be a slip: another day than that of the lists, a meter read on another day."""
    by = situation.make_up_by
    if by is not None and facts.resolve_by is not None and facts.resolve_by != by:
        yield (
            f"解决期限{day_words(facts.resolve_by)}与清单上最迟的补交期限{day_words(by)}不一致，"
            "请核对；会签以前可以更正。"
        )
    old = read_on_another_day(situation.readings, facts.confirmed_at.astimezone(ZONE).date())
    if old:
        yield f"{old}，请在会签以前重新读表并用“登记读数”登记。"


def read_on_another_day(readings: Iterable[tuple[str, date]], on: date) -> str:
    """Which readings are not of that day, in half a sentence; "" where all are. `practice.md` 7."""
    old = [f"{name}的读数是{day_words(read_on)}的" for name, read_on in readings if read_on != on]
    return f"{'、'.join(old)}，不是交接当日（{day_words(on)}）的" if old else ""
