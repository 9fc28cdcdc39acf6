"""The public log: publishing into it, sealing it each minute, proving from it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from uuid import UUID

from django.db import transaction
from django.db.models import BigIntegerField, F

from . import merkle
from .canonical import digest
from .kept import Kept, insert, insert_all, save
from .models import Chain, Entry, Leaf, LogHead, Node, SealedHead

SEALED_AT_ONCE = 10_000
BATCH = 500

_NODE = Kept(
    lambda level, index: Node.objects.filter(level=level, index=index).values_list("hash", flat=True),
    level=BigIntegerField(),
    index=BigIntegerField(),
)


def publish(*, kind: str, subject_id: UUID, content: str, at: datetime) -> Entry:
    """Make something public: `content` is the digest of its wording. Its leaf follows within a minute."""
    return Entry.objects.create(kind=kind, subject_id=subject_id, digest=content, at=at)


def is_waiting() -> bool:
    """Whether something that was made public waits for its leaf."""
    return Entry.objects.filter(leaf_index=None).exists()


def seal(at: datetime) -> int:
    """Append the waiting entries and one leaf over the heads of all chains that moved; returns the leaves added.

    Idempotent: with nothing new it adds nothing. One transaction, under the lock of the log's one head.
    """
    with transaction.atomic():
        insert_all([LogHead()], ignore_conflicts=True)
        head = LogHead.objects.select_for_update().get(pk=1)
        entries = list(Entry.objects.filter(leaf_index__isnull=True).order_by("at", "id")[:SEALED_AT_ONCE])
        moved = _moved()
        first = head.size
        for entry in entries:
            entry.leaf_index = _append(head, entry.kind, entry.digest, at)
        Entry.objects.bulk_update(entries, ["leaf_index"], batch_size=BATCH)
        if moved:
            _seal_heads(head, moved, at)
        save(head)
        return head.size - first


def _moved() -> list[Chain]:
    """The chains that moved. One whose root is being changed just now is left for the next minute, not waited for."""
    rows = Chain.objects.select_for_update(skip_locked=True).filter(seq__gt=F("sealed_seq"))
    return list(rows.order_by("id")[:SEALED_AT_ONCE])


def _seal_heads(head: LogHead, moved: list[Chain], at: datetime) -> None:
    """One leaf over the heads as they stand."""
    data = heads_digest([(chain.id, chain.seq, chain.head) for chain in moved])
    index = _append(head, "heads", data, at)
    insert_all(
        [SealedHead(leaf_id=index, chain_id=chain.id, seq=chain.seq, head=chain.head) for chain in moved]
    )
    for start in range(0, len(moved), BATCH):
        ids = [chain.pk for chain in moved[start : start + BATCH]]
        Chain.objects.filter(pk__in=ids).update(sealed_seq=F("seq"))


def heads_digest(heads: list[tuple[UUID, int, str]]) -> str:
    """What a leaf of heads seals: the heads in the order of their roots."""
    return digest([[str(root), seq, value] for root, seq, value in sorted(heads)])


def _append(head: LogHead, kind: str, data: str, at: datetime) -> int:
    """Append one leaf and every subtree it completes."""
    index = head.size
    insert(Leaf(index=index, kind=kind, data=data, at=at))
    value, level, place = merkle.leaf_hash(bytes.fromhex(data)), 0, index
    nodes = [Node(level=0, index=index, hash=value.hex())]
    while place & 1:
        left = _NODE.rows(level=level, index=place - 1)[0]
        value = merkle.node_hash(bytes.fromhex(left), value)
        level, place = level + 1, place >> 1
        nodes.append(Node(level=level, index=place, hash=value.hex()))
    insert_all(nodes)
    head.size += 1
    return index


def reader() -> merkle.Read:
    """Read subtrees from the database, each once."""

    @cache
    def read(level: int, index: int) -> bytes:
        return bytes.fromhex(_NODE.rows(level=level, index=index)[0])

    return read


@dataclass(frozen=True, slots=True)
class Head:
    """The log as it stands: its size and root (hex)."""

    size: int
    root: str


def head(size: int | None = None) -> Head:
    """The log's head, now or as of an earlier size."""
    row = LogHead.objects.filter(pk=1).first()
    whole = row.size if row else 0
    size = whole if size is None else size
    if not 0 <= size <= whole:
        raise IndexError(size)
    return Head(size, merkle.root(reader(), size).hex())


def inclusion(index: int, size: int) -> list[str]:
    """The audit path of a leaf, in hex. IndexError where there is no such leaf."""
    return [part.hex() for part in merkle.inclusion(reader(), index, size)]


def consistency(old: int, new: int) -> list[str]:
    """The consistency proof between two sizes, in hex."""
    return [part.hex() for part in merkle.consistency(reader(), old, new)]
