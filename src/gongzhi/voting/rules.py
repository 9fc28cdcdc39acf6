"""Whether a joint decision passed: participation and approval, by area and by heads. 《民法典》第278条第2款."""

from fractions import Fraction

from gongzhi.procedures.lawview import CaseLaw
from gongzhi.values.decision import Decision, allow, refuse
from gongzhi.values.exchange import HIRE

from .facts import VoteResult

PARTICIPATION, APPROVAL = "vote.participation", "vote.approval_ordinary"


def is_recorded(law: CaseLaw, facts: VoteResult, asked: str) -> Decision:
    """A result is recorded whether it passed or not; its figures are kept. `asked`: the matter of the vote.

    《民法典》第278条.
    """
    if facts.chosen == "dismiss" and asked == HIRE:
        return refuse(
            "本次表决的是由谁接替，不是解聘，请按表决结果填写选聘的物业服务人或者业主自行管理。",
            citations=law.cites(PARTICIPATION, APPROVAL),
        )
    return allow(figures=figures(law, facts), citations=law.cites(PARTICIPATION, APPROVAL))


def figures(law: CaseLaw, facts: VoteResult) -> dict[str, str]:
    """Both fractions, both denominators, and the thresholds beside them. 《民法典》第278条第2款."""
    lines = {}
    for name, key, part, whole in _measures(facts):
        met = "达到" if _is_met(law, key, part, whole) else "未达到"
        lines[name] = f"{part}/{whole}，要求{threshold(law, key)}，{met}"
    return lines


def threshold(law: CaseLaw, key: str) -> str:
    """What a share has to reach, in words. 《民法典》第278条第2款、第1259条."""
    value = law.value(key)
    return ("超过" if value.comparator == ">" else "不少于") + str(value.value)


def reached(law: CaseLaw, facts: VoteResult) -> tuple[bool, bool]:
    """Whether participation and approval were both reached, by heads and by area. 《民法典》第278条第2款."""
    met = {name: _is_met(law, key, part, whole) for name, key, part, whole in _measures(facts)}
    return met["参与人数"] and met["同意人数"], met["参与面积"] and met["同意面积"]


def passed(law: CaseLaw, facts: VoteResult) -> bool:
    """Participation and approval both reached, by both measures. 《民法典》第278条第2款."""
    return all(_is_met(law, key, part, whole) for _, key, part, whole in _measures(facts))


def _measures(facts: VoteResult) -> list[tuple[str, str, Fraction, Fraction]]:
    return [
        ("参与面积", PARTICIPATION, Fraction(facts.area_voted), Fraction(facts.area_total)),
        ("参与人数", PARTICIPATION, Fraction(facts.heads_voted), Fraction(facts.heads_total)),
        ("同意面积", APPROVAL, Fraction(facts.area_for), Fraction(facts.area_voted)),
        ("同意人数", APPROVAL, Fraction(facts.heads_for), Fraction(facts.heads_voted)),
    ]


def _is_met(law: CaseLaw, key: str, part: Fraction, whole: Fraction) -> bool:
    """The comparator of the law: 以上 includes the number, 过半数 does not. 《民法典》第1259条."""
    value = law.value(key).demand()
    if whole == 0:
        return False
    share = part / whole
    return share > value.fraction if value.comparator == ">" else share >= value.fraction
