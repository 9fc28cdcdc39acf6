"""The rules of an exit, pure: (law, facts, situation) → Decision. Every number is the pack's."""

from dataclasses import dataclass
from datetime import date, datetime

from gongzhi.procedures.lawview import CaseLaw
from gongzhi.procedures.service import arrives_on
from gongzhi.procedures.standing import Reason
from gongzhi.registry.engagements import cannot_manage
from gongzhi.registry.models import Mode
from gongzhi.values.calendars import CALENDAR
from gongzhi.values.decision import Decision, allow, refuse
from gongzhi.values.minutes import minute_of
from gongzhi.values.now import ZONE
from gongzhi.values.periods import due
from gongzhi.values.wording import day_words, instant_words, minute_words

from .counting import earliest_after
from .facts import (
    Departure,
    ExitAgreement,
    ExitApplication,
    SuccessorNamed,
    SuccessorReplaced,
    TakeOver,
)
from .ground_rules import LEAVE_WITHIN, handed_before_service
from .grounds import AT_TERM, NOT_RENEWING
from .situations import ExitSituation

EARLY = "exit.provider_early_exit_notice_before"
UNTIL_TAKEOVER = "service.continue_until_takeover"
HAND_OVER_FIRST = "exit.handover_before_departure"
AGREEMENT = "exit.agreement_required"
OWNERS_MATTERS = "vote.matters"
#: The grounds on which the contract ends with its term, and on no other day.
ENDS_WITH_TERM = (AT_TERM, NOT_RENEWING)


def leaves_time_for_notice(law: CaseLaw, facts: ExitApplication, situation: ExitSituation) -> Decision:
    """The planned day leaves the notice its full time, were it to arrive today, or as its paper did.

    《白山市…管理办法》第12条. The notice counts from arrival (《民法典》第137条): once it has arrived, another day is
    another application.
    """
    if situation.arrived_at is not None and facts.exit_on != situation.said_exit_on:
        return refuse(
            "申请已经送达，变更退出日期要重新提交申请并重新送达，期限从新的到达日起算；请用“变更申请”办理。"
        )
    early = handed_before_service(facts, situation)
    if early is not None:
        return early
    if facts.exit_on <= situation.today:
        return refuse("计划退出日期要晚于今天，请重新填写。")
    if not law.is_period(EARLY):
        return allow()
    latest = due(law.rule(EARLY), facts.exit_on, CALENDAR)
    arrived = arrives_on(facts, situation.today, situation.completes_since)
    figures = {"最迟到达日": str(latest.due_on), "建议送达日": str(latest.advised_on)}
    if latest.due_on is not None and latest.due_on < arrived:
        earliest = earliest_after(law, EARLY, arrived)
        return refuse(
            f"退出申请要提前{law.value(EARLY).period}到达业主方：{facts.exit_on}退出的，最迟{latest.due_on}到达。"
            f"{_which_day(arrived, situation)}到达的，最早{earliest}退出，请改填日期。",
            figures=figures,
            citations=law.cites(EARLY),
        )
    return allow(figures=figures, citations=law.cites(EARLY))


def _which_day(arrived: date, situation: ExitSituation) -> str:
    return "今天" if arrived == situation.today else str(arrived)


