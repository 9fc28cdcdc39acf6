"""The public log: sealed once a minute, proved by anybody, and a cut tail is found."""

from datetime import timedelta

import pytest

from gongzhi.acts import check, log, merkle
from gongzhi.acts.canonical import digest
from gongzhi.acts.models import Act, Chain, Entry, Leaf, LogHead, Node, SealedHead
from gongzhi.acts.tests.scene import AT, a_case, act
from gongzhi.acts.tests.test_chains import unguarded
from gongzhi.values.ids import new_id

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def publish(text: str) -> Entry:
    return log.publish(kind="notice", subject_id=new_id(), content=digest(text), at=AT)


def findings() -> list[str]:
    return list(check.log_findings())


def test_sealing_appends_what_was_made_public_and_one_leaf_over_all_heads() -> None:
    publish("一")
    publish("二")
    act(a_case())
    act(a_case())
    assert log.seal(AT + MINUTE) == 3
    assert list(Leaf.objects.order_by("index").values_list("kind", flat=True)) == [
        "notice",
        "notice",
        "heads",
    ]
    assert SealedHead.objects.count() == 2
    assert findings() == []


def test_sealing_again_adds_nothing() -> None:
    publish("一")
    act(a_case())
    assert log.seal(AT) == 2
    before = log.head()
    assert log.seal(AT + MINUTE) == 0
    assert log.head() == before


def test_a_chain_that_moved_on_is_sealed_again_and_no_other() -> None:
    moving, resting = a_case(), a_case()
    act(moving)
    act(resting)
    log.seal(AT)
    act(moving)
    assert log.seal(AT + MINUTE) == 1
    assert [row.chain_id for row in SealedHead.objects.filter(leaf_id=1)] == [moving.id]


def test_an_empty_minute_leaves_an_empty_log() -> None:
    assert log.seal(AT) == 0
    assert log.head() == log.Head(0, merkle.empty_root().hex())


def test_an_owner_proves_a_notice_from_the_head_alone() -> None:
    entries = [publish(str(number)) for number in range(5)]
    log.seal(AT)
    head = log.head()
    for entry in entries:
        entry.refresh_from_db()
        assert entry.leaf_index is not None
        path = [bytes.fromhex(part) for part in log.inclusion(entry.leaf_index, head.size)]
        leaf = merkle.leaf_hash(bytes.fromhex(digest(str(entries.index(entry)))))
        assert merkle.verify_inclusion(leaf, entry.leaf_index, head.size, path, bytes.fromhex(head.root))


def test_the_log_of_yesterday_is_the_beginning_of_todays() -> None:
    publish("一")
    publish("二")
    publish("三")
    log.seal(AT)
    before = log.head()
    publish("四")
    log.seal(AT + MINUTE)
    after = log.head()
    path = [bytes.fromhex(part) for part in log.consistency(before.size, after.size)]
    old, new = bytes.fromhex(before.root), bytes.fromhex(after.root)
    assert merkle.verify_consistency(before.size, after.size, old, new, path)
    assert log.head(before.size) == before
    with pytest.raises(IndexError):
        log.head(after.size + 1)


def test_a_tail_that_was_cut_is_found_though_the_chain_itself_looks_whole() -> None:
    root = a_case()
    for _ in range(3):
        act(root)
    log.seal(AT)
    with unguarded(Act):
        Act.objects.filter(seq=3).delete()
    second = Act.objects.get(seq=2)
    Chain.objects.filter(pk=root.id).update(seq=2, head=second.hash, sealed_seq=2)
    assert findings() == [f"链 {root.id} 封存到第 3 环，现已不符：尾部被截断或改写"]


def test_a_sealed_head_that_was_rewritten_with_it_is_found() -> None:
    act(a_case())
    log.seal(AT)
    with unguarded(SealedHead):
        SealedHead.objects.update(head="0" * 64)
    assert "第 0 片叶封存的链首被改动" in findings()


def test_a_leaf_or_node_or_entry_that_was_changed_is_found() -> None:
    publish("一")
    publish("二")
    log.seal(AT)
    sealed = Leaf.objects.get(index=1).data
    with unguarded(Leaf):
        Leaf.objects.filter(index=1).update(data=digest("三"))
    assert any("第 0 层第 1 个结点不符" in finding for finding in findings())
    assert any("与第 1 片叶不符" in finding for finding in findings())
    with unguarded(Leaf):
        Leaf.objects.filter(index=1).update(data=sealed)
    assert findings() == []
    with unguarded(Node):
        Node.objects.filter(level=1).update(hash="0" * 64)
    assert any("第 1 层第 0 个结点不符" in finding for finding in findings())


def test_leaves_that_are_missing_are_found() -> None:
    for text in "一二三":
        publish(text)
    log.seal(AT)
    with unguarded(Leaf):
        Leaf.objects.filter(index=2).delete()
    assert findings()[0] == "公开日志应有 3 片叶，只找到 2 片"
    with unguarded(Leaf):
        Leaf.objects.filter(index=0).delete()
    assert findings() == ["公开日志缺少第 0 片叶"]


def test_there_is_one_log(django_assert_num_queries: object) -> None:
    log.seal(AT)
    assert LogHead.objects.get().pk == 1


def test_a_proof_reads_a_handful_of_rows_however_long_the_log(django_assert_max_num_queries: object) -> None:
    for number in range(64):
        publish(str(number))
    log.seal(AT)
    with django_assert_max_num_queries(7):  # type: ignore[operator]
        log.inclusion(17, 64)
