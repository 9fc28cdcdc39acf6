"""The rules of the grounds, pure: which fits the contract, how much time a notice leaves. Numbers are the pack's.

《民法典》第137条: a notice counts from its arrival. 第948条: a term that is over does not end a contract under which
the provider goes on serving.
"""

from datetime import date

from gongzhi.acts.facts import Facts
from gongzhi.procedures.lawview import CaseLaw
from gongzhi.procedures.service import arrives_on, handed_at
from gongzhi.values.calendars import CALENDAR
from gongzhi.values.citations import Citation
from gongzhi.values.decision import Decision, allow, refuse
from gongzhi.values.now import ZONE
from gongzhi.values.periods import due
from gongzhi.values.refusals import NotPossible
from gongzhi.values.wording import date_words

from .conduct_rules import COUNT, Reading, proposal_of, unset_of
from .counting import earliest_after
from .ground_facts import (
    Classification,
    EndingNotice,
    Expiry,
    IndefiniteEnding,
    LeaveDate,
    Motion,
    NonRenewal,
    OtherBasis,
)
from .grounds import (
    AT_TERM,
    DISMISSALS,
    IN_TERM,
    INDEFINITE,
    NOT_RENEWING,
    PRELIMINARY,
    TERM_EXPIRED,
    TITLES,
    Term,
)
from .situations import ExitSituation

GROUNDS = "exit.grounds"
DISMISSAL = "dismissal.owner_notice_before"
INDEFINITE_NOTICE = "exit.indefinite_notice_before"
NOT_RENEWING_NOTICE = "exit.provider_notice_before"
LEAVE_WITHIN = "exit.leave_within"
PRECONDITION = "exit.ground_needs_precondition"
#: No paper is named with fewer signs.
SHORTEST = 4

NO_PROVIDER = (
    "本小区现在没有在管的物业服务人，不能办理退出，请先核对在管登记，"
    "确实没有人管理的由业主共同决定选聘，或者由街道指定临时接管。"
)


def use(variant: str) -> str:
    """Which ground to take instead."""
    return f"请改按“{TITLES[variant]}”办理。"


# Which ground fits --------------------------------------------------------------------------------------------------


def rests_on_evidence(law: CaseLaw, facts: Classification, situation: ExitSituation) -> Decision:
    """A forced ground is found by today; one that wants an order to correct first, after its time is over.

    《白山市…管理办法》第10条 (第7项: 经责令限期整改仍拒不整改). One that the place has still to say how to judge is not
    found at all (NotPossible); penalties are counted from the records as the place says (第3项).
    """
    cites = law.cites(GROUNDS)
    if situation.provider is None:
        return refuse(NO_PROVIDER)
    if facts.found_on > situation.today:
        return refuse("认定日期不能晚于今天，请核对。")
    if unset := unset_of(law, situation.variant):
        raise NotPossible(to_be_set(law, unset), citations=law.cites(GROUNDS, *unset))
    told = proposal_of(law, situation.variant, situation.conduct)
    if told is not None and told.readings:
        return _counted(law, facts, told.readings[0], told.citations)
    if situation.variant not in law.listed(PRECONDITION):
        return allow(citations=cites)
    cites = law.cites(PRECONDITION)
    if facts.correct_by_on is None:
        return refuse("本情形以责令限期整改为前提，请填写责令整改的期限并附责令通知书。", citations=cites)
    if facts.correct_by_on >= facts.found_on:
        return refuse(
            f"责令整改的期限到{date_words(facts.correct_by_on)}24时才满，请在期满后核查，仍不改正的再作认定。",
            citations=cites,
        )
    return allow(citations=cites)


def to_be_set(law: CaseLaw, keys: tuple[str, ...]) -> str:
    """What the place has still to set, and where."""
    titles = "、".join(f"“{law.value(key).title}”" for key in keys)
    return f"本地未设定{titles}，不能按本情形认定，请先由有权机关在“本地设定”中逐项设定后再办理。"


def counted_words(law: CaseLaw, reading: Reading) -> str:
    """How many of the recorded penalties count, and that they are too few where they are."""
    limit = int(law.need(COUNT))
    enough = f"达到{limit}件" if reading.is_met else f"不到{limit}件"
    return f"按本地设定的算法，登记的行政处罚计入{reading.count}件，{enough}"