def agreement_keeps_notice(law: CaseLaw, facts: ExitAgreement, situation: ExitSituation) -> Decision:
    """Early exit needs the full notice *and* an agreement. 《白山市…管理办法》第9条第3项、第12条.

    That text gives the agreement to the committee. Where none does, the committee ends no contract of its own power
    (《民法典》第278条第1款第4项): it signs what the owners decided before.
    """
    if facts.decided_on is None and not law.is_wanted(AGREEMENT):
        return refuse(OWNERS_FIRST, citations=law.cites(OWNERS_MATTERS))
    if facts.decided_on is not None and facts.decided_on > situation.today:
        return refuse(
            "业主共同决定的日期不能晚于今天，请核对；还没有作出决定的，请在业主作出决定以后再填写。"
        )
    if facts.fees_until > facts.ends_on:
        return refuse(f"收费截止日期不能晚于合同终止日期{facts.ends_on}，请改正。")
    began = situation.serves_since
    if began is not None and facts.fees_until < began:
        return refuse(
            f"收费截止日期{facts.fees_until}早于该物业服务人在本小区开始服务的日期{began}，"
            f"请改为{began}至{facts.ends_on}之间的日期。"
        )
    if not law.is_period(EARLY) or situation.arrived_at is None:
        return allow(citations=law.cites(AGREEMENT))
    earliest = earliest_after(law, EARLY, situation.arrived_at)
    if earliest is not None and facts.ends_on < earliest:
        return refuse(
            f"申请于{situation.arrived_at.astimezone(ZONE).date()}到达，满{law.value(EARLY).period}后最早{earliest}终止合同，"
            "请改填合同终止日期。",
            figures={"最早终止日": str(earliest)},
            citations=law.cites(EARLY, AGREEMENT),
        )
    return allow(figures={"最早终止日": str(earliest)}, citations=law.cites(EARLY, AGREEMENT))


#: What an agreement waits for that the owners have not decided on. 《民法典》第278条第1款第4项.
OWNERS_FIRST = (
    "提前终止物业服务合同由业主共同决定，请先由业主共同决定同意提前终止，再签订退出协议，"
    "并填写决定的日期、文书名称和编号；表决在线下进行，不用另行立案，“业主共同决定由谁接替”不能代替。"
)


def successor_follows_vote(law: CaseLaw, facts: SuccessorNamed, situation: ExitSituation) -> Decision:
    """Whom the owners chose, and no other. 《民法典》第278条第1款第4项."""
    cites = law.cites("vote.participation", "vote.approval_ordinary")
    vote = situation.vote
    if vote is None or not vote.passed:
        return refuse("业主共同决定尚未通过，不能确定接替单位，请先完成表决。", citations=cites)
    if facts.mode != vote.mode:
        return refuse("接替方式与业主共同决定的内容不一致，请按表决结果填写。", citations=cites)
    if facts.mode == "contract" and facts.organisation != vote.organisation_id:
        return refuse("接替单位不是业主共同决定选聘的物业服务人，请按表决结果填写。", citations=cites)
    if facts.mode == "contract" and facts.organisation not in situation.managers:
        return refuse(cannot_manage(Mode.CONTRACT))
    if facts.mode == "self_managed" and facts.organisation != situation.committee:
        return refuse("业主自行管理的，接替单位应填写本小区的业主委员会（物业管理委员会）。")
    if facts.organisation == situation.provider:
        return refuse("接替单位不能是正在退出的物业服务人，请重新填写。")
    early = _before_the_end(law, facts.starts_on, situation)
    if early is not None:
        return early
    gap = gap_before(law, facts.starts_on, situation.contract_end, situation.said_exit_on)
    return (
        allow(figures=gap.figures, citations=law.cites(UNTIL_TAKEOVER), warnings=(gap.words,))
        if gap
        else allow()
    )


def _before_the_end(law: CaseLaw, starts_on: date, situation: ExitSituation) -> Decision | None:
    """Two managers for the days before the contract's end. Where the ground ends it with its term it is refused; else
    an agreement may still bring the end forward, and it is said. None where no day is shared, or no end is known.
    """
    found = known_end(situation)
    if found is None or starts_on >= found[1]:
        return None
    (named, end), at_term = found, situation.variant in ENDS_WITH_TERM
    words = f"计划进场日期{starts_on}早于{named}{end}"
    if at_term:
        return refuse(f"{words}，期满以前仍由原物业服务人服务，请改填{end}或者以后的日期。")
    return allow(
        figures={named: str(end), "计划进场日": str(starts_on)},
        citations=law.cites(UNTIL_TAKEOVER),
        warnings=(
            f"{words}，合同终止以前仍由原物业服务人服务；没有另行约定提前终止的，进场最早{end}，"
            "请用“另定接替单位”改定日期。",
        ),
    )


