"""Uploading, keeping, writing and replacing."""

import io
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from gongzhi.acts.actor import SYSTEM, Actor
from gongzhi.acts.door import ACTIONS
from gongzhi.acts.models import Act
from gongzhi.papers import storage
from gongzhi.papers.actions import (
    Draft,
    keep_document,
    own_files,
    replace_paper,
    store_file,
    store_upload,
    write_paper,
)
from gongzhi.papers.check import findings
from gongzhi.papers.facts import StoreFile
from gongzhi.papers.kinds import PaperKind
from gongzhi.papers.models import DocumentNumber, File, NumberSeries, Paper
from gongzhi.papers.numbers import draw_number, void_number
from gongzhi.papers.queries import content_of, headers_of
from gongzhi.papers.tests import samples
from gongzhi.papers.tests.test_numbers import office
from gongzhi.values.ids import new_id
from gongzhi.values.now import ZONE, now
from gongzhi.values.refusals import Conflict, Invalid, NotAllowed, NotPossible

AT = datetime(2026, 3, 2, 9, 30, tzinfo=ZONE)
CLERK = Actor(account_id=new_id(), appointment_id=new_id(), person_id=new_id())
STRANGER = Actor(account_id=new_id())

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def root(settings, tmp_path: Path) -> Path:
    settings.FILES_ROOT = tmp_path
    return tmp_path


def upload(
    content: bytes = b"abc", name: str = "a.txt", by: Actor = CLERK, key: str = ""
) -> dict[str, object]:
    return store_upload(by=by, at=AT, upload=io.BytesIO(content), name=name, key=key).value


def a_file(by: Actor = CLERK) -> File:
    return File.objects.get(pk=UUID(str(upload(by=by)["id"])))


def test_an_upload_is_kept_recorded_and_can_be_read_again() -> None:
    sent = samples.pdf()
    answer = upload(sent, "申请.pdf")
    file = File.objects.get(pk=UUID(str(answer["id"])))
    assert (content_of(file), file.size) == (sent, len(sent))
    assert storage.digest_of(sent) == answer["digest"] == file.digest
    assert (answer["media_type"], answer["name"]) == ("application/pdf", "申请.pdf")
    assert (file.uploaded_by_account, file.uploaded_at) == (CLERK.account_id, AT)
    act = Act.objects.get(name="papers.store_file")
    assert act.said == {
        "account_id": str(CLERK.account_id),
        "digest": file.digest,
        "size": file.size,
        "media_type": "application/pdf",
        "name": "申请.pdf",
        "way": None,
    }


def test_the_same_bytes_twice_are_two_files_of_one_digest() -> None:
    first, second = upload(), upload(name="b.txt")
    assert first["digest"] == second["digest"]
    assert first["id"] != second["id"]
    assert len(list(storage.stored())) == 1


def test_the_same_request_twice_is_one_file() -> None:
    assert upload(key="k1") == upload(key="k1")
    assert File.objects.count() == 1
    with pytest.raises(Conflict):
        upload(b"other", key="k1")


def test_a_refused_upload_leaves_nothing() -> None:
    with pytest.raises(Invalid):
        upload(b"<script>x()</script>")
    assert (File.objects.count(), Act.objects.count(), list(storage.stored())) == (0, 0, [])


def test_an_upload_is_read_no_further_than_the_largest_file(settings) -> None:
    settings.FILE_LIMITS = {"pdf": 9, "image": 9, "office": 9, "text": 9}
    stream = io.BytesIO(b"a" * 1000)
    with pytest.raises(Invalid, match="不能超过"):
        store_upload(by=CLERK, at=AT, upload=stream, name="a.txt")
    assert stream.tell() == 10


@pytest.mark.parametrize("by", [SYSTEM, STRANGER])
def test_nobody_uploads_in_anothers_name(by: Actor) -> None:
    digest = storage.store(b"abc")
    facts = StoreFile(
        account_id=CLERK.account_id, digest=digest, size=3, media_type="text/plain", name="a.txt"
    )
    with pytest.raises(NotAllowed):
        store_file(by=by, at=AT, facts=facts)
    with pytest.raises(NotAllowed, match="登录"):
        upload(by=SYSTEM)


def test_a_row_is_not_written_for_bytes_that_are_not_there() -> None:
    facts = StoreFile(account_id=CLERK.account_id, digest="0" * 64, size=3, media_type="text/plain", name="a")
    with pytest.raises(NotPossible, match="找不到"):
        store_file(by=CLERK, at=AT, facts=facts)


def test_storing_a_row_is_not_offered_as_an_act() -> None:
    assert not ACTIONS["papers.store_file"].public


def test_a_files_row_is_written_once() -> None:
    file = a_file()
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        File.objects.filter(pk=file.pk).update(name="x")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        file.delete()


