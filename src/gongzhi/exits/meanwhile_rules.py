"""The rule of who serves meanwhile, pure, and what the law of the place says of it or leaves to the street.

《白山市物业服务人退出及应急服务管理办法》第21、26、27、29条.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from gongzhi.law.value import code_words
from gongzhi.procedures.lawview import CaseLaw
from gongzhi.registry.engagements import cannot_manage
from gongzhi.registry.models import Mode
from gongzhi.values.citations import Citation
from gongzhi.values.decision import Decision, allow, refuse
from gongzhi.values.now import ZONE
from gongzhi.values.numerals import articles_in_words
from gongzhi.values.wording import date_words, day_words, minute_words

from .facts import InterimNamed
from .rules import UNTIL_TAKEOVER, known_end
from .situations import ExitSituation

#: By what the street decides who serves meanwhile, and in which order it is paid for.
NAMED_BY = ("emergency.triggers", "emergency.decided_by", "emergency.decision_fields")
PAID_BY = "emergency.fee_order"


def interim_is_bounded(law: CaseLaw, facts: InterimNamed, situation: ExitSituation) -> Decision:
    """A decision needs an end after the contract's, and a body that can serve; it begins on no day before its own.

    《白山市…管理办法》第21条、第27条.
    """
    if facts.from_at is not None and facts.from_at.astimezone(ZONE).date() < situation.today:
        return refuse(
            f"接管时间{minute_words(facts.from_at)}早于作出决定的{day_words(situation.today)}，"
            "请改填作出决定当日或者以后的时间，或者留空以进场时间为准。"
        )
    if facts.until_on <= situation.today:
        return refuse("临时接管要写明今天以后的服务期限，请改正。")
    end = known_end(situation)
    if end is not None and facts.until_on <= end[1]:
        return refuse(
            f"服务期限至{date_words(facts.until_on)}，不晚于{end[0]}{date_words(end[1])}，"
            "该日以前仍由原物业服务人服务，请改填该日以后的日期。",
            citations=law.cites(UNTIL_TAKEOVER),
        )
    if facts.mode == "emergency" and facts.organisation not in situation.managers:
        return refuse(cannot_manage(Mode.EMERGENCY))
    if facts.organisation == situation.provider:
        return refuse("接替单位不能是正在退出的物业服务人，请重新填写。")
    if "".join(facts.number.split()) in {"".join(one.split()) for one in situation.interim_numbers}:
        return refuse(f"文号{facts.number}已用于本案此前的决定书，请填写新决定书的文号，还没有编号的请留空。")
    if left_out := tuple(unsaid(law, facts)):
        return refuse(f"本地规定没有写明临时接管的{'和'.join(left_out)}，请填写{'和'.join(left_out)}后提交。")
    running = still_running(situation.contract_end or situation.contract.ends_on, situation.today)
    return allow(warnings=(f"{running}。",) if running else ())


def still_running(ends_on: date | None, on: date) -> str:
    """That the contract has not ended, with its end, in half a sentence; "" where it has, or no end is known."""
    if ends_on is None or ends_on <= on:
        return ""
    return (
        f"原合同到{date_words(ends_on)}终止，还有{(ends_on - on).days}日，"
        "终止以前由原物业服务人继续履行，请核对现在是否需要指定"
    )


def basis_of(law: CaseLaw) -> str:
    """The articles of the place by which the street decides, as a letter cites them; "" where no text says."""
    return articles(law.cites_known(*NAMED_BY))


def order_of_payment(law: CaseLaw) -> str:
    """In which order it is paid for, with the articles; "" where no text of the place says."""
    order = [code_words(str(code), PAID_BY) for code in law.listed(PAID_BY)]
    return f"依次为{'、'.join(filter(None, order))}（{articles(law.cites_known(PAID_BY))}）" if order else ""


def unsaid(law: CaseLaw, said: InterimNamed) -> Iterator[str]:
    """What neither the law of the place nor the street says."""
    if not said.basis and not basis_of(law):
        yield "依据"
    if not said.money and not order_of_payment(law):
        yield "费用来源"


def articles(cited: Sequence[Citation]) -> str:
    """As a letter cites them, each law once."""
    laws: dict[str, list[str]] = {}
    for one in cited:
        laws.setdefault(one.instrument.strip("《》"), []).append(one.article)
    told = (f"《{law}》{'、'.join(dict.fromkeys(found))}" for law, found in laws.items())
    return articles_in_words("，".join(told))
