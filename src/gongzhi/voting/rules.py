"""Whether a joint decision passed: participation and approval, by area and by heads. 《民法典》第278条第2款."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from gongzhi.procedures.lawview import CaseLaw
from gongzhi.registry.engagements import cannot_manage
from gongzhi.registry.models import Mode
from gongzhi.values.decision import Decision, allow, refuse
from gongzhi.values.exchange import DISMISS, HIRE

from .facts import VoteResult
from .situations import VoteSituation

PARTICIPATION, APPROVAL = "vote.participation", "vote.approval_ordinary"


def is_recorded(law: CaseLaw, facts: VoteResult, situation: VoteSituation) -> Decision:
    """A result is recorded whether it passed or not; its figures are kept. 《民法典》第278条.

    Who is chosen can be engaged: what is wrong here could not be put right once somebody has to take over. No article
    says so in these words, so none is named by what is refused.
    """
    if not situation.asked and not facts.matter:
        return refuse("本次业主共同决定是单独发起的，请填写表决事项，写明提请业主表决了什么。")
    if situation.asked and facts.matter:
        return refuse("本次表决的事项在提请表决的办件中已经写明，请把“表决事项”留空后提交。")
    if facts.chosen == "dismiss" and situation.asked == HIRE:
        return refuse("本次表决的是由谁接替，不是解聘，请按表决结果填写选聘的物业服务人或者业主自行管理。")
    if facts.organisation is not None and facts.organisation == situation.leaving:
        return refuse(_NOT_WHO_LEAVES[situation.asked])
    if facts.organisation is not None and facts.organisation not in situation.managers:
        return refuse(cannot_manage(Mode.CONTRACT))
    apart = totals_apart(facts, situation)
    if apart and not facts.differs_because:
        return refuse(
            f"填写的总数与小区登记的不一致：{apart}。请与表决票、业主名册核对后改正；登记有误的，先更正小区登记；"
            "确实如此的，写明不一致的原因再提交。"
        )
    undated = why_not_then(facts, situation)
    if undated:
        return refuse(undated)
    if passed(law, facts) and facts.not_passed:
        return refuse(
            "按填写的数字表决已经通过，却勾选了“确认表决未通过”；请核对人数和面积，数字无误的，去掉勾选后提交。"
        )
    short = falls_short(law, facts, situation)
    if short and not facts.not_passed:
        return refuse(
            f"{short}；数字填写有误的，请改正；核对无误的，勾选“确认表决未通过”后再提交。",
            figures=figures(law, facts),
        )
    early = situation.begun_on if facts.voted_on < situation.begun_on else None
    told = (
        f"填写的总数与小区登记的不一致：{apart}；原因：{facts.differs_because}。" if apart else "",
        f"表决日期{facts.voted_on}早于立案日期{early}；原因：{facts.early_because}。" if early else "",
        f"{short}。" if short else "",
        leads_to(law, facts, situation.asked),
    )
    cites = law.cites(PARTICIPATION, APPROVAL)
    return allow(figures=figures(law, facts), citations=cites, warnings=tuple(filter(None, told)))


def leads_to(law: CaseLaw, facts: VoteResult, asked: str) -> str:
    """Where a vote leads that passed and that no case asked for; "" where one did: it goes on there.

    Who is dismissed or hired goes or comes by the estate's exit: there it is posted and filed. 《民法典》第278条.
    """
    if asked or not passed(law, facts):
        return ""
    return "本办件只记录表决结果；原物业服务人退出的，请在该小区发起退出办件，公示和备案在其中办理。"


def why_not_then(facts: VoteResult, situation: VoteSituation) -> str:
    """What is wrong with the day of a vote (《民法典》第278条), and what to do; "" where nothing is.

    A vote is recorded when it is over. One that came before the case may be entered, for papers are entered days
    later; why is said.
    """
    if facts.voted_on > situation.today:
        return "表决日期不能晚于今天，请在表决结束后记录结果。"
    if any(one is not None and one > situation.at for one in (facts.held_from, facts.held_to)):
        return "会议时间不能晚于现在，请在会议结束后记录结果。"
    if facts.voted_on < situation.begun_on and not facts.early_because:
        return (
            f"表决日期{facts.voted_on}早于本案立案的{situation.begun_on}，请核对后改正；确实在立案以前表决的，"
            "写明表决早于立案的原因再提交。"
        )
    return ""


def falls_short(law: CaseLaw, facts: VoteResult, situation: VoteSituation) -> str:
    """That figures do not pass, by which shares, and what it means; "" where they pass. 《民法典》第278条第2款."""
    short = short_of(law, facts)
    if not short:
        return ""
    meaning = _NOT_PASSED.get(situation.asked, "表决内容不生效")
    return f"按填写的数字，本次表决未通过：{'、'.join(short)}；{meaning}"


#: What it means for the case that asked.
_NOT_PASSED = {
    HIRE: "未通过的，由谁接替没有决定，街道办事处可以先指定临时接管，接管以前业主可以重新表决",
    DISMISS: "未通过的，不解聘，原物业服务人继续履行合同",
}


_NOT_WHO_LEAVES = {
    HIRE: (
        "选聘的物业服务人不能是正在退出的这一家，请改选表决通过的其他物业服务人，或者表决内容选“自行管理”；"
        "业主决定留用原物业服务人的，请先撤回或者终止退出案件。"
    ),
    DISMISS: (
        "选聘的物业服务人不能是这次表决解聘的这一家，请改选其他物业服务人，或者表决内容选“只解聘”；"
        "业主不同意解聘的，表决内容选“只解聘”，同意人数和面积如实填写，系统会判为未通过。"
    ),
}


def totals_apart(facts: VoteResult, situation: VoteSituation) -> str:
    """Where the totals of a vote (《民法典》第278条) are not those of the register, "" where they are."""
    return "；".join(
        f"{name}填写为{said:,}{unit}，登记为{known:,}{unit}"
        for name, unit, said, known in (
            ("业主总人数", "人", facts.heads_total, situation.owners),
            ("专有部分总面积", "平方米", facts.area_total, situation.area),
        )
        if known is not None and said != known
    )


@dataclass(frozen=True, slots=True)
class Measure:
    """One of the four shares that count, and the key of the law that says what it has to reach."""

    name: str
    key: str
    part: Decimal | int
    whole: Decimal | int
    unit: str
    #: Decimals of the unit.
    places: int = 0


def figures(law: CaseLaw, facts: VoteResult) -> dict[str, str]:
    """Both fractions, both denominators, and the thresholds beside them. 《民法典》第278条第2款."""
    lines = {}
    for one in measures(facts):
        met = "达到" if is_met(law, one) else "未达到"
        lines[one.name] = f"{one.part}/{one.whole}，要求{threshold(law, one.key)}，{met}"
    return lines


def threshold(law: CaseLaw, key: str) -> str:
    """What a share has to reach, in words. 《民法典》第278条第2款、第1259条."""
    value = law.value(key)
    return ("超过" if value.comparator == ">" else "不少于") + str(value.value)


def reached(law: CaseLaw, facts: VoteResult) -> tuple[bool, bool]:
    """Whether participation and approval were both reached, by heads and by area. 《民法典》第278条第2款."""
    met = {one.name: is_met(law, one) for one in measures(facts)}
    return met["参与人数"] and met["同意人数"], met["参与面积"] and met["同意面积"]


def passed(law: CaseLaw, facts: VoteResult) -> bool:
    """Participation and approval both reached, by both measures. 《民法典》第278条第2款."""
    return all(is_met(law, one) for one in measures(facts))


def short_of(law: CaseLaw, facts: VoteResult) -> tuple[str, ...]:
    """Each share that did not reach what it has to, with both. 《民法典》第278条第2款."""
    return tuple(
        f"{one.name}{one.part:,}{one.unit}（{_OF[one.key]}{one.whole:,}{one.unit}），要求{threshold(law, one.key)}"
        for one in measures(facts)
        if not is_met(law, one)
    )


#: What a share is counted of, by its key.
_OF = {PARTICIPATION: "总数", APPROVAL: "参与表决"}


def measures(facts: VoteResult) -> list[Measure]:
    """Participation of all, approval of those who took part, each by heads and by area. 《民法典》第278条第2款."""
    return [
        Measure("参与人数", PARTICIPATION, facts.heads_voted, facts.heads_total, "人"),
        Measure("参与面积", PARTICIPATION, facts.area_voted, facts.area_total, "平方米", 2),
        Measure("同意人数", APPROVAL, facts.heads_for, facts.heads_voted, "人"),
        Measure("同意面积", APPROVAL, facts.area_for, facts.area_voted, "平方米", 2),
    ]


def is_met(law: CaseLaw, one: Measure) -> bool:
    """The comparator of the law: 以上 includes the number, 过半数 does not. 《民法典》第1259条."""
    value = law.value(one.key).demand()
    if not one.whole:
        return False
    share = Fraction(one.part) / Fraction(one.whole)
    return share > value.fraction if value.comparator == ">" else share >= value.fraction
