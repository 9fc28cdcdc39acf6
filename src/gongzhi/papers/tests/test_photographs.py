"""A photograph from the field: its time, whether it was taken on the spot, its copy with the band, what is refused."""

import io
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from PIL import Image, ImageDraw

from gongzhi.acts.actor import Actor
from gongzhi.papers import fonts, storage
from gongzhi.papers.actions import store_upload
from gongzhi.papers.check import findings
from gongzhi.papers.models import File, MarkedCopy, Photograph
from gongzhi.papers.photographs import exif, grid
from gongzhi.papers.photographs.band import LEAST_WIDTH, Marks, drawn, when
from gongzhi.papers.photographs.keeping import mark_copy
from gongzhi.papers.photographs.opening import opened, preview, size_of
from gongzhi.papers.photographs.rule import Way, is_on_site
from gongzhi.papers.queries import preview_of
from gongzhi.papers.tests import samples, shots
from gongzhi.values.ids import new_id
from gongzhi.values.now import ZONE
from gongzhi.values.refusals import Invalid, NotPossible

AT = datetime(2026, 3, 2, 9, 30, tzinfo=ZONE)
VOLUNTEER = Actor(account_id=new_id(), appointment_id=new_id(), person_id=new_id())
BAND = (28, 35, 33)


def marks(**changed: Any) -> Marks:
    said = {
        "shot_at": AT - timedelta(minutes=4),
        "sent_at": AT,
        "on_site": True,
        "place": "示例花园",
        "subject": "示例公示·公示期间照片",
        "taken_by": "示例张三",
        "case_number": "示例2026-1",
    }
    return Marks(**{**said, **changed})


# What a picture says of itself --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("taken", "offset", "wanted"),
    [
        ("2026:03:02 09:26:05", "+08:00", datetime(2026, 3, 2, 1, 26, 5, tzinfo=UTC)),
        ("2026:03:02 03:26:05", "+02:00", datetime(2026, 3, 2, 1, 26, 5, tzinfo=UTC)),
        ("2026:03:01 20:26:05", "-05:00", datetime(2026, 3, 2, 1, 26, 5, tzinfo=UTC)),
        ("2026:03:02 09:26:05", "", datetime(2026, 3, 2, 1, 26, 5, tzinfo=UTC)),
        ("0000:00:00 00:00:00", "+08:00", None),
        ("2026:13:40 25:61:00", "", None),
        ("yesterday", "", None),
        ("", "", None),
    ],
)
def test_its_time_is_read_with_its_offset(taken: str, offset: str, wanted: datetime | None) -> None:
    assert exif.shot_at(opened(shots.jpeg(taken=taken, offset=offset))) == wanted


def test_a_picture_without_any_of_it_says_nothing() -> None:
    assert exif.shot_at(opened(shots.png())) is None


# On the spot --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("way", "shot", "wanted"),
    [
        (Way.CAMERA, AT, True),
        (Way.CAMERA, AT - timedelta(hours=2), True),
        (Way.CAMERA, AT - timedelta(hours=2, seconds=1), False),
        (Way.CAMERA, AT + timedelta(minutes=10), True),
        (Way.CAMERA, AT + timedelta(minutes=10, seconds=1), False),
        (Way.CAMERA, None, True),
        (Way.ALBUM, AT, False),
        (Way.ALBUM, None, False),
    ],
)
def test_the_rule_by_hand(way: Way, shot: datetime | None, wanted: bool) -> None:
    assert is_on_site(way, shot, AT) is wanted


@pytest.mark.parametrize(
    ("shot", "on_site", "words"),
    [
        (AT - timedelta(minutes=4), True, "拍摄：2026-03-02 09:26　收到：2026-03-02 09:30"),
        (None, True, "收到：2026-03-02 09:30（拍摄时间以收到为准）"),
        (None, False, "收到：2026-03-02 09:30（拍摄时间不详）"),
    ],
)
def test_both_times_are_said(shot: datetime | None, on_site: bool, words: str) -> None:
    assert when(shot, AT, on_site=on_site) == words


# The copy -----------------------------------------------------------------------------------------------------------


def test_the_copy_is_the_picture_with_a_dark_band_of_words_below_it() -> None:
    made = shots.read(drawn(shots.jpeg(), marks()))
    assert made.width == 800
    assert made.height > 600
    for at, colour in {(200, 150): shots.RED, (600, 150): shots.GREEN, (200, 450): shots.BLUE}.items():
        assert shots.is_near(made.getpixel(at), colour)
    band = made.crop((0, 602, 800, made.height))
    dark = sum(shots.is_near(one, BAND) for one in band.get_flattened_data())
    bright = sum(min(one) > 200 for one in band.get_flattened_data())
    assert dark > bright > 1500


def test_other_words_are_another_band_and_the_same_picture() -> None:
    one, other = (shots.read(drawn(shots.jpeg(), marks(taken_by=name))) for name in ("示例张三", "示例李四"))
    top = (0, 0, 800, 596)
    assert one.crop(top).tobytes() == other.crop(top).tobytes()
    assert one.tobytes() != other.tobytes()


