"""The hash chain of each root: locking it, appending to it, recomputing it."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import BigIntegerField, CharField, UUIDField

from .canonical import canonical, instant_text
from .kept import Kept, KeptUpdate, insert, insert_all
from .models import Act, Chain
from .roots import Root
from .rows import fresh

if TYPE_CHECKING:
    from .door import Request

_LOCKED = Kept(lambda root: Chain.objects.select_for_update().filter(pk=root), root=UUIDField())
_HEAD = KeptUpdate(
    lambda root: Chain.objects.filter(pk=root),
    ("seq", "head"),
    root=UUIDField(),
    seq=BigIntegerField(),
    head=CharField(),
)
_NAMER: list[Callable[[UUID], str]] = []


def bind_namer(namer: Callable[[UUID], str]) -> None:
    """Let the registry tell the name behind an account; the record itself knows ids only."""
    _NAMER[:] = [namer]


def name_of(account_id: UUID | None) -> str:
    """Who stands behind an account, for the sentence of a conflict."""
    if account_id is None:
        return "系统"
    return _NAMER[0](account_id) if _NAMER else "另一位经办人"


def lock(root: Root) -> Chain:
    """Lock the root until the transaction ends; the first change of a root begins its chain."""
    chain = _LOCKED.first(root=root.id)
    if chain is None:
        insert_all([fresh(Chain, id=root.id, kind=root.kind)], ignore_conflicts=True)
        (chain,) = _LOCKED.rows(root=root.id)
    return chain


def hash_of(act: Act) -> str:
    """The link's value: everything the act says, bound to the link before it."""
    parts: list[Any] = [
        act.previous,
        act.chain_id,
        act.seq,
        act.id,
        act.name,
        act.account_id,
        act.appointment_id,
        instant_text(act.at),
        act.subject_id,
        act.said,
        act.said_digest,
        act.answer,
        act.key,
    ]
    return hashlib.sha256(canonical(parts)).hexdigest()


def append(chain: Chain, request: "Request", answer: dict[str, Any]) -> Act:
    """Record the act as the next link of its locked chain."""
    act = fresh(
        Act,
        id=request.act_id,
        chain_id=chain.pk,
        seq=chain.seq + 1,
        name=request.name,
        account_id=request.by.account_id,
        appointment_id=request.by.appointment_id,
        at=request.at,
        subject_id=request.subject_id,
        said=None if request.personal else request.said,
        said_digest=request.digest,
        answer=answer,
        key=request.key,
        previous=chain.head,
    )
    act.hash = hash_of(act)
    insert(act)
    _HEAD.write(root=chain.pk, seq=act.seq, head=act.hash)
    chain.seq, chain.head = act.seq, act.hash
    return act


def broken_links(chain: Chain) -> Iterator[str]:
    """Recompute one chain; name the first link that does not hold, and a head that is not its last link's."""
    previous, seq = "", 0
    for act in Act.objects.filter(chain=chain).order_by("seq").iterator():
        seq += 1
        if act.seq != seq or act.previous != previous or act.hash != hash_of(act):
            yield f"链 {chain.kind} {chain.id} 第 {seq} 环断裂（{act.name}，{_when(act.at)}）"
            return
        previous = act.hash
    if (chain.seq, chain.head) != (seq, previous):
        yield f"链 {chain.kind} {chain.id} 记到第 {chain.seq} 环，只找到 {seq} 环"


def _when(at: datetime) -> str:
    return at.isoformat(timespec="minutes")
