"""What `gongzhi check` asks of the record: chains, the public log, the triggers. One Chinese sentence a finding."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from . import append_only, merkle
from .chains import broken_links
from .log import BATCH, heads_digest
from .models import Act, Chain, Entry, Leaf, LogHead, Node, SealedHead


def findings(at: datetime) -> Iterator[str]:
    """Everything this room must be able to prove, as of `at`."""
    yield from (f"缺少触发器 {name}，请重新执行 gongzhi migrate。" for name in append_only.missing())
    for chain in Chain.objects.order_by("id").iterator():
        yield from broken_links(chain)
    yield from log_findings()


def findings_of(chain: Chain) -> Iterator[str]:
    """One chain alone: its links recomputed, and every sealed head still a link of it."""
    yield from broken_links(chain)
    acts = dict(Act.objects.filter(chain=chain).values_list("seq", "hash"))
    sealed = SealedHead.objects.filter(chain_id=chain.pk).order_by("seq").values_list("seq", "head")
    for seq, head in sealed.iterator():
        if acts.get(seq) != head:
            yield f"封存到第 {seq} 环，现已不符：尾部被截断或改写"
            return


def log_findings() -> Iterator[str]:
    """A missing leaf, a node that does not recompute, a public entry or a sealed head that is not the leaf's."""
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
    yield from _entry_findings()
    yield from _leaf_of_heads_findings()
    yield from _cut_tails()


def _node_findings(hashes: dict[tuple[int, int], bytes]) -> Iterator[str]:
    for node in Node.objects.order_by("level", "index").iterator():
        place = (node.level, node.index)
        left, right = (hashes.get((node.level - 1, node.index * 2 + side)) for side in (0, 1))
        if node.level and left is not None and right is not None:
            hashes[place] = merkle.node_hash(left, right)
        if hashes.get(place, b"").hex() != node.hash:
            yield f"公开日志第 {node.level} 层第 {node.index} 个结点不符"
            return


def _entry_findings() -> Iterator[str]:
    """What was made public stands in the log as it was said."""
    leaves: dict[int, tuple[str, str]] = {}
    sealed = Entry.objects.filter(leaf_index__isnull=False).order_by("leaf_index").iterator()
    while entries := list(islice(sealed, BATCH)):
        rows = Leaf.objects.filter(index__in=[entry.leaf_index for entry in entries])
        leaves = {row.index: (row.kind, row.data) for row in rows}
        for entry in entries:
            if leaves.get(entry.leaf_index or 0) != (entry.kind, entry.digest):
                yield f"公开事项 {entry.kind} {entry.subject_id} 与第 {entry.leaf_index} 片叶不符"


def _leaf_of_heads_findings() -> Iterator[str]:
    for leaf in Leaf.objects.filter(kind="heads").order_by("index").iterator():
        sealed = [(row.chain_id, row.seq, row.head) for row in leaf.heads.all()]
        if heads_digest(sealed) != leaf.data:
            yield f"第 {leaf.index} 片叶封存的链首被改动"


def _cut_tails() -> Iterator[str]:
    """Each sealed head must still be a link of its chain: a cut or rewritten tail is found here, once a chain."""
    found: set[object] = set()
    sealed = SealedHead.objects.order_by("leaf_id", "chain_id").iterator()
    while rows := list(islice(sealed, BATCH)):
        acts = Act.objects.filter(
            chain_id__in={row.chain_id for row in rows}, seq__in={row.seq for row in rows}
        )
        links = {(chain, seq): value for chain, seq, value in acts.values_list("chain_id", "seq", "hash")}
        for row in rows:
            if row.chain_id not in found and links.get((row.chain_id, row.seq)) != row.head:
                found.add(row.chain_id)
                yield f"链 {row.chain_id} 封存到第 {row.seq} 环，现已不符：尾部被截断或改写"