def test_the_same_bytes_and_words_are_the_same_copy() -> None:
    assert drawn(shots.jpeg(), marks()) == drawn(shots.jpeg(), marks())


def test_every_word_of_it_has_a_sign_and_none_is_a_box() -> None:
    font, words = fonts.picture_font(24), "".join(marks(on_site=False).lines()) + "非现场拍摄"
    assert font.known(words) == words
    assert len({bytes(font.face.getmask(sign)) for sign in "拍摄收到时间示例"}) == 8


def test_a_sign_the_face_lacks_is_drawn_from_another_and_one_that_none_has_is_its_code() -> None:
    font = fonts.picture_font(24)
    assert font.known("张𠮷𥖁三") == "张𠮷𥖁三"
    assert font.known("张\U0002a6a5三") == "张〔U+2A6A5〕三"
    assert font.width("张𠮷三") == font.width("张一三") < font.width("张\U0002a6a5三")
    drawings = {drawn(shots.jpeg(), marks(taken_by=f"张{sign}")) for sign in "𠮷𥖁\U0002a6a5\U0002a6a6"}
    assert len(drawings) == 4


def test_words_of_one_face_are_drawn_as_that_face_draws_them() -> None:
    font, words = fonts.picture_font(24), "拍摄：2026-03-02　示例小区"
    sheets = [Image.new("L", (600, 40)) for _ in range(2)]
    font.draw(ImageDraw.Draw(sheets[0]), (3, 4), words, 255)
    ImageDraw.Draw(sheets[1]).text((3, 4), words, font=font.face, fill=255)
    assert sheets[0].tobytes() == sheets[1].tobytes()


def test_off_site_is_burned_in() -> None:
    plain, marked = (shots.read(drawn(shots.jpeg(), marks(on_site=on))) for on in (True, False))
    corner = (600, 602, 790, 640)
    bright = [
        sum(min(one) > 240 for one in made.crop(corner).get_flattened_data()) for made in (plain, marked)
    ]
    assert bright[1] > bright[0] + 1000


def test_nothing_its_camera_wrote_is_in_the_copy() -> None:
    original = shots.jpeg(taken="2026:03:02 09:26:05", offset="+08:00")
    assert shots.PLACE.encode() in original
    assert shots.DEVICE.encode() in original
    for made in (drawn(original, marks()), preview(original, 360)):
        assert shots.PLACE.encode() not in made
        assert shots.DEVICE.encode() not in made
        assert b"Exif" not in made
        assert dict(Image.open(io.BytesIO(made)).getexif()) == {}


@pytest.mark.parametrize(
    ("orientation", "upper_left", "size"),
    [
        (1, shots.RED, (800, 600)),
        (3, shots.GREY, (800, 600)),
        (6, shots.BLUE, (600, 800)),
        (8, shots.GREEN, (600, 800)),
        (2, shots.GREEN, (800, 600)),
        (5, shots.RED, (600, 800)),
    ],
)
def test_it_stands_upright_however_it_was_held(
    orientation: int, upper_left: tuple[int, int, int], size: tuple[int, int]
) -> None:
    content = shots.jpeg(orientation=orientation)
    made = shots.read(preview(content, 800))
    assert made.size == size == size_of(opened(content))
    assert shots.is_near(made.getpixel((100, 100)), upper_left)


def test_its_long_side_is_limited() -> None:
    made = shots.read(drawn(shots.jpeg(shots.picture(4000, 3000)), marks()))
    assert made.width == 1600


