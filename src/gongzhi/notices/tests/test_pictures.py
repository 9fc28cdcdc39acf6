"""Photographs of a notice: gone to see while it hangs, told in its note, let out to the public with parts covered."""

from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from PIL import Image

from gongzhi.acts.door import Answer
from gongzhi.acts.facts import read_facts
from gongzhi.acts.models import Act
from gongzhi.law.schema import Kind
from gongzhi.notices.evidence import PROOFS, unpictured
from gongzhi.notices.facts import ShowPicture, WithdrawPicture
from gongzhi.notices.hanging import UNTOLD
from gongzhi.notices.models import Notice, PublicPicture
from gongzhi.notices.papers import REPORT
from gongzhi.notices.pictures import show_picture, withdraw_picture
from gongzhi.notices.presenting import told_notice
from gongzhi.notices.publish import REPLY_WITHIN
from gongzhi.notices.tests.test_notices import Noticed, enter, law, reply, stage, take_down, wording
from gongzhi.papers.actions import store_upload
from gongzhi.papers.models import MarkedCopy
from gongzhi.papers.photographs.keeping import marks_of
from gongzhi.papers.photographs.rule import Way
from gongzhi.papers.queries import content_of
from gongzhi.papers.render import render
from gongzhi.papers.storage import read
from gongzhi.papers.tests import shots
from gongzhi.papers.tests.measure import pages
from gongzhi.procedures.documents import papers_made
from gongzhi.procedures.models import PaperUse
from gongzhi.procedures.perform import perform
from gongzhi.procedures.presenting import ReadView
from gongzhi.procedures.queries import file_read
from gongzhi.procedures.standing import perform_on_case
from gongzhi.procedures.tests.stage import Law, Stage, at, period, value
from gongzhi.registry.models import Post
from gongzhi.registry.tests.cast import add_actor
from gongzhi.values.refusals import Conflict, Invalid, NotAllowed, NotFound, NotPossible

__all__ = ["law", "stage"]

WHOLE = {"seen": "whole", "where": "东门", "companion": "示例同行人", "note": "清楚"}


@pytest.fixture
def hung(stage: Stage, law: Law) -> Stage:
    """Posted on Monday 2 March 2026 at 09:00 for seven days; a volunteer of the estate, and one of the other."""
    law["n.days"], law[REPLY_WITHIN] = period("7D"), period("5WD")
    home = stage.cast.home
    home.actors["volunteer"] = add_actor("示例志愿者", Post.VOLUNTEER, estate_id=stage.cast.estate.pk)
    home.actors["stranger_volunteer"] = add_actor(
        "示例志愿者二", Post.VOLUNTEER, estate_id=stage.cast.bare_estate.pk
    )
    stage.declare(Noticed).open("noticed", "committee_head", **wording(stage))
    return stage.until("2026-03-04 09:30")


def shoot(stage: Stage, who: str, way: Way = Way.CAMERA, taken: str = "2026:03:04 09:26:00") -> str:
    """Somebody sends a photograph."""
    sent = BytesIO(shots.jpeg(taken=taken, offset="+08:00"))
    return str(
        store_upload(by=stage.actor(who), at=stage.now, upload=sent, name="IMG_1.jpg", way=way).value["id"]
    )


def patrol(stage: Stage, who: str = "volunteer", key: str = "", photos: Any = None, **more: Any) -> Answer:
    """Somebody went to see the notice."""
    sent = photos if photos is not None else [shoot(stage, who)]
    return perform_on_case(
        by=stage.actor(who),
        at=stage.now,
        case_id=stage.case().id,
        act="patrol",
        facts={**WHOLE, **more},
        papers=[{"file": one, "kind": "photo_during"} for one in sent],
        key=key,
    )


def use() -> PaperUse:
    return PaperUse.objects.select_related("file", "copy__photograph", "copy__file").get()


# Going to see it ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["volunteer", "committee_head", "community_worker"])
def test_the_poster_the_community_and_a_volunteer_of_the_estate_go_to_see_it(hung: Stage, who: str) -> None:
    patrol(hung, who)
    assert use().kind == "photo_during"


@pytest.mark.parametrize("who", ["owner", "tenant", "provider_leader", "stranger_volunteer"])
def test_others_are_told_who_may(hung: Stage, who: str) -> None:
    with pytest.raises(NotAllowed, match=r"“巡查拍照”应由.*社区.*小区志愿者办理"):
        patrol(hung, who)


def test_it_is_nothing_without_its_photograph(hung: Stage) -> None:
    with pytest.raises(NotPossible, match="要附公示期间照片，请现场拍照后再提交"):
        patrol(hung, photos=[])


