"""Keeping a file; writing and replacing a paper."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any
from uuid import UUID

from gongzhi.acts.actor import Actor
from gongzhi.acts.door import Answer, action
from gongzhi.acts.kept import insert
from gongzhi.acts.roots import Root
from gongzhi.registry.models import Organisation
from gongzhi.values.refusals import Conflict, NotAllowed

from . import storage
from .facts import StoreFile
from .inspection import inspect
from .inspection.refuse import check_size
from .kinds import PaperKind
from .limits import limits
from .media import MediaType
from .models import DocumentNumber, File, Paper
from .photographs.keeping import keep_photograph, told_photograph
from .photographs.opening import demand_photograph
from .photographs.rule import Way


def _uploader(facts: StoreFile) -> Root:
    return Root("account", facts.account_id)


@action(
    "papers.store_file",
    title="上传文件",
    facts=StoreFile,
    root=_uploader,
    may="stores_own_file",
    public=False,
)
def store_file(*, by: Actor, at: datetime, facts: StoreFile) -> dict[str, Any]:
    """Write the row of a file whose bytes are in the storage; `store_upload` puts them there first."""
    content = storage.read(facts.digest)
    file = insert(
        File(
            digest=facts.digest,
            size=facts.size,
            media_type=facts.media_type,
            name=facts.name,
            uploaded_by_account=by.account_id,
            uploaded_at=at,
        )
    )
    photo = keep_photograph(file, content, facts.way) if facts.way is not None else None
    told = facts.model_dump(mode="json", exclude={"account_id", "way"})
    return {"id": file.id, **told, "photograph": told_photograph(photo)}


def store_upload(
    *,
    by: Actor,
    at: datetime,
    upload: IO[bytes],
    name: str,
    key: str = "",
    way: Way | None = None,
    takes_scans: bool = False,
) -> Answer:
    """Inspect an upload, keep its bytes, then record it. Answers `{id, digest, size, media_type, name, photograph}`.

    Raises `Invalid` with one sentence when it may not come in; then nothing was kept. The same bytes sent twice are
    two rows of one digest; the same `key` is one row. With a `way` it has to be a picture that can be shown,
    or a PDF where it `takes_scans`: that is a paper like any other, and no photograph.
    """
    if by.account_id is None:
        raise NotAllowed("请先登录再上传文件。")
    content = _received(upload)
    found = inspect(content, name)
    if takes_scans and found.media_type == MediaType.PDF:
        way = None
    if way is not None:
        demand_photograph(content, found.media_type)
    facts = StoreFile(
        account_id=by.account_id,
        digest=storage.store(content),
        size=len(content),
        media_type=found.media_type,
        name=found.name,
        way=way,
    )
    return store_file(by=by, at=at, facts=facts, key=key)


def _received(upload: IO[bytes]) -> bytes:
    """The bytes, read no further than the largest file may be."""
    largest = limits().largest
    content = upload.read(largest + 1)
    check_size(len(content), largest, "上传")
    return content


def keep_document(
    content: bytes, *, name: str, by: Actor, at: datetime, media_type: MediaType = MediaType.PDF
) -> File:
    """Keep what was made here, inside the act that makes it: bytes first, then the row."""
    return File.objects.create(
        digest=storage.store(content),
        size=len(content),
        media_type=media_type,
        name=name,
        uploaded_by_account=by.account_id,
        uploaded_at=at,
    )


@dataclass(frozen=True, slots=True)
class Draft:
    """What a paper says of itself before it is written."""

    kind: PaperKind
    title: str
    file: File | None = None
    organisation: Organisation | None = None
    number: DocumentNumber | None = None


def write_paper(draft: Draft, *, by: Actor, at: datetime) -> Paper:
    """Write a paper, inside the act that brings or issues it. A void number is refused."""
    if draft.number is not None and draft.number.voided_at is not None:
        raise Conflict(f"{draft.number.text}已经作废，请另编新号。")
    return Paper.objects.create(
        kind=draft.kind,
        title=draft.title,
        file=draft.file,
        organisation=draft.organisation,
        number=draft.number,
        made_at=at,
        made_by_account=by.account_id,
    )


def replace_paper(old: Paper, new: Paper, *, at: datetime) -> None:
    """Mark `old` as replaced by `new`. Both stay; a paper is replaced once."""
    changed = Paper.objects.filter(pk=old.pk, replaced_by=None).update(replaced_by=new, replaced_at=at)
    if not changed:
        raise Conflict(f"“{old.title}”已被另一份文件取代，请刷新后再办。")
    old.refresh_from_db()


def own_files(ids: Iterable[UUID], *, by: Actor) -> list[File]:
    """The files somebody brings along, in the order named: only his own uploads count."""
    wanted = list(ids)
    found = File.objects.filter(uploaded_by_account=by.account_id).in_bulk(wanted)
    if by.account_id is None or set(wanted) - set(found):
        raise NotAllowed("只能附上您本人上传的文件，请重新上传后再提交。")
    return [found[one] for one in wanted]
