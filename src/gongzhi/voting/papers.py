"""The papers of a joint decision: its result with the figures, and the minutes of the meeting it was taken at."""

from __future__ import annotations

import re

from gongzhi.papers.contents.content import Content, Person
from gongzhi.papers.contents.figures import Counted, VoteResult, measured
from gongzhi.papers.contents.records import Minutes, NotPassed, Resolved
from gongzhi.procedures.documents import UNKNOWN, Document, Source, heard
from gongzhi.procedures.forms import estate_of, name_of
from gongzhi.procedures.view import CaseView
from gongzhi.registry.models import Organisation
from gongzhi.registry.roles import PROVIDER

from . import facts, rules

SELF_MANAGED = "业主自行管理"


def matter_of(case: CaseView, said: facts.VoteResult) -> str:
    """What the owners were asked, in the words of the procedure that asked, else of who recorded the vote."""
    return str(case.row.takes.get("title", "")) or said.matter or UNKNOWN


def decided_in(case: CaseView, said: facts.VoteResult) -> str:
    """Who is dismissed, where that was asked, and who follows: 解聘甲公司，选聘乙公司. It stands after a colon."""
    dismissed = said.chosen == "dismiss" or bool(case.row.takes.get("dismisses"))
    leaving = case.root.organisation(PROVIDER.code) if dismissed else None
    chosen = Organisation.objects.filter(pk=said.organisation).first() if said.organisation else None
    told = (
        f"解聘{leaving.name if leaving is not None else PROVIDER.title}" if dismissed else "",
        f"选聘{chosen.name}" if chosen is not None else "",
        SELF_MANAGED if said.chosen == "self_managed" else "",
    )
    return "，".join(filter(None, told))


def counted(source: Source, said: facts.VoteResult) -> tuple[Counted, Counted]:
    """Both measures with what each has to reach. 《民法典》第278条第2款."""
    law = source.case.law
    taking_part, agreeing = rules.threshold(law, rules.PARTICIPATION), rules.threshold(law, rules.APPROVAL)
    needed = f"参与{taking_part}，同意{agreeing}（按参与表决的计算）"
    by_heads, by_area = rules.reached(law, said)
    heads = (
        "人",
        said.heads_total,
        said.heads_voted,
        said.heads_for,
        said.heads_against,
        said.heads_abstained,
    )
    areas = (
        "平方米",
        said.area_total,
        said.area_voted,
        said.area_for,
        said.area_against,
        said.area_abstained,
    )
    return _measure("人数", heads, needed, by_heads), _measure("专有部分面积", areas, needed, by_area)


def _measure(name: str, told: tuple[object, ...], needed: str, reached: bool) -> Counted:
    unit, *numbers = told
    words = ["" if number is None else f"{number:,}{unit}" for number in numbers]
    names = ("whole", "taking_part", "agree", "against", "abstain")
    return Counted(measure=name, threshold=needed, reached=reached, **dict(zip(names, words, strict=True)))


def vote_result(source: Source) -> Content:
    """业主共同决定结果, as it was recorded."""
    said: facts.VoteResult = heard(source)
    act = source.view.last("submit")
    return VoteResult(
        matter=matter_of(source.case, said),
        sent=said.ballots_sent,
        returned=said.ballots_returned,
        valid=said.ballots_valid,
        counted=counted(source, said),
        passed=rules.passed(source.case.law, said),
        checking=said.checking,
        number=source.case.row.number,
        estate=estate_of(source),
        decided=decided_in(source.case, said),
        recorded_by=name_of(act),
        present=said.present,
        differs=said.differs_because,
        voted_on=said.voted_on,
        early=said.early_because,
        recorded_at=source.made_at,
    )


def minutes(source: Source) -> Content:
    """会议纪要 of the meeting. Who came is who was named; of the rest there is room to write.

    What did not pass obliges nobody: it stands apart, with what it fell short of. 《民法典》第278条第2款.
    """
    said: facts.VoteResult = heard(source)
    passed = rules.passed(source.case.law, said)
    votes = tuple(f"{one.measure}：{measured(one)}。" for one in counted(source, said))
    what, convener = decided_in(source.case, said), name_of(source.view.last("submit"))
    short = NotPassed(what=what, votes=votes, short_of=rules.short_of(source.case.law, said) or (UNKNOWN,))
    return Minutes(
        title=f"{estate_of(source)}业主共同决定",
        number=source.case.row.number,
        from_at=said.held_from,
        to_at=said.held_to,
        place=said.place or UNKNOWN,
        chair=Person(name=said.chair or UNKNOWN),
        recorder=Person(name=said.recorder or UNKNOWN),
        matters=(
            f"表决事项：{matter_of(source.case, said)}。",
            *(votes if passed else ()),
        ),
        resolved=(Resolved(what=f"{what}（通过）", unit=convener),) if passed else (),
        not_passed=() if passed else (short,),
        present=_present(said),
        absent=None,
    )


def _present(said: facts.VoteResult) -> tuple[Person, ...]:
    """Who chaired and who wrote, those of the street or community, then who else was named; each once."""
    told = [
        *(
            Person(name=name, capacity=what)
            for name, what in ((said.chair, "主持人"), (said.recorder, "记录人"))
        ),
        *(_person(part, "街道（社区）到场人员") for part in _BETWEEN.split(said.present)),
        *(_person(name) for name in said.attended),
    ]
    named = {one.name: one for one in reversed(told) if one.name}
    return tuple(named[name] for name in dict.fromkeys(one.name for one in told if one.name))


def _person(text: str, capacity: str = "") -> Person:
    """示例甲（计票人）: a name, and in brackets as what."""
    found = _WITH_CAPACITY.fullmatch(text.strip())
    return Person(name=found[1], capacity=found[2]) if found else Person(name=text.strip(), capacity=capacity)


#: Several names told in one line, and a name with what stands in brackets after it.
_BETWEEN, _WITH_CAPACITY = re.compile(r"[、，；,;\n](?![^（]*）)"), re.compile(r"([^（）]+)（([^（）]+)）")


RESULT = Document("vote_result", "业主共同决定结果", vote_result)
MINUTES = Document("minutes", "会议纪要", minutes)