def _counted(law: CaseLaw, facts: Classification, reading: Reading, cites: tuple[Citation, ...]) -> Decision:
    """Enough are recorded, or the officer says on which decisions it rests. 第10条第3项."""
    figures, words = {"计入的行政处罚": f"{reading.count}件"}, counted_words(law, reading)
    if reading.is_met:
        return allow(figures=figures, citations=cites)
    if len(facts.not_recorded.strip()) < SHORTEST:
        return refuse(
            f"{words}，请先在行为记录中登记处罚决定，或者写明没有登记的处罚决定书的机关、文号和日期。",
            figures=figures,
            citations=cites,
        )
    warning = f"{words}；本次认定依据承办人写明的决定书：{facts.not_recorded.strip()}。请尽快补登并核对是否达到次数。"
    return allow(figures=figures, citations=cites, warnings=(warning,))


def motion_fits_contract(law: CaseLaw, facts: Motion, situation: ExitSituation) -> Decision:
    """The owners' motion is the one the contract's state calls for. 《民法典》第940、946、948条."""
    cites = law.cites(GROUNDS, INDEFINITE_NOTICE)
    if situation.provider is None:
        return refuse(NO_PROVIDER)
    if situation.variant == PRELIMINARY:
        return _is_preliminary(situation, facts.served_on, cites)
    return _fits(situation, facts.served_on, law.cites(INDEFINITE_NOTICE))


def _is_preliminary(
    situation: ExitSituation, served_on: bool | None, cites: tuple[Citation, ...]
) -> Decision:
    """Only a preliminary contract is ended by another one. 《民法典》第940条."""
    contract = situation.contract
    if contract.kind and contract.kind != "preliminary":
        return refuse(
            f"现行合同不是前期物业服务合同，新合同生效不能使它终止，{use(IN_TERM)}", citations=cites
        )
    if contract.term(situation.today) is Term.OVER and served_on:
        return allow(citations=cites, warnings=(f"前期合同已于{contract.ends_on}期满，{_INDEFINITE_NOW}",))
    return allow(citations=cites)


_INDEFINITE_NOW = "期满后继续服务的，合同转为不定期，解除要提前通知，请核对情形。"


def _fits(situation: ExitSituation, served_on: bool | None, cites: tuple[Citation, ...]) -> Decision:
    """In term, at term's end, or of indefinite term: each has its own ground. 《民法典》第946、948条."""
    contract, wants_open = situation.contract, situation.variant == INDEFINITE
    term = contract.term(situation.today)
    if term is Term.UNKNOWN:
        return allow(citations=cites, warnings=("系统没有登记现行合同，请核对合同期限后再表决。",))
    if term is Term.RUNNING and wants_open:
        return refuse(f"合同到{contract.ends_on}才期满，还不是不定期合同，{use(IN_TERM)}", citations=cites)
    if term is Term.OPEN and not wants_open:
        return refuse(f"合同没有约定期限，是不定期合同，{use(INDEFINITE)}", citations=cites)
    if term is Term.OVER:
        return _after_term(situation, served_on, cites)
    return allow(citations=cites)


def _after_term(situation: ExitSituation, served_on: bool | None, cites: tuple[Citation, ...]) -> Decision:
    """The term is over: what counts is whether the provider kept serving. 《民法典》第948条."""
    ended, wants_open = situation.contract.ends_on, situation.variant == INDEFINITE
    if served_on is None:
        return refuse(f"合同已于{ended}期满，请写明期满后物业服务人是否继续提供服务。")
    if served_on and not wants_open:
        return refuse(
            f"合同已于{ended}期满，业主没有作出续聘或者另聘的决定而物业服务人继续服务的，合同转为不定期，{use(INDEFINITE)}",
            citations=cites,
        )
    if not served_on and wants_open:
        return refuse(
            f"合同已于{ended}期满，期满后没有继续服务的不转为不定期合同，{use(TERM_EXPIRED)}", citations=cites
        )
    if not served_on:
        return refuse(f"合同已于{ended}期满终止，不必再表决解聘，{use(TERM_EXPIRED)}", citations=cites)
    return allow(citations=cites)


