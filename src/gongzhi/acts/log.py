"""The public log: publishing into it, sealing it each minute, proving from it, checking it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from uuid import UUID

from django.db import transaction
from django.db.models import F

from . import merkle
from .canonical import digest
from .models import Act, Chain, Entry, Leaf, LogHead, Node, SealedHead

SEALED_AT_ONCE = 10_000


def publish(*, kind: str, subject_id: UUID, content: str, at: datetime) -> Entry:
    """Make something public: `content` is the digest of its wording. Its leaf follows within a minute."""
    return Entry.objects.create(kind=kind, subject_id=subject_id, digest=content, at=at)


def seal(at: datetime) -> int:
    """Append the waiting entries and one leaf over the heads of all chains that moved; returns the leaves added.

    Idempotent: with nothing new it adds nothing. One transaction, under the lock of the log's one head.
    """
    with transaction.atomic():
        LogHead.objects.bulk_create([LogHead()], ignore_conflicts=True)
        head = LogHead.objects.select_for_update().get(pk=1)
        entries = list(Entry.objects.filter(leaf_index__isnull=True).order_by("at", "id")[:SEALED_AT_ONCE])
        moved = list(Chain.objects.filter(seq__gt=F("sealed_seq")).order_by("id")[:SEALED_AT_ONCE])
        first = head.size
        for entry in entries:
            entry.leaf_index = _append(head, entry.kind, entry.digest, at)
        Entry.objects.bulk_update(entries, ["leaf_index"], batch_size=500)
        if moved:
            _seal_heads(head, moved, at)
        head.save()
        return head.size - first


def _seal_heads(head: LogHead, moved: list[Chain], at: datetime) -> None:
    """One leaf over the heads as they stand; a chain that moves on meanwhile is sealed the next minute."""
    data = heads_digest([(chain.id, chain.seq, chain.head) for chain in moved])
    index = _append(head, "heads", data, at)
    SealedHead.objects.bulk_create(
        [SealedHead(leaf_id=index, chain_id=chain.id, seq=chain.seq, head=chain.head) for chain in moved],
        batch_size=500,
    )
    for chain in moved:
        Chain.objects.filter(pk=chain.pk).update(sealed_seq=chain.seq)


def heads_digest(heads: list[tuple[UUID, int, str]]) -> str:
    """What a leaf of heads seals: the heads in the order of their roots."""
    return digest([[str(root), seq, value] for root, seq, value in sorted(heads)])


def _append(head: LogHead, kind: str, data: str, at: datetime) -> int:
    """Append one leaf and every subtree it completes."""
    index = head.size
    Leaf.objects.create(index=index, kind=kind, data=data, at=at)
    value, level, place = merkle.leaf_hash(bytes.fromhex(data)), 0, index
    nodes = [Node(level=0, index=index, hash=value.hex())]
    while place & 1:
        left = Node.objects.get(level=level, index=place - 1).hash
        value = merkle.node_hash(bytes.fromhex(left), value)
        level, place = level + 1, place >> 1
        nodes.append(Node(level=level, index=place, hash=value.hex()))
    Node.objects.bulk_create(nodes)
    head.size += 1
    return index


def reader() -> merkle.Read:
    """Read subtrees from the database, each once."""

    @cache
    def read(level: int, index: int) -> bytes:
        return bytes.fromhex(Node.objects.get(level=level, index=index).hash)

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


def findings() -> Iterator[str]:
    """What `gongzhi check` finds: a leaf that is not what it sealed, a node that does not recompute, a cut tail."""
    hashes: dict[tuple[int, int], bytes] = {}
    size = 0
    for leaf in Leaf.objects.order_by("index").iterator():
        if leaf.index != size:
            yield f"公开日志缺少第 {size} 片叶"
            return
        size += 1
        hashes[0, leaf.index] = merkle.leaf_hash(bytes.fromhex(leaf.data))
    row = LogHead.objects.filter(pk=1).first()
    if size != (row.size if row else 0):
        yield f"公开日志应有 {row.size if row else 0} 片叶，只找到 {size} 片"
    yield from _node_findings(hashes)
    yield from _head_findings()


def _node_findings(hashes: dict[tuple[int, int], bytes]) -> Iterator[str]:
    for node in Node.objects.order_by("level", "index").iterator():
        place = (node.level, node.index)
        if node.level:
            left, right = hashes[node.level - 1, node.index * 2], hashes[node.level - 1, node.index * 2 + 1]
            hashes[place] = merkle.node_hash(left, right)
        if hashes.get(place, b"").hex() != node.hash:
            yield f"公开日志第 {node.level} 层第 {node.index} 个结点不符"
            return


def _head_findings() -> Iterator[str]:
    """Each sealed head must still be a link of its chain: a cut or rewritten tail is found here."""
    for leaf in Leaf.objects.filter(kind="heads").order_by("index").iterator():
        sealed = [(row.chain_id, row.seq, row.head) for row in leaf.heads.all()]
        if heads_digest(sealed) != leaf.data:
            yield f"第 {leaf.index} 片叶封存的链首被改动"
    links = {
        (act[0], act[1]): act[2] for act in Act.objects.values_list("chain_id", "seq", "hash").iterator()
    }
    for row in SealedHead.objects.order_by("leaf_id").iterator():
        if links.get((row.chain_id, row.seq)) != row.head:
            yield f"链 {row.chain_id} 封存到第 {row.seq} 环，现已不符：尾部被截断或改写"
            return
