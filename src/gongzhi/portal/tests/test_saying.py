"""What the public says of a notice: objections through the door, reports to the community."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from gongzhi.acts.door import SYSTEM
from gongzhi.acts.models import Act
from gongzhi.exits.tests.play import PDF, Play, at
from gongzhi.messages.models import Message
from gongzhi.notices.models import Objection
from gongzhi.notices.offering import step_of
from gongzhi.portal import reporting
from gongzhi.portal.facts import ReportMissing, Sight
from gongzhi.portal.tests.scene import notice, read, sign_in, strict
from gongzhi.procedures.archive import timeline
from gongzhi.procedures.models import PaperUse, Task
from gongzhi.procedures.view import CaseView
from gongzhi.registry.roles import SUBDISTRICT
from gongzhi.values.refusals import NotAllowed, NotPossible

SEEN = {"what": "torn", "where": "示例东门公示栏", "more": ""}


def object_path() -> str:
    return f"/notices/{notice().pk}/object/"


def missing_path() -> str:
    return f"/notices/{notice().pk}/missing/"


def key_in(text: str) -> str:
    return text.split('name="key" value="')[1].split('"')[0]


# Objections ---------------------------------------------------------------------------------------------------------


def test_a_passer_by_is_told_how_to_object_on_paper_and_where_to_sign_in(play: Play) -> None:
    text = read(object_path())
    for told in (
        "用纸提出",
        "2026 年 3 月 9 日 星期一 24:00",
        "示例白山社区",
        f"/sign-in/?next={object_path()}",
    ):
        assert told in text, told
    assert "<textarea" not in text
    Client().post(object_path(), {"content": "示例异议"})
    assert not Objection.objects.exists()


def test_an_owner_objects_through_the_door_and_twice_sent_counts_once(play: Play) -> None:
    client = sign_in(play, "owner")
    text = read(object_path(), client=client)
    assert "书面异议人" not in text
    sent = {"content": "示例异议：请说明退出原因", "key": key_in(text)}
    for _ in range(2):
        assert client.post(object_path(), sent)["Location"] == f"{object_path()}?sent=1"
    row = Objection.objects.get()
    assert (row.content, row.person_id) == ("示例异议：请说明退出原因", play.cast["owner"].person_id)
    assert Act.objects.filter(name="exit.object").count() == 1
    assert "您的异议已经收到" in read(f"{object_path()}?sent=1", client=client)
    assert Task.objects.filter(name="reply:1", open=True).exists()


def test_who_objects_is_told_which_signs_papers_cannot_print(play: Play) -> None:
    client = sign_in(play, "owner")
    rare = {"content": "示例异议：\U0002a6a5家的车位", "key": key_in(read(object_path(), client=client))}
    where = client.post(object_path(), rare)["Location"]
    told = "“\U0002a6a5”字（U+2A6A5）字库里没有"
    assert told in read(where, client=client)
    assert told not in read(where)
    assert "字库里没有" not in read(f"{object_path()}?sent=1&signs=异议", client=client)


def test_who_reports_is_told_which_signs_papers_cannot_print(play: Play) -> None:
    client = sign_in(play, "owner")
    seen = SEEN | {"where": "\U0002a6a5门公示栏", "key": key_in(read(missing_path(), client=client))}
    where = client.post(missing_path(), seen)["Location"]
    assert "“\U0002a6a5”字（U+2A6A5）字库里没有" in read(where, client=client)
    assert "signs" not in Client().post(missing_path(), seen | {"key": "k2"})["Location"]


def test_a_refused_objection_keeps_what_was_written(play: Play) -> None:
    client = sign_in(play, "owner")
    play.until("2026-03-10 00:00")
    client = sign_in(play, "owner")
    answer = client.post(object_path(), {"content": "示例异议：太晚了", "key": "k1"})
    text = strict(answer.content.decode())
    assert answer.status_code == 409
    assert "公示期已于2026年3月9日（周一）24:00届满".replace(" ", "") in text.replace(" ", "")
    assert "示例异议：太晚了</textarea>" in text
    empty = client.post(object_path(), {"content": "", "key": "k2"})
    assert empty.status_code == 400
    assert "不能为空" in empty.content.decode() or "请填写" in empty.content.decode()


def test_whoever_holds_the_role_that_answers_is_named(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    path, step = object_path(), step_of(notice())
    assert step is not None
    assert "<dt>谁来答复</dt><dd>示例白山甲物业有限公司</dd>" in read(path)
    monkeypatch.setattr(step, "replies", SUBDISTRICT)
    street = play.area.organisations["subdistrict"].name
    assert f"<dt>谁来答复</dt><dd>{street}</dd>" in read(path)
    client = sign_in(play, "owner")
    assert f"由{street}书面答复" in read(path, client=client)
    client.post(path, {"content": "示例异议", "key": "k"})
    assert f"{street}会书面答复" in read(f"{path}?sent=1", client=client)


def test_after_its_days_nobody_is_invited_to_object_on_paper_or_here(play: Play) -> None:
    path, owner = object_path(), sign_in(play, "owner")
    play.until("2026-03-10 00:00")
    for text in (read(path), read(path, client=sign_in(play, "owner"))):
        assert "公示期已于2026年3月9日（周一）24:00届满，不能再提异议" in text.replace(" ", "")
        assert "不再收纸质异议" in text
        for gone in ("交到下面", "星期一 24:00", "<textarea", "用纸提出"):
            assert gone not in text, gone
    assert "有不同意见" not in read(f"/notices/{notice().pk}/")
    play.until("2026-03-10 09:00").take_down("provider_leader", "exit.publicity")
    text = read(path)
    assert "公示已经取下，不能再提出异议" in text
    assert "交到下面" not in text
    assert owner.post(path, {"content": "示例异议", "key": "k"}).status_code in (302, 409)
    assert not Objection.objects.exists()


def test_while_it_is_torn_an_objection_is_in_time_and_names_no_day_that_is_past(play: Play) -> None:
    play.stand("owner", "exit", "report_torn", "publicity", found_at=play.now.isoformat(), what="被撕去一角")
    play.until("2026-03-10 00:00")
    text = read(object_path(), client=sign_in(play, "owner"))
    assert "<textarea" in text
    assert "交到下面" in text
    assert "3 月 9 日" not in text.split('id="paper"')[1]


def test_a_post_that_cannot_object_is_told_who_may_and_how_and_is_given_no_form(play: Play) -> None:
    for name in ("tenant", "county_officer"):
        text = read(object_path(), client=sign_in(play, name))
        assert "“提出异议”应由本小区业主办理" in text, name
        assert "由收到的单位登记" in text
        assert f"/acting-as/?next={object_path()}" in text
        assert "<textarea" not in text


def test_who_has_objected_already_is_shown_what_and_how_it_stands(play: Play) -> None:
    assert "已经提过" not in read(object_path(), client=sign_in(play, "owner"))
    play.stand("owner", "exit", "object", "publicity", content="示例第一条异议")
    text = read(object_path(), client=sign_in(play, "owner"))
    assert "您对这份公示已经提过 1 条" in text
    earlier = text.split('id="earlier"')[1].split("</section>")[0]
    assert "示例第一条异议" in earlier
    assert "等答复" in earlier
    assert "<textarea" in text
    play.go(days=1)
    reply = {"finding": "示例核实情况", "adopted": True, "next_remedy": "可以向街道申请调解"}
    play.do("provider_leader", "exit.publicity.reply:1", "reply", **reply)
    text = read(object_path(), client=sign_in(play, "owner"))
    assert "已答复：采纳" in text
    assert f'href="/my/objections/#o-{Objection.objects.get().pk}">看答复' in text
    for name in ("co_owner", "community_worker"):
        assert "已经提过" not in read(object_path(), client=sign_in(play, name)), name


def test_who_objects_is_told_who_reads_it(play: Play) -> None:
    assert "办理这件事的各方看得到，不对外公开" in read(object_path(), client=sign_in(play, "owner"))


def test_who_may_not_object_is_told_who_may(play: Play) -> None:
    answer = sign_in(play, "tenant").post(object_path(), {"content": "示例异议", "key": "k"})
    assert answer.status_code == 403
    assert "应由" in answer.content.decode()
    assert "示例异议</textarea>" in answer.content.decode()


def test_the_community_enters_an_objection_that_came_on_paper(play: Play) -> None:
    client = sign_in(play, "community_worker")
    field = read(object_path(), client=client).split('id="box_id_on_paper_from"')[1].split("</div>")[0]
    assert "书面异议人" in field
    assert "可不填" not in field
    bare = client.post(object_path(), {"content": "示例纸质异议", "on_paper_from": "", "key": "k"})
    assert bare.status_code == 400
    assert "请填写“书面异议人姓名”" in bare.content.decode()
    answer = client.post(
        object_path(), {"content": "示例纸质异议", "on_paper_from": "示例业主丁", "key": "k"}
    )
    assert answer.status_code == 302
    assert Objection.objects.get().on_paper_from == "示例业主丁"
    receipt = read(answer["Location"], client=client)
    assert "已登记示例业主丁的书面异议" in receipt
    assert "您的异议已经收到" not in receipt
    assert "示例业主丁" not in read(answer["Location"])
    assert "示例业主丁" not in read(answer["Location"], client=sign_in(play, "owner"))
    assert "示例业主丁" not in read(f"/notices/{notice().pk}/")


def test_who_posted_it_takes_paper_in_too_with_its_time_and_a_picture_of_it(play: Play) -> None:
    client, picture = sign_in(play, "provider_leader"), BytesIO()
    text = read(object_path(), client=client)
    assert "登记书面异议" in text
    assert 'value="2026-03-02T09:00"' in text
    Image.new("RGB", (320, 240), "white").save(picture, "JPEG")
    picture.seek(0)
    picture.name = "scan.jpg"
    play.go(hours=30)
    sent: dict[str, Any] = {"content": "示例纸质异议", "on_paper_from": "示例业主丁", "key": "k"}
    sent |= {"received_at": "2026-03-02T16:20", "paper-photo-album": picture}
    answer = sign_in(play, "provider_leader").post(object_path(), sent)
    assert answer.status_code == 302, answer.content.decode()
    row = Objection.objects.get()
    assert (row.raised_at, row.entered_at) == (at("2026-03-02 16:20"), at("2026-03-03 15:00"))
    assert PaperUse.objects.get(kind="photo").act.name == "enter_objection"
    page = read(f"/cases/{notice().case_id}/", client=sign_in(play, "community_worker"))
    assert "书面，03-02 16:20 收到，03-03 15:00 登记" in page


def test_a_paper_that_was_scanned_comes_as_a_pdf(play: Play) -> None:
    client = sign_in(play, "community_worker")
    assert "application/pdf" in read(object_path(), client=client)
    scan = BytesIO(PDF)
    scan.name = "扫描件.pdf"
    sent = {"content": "示例纸质异议", "on_paper_from": "示例业主丁", "key": "k", "paper-photo-album": scan}
    answer = client.post(object_path(), sent)
    assert answer.status_code == 302, answer.content.decode()
    use = PaperUse.objects.get(kind="photo")
    assert (use.act.name, use.file.media_type) == ("enter_objection", "application/pdf")
    wrong = BytesIO(PDF)
    wrong.name = "x.pdf"
    refused = sign_in(play, "owner").post(missing_path(), SEEN | {"paper-photo-album": wrong})
    assert "这里只收照片" in refused.content.decode()


def test_a_paper_received_in_time_is_entered_after_the_notice_was_taken_down(play: Play) -> None:
    path = object_path()
    play.until("2026-03-10 09:00").take_down("provider_leader", "exit.publicity")
    client = sign_in(play, "community_worker")
    text = read(path, client=client)
    assert "只登记期满以前收到的书面异议" in text
    assert 'value="2026-03-10T09:00"' not in text
    sent = {"content": "示例纸质异议", "on_paper_from": "示例业主丁", "received_at": "2026-03-10T00:00"}
    late = client.post(path, sent | {"key": "k1"})
    assert late.status_code == 409
    assert "公示期届满以后才收到" in late.content.decode()
    assert client.post(path, sent | {"received_at": "", "key": "k2"}).status_code == 400
    assert client.post(path, sent | {"received_at": "2026-03-09T17:00", "key": "k3"}).status_code == 302
    assert Task.objects.get(name="reply:1", open=True).holds is False
    assert "收到 1 条" in read(path.removesuffix("object/"))
    for name in ("owner", "tenant"):
        assert "<textarea" not in read(path, client=sign_in(play, name)), name


# Reports ------------------------------------------------------------------------------------------------------------


def test_a_passer_by_reports_and_the_community_has_a_task_that_holds_nothing_up(play: Play) -> None:
    assert "不用登录" in read(missing_path())
    passer = Client()
    answer = passer.post(missing_path(), SEEN)
    assert answer["Location"] == f"{missing_path()}?sent=passed-on"
    told = Message.objects.get(key__startswith="missing:")
    assert told.organisation == play.area.organisations["community"]
    assert "公示被撕毁或者涂改，位置：示例东门公示栏" in told.body
    assert "收到了核实的任务" in read(answer["Location"], client=passer)
    task = Task.objects.get(name="torn:1", open=True)
    assert task.organisation == play.area.organisations["community"]
    # whoever gives no name holds up nothing
    play.until("2026-03-10 09:00").take_down("provider_leader", "exit.publicity")
    task.refresh_from_db()
    assert (task.open, task.void_why) == (False, "这一步已了结")


def test_the_community_finds_the_report_in_its_form_and_what_it_confirms_holds(play: Play) -> None:
    Client().post(missing_path(), SEEN | {"more": "示例补充"})
    task = Task.objects.get(name="torn:1", open=True)
    client = sign_in(play, "community_worker")
    text = read(f"/tasks/{task.pk}/confirm_torn/", client=client)
    assert "公示被撕毁或者涂改，位置：示例东门公示栏，示例补充</textarea>" in text
    assert "2026-03-0" in text
    play.do(
        "community_worker",
        "exit.publicity.torn:1",
        "confirm_torn",
        found_at=play.now.isoformat(),
        what="示例情况",
    )
    assert Task.objects.filter(name="again:1", open=True).exists()
    play.until("2026-03-10 09:00")
    with pytest.raises(NotPossible, match="尚未核实或补贴"):
        play.take_down("provider_leader", "exit.publicity")


def test_what_is_looked_into_already_opens_no_second_task(play: Play) -> None:
    for number in range(3):
        answer = Client(REMOTE_ADDR=f"192.0.2.{number}").post(missing_path(), SEEN)
        assert answer.status_code == 302
    told = Message.objects.get(key__startswith="missing:")
    assert told.title.endswith("可能缺损（3 次报告）")
    assert told.body.count("位置：示例东门公示栏") == 2  # the first, and that others say the same
    assert Task.objects.filter(name__startswith="torn:").count() == 1
    play.do("community_worker", "exit.publicity.torn:1", "unfounded", reason="示例：挂得好好的")
    Client(REMOTE_ADDR="192.0.2.9").post(missing_path(), SEEN)
    assert Task.objects.filter(name="torn:2", open=True).exists()
    later = Message.objects.filter(key__startswith="missing:").exclude(pk=told.pk).get()
    assert later.title.endswith("可能缺损")


def test_reports_without_a_name_stand_as_one_and_as_nobodys_in_the_course_of_the_case(play: Play) -> None:
    for number, where in enumerate(("示例东门", "示例南门", "示例东门")):
        Client(REMOTE_ADDR=f"192.0.2.{number}").post(missing_path(), SEEN | {"where": where})
    client = sign_in(play, "subdistrict_officer")
    case = read(f"/cases/{notice().case_id}/", client=client)
    course = case.split('class="course"')[1]
    assert course.count("转来未登录的缺损报告") == 1
    assert "转来未登录的缺损报告（3 次）" in course
    work = read("/", client=sign_in(play, "community_worker"))
    for page in (course, work):
        before, _, _ = page.partition("转来未登录的缺损报告")
        assert "未登录的人" in before[-300:]
        for other in ("系统", "业主或住户"):
            assert other not in before[-120:], other
    assert work.count("转来未登录的缺损报告") == 1
    assert [event.by for event in timeline(CaseView(notice().case), play.now).events][-1] == "未登录的人"


def test_when_its_days_are_full_nobody_is_told_of_a_task_that_does_not_come(play: Play) -> None:
    path = missing_path()
    play.until("2026-03-10 00:00")
    answer = Client().post(path, SEEN)
    assert answer.status_code == 409
    assert "公示期已经届满，此后的缺损不影响公示" in answer.content.decode()
    assert not Task.objects.filter(name__startswith="torn:").exists()
    assert not Message.objects.filter(key__startswith="missing:").exists()


def test_nobody_passes_on_what_they_can_say_in_their_own_name(play: Play) -> None:
    for name in ("tenant", "community_worker", "county_officer"):
        with pytest.raises(NotAllowed):
            play.stand(name, "exit", "pass_on", "publicity", found_at=play.now.isoformat(), what="示例情况")


def test_an_anonymous_report_leaves_no_address_and_the_history_says_the_system_passed_it_on(
    play: Play,
) -> None:
    Client(REMOTE_ADDR="192.0.2.7").post(missing_path(), SEEN | {"more": "示例的话"})
    act = Act.objects.get(name="portal.report_missing")
    assert (act.account_id, act.said) == (None, None)
    assert act.chain_id == play.area.estate.pk
    assert "192.0.2.7" not in str(Message.objects.values_list())
    assert "192.0.2.7" not in str(Act.objects.values_list())
    text = read(f"/cases/{notice().case_id}/", client=sign_in(play, "community_worker"))
    assert "转来未登录的缺损报告" in text


def test_the_same_report_from_one_address_is_received_once_and_another_joins_the_task(play: Play) -> None:
    """A whole estate may stand behind one address."""
    client = Client(REMOTE_ADDR="192.0.2.7")
    client.post(missing_path(), SEEN)
    again = client.post(missing_path(), SEEN | {"where": "示例 东门公示栏", "more": "示例补充"})
    assert again["Location"] == f"{missing_path()}?sent=known"
    assert "今天已经收到过" in read(again["Location"], client=client)
    assert not Message.objects.get(key__startswith="missing:").title.endswith("次报告）")
    for other in ({"where": "示例南门"}, {"what": "missing"}):
        answer = client.post(missing_path(), SEEN | other)
        assert answer["Location"] == f"{missing_path()}?sent=passed-on"
    told = Message.objects.get(key__startswith="missing:")
    assert told.title.endswith("（3 次报告）")
    assert "示例南门" in told.body
    task = Task.objects.get(name__startswith="torn:")
    form = read(f"/tasks/{task.pk}/confirm_torn/", client=sign_in(play, "community_worker"))
    together = "位置：示例东门公示栏；公示被撕毁或者涂改，位置：示例南门；公示不见了，位置：示例东门公示栏"
    assert f"{together}</textarea>" in form
    assert Client(REMOTE_ADDR="192.0.2.8").post(missing_path(), SEEN).status_code == 302
    play.go(days=1)
    assert client.post(missing_path(), SEEN).status_code == 302


def test_too_many_reports_from_one_address_and_of_one_notice_are_refused_with_what_to_do(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reporting, "OF_NOTICE", 2)
    codes = [Client(REMOTE_ADDR=f"192.0.2.{n}").post(missing_path(), SEEN).status_code for n in range(3)]
    assert codes == [302, 302, 409]
    monkeypatch.setattr(reporting, "OF_ALL", 0)
    answer = Client(REMOTE_ADDR="192.0.2.9").post(missing_path(), SEEN)
    assert "今天从您的网络发来的报告太多" in answer.content.decode()


def test_who_has_reported_one_notice_often_may_report_the_others_still(play: Play) -> None:
    """A whole estate stands behind one address: one notice that is reported often silences nobody about the rest."""
    client, first = Client(REMOTE_ADDR="192.0.2.7"), missing_path()
    codes = [
        client.post(first, SEEN | {"where": f"示例{n}号楼"}).status_code
        for n in range(reporting.OF_ADDRESS + 1)
    ]
    assert codes == [302] * reporting.OF_ADDRESS + [409]
    answer = client.post(first, SEEN | {"where": "示例西门"})
    assert "今天从您的网络已经多次报告这份公示缺损" in answer.content.decode()
    said = {
        "title": "示例公示",
        "body": "示例内容",
        "places": ["小区东门"],
        "posted_by": ["示例甲", "示例乙"],
    }
    play.do("provider_leader", "exit.publicity.take_down", "replace", posted_at=play.now.isoformat(), **said)
    second = missing_path()
    assert second != first
    for n in range(reporting.OF_ADDRESS):
        assert client.post(second, SEEN | {"where": f"示例{n}号楼"}).status_code == 302
    assert reporting.OF_ALL >= 10 * reporting.OF_ADDRESS


def test_a_form_that_says_too_little_is_shown_again_with_what_was_written(play: Play) -> None:
    answer = Client().post(missing_path(), {"what": "torn", "where": "", "more": "示例补充"})
    text = strict(answer.content.decode())
    assert answer.status_code == 400
    assert "示例补充" in text
    assert "要改" in text
    assert not Message.objects.filter(key__startswith="missing:").exists()


def test_a_report_takes_no_telephone_or_identity_number_and_keeps_what_was_written(play: Play) -> None:
    for field in ("where", "more"):
        sent = SEEN | {"more": "示例补充", field: "东门，打电话138-0000-0000"}
        answer = Client().post(missing_path(), sent)
        text = strict(answer.content.decode())
        assert answer.status_code == 400, field
        assert "请不要写电话号码和身份证号码" in text
        assert "东门，打电话138-0000-0000" in text
    assert not Message.objects.filter(key__startswith="missing:").exists()


def test_a_photograph_outlives_what_was_said_wrong(play: Play) -> None:
    client, picture = sign_in(play, "tenant"), BytesIO()
    Image.new("RGB", (320, 240), "white").save(picture, "JPEG")
    picture.seek(0)
    picture.name = "a.jpg"
    sent: dict[str, Any] = {"what": "torn", "where": "", "key": "k1", "paper-photo-album": picture}
    answer = client.post(missing_path(), sent)
    assert answer.status_code == 400
    text = strict(answer.content.decode())
    assert "已存 1 张" in text
    kept = text.split('name="kept-photo" value="')[1].split('"')[0]
    answer = client.post(missing_path(), SEEN | {"key": "k1", "kept-photo": kept})
    assert answer.status_code == 302
    assert str(PaperUse.objects.get(kind="photo").file_id) == kept


def test_who_has_signed_in_opens_the_task_with_a_photograph(play: Play) -> None:
    client = sign_in(play, "owner")
    text = read(missing_path(), client=client)
    picture = BytesIO()
    Image.new("RGB", (320, 240), "white").save(picture, "JPEG")
    picture.seek(0)
    picture.name = "wall.jpg"
    sent: dict[str, Any] = SEEN | {"paper-photo-camera": picture, "key": key_in(text)}
    answer = client.post(missing_path(), sent)
    assert answer.status_code == 302, answer.content.decode()
    task = Task.objects.get(name="torn:1", open=True)
    assert task.organisation == play.area.organisations["community"]
    use = PaperUse.objects.select_related("copy__photograph").get(kind="photo")
    assert use.copy is not None
    assert (use.copy.photograph.way, use.copy.case_number) == ("camera", notice().case.number)
    assert "核实的任务" in read(answer["Location"], client=client)


def test_the_community_itself_opens_the_task_after_it_looked(play: Play) -> None:
    client = sign_in(play, "community_worker")
    assert client.post(missing_path(), SEEN | {"key": "k"}).status_code == 302
    assert Task.objects.filter(name="torn:1", open=True).exists()


def test_what_was_taken_down_is_not_missing(play: Play) -> None:
    path = missing_path()
    play.until("2026-03-10 09:00").take_down("provider_leader", "exit.publicity")
    assert "墙上没有是正常的" in read(path)
    answer = Client().post(path, SEEN)
    assert answer.status_code == 409


def test_nobody_with_an_account_reports_as_a_passer_by(play: Play) -> None:
    facts = ReportMissing(notice=notice().pk, sender="0" * 16, what=Sight.TORN, where="示例东门")
    with pytest.raises(NotAllowed):
        reporting.report_missing(by=play.actor("owner"), at=play.now, facts=facts)
    reporting.report_missing(by=SYSTEM, at=play.now, facts=facts)