def known_end(situation: ExitSituation) -> tuple[str, date] | None:
    """When the contract ends as the exit says, with its term where that is the ground, else when the provider means
    to leave, each with its name; None where none is known. What is only registered an exit may end sooner.

    《民法典》第946条至第950条.
    """
    term = situation.contract.ends_on if situation.variant in ENDS_WITH_TERM else None
    end = situation.contract_end or term
    if end is not None:
        return "原合同终止日", end
    said = situation.said_exit_on
    return ("原物业服务人计划退出日", said) if said is not None else None


@dataclass(frozen=True, slots=True)
class Gap:
    """Between what was before and who follows: its days, the figures it rests on, and the sentence that names them."""

    days: int
    figures: dict[str, str]
    words: str


def gap_before(law: CaseLaw, starts_on: date, ends_on: date | None, said_exit_on: date | None) -> Gap | None:
    """The days between the contract's end (else the day the provider means to leave) and the planned entry.

    None where there are none, or no end is known. Nothing is refused: whoever leaves serves on. 《民法典》第950条.
    """
    end = ends_on or said_exit_on
    days = (starts_on - end).days - 1 if end is not None else 0
    if end is None or days < 1:
        return None
    named = "合同终止日" if ends_on is not None else "计划退出日"
    leave_by = (
        due(law.rule(LEAVE_WITHIN), ends_on, CALENDAR).due_on
        if ends_on and law.is_period(LEAVE_WITHIN)
        else None
    )
    figures = {named: str(end), "计划进场日": str(starts_on), "中间空档": f"{days}日"}
    beyond = ""
    if leave_by is not None and (starts_on - leave_by).days > 1:
        figures["离场期限"] = str(leave_by)
        beyond = f"，其中离场期限{leave_by}届满以后有{(starts_on - leave_by).days - 1}日"
    return Gap(
        days,
        figures,
        f"{named}（{end}）与接替单位计划进场日（{starts_on}）之间空{days}日{beyond}。接管以前原物业服务人须继续服务；"
        "请把进场提前，或者由街道办事处（乡镇人民政府）预备临时接管。",
    )


def replaced_before_takeover(
    law: CaseLaw, facts: SuccessorReplaced | Reason, situation: ExitSituation
) -> Decision:
    """Somebody else may follow until somebody has taken over; whom, the owners decide. 《民法典》第278条第1款第4项."""
    if situation.taken_over_at is not None:
        return refuse("接替单位已经进场，不能再另定；要更换物业服务人的，另行办理退出。")
    if situation.handed_over_at is None:
        return allow(citations=law.cites(UNTIL_TAKEOVER))
    return allow(
        citations=law.cites(UNTIL_TAKEOVER, HAND_OVER_FIRST),
        warnings=(
            "交接已经确认：已经移交给原定接收方的资料、资产，请其如数转交给新的接替单位，并保存转交记录。",
        ),
    )


def takes_over_in_order(law: CaseLaw, facts: TakeOver, situation: ExitSituation) -> Decision:
    """Taken over by now, after the handover was confirmed, in the time that the street's decision names.

    《白山市…管理办法》第3条 (hand over first), 第27条.
    """
    cites = law.cites(HAND_OVER_FIRST, UNTIL_TAKEOVER)
    if facts.taken_over_at > situation.at:
        return refuse("接管时间不能晚于现在，请在进场后填写。")
    handed = situation.handed_over_named or situation.handed_over_at
    if handed is not None and facts.taken_over_at < minute_of(handed):
        return refuse(
            f"接管时间不能早于交接确认书写明的交接时间（{instant_words(minute_of(handed))}），请核对后填写。"
        )
    outside = _outside_decision(facts.taken_over_at, situation)
    if outside:
        return refuse(f"{outside}，或者由街道办事处（乡镇人民政府）用“另行指定临时接管”重新指定。")
    if facts.contract_signed_on is not None and facts.contract_signed_on > situation.today:
        return refuse("新合同的签订日期不能晚于今天，请核对后填写。")
    return allow(citations=cites)


