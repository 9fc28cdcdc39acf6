"""When a step opens, when it is skipped and why, and how a case goes on, back, or to its end."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from gongzhi.law.models import Jurisdiction
from gongzhi.law.schema import Kind
from gongzhi.procedures.declare import Procedure, Variant
from gongzhi.procedures.kinds import Child, Issue, Review, Submit
from gongzhi.procedures.models import Case, CaseStep, Task
from gongzhi.procedures.opening import Subject, find_subject, open_case
from gongzhi.procedures.terms import both, ground, happens, required
from gongzhi.procedures.tests.stage import UNDEFINED, Law, Stage, Word, period, value
from gongzhi.registry.roles import COMMUNITY, COUNTY, OWNER, OWNERS, PROVIDER, SUBDISTRICT
from gongzhi.values.refusals import Invalid, NotAllowed, NotFound, NotPossible


def never(case: Any) -> bool:
    return False


class Ladder(Procedure):
    """Steps that follow one another in every way there is."""

    code, title = "ladder", "示例先后"
    parties = (PROVIDER,)
    first = Submit("第一步", by=PROVIDER, to=OWNERS, facts=Word)
    beside = Submit("送出即办", by=PROVIDER, after=first.at("submitted"), facts=Word)
    after_first = Submit("第二步", by=COMMUNITY, after=first, facts=Word)
    where_asked = Submit("有规定才办", by=COMMUNITY, after=first, facts=Word, when=required("ladder.asked"))
    unless = Submit("条件", by=COMMUNITY, after=first, facts=Word, when=happens(never, "没有发生"))
    after_skipped = Submit("都略过了", by=COMMUNITY, after=[where_asked, unless], facts=Word)
    after_one_done = Submit("有一个办了", by=COMMUNITY, after=[after_first, unless], facts=Word)
    twice = Submit(
        "两个条件",
        by=COMMUNITY,
        after=first,
        facts=Word,
        when=both(required("ladder.here"), happens(never, "第二个条件不成立")),
    )


@pytest.fixture
def ladder(stage: Stage, law: Law) -> Stage:
    law["ladder.asked"] = UNDEFINED
    law["ladder.here"] = period("3D")
    return stage.declare(Ladder).open("ladder")


def why(stage: Stage, step: str) -> str:
    return stage.case().steps[step].skipped_why


def test_a_step_after_nothing_opens_with_the_case(ladder: Stage) -> None:
    assert ladder.tasks() == ["first.submit"]


def test_a_step_after_a_mark_opens_with_the_mark(ladder: Stage) -> None:
    ladder.do("provider_leader", "first.submit")
    assert "beside.submit" in ladder.tasks()
    assert "after_first.submit" not in ladder.tasks()


def arrived(stage: Stage) -> Stage:
    stage.do("provider_leader", "first.submit")
    stage.do(
        "committee_head", "first.receive", "receive", arrived_at=stage.now.isoformat(), received_by="示例"
    )
    return stage


def test_steps_after_a_step_open_when_it_is_done_or_are_skipped_with_the_reason(ladder: Stage) -> None:
    arrived(ladder)
    assert ladder.tasks() == ["after_first.submit", "beside.submit"]
    assert why(ladder, "where_asked") == "当地规定未作要求"
    assert why(ladder, "unless") == "没有发生"
    assert why(ladder, "after_skipped") == "它之前的“有规定才办”“条件”已跳过"
    assert why(ladder, "twice") == "第二个条件不成立"


def test_one_predecessor_that_was_done_is_enough(ladder: Stage) -> None:
    arrived(ladder).do("community_worker", "after_first.submit")
    assert "after_one_done.submit" in ladder.tasks()


def test_a_case_whose_steps_are_all_decided_is_done(ladder: Stage) -> None:
    arrived(ladder).do("community_worker", "after_first.submit")
    ladder.do("community_worker", "after_one_done.submit")
    assert ladder.case().row.ended_at is None
    ladder.do("provider_leader", "beside.submit")
    assert (ladder.case().row.outcome, ladder.case().row.ended_why) == ("done", "各步骤均已办结")


def test_a_value_that_must_be_set_locally_makes_a_step_wanted(stage: Stage, law: Law) -> None:
    law["ladder.asked"], law["ladder.here"] = value(Kind.PERIOD, None), UNDEFINED
    arrived(stage.declare(Ladder).open("ladder"))
    assert "where_asked.submit" in stage.tasks()
    assert why(stage, "twice") == "当地规定未作要求"


# Outcomes -------------------------------------------------------------------------------------------------------------


class Verdict(Procedure):
    """Each outcome of a review leads somewhere else."""

    code, title = "verdict", "示例审核"
    parties = (PROVIDER,)
    outcomes = ("done", "refused", "withdrawn", "ended")
    paper = Submit("材料", by=PROVIDER, facts=Word)
    review = Review(
        "审核", by=OWNERS, after=paper, facts=Word, back={"return": paper}, ends={"refuse": "refused"}
    )
    after = Submit("之后", by=COMMUNITY, after=review, facts=Word)


class Lenient(Procedure):
    """A refusal is taken note of, and the case goes on."""

    code, title = "lenient", "示例照办"
    review = Review("审核", by=OWNERS, facts=Word, goes=("refuse", "return"))
    after = Submit("之后", by=COMMUNITY, after=review, facts=Word)


@pytest.fixture
def verdict(stage: Stage) -> Stage:
    stage.declare(Verdict, Lenient).open("verdict").do("provider_leader", "paper.submit")
    return stage


def test_a_positive_outcome_goes_on(verdict: Stage) -> None:
    verdict.do("committee_head", "review.decide", "approve")
    assert verdict.tasks() == ["after.submit"]


def test_an_outcome_named_in_back_goes_back(verdict: Stage) -> None:
    verdict.do("committee_head", "review.decide", "return", reason="示例理由")
    assert verdict.tasks() == ["paper.submit"]
    voided = verdict.case().rounds(Verdict.paper)[0]
    assert voided.void_why == "审核退回修改"


def test_an_outcome_named_in_ends_ends_the_case(verdict: Stage) -> None:
    verdict.do("committee_head", "review.decide", "refuse", reason="示例理由")
    row = verdict.case().row
    assert (row.outcome, row.ended_why) == ("refused", "审核未获同意")
    assert verdict.tasks() == []


def test_an_outcome_named_in_goes_goes_on(verdict: Stage) -> None:
    verdict.open("lenient", "committee_head")
    verdict.do("committee_head", "review.decide", "refuse", reason="示例理由")
    assert verdict.tasks() == ["after.submit"]
    assert verdict.outcome("review") == "refuse"


# Opening a case -------------------------------------------------------------------------------------------------------


class Ways(Procedure):
    """Two ways to begin, and one case at a time."""

    code, title = "ways", "示例两种情形"
    parties = (PROVIDER,)
    single = True
    variants = (Variant("asks", "物业提出"), Variant("told", "业主提出"))
    asked = Submit("申请", by=PROVIDER, facts=Word, when=ground("asks"))
    told = Submit("通知", by=OWNERS, facts=Word, when=ground("told"))
    then = Submit("然后", by=COMMUNITY, after=[asked, told], facts=Word)


@pytest.fixture
def ways(stage: Stage) -> Stage:
    return stage.declare(Ways)


def test_the_facts_of_the_opening_belong_to_the_step_its_variant_begins_with(ways: Stage) -> None:
    ways.open("ways", "committee_head", "told", word="示例通知")
    assert ways.case().said(Ways.told).word == "示例通知"
    assert why(ways, "asked") == "本情形不需要这一步"
    assert ways.tasks() == ["then.submit"]


def test_whoever_holds_the_step_its_variant_begins_with_opens_it(ways: Stage) -> None:
    for name, variant in (
        ("provider_leader", "told"),
        ("committee_head", "asks"),
        ("community_worker", "asks"),
    ):
        with pytest.raises(NotAllowed, match="提出"):
            ways.open("ways", name, variant)
    assert not Case.objects.exists()


@pytest.mark.parametrize("variant", ["", "other"])
def test_an_unknown_variant_is_refused_with_the_known_ones(ways: Stage, variant: str) -> None:
    with pytest.raises(Invalid, match="物业提出（asks）、业主提出（told）"):
        ways.open("ways", "provider_leader", variant)


def test_of_a_single_procedure_one_case_lives_at_a_time(ways: Stage) -> None:
    ways.open("ways", "provider_leader", "asks")
    with pytest.raises(NotPossible, match="已有一件在办的示例两种情形"):
        ways.open("ways", "provider_leader", "asks")
    ways.stand("provider_leader", "withdraw", reason="示例撤回")
    ways.open("ways", "provider_leader", "asks")
    assert Case.objects.count() == 2


def test_the_database_itself_allows_one_live_single_case(ways: Stage) -> None:
    ways.open("ways", "provider_leader", "asks")
    row = Case.objects.get()
    row.pk, row.number = None, "示例号"
    row.id = row.root_id
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=ways.root).update(estate=None)
    again = Case(
        number="示例号", procedure="ways", version=1, root_id=ways.root, estate=ways.cast.estate, single=True
    )
    again.law_on, again.opened_at = row.law_on, row.opened_at
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save(force_insert=True)


@pytest.mark.parametrize(
    "columns",
    [
        {"estate": None},
        {"organisation_id": "provider"},
        {"jurisdiction_id": "2206"},
        {"outcome": "done"},
        {"parent": "step"},
    ],
)
def test_the_database_keeps_exactly_one_subject_and_whole_endings(
    ways: Stage, columns: dict[str, Any]
) -> None:
    ways.open("ways", "provider_leader", "asks")
    if "organisation_id" in columns:
        columns = {"organisation": ways.cast.organisations["provider"]}
    if "parent" in columns:
        columns = {"parent": CaseStep.objects.first()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.update(**columns)


def test_a_subject_of_the_wrong_sort_is_refused(ways: Stage) -> None:
    place = Jurisdiction.objects.get(pk="220602")
    with pytest.raises(Invalid, match="办理对象应是小区"):
        open_case(
            by=ways.actor("provider_leader"),
            at=ways.now,
            procedure="ways",
            variant="asks",
            subject=Subject(jurisdiction=place),
        )


def test_a_subject_is_found_by_id_or_code(ways: Stage) -> None:
    assert find_subject("jurisdiction", "220602").codes == {"city": "2206", "county": "220602"}
    assert find_subject("estate", str(ways.cast.estate.pk)).estate == ways.cast.estate
    for kind, wrong in (("estate", "x"), ("organisation", str(ways.cast.estate.pk)), ("jurisdiction", "9")):
        with pytest.raises(NotFound, match="没有找到办理对象"):
            find_subject(kind, wrong)


def test_a_case_carries_the_codes_of_its_place_and_a_number_of_its_county(ways: Stage) -> None:
    ways.open("ways", "provider_leader", "asks")
    row = ways.case().row
    place = ("2206", "220602", "220602001", "220602001001")
    assert (row.city, row.county, row.subdistrict, row.community) == place
    assert row.number == "示例两种情形〔2026〕220602-1"
    task = Task.objects.get()
    assert (task.city, task.county, task.subdistrict, task.community) == place


class OfThePublic(Procedure):
    """An owner begins; from then on that owner is a party."""

    code, title = "of_the_public", "示例业主反映"
    report = Submit("反映", by=OWNER, facts=Word)
    answer = Review(
        "答复", by=SUBDISTRICT, after=report, facts=Word, back={"return": report}, goes=("refuse",)
    )


def test_one_of_the_public_begins_a_case_and_is_bound_to_it(stage: Stage) -> None:
    stage.declare(OfThePublic).open("of_the_public", "owner", word="示例反映")
    case = stage.case()
    party = case.party("owner")
    assert party is not None
    assert party.person_id == stage.actor("owner").person_id
    stage.do("subdistrict_officer", "answer.decide", "return", reason="请补充")
    assert stage.task("report.submit").person_id == stage.actor("owner").person_id
    with pytest.raises(NotAllowed):
        stage.do("co_owner", "report.submit")
    with pytest.raises(NotAllowed):
        stage.stand("co_owner", "withdraw", reason="示例撤回")
    stage.do("owner", "report.submit")
    stage.stand("owner", "withdraw", reason="示例撤回")


@pytest.mark.parametrize("name", ["provider_leader", "tenant", "subdistrict_officer"])
def test_whoever_is_not_of_that_public_does_not_begin(stage: Stage, name: str) -> None:
    with pytest.raises(NotAllowed, match="应由本小区业主提出"):
        stage.declare(OfThePublic).open("of_the_public", name, word="示例反映")


class Below(Procedure):
    """Only a parent opens it."""

    code, title, child_only = "below", "示例下级", True
    only = Submit("事项", by=COMMUNITY, facts=Word)


class Above(Procedure):
    """It runs a child at once."""

    code, title = "above", "示例上级"
    run = Child("下级", "below", by=COUNTY)


def test_a_child_is_opened_by_its_parent_alone(stage: Stage) -> None:
    stage.declare(Below, Above)
    with pytest.raises(NotPossible, match="由上级程序自动开始"):
        stage.open("below", "community_worker")
    stage.open("above", "county_officer")
    assert stage.tasks() == ["only.submit"]
    child, root = stage.case("below").row, stage.case().row
    assert (child.root_id, child.law_on, child.estate_id) == (root.id, root.law_on, root.estate_id)


def test_a_procedure_that_begins_without_facts_says_so(stage: Stage) -> None:
    stage.declare(Below, Above)
    with pytest.raises(Invalid, match="立案时不填写事实"):
        stage.open("above", "county_officer", word="示例")


class Order(Procedure):
    """An authority's paper begins it."""

    code, title = "order", "示例责令"
    parties = (PROVIDER,)
    paper = Issue("通知书", by=COUNTY, to=PROVIDER, facts=Word)


def test_an_opening_repeated_under_its_key_is_one_case(stage: Stage) -> None:
    stage.declare(Order)
    asked = {
        "by": stage.actor("county_officer"),
        "procedure": "order",
        "subject": Subject(estate=stage.cast.estate),
        "facts": {"word": "示例"},
        "key": "k1",
    }
    first = open_case(at=stage.now, **asked)  # type: ignore[arg-type]
    again = open_case(at=stage.until("2026-03-02 10:00").now, **asked)  # type: ignore[arg-type]
    assert (again.value, again.replayed) == (first.value, True)
    assert Case.objects.count() == 1


def test_a_case_runs_the_steps_and_the_version_it_was_opened_with(ways: Stage) -> None:
    ways.open("ways", "provider_leader", "asks")

    class Newer(Procedure):
        """Another first step, and the community is no longer asked."""

        code, title, version = "ways", "示例两种情形", 2
        parties = (PROVIDER,)
        variants = Ways.variants
        asked = Submit("新申请", by=PROVIDER, facts=Word)

    ways.declare(Newer)
    ways.do("provider_leader", "asked.submit")
    assert ways.tasks() == ["then.submit"]
    assert ways.case().declaration is Ways
