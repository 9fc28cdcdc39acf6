"""Variants that a place lists, either side beginning, papers a ground asks for, an end that is not the whole way."""

from typing import Any

import pytest
from pydantic import Field

from gongzhi.law.schema import Kind
from gongzhi.papers.models import File
from gongzhi.procedures.checks import findings
from gongzhi.procedures.declare import Procedure, Variant
from gongzhi.procedures.describing import Place, describe
from gongzhi.procedures.kinds import File as Filing
from gongzhi.procedures.kinds import Submit
from gongzhi.procedures.models import Case
from gongzhi.procedures.reads import Reads
from gongzhi.procedures.terms import begun_by, begun_by_others, both, ground, happens
from gongzhi.procedures.tests.stage import Law, Stage, Word, value
from gongzhi.procedures.view import CaseView
from gongzhi.registry.roles import COUNTY, OWNERS, PROVIDER, SUBDISTRICT
from gongzhi.values.refusals import NotAllowed, NotPossible, RuleBroken


class More(Word):
    """The owners' side says more."""

    more: str = Field(title="更多")


def evidence(case: CaseView) -> list[dict[str, Any]]:
    return [{"code": "proof", "label": "示例证据"}] if case.variant == "proved" else []


def never(case: CaseView) -> bool:
    return False


def ends(case: CaseView) -> tuple[str, str]:
    return ("nothing", "示例没有成") if case.variant == "proved" else ("done", "示例办结")


class Grounds(Procedure):
    """On a ground the place lists; of one of them either side may begin."""

    code, title = "grounds", "示例情形"
    parties = (PROVIDER,)
    variants = (Variant("either", "任一方提出"), Variant("proved", "有据可查"), Variant("rare", "少见"))
    variants_key = "grounds.known"
    outcomes = ("done", "nothing", "withdrawn", "ended")
    reads = Reads(ends_as=ends)
    asked = Submit("申请", by=PROVIDER, facts=Word, when=both(ground("either"), begun_by(PROVIDER)))
    told = Submit("通知", by=OWNERS, facts=More, when=both(ground("either"), begun_by_others(PROVIDER)))
    proved = Submit("认定", by=COUNTY, facts=Word, when=ground("proved"), papers=evidence)
    filing = Filing(
        "报送",
        by=OWNERS,
        to="grounds.told",
        after=[asked, told, proved],
        served=[OWNERS],
        when=ground("either"),
    )
    later = Submit("以后", by=COUNTY, after=proved, facts=Word, when=happens(never, "没有发生"))


@pytest.fixture
def grounds(stage: Stage, law: Law) -> Stage:
    listed = ({"code": "either"}, {"code": "proved", "evidence": ({"code": "proof", "label": "示例证据"},)})
    law["grounds.known"] = value(Kind.LIST, listed)
    law["grounds.told"] = value(Kind.LIST, ("owners", "county", "subdistrict"))
    return stage.declare(Grounds)


def skipped(stage: Stage, step: str) -> str:
    return str(stage.case().row.steps.get(code=step).skipped_why)


def test_a_variant_the_place_does_not_list_is_refused_with_the_article_and_those_it_does(
    grounds: Stage,
) -> None:
    with pytest.raises(RuleBroken, match=r"没有列出“少见”.*任一方提出、有据可查") as refused:
        grounds.open("grounds", "provider_leader", "rare", word="示例")
    assert [citation.instrument for citation in refused.value.citations] == ["示例办法"]
    assert not Case.objects.exists()


def test_only_the_variants_a_place_lists_are_offered_there(grounds: Stage) -> None:
    told = describe(Grounds, Place(grounds.now, "220602"))
    assert [one["code"] for one in told["variants"]] == ["either", "proved"]
    assert [paper["code"] for paper in told["variants"][1]["papers"]] == ["proof"]
    assert len(describe(Grounds, Place(grounds.now))["variants"]) == 3


def test_of_two_who_may_begin_each_says_its_own_facts_and_the_others_step_is_skipped(grounds: Stage) -> None:
    grounds.open("grounds", "committee_head", "either", word="示例", more="示例更多")
    assert grounds.case().said(Grounds.told).more == "示例更多"
    assert skipped(grounds, "asked") == "由另一方提出"


def test_the_party_begins_with_its_own_step(grounds: Stage) -> None:
    grounds.open("grounds", "provider_leader", "either", word="示例")
    assert grounds.case().said(Grounds.asked).word == "示例"
    assert skipped(grounds, "told") == "由物业服务人提出"


def test_whoever_holds_none_of_the_beginnings_is_refused(grounds: Stage) -> None:
    with pytest.raises(NotAllowed, match="提出"):
        grounds.open("grounds", "county_officer", "either", word="示例")


def test_a_filing_leaves_out_those_another_step_serves(grounds: Stage) -> None:
    grounds.open("grounds", "provider_leader", "either", word="示例")
    assert grounds.tasks() == ["filing.send:county", "filing.send:subdistrict"]


def test_the_papers_of_a_ground_are_asked_for_by_name(grounds: Stage) -> None:
    with pytest.raises(NotPossible, match="还缺《示例证据》"):
        grounds.open("grounds", "county_officer", "proved", word="示例")
    assert not File.objects.exists()


def test_a_variants_key_the_law_does_not_know_keeps_the_application_from_starting(grounds: Stage) -> None:
    assert any("grounds.known, which is no key of the law" in found for found in findings(Grounds))


def test_a_case_that_went_through_without_coming_to_its_end_says_so(grounds: Stage, law: Law) -> None:
    grounds.open("grounds", "county_officer", "proved")
    law["papers.grounds.proved.submit"] = value(Kind.LIST, ())
    grounds.case().declaration.proved.papers = None  # type: ignore[attr-defined]
    try:
        grounds.do("county_officer", "proved.submit", "submit", word="示例")
    finally:
        Grounds.proved.papers = evidence
    row = grounds.case().row
    assert (row.outcome, row.ended_why) == ("nothing", "示例没有成")
    assert skipped(grounds, "later") == "没有发生"


def test_the_roles_named_are_those_that_serve(grounds: Stage) -> None:
    assert [role.code for role in Grounds.filing.served] == ["owners"]
    assert SUBDISTRICT not in Grounds.filing.served


def test_a_case_is_taken_back_by_who_began_it_and_not_by_who_begins_another_ground(grounds: Stage) -> None:
    grounds.open("grounds", "committee_head", "either", word="示例", more="示例更多")
    for name in ("provider_leader", "county_officer"):
        with pytest.raises(NotAllowed, match="业主委员会"):
            grounds.stand(name, "withdraw", reason="示例撤回")
    grounds.stand("committee_head", "withdraw", reason="示例撤回")
    assert grounds.case().row.outcome == "withdrawn"