def term_is_over(law: CaseLaw, facts: Expiry, situation: ExitSituation) -> Decision:
    """Expired, not renewed, and not served on. 《白山市…管理办法》第9条第1项; 《民法典》第948条."""
    cites, contract = law.cites(GROUNDS, INDEFINITE_NOTICE), situation.contract
    if situation.provider is None:
        return refuse(NO_PROVIDER)
    if contract.ends_on is not None and facts.contract_ended_on != contract.ends_on:
        return refuse(f"登记的合同期满日期是{contract.ends_on}，请核对后填写。")
    if facts.contract_ended_on >= situation.today:
        return refuse(
            f"合同到{date_words(facts.contract_ended_on)}24时才期满，期满以后才能按本情形办理；期满前不再续约的，{use(NOT_RENEWING)}",
            citations=cites,
        )
    if facts.renewal_decided:
        return refuse("业主已共同决定续聘，合同继续履行，不能按期满未续聘退出。", citations=cites)
    if facts.served_on or contract.term(situation.today) is Term.OPEN:
        return refuse(
            "业主没有决定续聘而物业服务人继续服务的，合同转为不定期，任何一方解除都要提前书面通知，"
            f"{use(INDEFINITE)}",
            citations=law.cites(INDEFINITE_NOTICE),
        )
    return allow(citations=cites)


def basis_is_stated(law: CaseLaw, facts: OtherBasis, situation: ExitSituation) -> Decision:
    """Another lawful case names its basis; nothing else is judged here. 《白山市…管理办法》第9条第5项."""
    if situation.provider is None:
        return refuse(NO_PROVIDER)
    return allow(
        citations=law.cites(GROUNDS),
        warnings=("本情形由承办人写明依据，系统不作判断，各方对依据有争议的请先经调解或者诉讼确定。",),
    )


# How much time a notice leaves ---------------------------------------------------------------------------------------


def notice_key(variant: str) -> str:
    """The key of the least time between the notice's arrival and the contract's end; "" where there is none."""
    if variant == INDEFINITE:
        return INDEFINITE_NOTICE
    return DISMISSAL if variant in DISMISSALS else ""


def handed_before_service(facts: Facts, situation: ExitSituation) -> Decision | None:
    """A paper about a service cannot have been handed over before the service began, as far as that is known."""
    handed, began = handed_at(facts), situation.serves_since
    if handed is None or began is None or handed.astimezone(ZONE).date() >= began:
        return None
    return refuse(f"纸质原件送达时间早于该物业服务人在本小区开始服务的{began}，请核对年份和日期。")


def notice_leaves_its_time(law: CaseLaw, facts: EndingNotice, situation: ExitSituation) -> Decision:
    """The owners' notice follows their vote and leaves its full time. 《民法典》第940、946、948条."""
    contract, vote = situation.contract, situation.decision
    if vote is None or not vote.passed:
        return refuse("业主共同决定尚未通过，不能通知终止合同，请先完成表决。", citations=law.cites(GROUNDS))
    moved = handed_before_service(facts, situation) or _is_moved_after_arrival(facts.ends_on, situation)
    if moved is not None:
        return moved
    if situation.variant == AT_TERM and contract.ends_on is not None and facts.ends_on < contract.ends_on:
        return refuse(
            f"期满解聘的，合同终止日期不能早于期满的{contract.ends_on}；要提前终止的，{use(IN_TERM)}"
        )
    gap = () if vote.mode != "dismiss" else (GAP,)
    arrived = arrives_on(facts, situation.today, situation.completes_since)
    return _leaves(law, notice_key(situation.variant), facts.ends_on, situation, gap, arrived)


#: Our words; `practice.md` 1.17. Nobody is out before somebody has taken over (《民法典》第950条).
GAP = (
    "这次表决只解聘、没有选聘：请尽快由业主共同决定由谁接替，"
    "没有人接管以前原物业服务人须继续服务，久拖会形成服务空档。"
)


def provider_ends_in_time(law: CaseLaw, facts: IndefiniteEnding, situation: ExitSituation) -> Decision:
    """Only a contract of indefinite term is ended so, with its full time. 《民法典》第948条第2款."""
    fits = _fits(situation, facts.served_on, law.cites(INDEFINITE_NOTICE))
    if not fits.allowed:
        return fits
    moved = handed_before_service(facts, situation) or _is_moved_after_arrival(facts.ends_on, situation)
    arrived = arrives_on(facts, situation.today, situation.completes_since)
    return moved or _leaves(law, INDEFINITE_NOTICE, facts.ends_on, situation, fits.warnings, arrived)


