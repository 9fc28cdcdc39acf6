"""A case as one ZIP: whole, the same twice, checked without us."""

import hashlib
import io
import json
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pikepdf
import pytest

from gongzhi.papers.bundle import Enclosed, contents_digest, safe_name, write_bundle
from gongzhi.papers.contents import CaseTimeline
from gongzhi.papers.tests.sample_orders import MORE
from gongzhi.values.now import ZONE
from gongzhi.values.refusals import NotPossible

AT = datetime(2026, 7, 10, 16, 5, 7, tzinfo=ZONE)
CASE = {"number": "2026-退出-003", "title": "示例花园小区退出一案", "estate": "示例花园小区"}
TIMELINE = MORE["case_timeline"]
assert isinstance(TIMELINE, CaseTimeline)


def pieces() -> list[Enclosed]:
    """Three pieces, one with a name that would leave the folder."""
    made = datetime(2026, 3, 2, 9, 30, tzinfo=ZONE)
    return [
        Enclosed("书面退出申请", ".pdf", lambda: b"%PDF-1.7 one", made, {"document_number": ""}),
        Enclosed("业主名册/隐名", ".txt", lambda: "甲乙".encode(), made, uploaded_as="../../etc/名单.txt"),
        Enclosed("现场照片", ".jpg", lambda: bytes(range(256)) * 10),
    ]


def written(enclosed: list[Enclosed] | None = None) -> tuple[bytes, str]:
    """The ZIP and its manifest's digest."""
    assert isinstance(TIMELINE, CaseTimeline)
    out = io.BytesIO()
    digest = write_bundle(
        out, case=CASE, pieces=pieces() if enclosed is None else enclosed, timeline=TIMELINE, at=AT
    )
    return out.getvalue(), digest


@pytest.fixture
def unpacked(tmp_path: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(written()[0])) as archive:
        archive.extractall(tmp_path)
    return tmp_path


def verified(folder: Path) -> tuple[int, str]:
    """What the verifier in the bundle says, run by a bare Python elsewhere."""
    told = subprocess.run(
        [sys.executable, "-I", "-S", str(folder / "verify.py")], capture_output=True, check=False, cwd="/"
    )
    assert told.stderr == b""
    return told.returncode, told.stdout.decode()


def test_the_bundle_holds_everything_in_its_order() -> None:
    content, digest = written()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [
            "材料/001_书面退出申请.pdf",
            "材料/002_业主名册_隐名.txt",
            "材料/003_现场照片.jpg",
            "办理经过.pdf",
            "manifest.json",
            "verify.py",
            "说明.txt",
            "SHA256SUMS",
        ]
        manifest = json.loads(archive.read("manifest.json"))
        assert digest == hashlib.sha256(archive.read("manifest.json")).hexdigest()
        with pikepdf.open(io.BytesIO(archive.read("办理经过.pdf"))) as course:
            assert str(course.docinfo["/Title"]) == "案件办理经过"
    assert manifest["case"] == CASE
    assert manifest["exported_at"] == "2026-07-10T16:05:07+08:00"
    assert manifest["pieces"][0] == {
        "number": 1,
        "title": "书面退出申请",
        "made_at": "2026-03-02T09:30:00+08:00",
        "document_number": "",
        "name": "材料/001_书面退出申请.pdf",
        "size": 12,
        "sha256": hashlib.sha256(b"%PDF-1.7 one").hexdigest(),
    }
    assert manifest["pieces"][1]["uploaded_as"] == "../../etc/名单.txt"
    assert manifest["pieces"][2]["made_at"] is None


def test_the_same_case_is_the_same_bytes() -> None:
    assert written() == written()


def test_the_sums_are_those_of_the_files() -> None:
    with zipfile.ZipFile(io.BytesIO(written()[0])) as archive:
        listed = dict(
            reversed(line.split("  ", 1)) for line in archive.read("SHA256SUMS").decode().splitlines()
        )
        assert set(listed) == set(archive.namelist()) - {"SHA256SUMS"}
        assert {name: hashlib.sha256(archive.read(name)).hexdigest() for name in listed} == listed


def test_the_verifier_finds_a_whole_bundle_whole(unpacked: Path) -> None:
    status, told = verified(unpacked)
    assert status == 0
    assert "核对结果：全部一致" in told
    assert f"清单摘要：{written()[1]}" in told
    assert "材料：3 件" in told


