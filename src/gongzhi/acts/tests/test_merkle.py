"""RFC 9162 hashing, against the reference vectors of Certificate Transparency, and its properties."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.acts import merkle

#: The eight leaves of the reference implementation and the roots of their first 0 … 8.
LEAVES = [bytes.fromhex(h) for h in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657")]
LEAVES.append(bytes.fromhex("606162636465666768696a6b6c6d6e6f"))
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


class Tree:
    """Leaves in memory, with the reader the log has in the database."""

    def __init__(self, leaves: list[bytes]) -> None:
        self.hashes = {(0, place): merkle.leaf_hash(leaf) for place, leaf in enumerate(leaves)}
        level, width = 0, len(leaves)
        while width > 1:
            for place in range(width // 2):
                pair = self.hashes[level, place * 2], self.hashes[level, place * 2 + 1]
                self.hashes[level + 1, place] = merkle.node_hash(*pair)
            level, width = level + 1, width // 2

    def read(self, level: int, index: int) -> bytes:
        return self.hashes[level, index]


@pytest.mark.parametrize("size", range(9))
def test_the_roots_of_the_reference_leaves(size: int) -> None:
    assert merkle.root(Tree(LEAVES).read, size).hex() == ROOTS[size]


@pytest.mark.parametrize(
    ("index", "size", "path"),
    [
        (0, 1, []),
        (
            0,
            8,
            [
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            ],
        ),
        (
            5,
            8,
            [
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ],
        ),
        (2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
    ],
)
def test_the_audit_paths_of_the_reference_leaves(index: int, size: int, path: list[str]) -> None:
    assert [part.hex() for part in merkle.inclusion(Tree(LEAVES).read, index, size)] == path


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        (1, 1, []),
        (
            1,
            8,
            [
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            ],
        ),
        (
            6,
            8,
            [
                "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ],
        ),
        (
            2,
            5,
            [
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            ],
        ),
    ],
)
def test_the_consistency_proofs_of_the_reference_leaves(old: int, new: int, path: list[str]) -> None:
    assert [part.hex() for part in merkle.consistency(Tree(LEAVES).read, old, new)] == path


leaves = st.lists(st.binary(max_size=8), min_size=1, max_size=70)


@given(leaves=leaves, data=st.data())
def test_every_leaf_is_proved_in_every_size_and_nowhere_else(
    leaves: list[bytes], data: st.DataObject
) -> None:
    size = data.draw(st.integers(1, len(leaves)))
    index = data.draw(st.integers(0, size - 1))
    read = Tree(leaves).read
    path, root = merkle.inclusion(read, index, size), merkle.root(read, size)
    leaf = merkle.leaf_hash(leaves[index])
    assert merkle.verify_inclusion(leaf, index, size, path, root)
    assert not merkle.verify_inclusion(merkle.leaf_hash(leaves[index] + b"!"), index, size, path, root)
    assert not merkle.verify_inclusion(leaf, index, size, [*path, root], root)
    assert not merkle.verify_inclusion(leaf, index, size, path, sha256(root).digest())
    assert not path or not merkle.verify_inclusion(leaf, index, size, path[:-1], root)


@given(leaves=leaves, data=st.data())
def test_every_earlier_log_is_proved_to_be_the_beginning_of_the_later(
    leaves: list[bytes], data: st.DataObject
) -> None:
    new = data.draw(st.integers(1, len(leaves)))
    old = data.draw(st.integers(1, new))
    read = Tree(leaves).read
    path = merkle.consistency(read, old, new)
    before, after = merkle.root(read, old), merkle.root(read, new)
    assert merkle.verify_consistency(old, new, before, after, path)
    assert not merkle.verify_consistency(old, new, sha256(before).digest(), after, path)
    assert old == new or not merkle.verify_consistency(old, new, before, sha256(after).digest(), path)


@given(leaves=leaves)
def test_a_rewritten_leaf_cannot_be_the_beginning_of_the_log(leaves: list[bytes]) -> None:
    honest = Tree([*leaves, b"more"]).read
    forged = Tree([leaves[0] + b"!", *leaves[1:], b"more"]).read
    size = len(leaves)
    path = merkle.consistency(forged, size, size + 1)
    old, new = merkle.root(honest, size), merkle.root(forged, size + 1)
    assert not merkle.verify_consistency(size, size + 1, old, new, path)


def test_there_is_no_proof_of_what_is_not_there() -> None:
    read = Tree(LEAVES).read
    for index, size in ((8, 8), (-1, 8), (0, 0)):
        with pytest.raises(IndexError):
            merkle.inclusion(read, index, size)
    for old, new in ((0, 8), (5, 4)):
        with pytest.raises(IndexError):
            merkle.consistency(read, old, new)
    assert not merkle.verify_inclusion(b"", 3, 3, [], b"")
    assert not merkle.verify_consistency(0, 3, b"", b"", [b""])
    assert not merkle.verify_consistency(1, 3, b"", b"", [])
