"""A seal lies over name and date, and only a lawful picture of one is taken."""

import io
from datetime import datetime
from pathlib import Path
from uuid import UUID

import pytest
from django.db import IntegrityError
from PIL import Image, ImageDraw

from gongzhi.acts.actor import SYSTEM, Actor
from gongzhi.papers import storage
from gongzhi.papers.actions import store_upload
from gongzhi.papers.documents import Letter
from gongzhi.papers.facts import KeepSeal, WithdrawSeal
from gongzhi.papers.models import SealImage
from gongzhi.papers.render import render
from gongzhi.papers.seals import Seal, keep_seal, seal_from, seal_of, withdraw_seal
from gongzhi.papers.tests.measure import pages
from gongzhi.registry.models import Organisation, Post
from gongzhi.registry.tests.cast import Cast, add_actor, build_cast
from gongzhi.values.now import ZONE
from gongzhi.values.refusals import Invalid, NotAllowed, NotPossible

AT = datetime(2026, 3, 2, 9, 30, tzinfo=ZONE)
LETTER = Letter(
    title="通知",
    issuer="示例街道办事处",
    number="示街办〔2026〕1号",
    paragraphs=("正文。" * 20,),
    signers=("示例街道办事处",),
    date="2026年3月2日",
)


def drawn(width: int = 420, height: int = 420, mode: str = "RGBA") -> bytes:
    """A ring with 示例: nobody's seal."""
    picture = Image.new(mode, (width, height), (0, 0, 0, 0) if mode == "RGBA" else "white")
    ImageDraw.Draw(picture).ellipse((4, 4, width - 5, height - 5), outline="red", width=8)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def test_a_seal_lies_over_name_and_date_both_a_little_below_its_middle() -> None:
    (page,) = pages(render(LETTER, at=AT, seal=seal_from(drawn())))
    ((left, top, right, bottom),) = page.pictures
    name, date = page.find("示例街道办事处")[0], page.find("2026年3月2日")
    name = next(g for g in page.glyphs if g.size == 16 and g.sign == "示" and g.baseline > 150)
    assert right - left == pytest.approx(42, abs=0.1)
    assert (left + right) / 2 == pytest.approx((date[0].left + date[-1].right) / 2, abs=0.5)
    middle = (name.top + date[0].bottom) / 2
    assert 0 < middle - (top + bottom) / 2 < 5
    assert top < name.top
    assert bottom > date[0].bottom
    text_ends = max(g.bottom for g in page.glyphs if g.sign == "。")
    assert 0 <= top - text_ends <= 225 / 22


def test_without_a_seal_nothing_is_drawn_there() -> None:
    (page,) = pages(render(LETTER, at=AT))
    assert page.pictures == ()


def test_a_seal_changes_nothing_but_itself() -> None:
    (plain,) = pages(render(LETTER, at=AT))
    (sealed,) = pages(render(LETTER, at=AT, seal=Seal(drawn(), 38)))
    assert [(g.sign, g.left, g.top) for g in plain.glyphs] == [(g.sign, g.left, g.top) for g in sealed.glyphs]