def test_a_narrow_picture_leaves_room_for_the_words() -> None:
    made = shots.read(drawn(shots.jpeg(shots.picture(200, 1000)), marks()))
    assert made.width == LEAST_WIDTH
    assert shots.is_near(made.getpixel((LEAST_WIDTH // 2 - 60, 200)), shots.RED)


def test_what_is_see_through_lies_on_white() -> None:
    clear = Image.new("RGBA", (400, 300), (0, 0, 0, 0))
    assert shots.is_near(shots.read(preview(shots.png(clear), 400)).getpixel((10, 10)), (255, 255, 255))


# Covered ------------------------------------------------------------------------------------------------------------


def test_the_grid_by_hand() -> None:
    assert grid.boxes(800, 600, [1, 8, 9, 48]) == [
        (0, 0, 100, 100),
        (700, 0, 800, 100),
        (0, 100, 100, 200),
        (700, 500, 800, 600),
    ]
    assert grid.boxes(600, 800, [7]) == [(0, 100, 100, 200)]
    assert grid.boxes(805, 600, [1, 2]) == [(0, 0, 101, 100), (100, 0, 202, 100)]


def test_covered_cells_are_black_and_nothing_else_is() -> None:
    made = shots.read(drawn(shots.jpeg(), marks(), [1, 48]))
    for left, top in ((4, 4), (704, 504)):
        cell = made.crop((left, top, left + 90, top + 90))
        assert max(high for _, high in cell.getextrema()) < 12  # type: ignore[misc]
    assert shots.is_near(made.getpixel((150, 50)), shots.RED)
    assert shots.is_near(made.getpixel((650, 550)), shots.GREY)


# Kept ---------------------------------------------------------------------------------------------------------------


def send(content: bytes, way: Way | None = Way.CAMERA, key: str = "", name: str = "IMG_1.jpg") -> Any:
    return store_upload(by=VOLUNTEER, at=AT, upload=io.BytesIO(content), name=name, key=key, way=way).value


@pytest.mark.django_db
def test_the_original_is_kept_byte_for_byte_with_what_it_says() -> None:
    content = shots.jpeg(taken="2026:03:02 09:26:05", offset="+08:00", orientation=6)
    answer = send(content)
    photo = Photograph.objects.get(file=UUID(answer["id"]))
    assert storage.read(photo.file.digest) == content
    assert (photo.shot_at, photo.sent_at) == (AT - timedelta(minutes=3, seconds=55), AT)
    assert (photo.width, photo.height, photo.on_site) == (600, 800, True)
    assert datetime.fromisoformat(answer["photograph"]["shot_at"]) == photo.shot_at


@pytest.mark.django_db
def test_sent_twice_under_one_key_it_is_one() -> None:
    content = shots.jpeg()
    assert send(content, key="form-1") == send(content, key="form-1")
    assert Photograph.objects.count() == 1


@pytest.mark.django_db
def test_a_file_is_no_photograph_by_itself() -> None:
    assert send(shots.jpeg(), way=None)["photograph"] is None
    assert not Photograph.objects.exists()


@pytest.mark.django_db
def test_a_marked_copy_is_a_file_nobody_uploaded() -> None:
    photo = Photograph.objects.get(file=UUID(send(shots.jpeg())["id"]))
    copy = mark_copy(photo, marks(), at=AT)
    assert (copy.file.uploaded_by_account, copy.file.name) == (None, "IMG_1（水印）.jpg")
    assert storage.read(copy.file.digest) == drawn(storage.read(photo.file.digest), marks())
    assert list(findings(AT + timedelta(days=1))) == []


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [{"way": "album"}, {"way": "drone"}, {"width": 0}])
def test_the_database_refuses_what_cannot_be(wrong: dict[str, Any]) -> None:
    file = File.objects.get(pk=UUID(send(shots.jpeg(), way=None)["id"]))
    said = {"way": "camera", "on_site": True, "width": 4, "height": 3, "sent_at": AT, "file": file}
    with pytest.raises(IntegrityError), transaction.atomic():
        Photograph.objects.create(**{**said, **wrong})


@pytest.mark.django_db
def test_neither_is_changed_afterwards() -> None:
    photo = Photograph.objects.get(file=UUID(send(shots.jpeg())["id"]))
    copy = mark_copy(photo, marks(), at=AT)
    for rows in (Photograph.objects.filter(pk=photo.pk), MarkedCopy.objects.filter(pk=copy.pk)):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            rows.update(id=new_id())


@pytest.mark.django_db
def test_a_check_finds_a_picture_that_breaks_the_rule() -> None:
    file = File.objects.get(pk=UUID(send(shots.jpeg(), way=None)["id"]))
    old = AT - timedelta(days=3)
    Photograph.objects.create(
        file=file, way="camera", on_site=True, shot_at=old, sent_at=AT, width=800, height=600
    )
    assert any("是否现场拍摄" in found for found in findings(AT + timedelta(days=1)))


# Refused ------------------------------------------------------------------------------------------------------------


def _cut(content: bytes) -> bytes:
    return content[: len(content) // 2] + b"\xff\xd9"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (samples.pdf(), "这里只收照片"),
        ("文字".encode(), "这里只收照片"),
        (_cut(shots.png())[:200] + b"\x00\x00\x00\x00IEND\xaeB`\x82", "已损坏或不完整"),
        (shots.jpeg(shots.picture(120, 900)), "照片太小（120×900像素）"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", "转存为JPEG或PNG"),
    ],
)
def test_what_cannot_be_shown_is_refused_in_one_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence) as refused:
        send(content)
    assert refused.value.sentence.count("。") == 1
    assert not File.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("progressive", [True, False])
def test_only_what_unfolds_line_by_line_may_be_large(progressive: bool, settings: Any) -> None:
    settings.FILE_LIMITS = {"photo_at_once": 400_000}
    content = shots.jpeg(progressive=progressive)
    if not progressive:
        assert send(content)["photograph"]["width"] == 800
        return
    with pytest.raises(Invalid, match="照片尺寸过大（800×600像素）"):
        send(content)


@pytest.mark.django_db
def test_what_is_no_picture_has_no_preview() -> None:
    file = File.objects.get(pk=UUID(send(samples.pdf(), way=None, name="a.pdf")["id"]))
    with pytest.raises(NotPossible, match="不是图片"):
        preview_of(file)