def test_its_copy_says_where_what_who_and_which_case(hung: Stage) -> None:
    patrol(hung)
    copy = use().copy
    assert copy is not None
    assert (copy.place, copy.subject) == (hung.cast.estate.name, "示例公示·公示期间照片")
    assert (copy.taken_by, copy.case_number) == ("示例志愿者", hung.case().row.number)
    assert copy.photograph.on_site
    assert read(copy.file.digest) != read(use().file.digest)


def test_sent_twice_it_counts_once_pictures_included(hung: Stage) -> None:
    photos = [shoot(hung, "volunteer")]
    first = patrol(hung, key="form-1", photos=photos)
    again = patrol(hung, key="form-1", photos=photos)
    assert (first.replayed, again.replayed) == (False, True)
    assert (MarkedCopy.objects.count(), PaperUse.objects.count()) == (1, 1)
    assert Act.objects.filter(name="noticed.patrol").count() == 1


def test_what_it_found_damaged_is_looked_into(hung: Stage) -> None:
    patrol(hung)
    assert "notice.torn:1" not in hung.tasks()
    patrol(hung, seen="damaged")
    assert hung.task("notice.torn:1").organisation == hung.cast.organisations["community"]
    with pytest.raises(NotPossible, match="尚未核实或补贴"):
        take_down(hung.until("2026-03-10 08:00"))


def test_a_notice_that_was_taken_down_cannot_be_seen_any_more(hung: Stage) -> None:
    photos = [shoot(hung, "volunteer")]
    take_down(hung.until("2026-03-10 08:00"))
    with pytest.raises(NotPossible):
        patrol(hung, photos=photos)


# In its note --------------------------------------------------------------------------------------------------------


def report_of(stage: Stage) -> Any:
    made = papers_made(ReadView(stage.case().row), stage.now, masked=False)
    return next(one for one in made if one.document is REPORT)


def test_its_note_lists_pictures_and_patrols_with_times_and_names(hung: Stage, law: Law) -> None:
    listed = [{"code": "start", "label": "张贴时照片"}, {"code": "during", "label": "期间照片"}]
    law[PROOFS] = value(Kind.LIST, listed)
    patrol(hung, photos=[shoot(hung, "volunteer"), shoot(hung, "volunteer", Way.ALBUM)])
    take_down(hung.until("2026-03-10 08:00"))
    form = report_of(hung).form()
    photos, walks = (section.table for section in form.sections[:2])
    assert [row[1] for row in photos.rows] == ["P-001", "P-002", "—", "—"]
    assert sorted(row[2:] for row in photos.rows) == [
        ("公示期间照片", "东门", "2026年3月4日（周三）09:26", "2026年3月4日（周三）09:30", "示例志愿者", "—"),
        (
            "公示期间照片（非现场拍摄）",
            "东门",
            "2026年3月4日（周三）09:26",
            "2026年3月4日（周三）09:30",
            "—",
            "示例志愿者",
        ),
        ("张贴位置“1幢单元门”的照片：无", "—", "—", "—", "—", "—"),
        ("张贴时照片：无", "—", "—", "—", "—", "—"),
    ]
    assert walks.rows == (("1", "2026年3月4日（周三）09:30", "东门", "完好；清楚", "示例志愿者、示例同行人"),)
    hands = [(one.role, one.name) for one in form.signatures]
    assert ("拍摄人", "示例志愿者") in hands
    assert "示例志愿者" not in [name for role, name in hands if role == "张贴、取下人员"]
    assert "未发现中断" in form.sections[4].paragraphs[0]
    *_, shown = pages(render(form, at=hung.now))
    assert len(shown.pictures) == 2
    assert "P-002 公示期间照片" in " ".join(shown.text.split())
    assert [Image.open(BytesIO(one.image)).width for one in form.photos] == [800, 800]


# Who reads what -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "copy", "original"),
    [
        ("community_worker", True, True),
        ("county_officer", True, True),
        ("committee_head", True, False),
        ("provider_leader", True, False),
        ("owner", False, False),
        ("volunteer", False, True),
        ("stranger_volunteer", False, False),
    ],
)
def test_the_case_shows_the_copy_and_few_the_original(
    hung: Stage, who: str, copy: bool, original: bool
) -> None:
    patrol(hung)
    assert use().copy is not None
    for file_id, may in ((use().copy.file_id, copy), (use().file_id, original)):  # type: ignore[union-attr]
        if may:
            assert file_read(file_id, hung.actor(who), hung.now)
        else:
            with pytest.raises(NotFound):
                file_read(file_id, hung.actor(who), hung.now)


