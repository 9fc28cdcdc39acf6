"""What was served stays as it was served whatever becomes of its case, until a newer one is served in its place."""

from typing import Any

import pytest

from gongzhi.acts.canonical import digest
from gongzhi.acts.models import Entry
from gongzhi.papers.kinds import PaperKind
from gongzhi.procedures import check, issued
from gongzhi.procedures.declare import Procedure
from gongzhi.procedures.kinds import Child, Issue, Review, Submit
from gongzhi.procedures.models import IssuedPaper, Task
from gongzhi.procedures.standing import offered
from gongzhi.procedures.tests.stage import Stage, Word
from gongzhi.procedures.tests.test_kinds import proof
from gongzhi.procedures.tests.test_letters import Order, sealed, sign
from gongzhi.registry.roles import COUNTY, OWNERS, PROVIDER
from gongzhi.values.refusals import NotPossible


class Demanding(Procedure):
    """A part of another case, with an order and something after it."""

    code, title, child_only = "demanding", "示例催交", True
    overseers = (COUNTY,)
    order = Issue("责令限期移交通知书", by=COUNTY, to=PROVIDER, facts=Order, paper=PaperKind.ORDER_TO_CORRECT)
    after = Submit("以后", by=COUNTY, facts=Word)


class Above(Procedure):
    """The case that asks for it."""

    code, title = "above", "示例上级"
    parties, overseers = (PROVIDER,), (COUNTY,)
    start = Submit("起点", by=PROVIDER, facts=Word)
    urging = Issue("督促函", by=COUNTY, to=OWNERS, after=start, facts=Word)
    part = Child("催交", "demanding", after=start)
    decide = Review("决定", by=OWNERS, after=start, facts=Word, back={"return": start}, goes=("refuse",))


ASKED = ["archive", "keep_whether", "obey"]


@pytest.fixture
def served(stage: Stage) -> Stage:
    """An order of the part until 1 April, served on 2 March."""
    stage.declare(Demanding, Above).open("above", "provider_leader", word="示例")
    sealed(stage)
    stage.until("2026-03-02 16:00").do("county_officer", "order.serve", "serve", **proof("2026-03-02 15:30"))
    return stage


def back(stage: Stage) -> None:
    stage.do("committee_head", "decide.decide", "return", reason="材料不全")


def open_of(paper: IssuedPaper) -> list[str]:
    return sorted(Task.objects.filter(round=paper.round_id, open=True).values_list("name", flat=True))


def test_a_part_of_a_case_is_not_ended_alone(served: Stage) -> None:
    part, whole = served.case("demanding").row.number, served.case().row.number
    assert "end" not in {one.spec.name for one in offered(served.case("demanding"))}
    with pytest.raises(
        NotPossible, match=f"{part}是{whole}的一部分，不能单独“终止办理”，请在{whole}办理终止"
    ):
        served.stand("county_leader", "end", of="demanding", reason="示例误立")
    served.stand("county_leader", "end", reason="示例误立")
    assert served.case("demanding").row.ended_at == served.now


def test_a_served_order_outlives_the_round_that_asked_for_it(served: Stage) -> None:
    back(served)
    one = IssuedPaper.objects.get()
    assert one.round.void_at is not None
    assert one.replaced_at is None
    assert open_of(one) == ASKED
    assert list(check.findings(served.now)) == []
    done: dict[str, Any] = {"done_on": "2026-03-02", "what": "示例已移交"}
    served.do("county_officer", "order.keep_whether", "obeyed", **done)
    assert open_of(one) == ["archive"]
    served.do("county_officer", "order.archive", "archive", volume="示例卷")
    assert open_of(one) == []


def test_a_newer_one_takes_its_place_when_it_is_served(served: Stage) -> None:
    back(served)
    served.do("provider_leader", "start.submit")
    sign(served)
    served.do("county_officer", "order.seal", "seal", copies=3, keeper="示例用印人")
    old, new = IssuedPaper.objects.order_by("signed_at", "number__serial")
    assert old.case_id != new.case_id
    assert (old.replaced_at, old.paper.replaced_by) == (None, None)
    served.until("2026-03-02 18:00").do("county_officer", "order.serve", "serve", **proof("2026-03-02 17:30"))
    old = IssuedPaper.objects.get(pk=old.pk)
    assert (old.replaced_at, old.paper.replaced_by) == (served.now, new.paper)
    assert not issued.fell_with_case(old)
    last = Entry.objects.filter(subject_id=old.pk, kind=issued.STANDING).order_by("-at", "-id").first()
    assert last is not None
    assert last.digest == digest(issued.standing(old))
    assert (open_of(old), open_of(new)) == ([], ASKED)
    assert list(check.findings(served.now)) == []
    IssuedPaper.objects.filter(pk=old.pk).update(replaced_at=None)
    assert any("却没有标明已替换" in line for line in check.findings(served.now))
    IssuedPaper.objects.filter(pk=old.pk).update(replaced_at=served.now)
