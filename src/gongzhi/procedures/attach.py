"""Papers of an act: those the place requires are there, each file is the sender's own, and its use is recorded."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from pydantic import Field

from gongzhi.acts.actor import Actor
from gongzhi.acts.facts import Facts, read_facts, said_json
from gongzhi.acts.kept import insert_all
from gongzhi.papers.kinds import PaperKind
from gongzhi.papers.models import File
from gongzhi.values.decision import refuse
from gongzhi.values.refusals import Invalid, NotPossible

from .lawview import CaseLaw
from .models import CaseAct, PaperUse
from .picturing import draw_copies
from .terms import Pictures, RoundView

AT_MOST = 50


class Paper(Facts):
    """One paper sent with an act: the file and what it is. Without a title it goes by the file's name."""

    file: UUID = Field(title="文件")
    kind: str = Field(title="材料类别", min_length=1, max_length=64)
    title: str = Field(title="名称", default="", max_length=200)


def read_papers(papers: Sequence[Any]) -> tuple[Paper, ...]:
    """Papers as they were sent, checked, each with its title."""
    if not isinstance(papers, (list, tuple)) or len(papers) > AT_MOST:
        raise Invalid(f"一次最多附{AT_MOST}份材料，请改正后重新提交。", fields={"papers": "要写成列表"})
    if not papers:
        return ()
    read = [one if isinstance(one, Paper) else read_facts(Paper, one) for one in papers]
    if len({(paper.file, paper.kind) for paper in read}) < len(read):
        raise Invalid("同一文件按同一类别只附一次，请去掉重复的材料。", fields={"papers": "重复"})
    names = dict(File.objects.filter(pk__in=[paper.file for paper in read]).values_list("id", "name"))
    return tuple(
        paper if paper.title else paper.model_copy(update={"title": names.get(paper.file, "")})
        for paper in read
    )


def papers_json(papers: Iterable[Paper]) -> list[dict[str, Any]]:
    """Papers as the record takes the digest of them: in an order that does not hang on how they were sent."""
    return sorted((said_json(paper) for paper in papers), key=lambda told: (told["file"], told["kind"]))


def demand_papers(
    law: CaseLaw, key: str, wanted: Iterable[Mapping[str, Any]], papers: Sequence[Paper]
) -> None:
    """Refuse when a required paper is missing; the sentence lists them, the articles that ask for papers follow.

    What a ground is proved with is asked for by no article: its list names what is needed to find it.
    """
    sent = {paper.kind for paper in papers}
    missing = [item for item in wanted if item["code"] not in sent]
    if missing:
        names = "、".join(f"《{item['label']}》" for item in missing)
        refuse(f"还缺{names}，请上传后再提交。", citations=law.cites_known(key)).demand()


def same_twice(papers: Sequence[Paper], labels: Mapping[str, str]) -> tuple[str, ...]:
    """A sentence for each file that was sent as several papers; none where each is one.

    One scan may hold two papers, so it is no wrong; it may be a slip. What was signed by hand is a paper and the scan
    of its page at once. `labels`: code → what the act calls a paper.
    """
    told = [paper for paper in papers if paper.kind != PaperKind.SIGNED_PAGE]
    if len({paper.kind for paper in told}) < 2:
        return ()
    digests = dict(File.objects.filter(pk__in=[paper.file for paper in told]).values_list("id", "digest"))
    kinds: dict[str, dict[str, None]] = {}
    for paper in told:
        kinds.setdefault(digests.get(paper.file, ""), {})[paper.kind] = None
    return tuple(
        f"{'和'.join(f'“{_label(kind, labels)}”' for kind in found)}附的是同一份文件，请核对是否附错。"
        for found in kinds.values()
        if len(found) > 1
    )


def _label(kind: str, labels: Mapping[str, str]) -> str:
    known = str(PaperKind(kind).label) if kind in PaperKind.values else kind
    return labels.get(kind, known)


def demand_pictures(pictures: Pictures | None, title: str, papers: Sequence[Paper]) -> None:
    """Refuse an act that is nothing without its photograph."""
    if pictures is None or not pictures.is_required or any(one.kind == pictures.code for one in papers):
        return
    raise NotPossible(f"“{title}”要附{pictures.title}，请现场拍照后再提交。")


def attach(act: CaseAct, papers: Sequence[Paper], by: Actor, view: RoundView | None = None) -> None:
    """Record the use of each file, a photograph's with its marked copy. Somebody else's file cannot be attached.

    `view`: the round in which it was said, as it stood before.
    """
    if not papers:
        return
    wanted = [paper.file for paper in papers]
    own = File.objects.filter(pk__in=wanted, uploaded_by_account=by.account_id)
    if by.account_id is None or own.count() < len(set(wanted)):
        raise NotPossible("所附文件不存在或不是您上传的，请先上传文件，再填写它的编号。")
    rows = [
        PaperUse(case_id=act.case_id, act=act, file_id=paper.file, kind=paper.kind, title=paper.title)
        for paper in papers
    ]
    draw_copies(act, rows, view)
    insert_all(rows)