# Let out ------------------------------------------------------------------------------------------------------------


def show(stage: Stage, who: str = "committee_head", key: str = "", **more: Any) -> Answer:
    said = {
        "notice": Notice.objects.get().pk,
        "picture": use().copy_id,
        "caption": "东门张贴处",
        "checked": True,
    }
    facts = ShowPicture.model_validate({"covered": [1, 48], **said, **more})
    return show_picture(by=stage.actor(who), at=stage.now, facts=facts, key=key)


def told() -> list[Any]:
    rows = Notice.objects.select_related("issuer", "estate").prefetch_related("interruptions", "pictures")
    return list(told_notice(rows.get(), at("2026-03-04 09:30"))["pictures"])


def test_nothing_is_public_by_itself_and_what_is_let_out_is_black_where_covered(hung: Stage) -> None:
    patrol(hung)
    assert told() == []
    show(hung)
    shown = PublicPicture.objects.select_related("file", "mark__photograph__file").get()
    made = shots.read(content_of(shown.file))
    for left, top in ((4, 4), (704, 504)):
        cell = made.crop((left, top, left + 90, top + 90))
        assert max(high for _, high in cell.getextrema()) < 12  # type: ignore[misc]
    assert shots.is_near(made.getpixel((150, 50)), shots.RED)
    original = content_of(shown.mark.photograph.file)
    assert shots.PLACE.encode() in original
    assert shots.PLACE.encode() not in content_of(shown.file)
    assert [one["caption"] for one in told()] == ["东门张贴处"]
    assert shots.is_near(shots.read(original).getpixel((50, 50)), shots.RED)


def test_the_public_copy_masks_who_took_it(hung: Stage) -> None:
    patrol(hung)
    show(hung, covered=[])
    shown = PublicPicture.objects.get()
    assert content_of(shown.file) != content_of(use().copy.file)  # type: ignore[union-attr]


@pytest.mark.parametrize("who", ["committee_head", "community_worker", "subdistrict_officer"])
def test_its_people_let_it_out_and_take_it_back(hung: Stage, who: str) -> None:
    patrol(hung)
    answer = show(hung, who)
    with pytest.raises(Conflict, match="已经公开"):
        show(hung, who)
    back = WithdrawPicture(public_picture=UUID(answer.value["id"]), why="示例：露出了车牌")
    withdraw_picture(by=hung.actor(who), at=hung.now, facts=back)
    assert told() == []
    assert PublicPicture.objects.get().covered == [1, 48]
    with pytest.raises(NotFound):
        withdraw_picture(by=hung.actor(who), at=hung.now, facts=back)
    show(hung, who)
    assert len(told()) == 1


@pytest.mark.parametrize("who", ["volunteer", "owner", "provider_leader", "county_officer"])
def test_nobody_else_lets_it_out(hung: Stage, who: str) -> None:
    patrol(hung)
    with pytest.raises(NotAllowed, match=r"应由公示人.*社区或者街道办理"):
        show(hung, who)


def test_only_pictures_of_the_same_notice_are_let_out(hung: Stage) -> None:
    patrol(hung)
    with pytest.raises(NotFound, match="这次公示没有这张照片"):
        show(hung, picture=hung.case().id)


@pytest.mark.parametrize("wrong", [{"covered": [0]}, {"covered": [49]}, {"checked": False}, {"caption": ""}])
def test_what_is_said_wrong_is_refused(hung: Stage, wrong: dict[str, Any]) -> None:
    patrol(hung)
    said = {
        "notice": str(Notice.objects.get().pk),
        "picture": str(use().copy_id),
        "caption": "东门",
        "checked": True,
    }
    with pytest.raises(Invalid):
        read_facts(ShowPicture, {**said, **wrong})