def _outside_decision(at: datetime, situation: ExitSituation) -> str:
    """How an entry lies outside the time that the decision on who serves meanwhile names; "" where it does not."""
    begins, until, on = situation.interim_from, situation.interim_until, at.astimezone(ZONE).date()
    if begins is not None and at < minute_of(begins):
        return f"指定临时接管决定书写明自{minute_words(begins)}起接管，请在该时以后进场，填写实际接管时间"
    if until is not None and on > until:
        return f"指定临时接管决定书的服务期限到{day_words(until)}止，接管时间{minute_words(at)}在此以后，请核对接管时间"
    return ""


def nobody_left_unserved(law: CaseLaw, facts: Departure, situation: ExitSituation) -> Decision:
    """Nobody leaves before somebody has taken over, whatever a clock says. 《民法典》第950条.

    《白山市…管理办法》第3条 (handover first), 第20条第2款 (nobody and nothing stays behind), 第14条 (the whole time is
    settled: what the report did not reach is asked for).
    """
    if facts.left_at > situation.at:
        return refuse("离场时间不能晚于现在，请在离场后填写。")
    taken = situation.taken_over_at
    if taken is None or facts.left_at < minute_of(taken):
        return refuse(
            "还没有接替者接管，原物业服务人须继续服务，不能离场；请先由接替单位进场，或者由街道指定临时接管。"
            if taken is None
            else f"接替单位{minute_words(taken)}才接管，原物业服务人须服务到那时；请核对离场时间，"
            "确实提前离场的，由接收方或者社区用“记录已经离场”如实记录。",
            citations=law.cites(UNTIL_TAKEOVER, HAND_OVER_FIRST),
        )
    lacking = _lacking(situation)
    left = [
        name
        for name, is_done in (
            ("人员财物", facts.people_and_goods_out),
            ("物业服务用房", facts.rooms_returned),
            ("业主信息", facts.data_handed_over or REGISTER in lacking),
        )
        if not is_done
    ]
    if left:
        return refuse(
            f"{'、'.join(left)}还没有撤出或交还，请全部办妥后再确认离场。",
            citations=law.cites("exit.leave_complete"),
        )
    told = ((PREMISES, facts.rooms_returned), (REGISTER, facts.data_handed_over))
    contradicted = [f"“{lacking[item]}”" for item, is_said in told if is_said and item in lacking]
    if contradicted:
        return refuse(
            f"交接清单上{'、'.join(contradicted)}仍为缺失，不能确认已经交还或者移交，"
            "请先移交，由接收方用“补交缺失项目”登记后再确认离场。",
            citations=law.cites("exit.leave_complete", HAND_OVER_FIRST),
        )
    settled_to, taken_on = situation.settled_to, taken.astimezone(ZONE).date()
    is_short = settled_to is not None and settled_to < taken_on
    if is_short and not facts.rest:
        return refuse(
            f"清算只算到{settled_to}，此后至接管（{taken_on}）的收支还没有写明是否结清，请选择后确认离场。",
            citations=law.cites_known("settlement.report_parts"),
        )
    notes = [REST_OPEN] if is_short and facts.rest == "open" else []
    if not facts.data_handed_over:
        notes.append(f"“{lacking[REGISTER]}”仍为缺失，列为遗留问题，离场以后仍须移交，留存的业主信息须删除。")
    return allow(citations=law.cites(UNTIL_TAKEOVER, "exit.leave_complete"), warnings=tuple(notes))


#: What a confirmation of leaving tells of, as (list, code) of the handover. 《白山市…管理办法》第18条.
PREMISES, REGISTER = ("assets", "premises"), ("documents", "owner_register")


def _lacking(situation: ExitSituation) -> dict[tuple[str, str], str]:
    """(list, code) of what the handover still has as missing → its label."""
    return {(step, code): label for step, code, label in situation.lacking}


#: What becomes of what came in and went out after the last day that was settled.
REST_OPEN = "清算截止日以后的收支尚未结清，列为遗留问题，请与业主一方另行结清。"