@pytest.mark.parametrize("wrong", [{"size": 0}, {"digest": "abc"}, {"name": ""}, {"media_type": "text/html"}])
def test_the_database_refuses_a_file_that_cannot_be(wrong: dict[str, object]) -> None:
    values = {
        "digest": "0" * 64,
        "size": 1,
        "media_type": "text/plain",
        "name": "a",
        "uploaded_at": AT,
        **wrong,
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        File.objects.create(**values)


def test_a_file_is_sent_as_what_it_is_and_never_run() -> None:
    headers = headers_of(a_file())
    assert headers["Content-Type"] == "text/plain"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in headers["Content-Security-Policy"]


def test_only_ones_own_uploads_are_brought_along() -> None:
    first, second = a_file(), a_file()
    assert own_files([second.id, first.id], by=CLERK) == [second, first]
    for by in (STRANGER, SYSTEM):
        with pytest.raises(NotAllowed, match="本人上传"):
            own_files([first.id], by=by)
    with pytest.raises(NotAllowed):
        own_files([new_id()], by=CLERK)
    system_made = keep_document(samples.pdf(), name="a.pdf", by=SYSTEM, at=AT)
    with pytest.raises(NotAllowed):
        own_files([system_made.id], by=SYSTEM)


def test_a_paper_carries_its_number_once_and_never_a_void_one() -> None:
    issuer = office()
    number = draw_number(issuer, AT)
    draft = Draft(PaperKind.FORMAL_NOTICE, "通知书", a_file(), issuer, number)
    paper = write_paper(draft, by=CLERK, at=AT)
    assert (str(paper), paper.kind, paper.number) == ("通知书", "formal_notice", number)
    with pytest.raises(IntegrityError), transaction.atomic():
        write_paper(draft, by=CLERK, at=AT)
    void = void_number(draw_number(issuer, AT), "文稿有误", AT)
    with pytest.raises(Conflict, match="作废"):
        write_paper(Draft(PaperKind.FORMAL_NOTICE, "通知书", None, issuer, void), by=CLERK, at=AT)


def test_a_paper_is_replaced_once_and_both_stay() -> None:
    old, new = (write_paper(Draft(PaperKind.OTHER, title), by=CLERK, at=AT) for title in ("旧", "新"))
    replace_paper(old, new, at=AT)
    assert (old.replaced_by, old.replaced_at) == (new, AT)
    with pytest.raises(Conflict, match="取代"):
        replace_paper(old, new, at=AT)


@pytest.mark.parametrize("wrong", [{"title": ""}, {"kind": ""}, {"replaced_at": AT}])
def test_the_database_refuses_a_paper_that_cannot_be(wrong: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Paper.objects.create(**{"kind": "other", "title": "甲", "made_at": AT, **wrong})


def test_a_paper_is_not_replaced_by_itself_and_not_numbered_by_nobody() -> None:
    paper = write_paper(Draft(PaperKind.OTHER, "甲"), by=CLERK, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        replace_paper(paper, paper, at=AT)
    other = write_paper(Draft(PaperKind.OTHER, "丙"), by=CLERK, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Paper.objects.filter(pk=paper.pk).update(replaced_by=other)
    number = draw_number(office(), AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Paper.objects.create(kind="other", title="乙", made_at=AT, number=number)


def test_all_is_well_at_first() -> None:
    a_file()
    draw_number(office(), AT)
    assert list(findings(now() + timedelta(days=1))) == []


def test_the_check_finds_losses_damage_and_orphans(root: Path) -> None:
    lost, damaged = upload(b"lost"), upload(b"damaged")
    places = {
        name: root / storage.place_of(str(answer["digest"])) for name, answer in (("l", lost), ("d", damaged))
    }
    places["l"].unlink()
    places["d"].chmod(0o640)
    places["d"].write_bytes(b"DAMAGED")
    orphan = storage.store(b"orphan")
    (root / "begun").mkdir(exist_ok=True)
    (root / "begun" / "tmp123").write_bytes(b"half")
    soon, later = now(), now() + timedelta(hours=2)
    assert len([one for one in findings(soon) if "没有任何登记" in one]) == 0
    found = list(findings(later))
    assert len(found) == 4
    assert [one for one in found if str(lost["digest"]) in one and "找不到" in one]
    assert [one for one in found if str(damaged["digest"]) in one and "已损坏" in one]
    assert [one for one in found if orphan in one and "没有任何登记" in one]
    assert [one for one in found if "begun/tmp123" in one]


def test_the_check_finds_numbers_out_of_line() -> None:
    one = office()
    draw_number(one, AT)
    NumberSeries.objects.update(last=5)
    assert ["编到5" in sentence for sentence in findings(AT)] == [True]
    NumberSeries.objects.all().delete()
    assert DocumentNumber.objects.count() == 1
    assert ["没有编号登记" in sentence for sentence in findings(AT)] == [True]