def test_a_picture_is_public_once(hung: Stage) -> None:
    patrol(hung)
    show(hung)
    row = PublicPicture.objects.get()
    row.pk = row.notice_id
    row.file = use().file
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_where_a_photograph_was_taken_is_burned_in_and_told_in_the_note(hung: Stage) -> None:
    patrol(hung, where="小区主要出入口公告栏")
    hung.until("2026-03-10 08:30")
    by = hung.actor("committee_head")
    sent = BytesIO(shots.jpeg(taken="2026:03:10 08:26:00", offset="+08:00"))
    photo = store_upload(by=by, at=hung.now, upload=sent, name="a.jpg", way=Way.CAMERA).value["id"]
    perform(
        by=by,
        at=hung.now,
        task_id=hung.task("notice.take_down").id,
        act="take_down",
        facts={"taken_down_at": hung.now.isoformat(), "taken_down_by": ["示例甲", "示例乙"]},
        papers=[{"file": str(photo), "kind": "photo_end"}],
    )
    copies = [one.copy for one in PaperUse.objects.select_related("copy__photograph").order_by("act__seq")]
    assert [one.spot for one in copies if one is not None] == ["小区主要出入口公告栏", "未注明"]
    assert "地点：小区主要出入口公告栏" in marks_of(copies[0]).lines()[1]
    made = next(
        one
        for one in papers_made(ReadView(hung.case().row), hung.now, masked=False)
        if one.code == "notice.notice_report"
    )
    form = made.form()
    (pictures,) = [one.table for one in form.sections if one.heading == "一、照片"]
    where = [column.title for column in pictures.columns].index("位置")
    assert [row[where] for row in pictures.rows][:2] == ["小区主要出入口公告栏", "未注明"]
    assert "张贴位置“1幢单元门”的照片：无（有照片没有写明位置）" in str(pictures.rows)


def test_the_note_says_of_which_place_there_is_no_photograph() -> None:
    """It hung at two places: a photograph of one shows nothing of the other."""
    assert unpictured(["东门", "1幢单元门"], ["东门", "东门"]) == {"张贴位置“1幢单元门”的照片": ""}
    assert unpictured(["东门", "1幢单元门"], ["东门公示栏", "1幢单元门"]) == {}
    untold = unpictured(["东门", "1幢单元门"], ["东门", UNTOLD])
    assert untold == {"张贴位置“1幢单元门”的照片": "有照片没有写明位置"}
    assert unpictured(["东门"], [UNTOLD]) == {}
    assert unpictured(["东门", "1幢单元门"], []) == {}


def test_who_takes_it_down_says_at_which_place_the_photograph_was_taken(hung: Stage) -> None:
    view = hung.case()
    found = view.open_round(view.declaration.step("notice"))
    assert found is not None
    offered = view.declaration.step("notice").offers(view.round_view(found), "take_down")
    assert offered == {"pictured": ["东门", "1幢单元门"]}
    said = {"pictured": "1幢单元门"}
    assert view.declaration.step("notice").spot_of(view.round_view(found), "take_down", said) == "1幢单元门"


# Its start ----------------------------------------------------------------------------------------------------------


def warned(stage: Stage) -> tuple[str, ...]:
    """What whoever posted it is told."""
    view = stage.case()
    return tuple(view.declaration.step("notice").warns(view, "post", stage.now))


def bring_start(stage: Stage, who: str = "committee_head", taken_on: str = "2026-03-04") -> None:
    perform_on_case(
        by=stage.actor(who),
        at=stage.now,
        case_id=stage.case().id,
        act="add_start_picture",
        facts={"taken_on": taken_on, "pictured": "东门"},
        papers=[{"file": shoot(stage, who, Way.ALBUM), "kind": "photo_start"}],
    )


def test_who_posts_without_a_photograph_is_told_so_and_brings_it_when_the_paper_hangs(hung: Stage) -> None:
    """The number is drawn when it is registered: what is photographed is printed after that."""
    assert "还没有张贴时照片" in warned(hung)[0]
    with pytest.raises(NotAllowed, match="“补交张贴时照片”应由"):
        bring_start(hung, "owner")
    for other in ("2026-03-01", "2026-03-05"):
        with pytest.raises(NotPossible, match="在张贴的2026-03-02至今天之间"):
            bring_start(hung, taken_on=other)
    bring_start(hung)
    take_off(hung.until("2026-03-10 08:30"), no_picture="没有拍成")
    assert any("张贴时照片（补交，拍摄于2026年3月4日" in row[0] for row in told_pictures(hung))


def test_why_there_is_no_photograph_of_the_start_is_asked_and_printed(stage: Stage, law: Law) -> None:
    law["n.days"], law[REPLY_WITHIN] = period("7D"), period("5WD")
    stage.declare(Noticed).open(
        "noticed", "committee_head", **wording(stage) | {"no_picture": "当时下雨没有拍"}
    )
    assert warned(stage) == ()
    take_off(stage.until("2026-03-10 08:30"), no_picture="没有拍成")
    assert any(row[0] == "张贴时照片：无（当时下雨没有拍）" for row in told_pictures(stage))


# The end of it ------------------------------------------------------------------------------------------------------


