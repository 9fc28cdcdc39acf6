"""Papers of an act: those the place requires, the sender's own, in use once, and part of what the chain proves."""

from io import BytesIO
from typing import Any
from uuid import uuid4

import pikepdf
import pytest

from gongzhi.law.schema import Kind
from gongzhi.papers.actions import store_upload
from gongzhi.procedures import check
from gongzhi.procedures.declare import Procedure
from gongzhi.procedures.documents import Document, author_of, papers_made
from gongzhi.procedures.kinds import Submit
from gongzhi.procedures.models import PaperUse
from gongzhi.procedures.tests.stage import LAW, Law, Stage, Word, value
from gongzhi.registry.roles import OWNERS, PROVIDER
from gongzhi.values.refusals import Invalid, NotPossible, RuleBroken


class Papered(Procedure):
    """An act that needs papers."""

    code, title = "papered", "示例材料"
    parties = (PROVIDER,)
    asked = Submit("申请", by=PROVIDER, facts=Word)


@pytest.fixture
def papered(stage: Stage, law: Law) -> Stage:
    items = ({"code": "plan", "label": "示例方案"}, {"code": "list", "label": "示例清单"})
    law["papers.papered.asked.submit"] = value(Kind.LIST, items)
    return stage.declare(Papered).open("papered")


def upload(stage: Stage, kind: str, name: str = "provider_leader") -> dict[str, Any]:
    document, out = pikepdf.new(), BytesIO()
    document.add_blank_page()
    document.save(out)
    answer = store_upload(
        by=stage.actor(name), at=stage.now, upload=BytesIO(out.getvalue()), name=f"{kind}.pdf"
    )
    return {"file": str(answer.value["id"]), "kind": kind}


def test_a_missing_paper_is_named_with_the_article(papered: Stage) -> None:
    with pytest.raises(RuleBroken, match="还缺《示例清单》，请上传后再提交") as refused:
        papered.do("provider_leader", "asked.submit", papers=[upload(papered, "plan")])
    assert refused.value.citations == (LAW,)


def test_papers_are_kept_with_the_act_and_go_by_their_own_name(papered: Stage) -> None:
    papers = [upload(papered, "list"), upload(papered, "plan") | {"title": "示例方案全文"}]
    papered.do("provider_leader", "asked.submit", papers=papers)
    kept = {use.kind: use.title for use in PaperUse.objects.all()}
    assert kept == {"plan": "示例方案全文", "list": "list.pdf"}


def test_a_file_of_somebody_else_or_of_nobody_is_refused(papered: Stage) -> None:
    for other in (upload(papered, "list", "committee_head"), {"file": str(uuid4()), "kind": "list"}):
        with pytest.raises(NotPossible, match="不是您上传的"):
            papered.do("provider_leader", "asked.submit", papers=[upload(papered, "plan"), other])
    assert not PaperUse.objects.exists()


@pytest.mark.parametrize(
    "papers",
    [[{"file": "x", "kind": "plan"}], [{"kind": "plan"}], "x", [{"file": str(uuid4()), "kind": "k"}] * 2],
)
def test_papers_that_cannot_be_read_are_refused(papered: Stage, papers: Any) -> None:
    with pytest.raises(Invalid):
        papered.do("provider_leader", "asked.submit", papers=papers)


def test_a_title_that_was_changed_afterwards_is_found(papered: Stage) -> None:
    from gongzhi.acts.tests.test_chains import unguarded

    papered.do("provider_leader", "asked.submit", papers=[upload(papered, "plan"), upload(papered, "list")])
    assert list(check.findings(papered.now)) == []
    papered.is_tampered = True
    with unguarded(PaperUse):
        PaperUse.objects.filter(kind="plan").update(title="另一份")
    assert ["内容与办理记录的摘要不符" in finding for finding in check.findings(papered.now)] == [True]


class Received(Procedure):
    """A paper of an act that another confirms."""

    code, title = "received", "示例送达"
    parties = (PROVIDER,)
    asked = Submit(
        "申请", by=PROVIDER, to=OWNERS, facts=Word, makes=(Document("form", "示例申请表", lambda _: None),)
    )


def test_who_answers_for_a_paper_said_it_though_it_was_received_at_the_same_instant(stage: Stage) -> None:
    stage.declare(Received).open("received", word="示例")
    (paper,) = [
        made for made in papers_made(stage.case(), stage.now, masked=False) if made.code == "asked.form"
    ]
    provider = stage.cast.organisations["provider"].name
    assert author_of(paper) == provider
    stage.do(
        "committee_head", "asked.receive", "receive", arrived_at=stage.now.isoformat(), received_by="示例"
    )
    assert {act.at for act in stage.case().round_view(stage.case().rounds(Received.asked)[0]).said} == {
        stage.now
    }
    (paper,) = [
        made for made in papers_made(stage.case(), stage.now, masked=False) if made.code == "asked.form"
    ]
    assert author_of(paper) == provider