def _is_moved_after_arrival(ends_on: date, situation: ExitSituation) -> Decision | None:
    """Once it has arrived another day is another notice. 《民法典》第137条."""
    if situation.told_at is None or ends_on == situation.told_ends_on:
        return None
    return refuse(
        "通知已经送达，变更终止日期要重新通知并重新送达，期限从新的到达日起算；请用“变更通知”办理。"
    )


def _leaves(
    law: CaseLaw,
    key: str,
    ends_on: date,
    situation: ExitSituation,
    warnings: tuple[str, ...],
    arrived: date,
) -> Decision:
    """The day leaves the period of `key`, were the notice to arrive on the day `arrived`."""
    if ends_on < situation.today:
        return refuse("合同终止日期不能早于今天，请重新填写。")
    if not key or not law.is_period(key):
        return allow(citations=law.cites(key) if key else law.cites(GROUNDS), warnings=warnings)
    earliest, day = earliest_after(law, key, arrived), "今天" if arrived == situation.today else str(arrived)
    figures = {f"{day}到达的最早终止日": str(earliest)}
    if earliest is not None and ends_on < earliest:
        return refuse(
            f"通知要提前{law.value(key).period}到达对方：{day}到达的，合同最早{earliest}终止，请改填日期。",
            figures=figures,
            citations=law.cites(key),
        )
    return allow(figures=figures, citations=law.cites(key), warnings=warnings)


def will_not_renew(law: CaseLaw, facts: NonRenewal, situation: ExitSituation) -> Decision:
    """The provider tells in its term that it will not renew; a late notice is kept, and said to be late.

    《民法典》第947条第2款: 应当在合同期限届满前九十日书面通知. The law names no other end for one that comes late: the
    contract still ends with its term, and what the delay costs is owed.
    """
    contract, cites = situation.contract, law.cites(NOT_RENEWING_NOTICE)
    if contract.term(situation.today) is Term.OPEN:
        return refuse(
            f"合同没有约定期限，没有续约的问题，{use(INDEFINITE)}", citations=law.cites(INDEFINITE_NOTICE)
        )
    if contract.ends_on is not None and facts.contract_ends_on != contract.ends_on:
        return refuse(f"登记的合同期满日期是{contract.ends_on}，请核对后填写。")
    if facts.contract_ends_on < situation.today:
        return refuse(
            f"合同已于{facts.contract_ends_on}期满：期满后继续服务的，{use(INDEFINITE)}没有继续服务的，由业主方按"
            f"“{TITLES[TERM_EXPIRED]}”办理。",
            citations=law.cites(INDEFINITE_NOTICE),
        )
    if not law.is_period(NOT_RENEWING_NOTICE):
        return allow(citations=cites)
    early = handed_before_service(facts, situation)
    if early is not None:
        return early
    latest = due(law.rule(NOT_RENEWING_NOTICE), facts.contract_ends_on, CALENDAR)
    figures = {"最迟到达日": str(latest.due_on), "建议送达日": str(latest.advised_on)}
    late = latest.due_on is not None and latest.due_on < arrives_on(
        facts, situation.today, situation.completes_since
    )
    warning = (
        f"不再续约的书面通知最迟应于{latest.due_on}到达，现已逾期：合同仍到{facts.contract_ends_on}期满，"
        "接管前须继续服务，因逾期通知造成的损失依法承担。"
    )
    return allow(figures=figures, citations=cites, warnings=(warning,) if late else ())


# When to leave, where nobody counts the days -------------------------------------------------------------------------


def day_is_for_a_person(law: CaseLaw, facts: LeaveDate, situation: ExitSituation) -> Decision:
    """A person sets the day only where the law says a reasonable time. 《民法典》第949条; 《阳城县…方案》三（一）."""
    cites = law.cites(LEAVE_WITHIN)
    if situation.leave_counted:
        return refuse(
            f"离场期限已有规定或者约定（{situation.leave_counted}），不由经办人另定；确需延长的，由本单位领导用“延长期限”办理。",
            citations=cites,
        )
    if situation.contract_end is None:
        return refuse("合同终止日期还没有确定，请在协议达成或者通知到达后再确定离场日期。")
    if facts.leave_on <= max(situation.contract_end, situation.today):
        return refuse(f"离场日期要晚于今天，也要晚于合同终止的{situation.contract_end}，请重新填写。")
    return allow(citations=cites)