def take_off(stage: Stage, papers: tuple[str, ...] = (), **more: Any) -> None:
    """The committee takes it down, with photographs of its end or without."""
    perform(
        by=stage.actor("committee_head"),
        at=stage.now,
        task_id=stage.task("notice.take_down").id,
        act="take_down",
        facts={"taken_down_at": stage.now.isoformat(), "taken_down_by": ["示例甲", "示例乙"], **more},
        papers=[{"file": one, "kind": "photo_end"} for one in papers],
    )


def bring_late(stage: Stage, who: str = "committee_head", taken_on: str = "2026-03-10") -> None:
    sent = shoot(stage, who, Way.ALBUM, "2026:03:10 08:05:00")
    perform_on_case(
        by=stage.actor(who),
        at=stage.now,
        case_id=stage.case().id,
        act="add_end_picture",
        facts={"taken_on": taken_on, "pictured": "东门"},
        papers=[{"file": sent, "kind": "photo_end"}],
    )


def told_pictures(stage: Stage) -> list[tuple[str, ...]]:
    return [row[2:] for row in report_of(stage).form().sections[0].table.rows]


def test_it_is_taken_down_with_a_photograph_or_with_why_there_is_none(hung: Stage) -> None:
    hung.until("2026-03-10 08:30")
    with pytest.raises(Invalid, match="请附上期满照片，或者写明没有的原因") as refused:
        take_off(hung)
    assert set(refused.value.fields) == {"no_picture"}
    take_off(hung, no_picture="手机没电，没有拍成")
    assert any(row[0] == "期满照片：无（手机没电，没有拍成）" for row in told_pictures(hung))


def test_a_place_that_wants_no_photograph_of_the_end_asks_for_none(hung: Stage, law: Law) -> None:
    law[PROOFS] = value(Kind.LIST, [{"code": "start", "label": "张贴时照片"}])
    take_off(hung.until("2026-03-10 08:30"))
    assert hung.outcome("notice") == "done"


def test_a_photograph_of_the_end_comes_late_and_says_so_with_its_day(hung: Stage) -> None:
    hung.until("2026-03-10 08:30")
    with pytest.raises(NotPossible, match="现在不能“补交期满照片”"):
        bring_late(hung)
    take_off(hung, no_picture="没有拍成")
    hung.until("2026-03-12 09:00")
    with pytest.raises(NotAllowed, match="“补交期满照片”应由"):
        bring_late(hung, "owner")
    with pytest.raises(NotPossible, match="不能晚于今天"):
        bring_late(hung, taken_on="2026-03-13")
    for early in ("2026-03-01", "2026-03-05", "2026-03-08"):
        with pytest.raises(NotPossible, match="公示期到2026-03-09才满"):
            bring_late(hung, taken_on=early)
    bring_late(hung)
    shown, none = [row for row in told_pictures(hung) if "期满照片" in row[0]]
    assert none[0] == "取下时的期满照片：无（没有拍成）"
    assert shown[0] == "期满照片（补交，拍摄于2026年3月10日（周二））（非现场拍摄）"
    assert shown[1:] == ("东门", "2026年3月10日（周二）08:05", "2026年3月12日（周四）09:00", shown[-1])
    (photo,) = report_of(hung).form().photos
    assert "期满照片（补交，拍摄于2026年3月10日" in photo.caption


def test_a_note_bears_the_day_of_the_last_it_tells_of_and_says_which_it_replaces(hung: Stage) -> None:
    take_off(hung.until("2026-03-10 08:30"), no_picture="没有拍成")
    first = report_of(hung).form()
    assert first.date == "2026年3月10日"
    assert not any(line.label == "补充" for line in first.lines)
    enter(hung.until("2026-03-11 09:00"), received="2026-03-09 16:00")
    reply(hung.until("2026-03-12 10:00"))
    second = report_of(hung)
    assert (second.form().date, second.source.copy.said_at) == ("2026年3月12日", hung.now)
    (told,) = [line.value for line in second.form().lines if line.label == "补充"]
    assert told == "补充（代替2026年3月11日的说明）"
    bring_late(hung.until("2026-03-12 18:00"))
    (told,) = [line.value for line in report_of(hung).form().lines if line.label == "补充"]
    assert told == "补充（代替2026年3月12日（周四）10:00的说明）"


def test_what_came_down_with_its_photograph_asks_for_no_other(hung: Stage) -> None:
    hung.until("2026-03-10 08:30")
    take_off(hung, (shoot(hung, "committee_head", taken="2026:03:10 08:26:00"),))
    assert not any("无" in row[0] and "期满" in row[0] for row in told_pictures(hung))
    with pytest.raises(NotPossible, match="现在不能“补交期满照片”"):
        bring_late(hung)