def test_the_verifier_works_out_the_digest_the_closing_note_prints(tmp_path: Path) -> None:
    """Of the pieces of an inventory, in its order; what stands beside it does not count."""
    first, second, beside = pieces()
    placed = [
        replace(first, said={"case": "示例1号", "place": 2}),
        replace(second, said={"case": "示例1号", "place": 1}),
        replace(beside, said={"case": "示例1号"}),
    ]
    with zipfile.ZipFile(io.BytesIO(written(placed)[0])) as archive:
        archive.extractall(tmp_path)
    sums = [hashlib.sha256(one.read()).hexdigest() for one in (second, first)]
    told = verified(tmp_path)[1]
    assert f"卷内文件摘要（示例1号，2 件）：{contents_digest(sums)}" in told
    assert contents_digest(sums) != contents_digest(reversed(sums))


def test_the_verifier_names_what_was_changed_lost_and_added(unpacked: Path) -> None:
    (unpacked / "材料/003_现场照片.jpg").write_bytes(bytes(range(255, -1, -1)) * 10)
    (unpacked / "材料/001_书面退出申请.pdf").unlink()
    (unpacked / "材料/004_补充.pdf").write_bytes(b"more")
    status, told = verified(unpacked)
    assert status == 1
    assert "被改动：材料/003_现场照片.jpg" in told
    assert "缺少：材料/001_书面退出申请.pdf" in told
    assert "清单之外：材料/004_补充.pdf" in told
    assert "有 3 处不符" in told


def test_a_changed_manifest_has_another_digest_than_the_printed_one(unpacked: Path) -> None:
    path = unpacked / "manifest.json"
    path.write_text(path.read_text("utf-8").replace("示例花园小区退出一案", "别的案件"), "utf-8")
    assert written()[1] not in verified(unpacked)[1]


def test_a_manifest_that_points_outside_is_not_followed(unpacked: Path) -> None:
    path = unpacked / "manifest.json"
    path.write_text(path.read_text("utf-8").replace("材料/001_书面退出申请.pdf", "/etc/hostname"), "utf-8")
    assert "缺少：/etc/hostname" in verified(unpacked)[1]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"pieces": 1, "timeline": {}}'])
def test_a_broken_manifest_is_said_in_a_sentence(unpacked: Path, text: str) -> None:
    (unpacked / "manifest.json").write_text(text)
    status, told = verified(unpacked)
    assert status == 1
    assert "清单无法读取" in told


def test_a_case_without_pieces_is_a_bundle_too() -> None:
    content, _ = written([])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert json.loads(archive.read("manifest.json"))["pieces"] == []


def test_a_lost_piece_stops_the_bundle() -> None:
    def lost() -> bytes:
        raise NotPossible("这个文件在存储中找不到了。")

    with pytest.raises(NotPossible):
        written([Enclosed("甲", ".pdf", lost)])


def test_what_is_called_the_same_lies_side_by_side_and_a_case_below_apart() -> None:
    same = [Enclosed("现场照片", ".jpg", lambda: b"one"), Enclosed("现场照片", ".jpg", lambda: b"two")]
    below = [replace(one, folder="示例案〔2026〕1-2") for one in same]
    with zipfile.ZipFile(io.BytesIO(written([*same, *below])[0])) as archive:
        names = archive.namelist()[:4]
    assert names == [
        "材料/001_现场照片.jpg",
        "材料/002_现场照片.jpg",
        "材料/示例案〔2026〕1-2/001_现场照片.jpg",
        "材料/示例案〔2026〕1-2/002_现场照片.jpg",
    ]


@pytest.mark.parametrize(
    ("title", "safe"),
    [
        ("书面退出申请", "书面退出申请"),
        ("a/b\\c:d*e?", "a_b_c_d_e"),
        ("..", "材料"),
        ("  ", "材料"),
        ("a\u202egpj.exe", "a_gpj.exe"),
        ("con\x00trol. ", "con_trol"),
        ("名" * 100, "名" * 50),
    ],
)
def test_names_are_such_that_every_system_takes_them(title: str, safe: str) -> None:
    assert safe_name(title) == safe
    assert len(safe.encode()) <= 150