@pytest.mark.parametrize(
    ("picture", "width", "sentence"),
    [
        (drawn(mode="RGB"), 42, "透明底"),
        (drawn(420, 200), 42, "正方形"),
        (b"<svg/>", 42, "PNG"),
        (drawn(), 60, "直径"),
        (drawn(), 30, "直径"),
    ],
)
def test_a_picture_that_is_no_seal_is_refused(picture: bytes, width: float, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        seal_from(picture, millimetres=width)


@pytest.fixture
def cast(db: None, settings, tmp_path: Path) -> Cast:
    settings.FILES_ROOT, settings.REHEARSAL = tmp_path, False
    return build_cast(AT, areas=())


@pytest.fixture
def office(cast: Cast) -> Organisation:
    return cast.organisations["subdistrict"]


@pytest.fixture
def head(office: Organisation) -> Actor:
    return add_actor("主任", Post.LEADER, organisation_id=office.pk)


def brought(by: Actor, office: Organisation, picture: bytes | None = None, width: int = 42) -> KeepSeal:
    """A seal uploaded by somebody."""
    sent = store_upload(by=by, at=AT, upload=io.BytesIO(picture or drawn()), name="印章.png")
    return KeepSeal(organisation_id=office.pk, file_id=UUID(str(sent.value["id"])), millimetres=width)


def test_an_organisation_has_no_seal_until_its_head_brings_one(office: Organisation, head: Actor) -> None:
    assert seal_of(office) is None
    keep_seal(by=head, at=AT, facts=brought(head, office))
    kept = seal_of(office)
    assert kept is not None
    assert (kept.image, kept.millimetres) == (drawn(), 42)


def test_a_new_seal_takes_the_place_of_the_old_and_the_old_stays_on_record(
    office: Organisation, head: Actor
) -> None:
    keep_seal(by=head, at=AT, facts=brought(head, office))
    keep_seal(by=head, at=AT.replace(hour=10), facts=brought(head, office, drawn(480, 480), 40))
    assert [(s.millimetres, s.withdrawn_why) for s in SealImage.objects.order_by("kept_at")] == [
        (42, "启用新的印章图片"),
        (40, ""),
    ]
    kept = seal_of(office)
    assert kept is not None
    assert kept.millimetres == 40


def test_a_lost_seal_is_printed_no_longer(office: Organisation, head: Actor) -> None:
    keep_seal(by=head, at=AT, facts=brought(head, office))
    withdraw_seal(by=head, at=AT, facts=WithdrawSeal(organisation_id=office.pk, why="印章遗失"))
    assert seal_of(office) is None
    with pytest.raises(NotPossible, match="没有正在使用的印章图片"):
        withdraw_seal(by=head, at=AT, facts=WithdrawSeal(organisation_id=office.pk, why="印章遗失"))


@pytest.mark.parametrize("name", ["subdistrict_officer", "county_officer", "provider_leader", "stranger"])
def test_only_the_head_of_the_organisation_answers_for_its_seal(
    cast: Cast, office: Organisation, name: str
) -> None:
    with pytest.raises(NotAllowed):
        keep_seal(by=cast[name], at=AT, facts=brought(cast[name], office))
    assert not SealImage.objects.exists()


def test_neither_the_system_nor_the_head_of_another_house_brings_a_seal(
    cast: Cast, office: Organisation
) -> None:
    other = add_actor("局长", Post.LEADER, organisation_id=cast.organisations["county"].pk)
    with pytest.raises(NotAllowed):
        keep_seal(by=other, at=AT, facts=brought(other, office))
    with pytest.raises(NotAllowed):
        keep_seal(by=SYSTEM, at=AT, facts=brought(other, office))


def test_a_demonstration_keeps_no_seal_and_prints_none(office: Organisation, head: Actor, settings) -> None:
    keep_seal(by=head, at=AT, facts=brought(head, office))
    settings.REHEARSAL = True
    assert seal_of(office) is None
    with pytest.raises(NotPossible, match="演示"):
        keep_seal(by=head, at=AT, facts=brought(head, office))


def test_a_picture_that_is_no_seal_is_not_kept(office: Organisation, head: Actor) -> None:
    with pytest.raises(Invalid, match="透明底"):
        keep_seal(by=head, at=AT, facts=brought(head, office, drawn(mode="RGB")))
    with pytest.raises(Invalid, match="直径"):
        keep_seal(by=head, at=AT, facts=brought(head, office, width=90))
    assert not SealImage.objects.exists()


def test_an_organisation_has_one_seal_in_use(office: Organisation, head: Actor) -> None:
    keep_seal(by=head, at=AT, facts=brought(head, office))
    kept = SealImage.objects.get()
    with pytest.raises(IntegrityError):
        SealImage.objects.create(organisation=office, file=kept.file, millimetres=42, kept_at=AT)


def test_a_damaged_seal_is_not_printed(office: Organisation, head: Actor, tmp_path: Path) -> None:
    keep_seal(by=head, at=AT, facts=brought(head, office))
    place = tmp_path / storage.place_of(SealImage.objects.get().file.digest)
    place.chmod(0o600)
    place.write_bytes(b"other")
    with pytest.raises(NotPossible):
        seal_of(office)
