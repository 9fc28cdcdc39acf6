"""Papers of an act: those the place requires are there, each file is the sender's own, and its use is recorded."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from pydantic import Field

from gongzhi.acts.actor import Actor
from gongzhi.acts.facts import Facts
from gongzhi.papers.models import File
from gongzhi.values.refusals import NotPossible, RuleBroken

from .lawview import CaseLaw
from .models import CaseAct, PaperUse


class Paper(Facts):
    """One paper sent with an act: the file and what it is."""

    file: UUID = Field(title="文件")
    kind: str = Field(title="材料类别", min_length=1, max_length=64)
    title: str = Field(title="名称", default="", max_length=200)


def required_papers(law: CaseLaw, procedure: str, step: str, act: str) -> list[dict[str, Any]]:
    """What the place asks for with an act: key `papers.<procedure>.<step>.<act>`; nobody defines it: nothing."""
    return law.optional(f"papers.{procedure}.{step}.{act}")


def demand_papers(law: CaseLaw, key: tuple[str, str, str], papers: Sequence[Paper]) -> None:
    """Refuse when a required paper is missing; the sentence lists them, the articles follow."""
    sent = {paper.kind for paper in papers}
    missing = [item for item in required_papers(law, *key) if item["code"] not in sent]
    if missing:
        names = "、".join(f"《{item['label']}》" for item in missing)
        raise RuleBroken(f"还缺{names}，请上传后再提交。", citations=law.cites(f"papers.{'.'.join(key)}"))


def attach(act: CaseAct, papers: Sequence[Paper], by: Actor) -> None:
    """Record the use of each file. A file somebody else uploaded cannot be attached."""
    if not papers:
        return
    files = {file.id: file for file in File.objects.filter(pk__in=[paper.file for paper in papers])}
    for paper in papers:
        file = files.get(paper.file)
        if file is None or file.uploaded_by_account != by.account_id:
            raise NotPossible("所附文件不存在或不是您上传的，请先上传文件，再填写它的编号。")
    rows = [
        PaperUse(
            case_id=act.case_id,
            act=act,
            file=files[paper.file],
            kind=paper.kind,
            title=paper.title or files[paper.file].name,
        )
        for paper in papers
    ]
    PaperUse.objects.bulk_create(rows)
