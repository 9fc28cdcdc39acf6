"""What a joint decision shows under its step: passed or not, what was chosen, what each measure had to reach."""

from collections.abc import Iterator

from gongzhi.procedures.view import CaseView
from gongzhi.ui.parts.figures import threshold
from gongzhi.ui.parts.listing import Listing, columns
from gongzhi.ui.pieces import Look, offer

from . import papers, queries, rules
from .facts import VoteResult

HEADS = columns("项目", "人数或面积", "总数", "比例", "要求", "结果", figures=["人数或面积", "总数", "比例"])


def offer_pieces() -> None:
    """Tell the case's page what stands under the recorded result."""
    from .procedures import JointDecision

    offer(JointDecision, JointDecision.record, "ui/parts/_listings.html", outcome)


def outcome(case: CaseView, look: Look) -> list[Listing] | None:
    """The result; nothing before it was recorded."""
    from .procedures import JointDecision

    said = case.heard(JointDecision.record)
    if said is None:
        return None
    title = f"表决结果：{'通过' if rules.passed(case.law, said) else '未通过'}"
    told = (
        f"表决事项：{said.matter}" if said.matter else "",
        f"表决的内容：{papers.decided_in(case, said)}",
        rules.leads_to(case.law, said, queries.asked_in(case)),
    )
    return [Listing(title, HEADS, tuple(_lines(case, said)), notes=tuple(filter(None, told)))]


def _lines(case: CaseView, said: VoteResult) -> Iterator[tuple[str, ...]]:
    """Each measure: how many, of how many, the share, what it has to reach, whether it did."""
    for one in rules.measures(said):
        share = f"{one.part / one.whole * 100:.2f}%" if one.whole else "无"
        met = ("达到" if rules.is_met(case.law, one) else "未达到") + _by_how_much(case, one, share)
        told = (f"{one.part:,} {one.unit}", f"{one.whole:,} {one.unit}", share)
        yield (one.name, *told, rules.threshold(case.law, one.key), met)


def _by_how_much(case: CaseView, one: rules.Measure, share: str) -> str:
    """What lies between a share and its mark, where both read alike once rounded; "" elsewhere."""
    demand = case.law.value(one.key).demand()
    if not one.whole or share != f"{float(demand.fraction * 100):.2f}%":
        return ""
    bar = threshold(
        one.part,
        one.whole,
        demand.fraction,
        name=one.name,
        words="",
        unit=one.unit,
        inclusive=demand.comparator != ">",
        places=one.places,
    )
    return f"（{bar.difference}）"
