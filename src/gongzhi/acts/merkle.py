"""RFC 9162 Merkle tree hashing, pure: roots, inclusion proofs and consistency proofs over complete subtrees."""

import hashlib
from collections.abc import Callable

#: Reads the hash of the complete subtree number `index` on `level` (level 0 is the leaves).
Read = Callable[[int, int], bytes]


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def empty_root() -> bytes:
    """The root of a log without leaves."""
    return hashlib.sha256(b"").digest()


def _split(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << (size - 1).bit_length() - 1


def subtree(read: Read, start: int, size: int) -> bytes:
    """The hash over leaves [start, start+size); reads complete subtrees only, O(log n) of them."""
    if size & (size - 1) == 0:
        level = size.bit_length() - 1
        return read(level, start >> level)
    left = _split(size)
    return node_hash(subtree(read, start, left), subtree(read, start + left, size - left))


def root(read: Read, size: int) -> bytes:
    """The root of the first `size` leaves."""
    return subtree(read, 0, size) if size else empty_root()


def inclusion(read: Read, index: int, size: int) -> list[bytes]:
    """The audit path of leaf `index` in the tree of `size` leaves (RFC 9162 2.1.3)."""
    if not 0 <= index < size:
        raise IndexError(index)
    path: list[bytes] = []
    start, span = 0, size
    while span > 1:
        left = _split(span)
        if index - start < left:
            path.append(subtree(read, start + left, span - left))
            span = left
        else:
            path.append(subtree(read, start, left))
            start, span = start + left, span - left
    return path[::-1]


def verify_inclusion(leaf: bytes, index: int, size: int, path: list[bytes], expected: bytes) -> bool:
    """Check an audit path (RFC 9162 2.1.3.2); `leaf` is the leaf's hash."""
    if not 0 <= index < size:
        return False
    node, last, value = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if node & 1 or node == last:
            value = node_hash(sibling, value)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            value = node_hash(value, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and value == expected


def consistency(read: Read, old: int, new: int) -> list[bytes]:
    """The proof that the tree of `old` leaves is the beginning of that of `new` (RFC 9162 2.1.4)."""
    if not 0 < old <= new:
        raise IndexError(old)
    return _subproof(read, old, 0, new, True)


def _subproof(read: Read, old: int, start: int, size: int, whole: bool) -> list[bytes]:
    if old == size:
        return [] if whole else [subtree(read, start, size)]
    left = _split(size)
    if old <= left:
        return [*_subproof(read, old, start, left, whole), subtree(read, start + left, size - left)]
    rest = _subproof(read, old - left, start + left, size - left, False)
    return [*rest, subtree(read, start, left)]


def verify_consistency(old: int, new: int, old_root: bytes, new_root: bytes, path: list[bytes]) -> bool:
    """Check a consistency proof (RFC 9162 2.1.4.2)."""
    if old == new:
        return old_root == new_root and not path
    if not 0 < old < new or not path:
        return False
    proof = [old_root, *path] if old & (old - 1) == 0 else list(path)
    node, last = old - 1, new - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    first = second = proof[0]
    for part in proof[1:]:
        if last == 0:
            return False
        if node & 1 or node == last:
            first, second = node_hash(part, first), node_hash(part, second)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            second = node_hash(second, part)
        node, last = node >> 1, last >> 1
    return last == 0 and first == old_root and second == new_root
