"""Photographs on pages: two ways in a form, kept whatever comes of it, seen with the case, let out covered."""

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongzhi.desk.models import Draft
from gongzhi.desk.others import changes
from gongzhi.exits.tests.play import Play
from gongzhi.notices.models import Interruption, Notice, PublicPicture
from gongzhi.papers.models import MarkedCopy, Photograph
from gongzhi.papers.queries import content_of
from gongzhi.papers.tests import shots
from gongzhi.portal.tests.scene import build, strict
from gongzhi.procedures.models import CaseAct, PaperUse
from gongzhi.registry.models import Appointment, Post
from gongzhi.registry.tests.cast import add_actor

from .browsing import Form, form_at, forms_in, sign_in, text_of
from .looking import plain


@pytest.fixture
def play(db: None, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Play:
    """A notice of the provider hangs in the home estate since Monday 2 March 2026, 09:00; it is Wednesday, 09:30."""
    play = build(monkeypatch, settings, tmp_path)
    play.cast.alone["volunteer"] = add_actor("示例志愿者", Post.VOLUNTEER, estate_id=play.area.estate.pk)
    return play.until("2026-03-04 09:30")


def photo(name: str = "IMG_1.jpg", taken: str = "2026:03:04 09:26:00", **said: Any) -> SimpleUploadedFile:
    """A photograph somebody takes."""
    return SimpleUploadedFile(name, shots.jpeg(taken=taken, offset="+08:00", **said), "image/jpeg")


def patrol_path() -> str:
    notice = Notice.objects.get()
    return f"/cases/{notice.case_id}/acts/patrol/?step=publicity"


def post(form: Form, **sent: Any) -> Any:
    """Send a form; `camera`, `album` are photographs, `do` the button, `kept` what the page says is stored."""
    body = dict(form.hidden)
    for way in ("camera", "album"):
        if sent.get(way):
            body[f"{form.prefix}-paper-photo_during-{way}"] = sent.pop(way)
    body["form-do"] = sent.pop("do", "send")
    body |= {f"{form.prefix}-{name}": value for name, value in sent.items()}
    return form.client.post(form.address, body)


WHOLE = {"seen": "whole", "where": "小区东门", "companion": "示例同行人"}


# In a form of the desk ----------------------------------------------------------------------------------------------


def test_a_form_asks_for_a_photograph_in_two_ways(play: Play) -> None:
    client = sign_in(play, "community_worker")
    form = form_at(client, patrol_path())
    camera, album = re.findall(r'<input type="file"[^>]*>', form.html)
    assert 'capture="environment"' in camera
    assert 'accept="image/*"' in camera
    assert "capture" not in album
    assert "multiple" in album
    assert "enctype" in text_of(client.get(patrol_path()))


def test_a_photograph_is_used_with_the_act_and_twice_sent_counts_once(play: Play) -> None:
    client = sign_in(play, "community_worker")
    form = form_at(client, patrol_path())
    for _ in range(2):
        answer = post(form, camera=photo(), album=[photo("a.jpg"), photo("b.jpg", orientation=3)], **WHOLE)
        assert answer.status_code == 302, text_of(answer)
    assert CaseAct.objects.filter(name="patrol").count() == 1
    uses = PaperUse.objects.filter(act__name="patrol").select_related("copy__photograph")
    assert sorted((one.copy.photograph.way, one.copy.photograph.on_site) for one in uses) == [  # type: ignore[union-attr]
        ("album", False),
        ("album", False),
        ("camera", True),
    ]
    assert (MarkedCopy.objects.count(), Photograph.objects.count()) == (3, 3)


def test_what_failed_or_was_put_aside_keeps_its_pictures(play: Play) -> None:
    client = sign_in(play, "community_worker")
    failed = post(form_at(client, patrol_path()), camera=photo(), where="小区东门")
    assert failed.status_code == 400
    assert "已存 1 张，不用重拍" in text_of(failed)
    again = form_at(client, patrol_path())
    file_id = Photograph.objects.get().file_id
    assert f'src="/api/v1/papers/{file_id}/preview"' in again.html
    assert client.get(f"/api/v1/papers/{file_id}/preview")["Content-Type"] == "image/jpeg"
    assert post(again, **WHOLE).status_code == 302
    assert PaperUse.objects.get(act__name="patrol").file_id == file_id
    assert not Draft.objects.exists()


def test_one_more_is_taken_and_one_is_taken_away(play: Play) -> None:
    client = sign_in(play, "community_worker")
    first = post(form_at(client, patrol_path()), camera=photo(), do="keep")
    assert first.status_code == 302
    second = form_at(client, patrol_path())
    answer = post(second, camera=photo(orientation=3), do="keep")
    assert answer.status_code == 302
    page = text_of(client.get(patrol_path()))
    kept = re.findall(r'name="([^"]+-kept-photo_during)" value="([^"]+)"', page)
    assert len(kept) == 2
    form = form_at(client, patrol_path())
    body = {**form.hidden, kept[0][0]: [one for _, one in kept], f"{kept[0][0]}-gone": [kept[0][1]]}
    body |= {f"{form.prefix}-{name}": value for name, value in WHOLE.items()} | {"form-do": "send"}
    assert client.post(form.address, body).status_code == 302
    assert str(PaperUse.objects.get(act__name="patrol").file_id) == kept[1][1]


def test_a_picture_that_cannot_be_shown_is_told_where_it_was_chosen(play: Play) -> None:
    client = sign_in(play, "community_worker")
    wrong = SimpleUploadedFile("a.jpg", b"\xff\xd8\xff\xe0broken\xff\xd9", "image/jpeg")
    for do in ("send", "keep"):
        answer = post(form_at(client, patrol_path()), camera=wrong, do=do, **WHOLE)
        wrong.seek(0)
        assert answer.status_code == 400
        assert "这个图片文件已损坏或不完整" in text_of(answer)
    assert not CaseAct.objects.filter(name="patrol").exists()


def test_more_than_nine_go_with_the_next_sending(play: Play) -> None:
    client = sign_in(play, "community_worker")
    many = [photo(f"{n}.jpg", f"2026:03:04 09:2{n % 10}:0{n // 10}") for n in range(10)]
    answer = post(form_at(client, patrol_path()), album=many, **WHOLE)
    assert answer.status_code == 400
    assert "一次最多附9张照片" in text_of(answer)
    assert Photograph.objects.count() == 9


def test_a_required_photograph_is_asked_for(play: Play) -> None:
    answer = post(form_at(sign_in(play, "community_worker"), patrol_path()), **WHOLE)
    assert answer.status_code == 400
    assert "请附上“公示期间照片”" in text_of(answer)


# Seen with the case -------------------------------------------------------------------------------------------------


def brought(play: Play, who: str = "community_worker") -> Client:
    """A patrol with a photograph; its maker's browser."""
    client = sign_in(play, who)
    assert post(form_at(client, patrol_path()), camera=photo(), **WHOLE).status_code == 302
    return client


def test_the_case_shows_small_copies_with_times_and_who(play: Play) -> None:
    client = brought(play)
    use = PaperUse.objects.select_related("copy").get(act__name="patrol")
    case = f"/cases/{Notice.objects.get().case_id}/"
    page = strict(text_of(client.get(case)))
    assert use.copy is not None
    assert f'src="/api/v1/papers/{use.copy.file_id}/preview"' in page
    assert f'alt="公示期间照片，{play.area.estate.name}' in page
    assert '，现场拍摄"' in page
    assert "拍摄：2026-03-04 09:26　收到：2026-03-04 09:30" in page
    assert f'href="/api/v1/papers/{use.file_id}"' in page
    copy = client.get(f"/api/v1/papers/{use.copy.file_id}")
    assert (copy["Content-Type"], copy["Cache-Control"]) == ("image/jpeg", "private, no-store")
    provider = sign_in(play, "provider_leader")
    page = text_of(provider.get(case))
    assert f'src="/api/v1/papers/{use.copy.file_id}/preview"' in page
    assert str(use.file_id) not in page
    assert provider.get(f"/api/v1/papers/{use.file_id}").status_code == 404
    assert provider.get(f"/api/v1/papers/{use.file_id}/preview").status_code == 404
    owner = sign_in(play, "owner")
    assert str(use.copy.file_id) not in text_of(owner.get(case))
    assert owner.get(f"/api/v1/papers/{use.copy.file_id}").status_code == 404


def test_a_picture_that_came_before_is_marked_for_who_looks(play: Play) -> None:
    client = brought(play)
    case, told = f"/cases/{Notice.objects.get().case_id}/", "收到的一张完全相同"
    assert told not in text_of(client.get(case))
    play.until("2026-03-05 09:30")
    assert post(form_at(client, patrol_path()), camera=photo(), **WHOLE).status_code == 302
    other = photo(orientation=3)
    assert post(form_at(client, patrol_path()), camera=other, **WHOLE).status_code == 302
    page = strict(text_of(client.get(case)))
    assert page.count(told) == 1
    assert f"与 2026-03-04 09:30 {told}" in plain(page)


# Let out ------------------------------------------------------------------------------------------------------------


def release_path() -> str:
    use = PaperUse.objects.get(act__name="patrol")
    return f"/notices/{Notice.objects.get().pk}/photos/{use.copy_id}/"


def key_in(text: str) -> str:
    return unescape(text.split('name="key" value="')[1].split('"')[0])


def test_a_picture_is_let_out_with_cells_covered_and_taken_back(play: Play) -> None:
    client = brought(play)
    notice = Notice.objects.get()
    page = strict(text_of(client.get(release_path())))
    assert page.count('name="cell"') == 48
    assert client.get(f"{release_path()}plain.jpg")["Content-Type"] == "image/jpeg"
    public = Client()
    assert "张贴照片" not in text_of(public.get(f"/notices/{notice.pk}/"))
    sent = {"key": key_in(page), "cell": ["1", "2"], "caption": "东门张贴处", "checked": "true"}
    for _ in range(2):
        assert client.post(release_path(), sent).status_code in (302, 400)
    shown = PublicPicture.objects.get()
    address = f"/notices/{notice.pk}/pictures/{shown.pk}.jpg"
    board = strict(text_of(public.get(f"/notices/{notice.pk}/")))
    assert f'src="{address}"' in board
    answer = public.get(address)
    assert answer.content == content_of(shown.file)
    assert "no-cache" in answer["Cache-Control"]
    assert public.get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert max(shots.read(answer.content).getpixel((150, 50))) < 12  # type: ignore[type-var, arg-type]
    use = PaperUse.objects.select_related("copy").get(act__name="patrol")
    assert use.copy is not None
    for file_id in (use.file_id, use.copy.file_id, shown.file_id):
        assert str(file_id) not in board
        assert public.get(f"/api/v1/papers/{file_id}").status_code == 401
    back = {"key": key_in(text_of(client.get(release_path()))), "why": "示例：看得到车牌"}
    assert client.post(release_path(), back).status_code == 302
    assert public.get(address).status_code == 404
    assert "张贴照片" not in text_of(public.get(f"/notices/{notice.pk}/"))


def test_letting_out_wants_somebody_to_have_looked(play: Play) -> None:
    client = brought(play)
    answer = client.post(release_path(), {"key": "k", "cell": ["7"], "caption": "东门张贴处"})
    assert answer.status_code == 400
    assert re.search(r'value="7"[^>]* checked', text_of(answer))
    assert not PublicPicture.objects.exists()


@pytest.mark.parametrize(
    ("who", "status"), [("county_officer", 403), ("owner", 403), ("committee_head", 403)]
)
def test_others_do_not_let_it_out(play: Play, who: str, status: int) -> None:
    brought(play)
    client = sign_in(play, who)
    for path in (release_path(), f"{release_path()}plain.jpg"):
        assert client.get(path).status_code == status


# On a telephone -----------------------------------------------------------------------------------------------------


def test_a_volunteer_finds_what_to_photograph_and_is_asked_one_question_a_screen(play: Play) -> None:
    client = sign_in(play, "volunteer")
    assert 'href="/field/"' in text_of(client.get("/"))
    page = strict(text_of(client.get("/field/")))
    assert "还没有人巡查拍照" in page
    path = unescape(re.findall(r'href="(/field/cases/[^"]+)"', page)[0])
    (form,) = forms_in_field(client, path)
    assert "第 1 问，共 5 问" in text_of(client.get(path))
    step = post(form, camera=photo(), do="keep")
    assert step.status_code == 302
    for number, answered in enumerate(
        (("seen", "whole"), ("where", "小区东门"), ("companion", "示例同行人")), 1
    ):
        assert step["Location"].endswith(f"q={number}")
        page = strict(text_of(client.get(step["Location"])))
        assert f"第 {number + 1} 问，共 5 问" in page
        assert page.count('class="fd') == 1
        (form,) = forms_in_field(client, step["Location"])
        step = post(form, do="keep", **dict([answered]))
        assert step.status_code == 302, text_of(step)
    (form,) = forms_in_field(client, step["Location"])
    for _ in range(2):
        done = post(form, note="")
        assert done["Location"] == "/field/"
    said = CaseAct.objects.get(name="patrol")
    assert said.facts["where"] == "小区东门"
    assert PaperUse.objects.filter(act=said).count() == 1
    page = text_of(client.get("/field/"))
    assert "已收到" in page
    assert "照片 1 张。" in page
    assert "缺损" not in page
    assert "上次巡查拍照：03-04 09:30" in page
    torn = Interruption(notice=Notice.objects.get(ended_at=None), found_at=play.now, what="被撕去一角")
    torn.save(force_insert=True)
    text = text_of(client.get("/field/"))
    assert "缺损，待补贴，公示至哪天补贴后重新算；上次巡查拍照：03-04 09:30" in text
    assert "公示至 03-" not in text


def at_the_last_question(client: Client) -> tuple[str, Form]:
    """A patrol answered up to its last question."""
    path = unescape(re.findall(r'href="(/field/cases/[^"]+)"', text_of(client.get("/field/")))[0])
    (form,) = forms_in_field(client, path)
    post(form, camera=photo(), do="keep")
    (form,) = forms_in_field(client, f"{path}&q=1")
    post(form, do="keep", **WHOLE)
    (form,) = forms_in_field(client, f"{path}&q=4")
    return path, form


@pytest.mark.parametrize("do", ["send", "keep", "back"])
def test_a_form_that_comes_back_after_it_was_carried_out_begins_nothing(play: Play, do: str) -> None:
    client = sign_in(play, "volunteer")
    _, form = at_the_last_question(client)
    assert post(form, note="示例说明")["Location"] == "/field/"
    form.hidden = {name: said for name, said in form.hidden.items() if "-kept-" not in name}
    assert post(form, note="示例说明", do=do)["Location"] == "/field/"
    assert "已收到，没有重复记录：" in text_of(client.get("/field/"))
    assert (Draft.objects.count(), CaseAct.objects.filter(name="patrol").count()) == (0, 1)


def test_a_form_that_comes_back_saying_something_else_can_be_sent_once_more(play: Play) -> None:
    client = sign_in(play, "volunteer")
    path, form = at_the_last_question(client)
    post(form, note="示例说明")
    answer = post(form, note="示例另一次")
    assert "这份表之前已经提交并且记下了" in text_of(answer)
    (again,) = forms_in_field(client, f"{path}&q=4")
    assert post(again, note="示例另一次")["Location"] == "/field/"
    assert CaseAct.objects.filter(name="patrol").count() == 2


def test_a_later_question_of_a_form_nothing_is_kept_of_begins_at_the_first(play: Play) -> None:
    client = sign_in(play, "volunteer")
    path, form = at_the_last_question(client)
    post(form, note="示例说明")
    back = client.get(f"{path}&q=4")
    assert back["Location"] == f"{path}&q=0"
    assert "第 1 问，共 5 问" in text_of(client.get(back["Location"]))


def test_who_sent_pictures_out_of_an_album_is_told_how_they_were_recorded(play: Play) -> None:
    client = sign_in(play, "volunteer")
    path = unescape(re.findall(r'href="(/field/cases/[^"]+)"', text_of(client.get("/field/")))[0])
    (form,) = forms_in_field(client, path)
    done = post(form, camera=photo(), album=[photo("a.jpg"), photo("b.jpg", orientation=3)], **WHOLE)
    assert done["Location"] == "/field/", text_of(done)
    page = text_of(client.get("/field/"))
    assert "照片 3 张，其中 2 张记为“非现场拍摄”" in page


def test_a_volunteer_is_named_as_one_among_what_others_did(play: Play) -> None:
    client = sign_in(play, "volunteer")
    path = unescape(re.findall(r'href="(/field/cases/[^"]+)"', text_of(client.get("/field/")))[0])
    (form,) = forms_in_field(client, path)
    post(form, camera=photo(), **WHOLE)
    seat = Appointment.objects.select_related("organisation").get(
        pk=str(play.actor("provider_leader").appointment_id)
    )
    newest, *_ = changes(seat, [play.case().id], play.now)
    assert newest.who == "志愿者"


def test_who_looked_is_told_which_signs_papers_cannot_print(play: Play) -> None:
    client = sign_in(play, "volunteer")
    path = unescape(re.findall(r'href="(/field/cases/[^"]+)"', text_of(client.get("/field/")))[0])
    (form,) = forms_in_field(client, path)
    done = post(form, camera=photo(), **WHOLE | {"note": "\U0002a6a5家门口"})
    assert done["Location"] == "/field/", text_of(done)
    assert "“\U0002a6a5”字（U+2A6A5）字库里没有" in text_of(client.get("/field/"))


def test_pictures_sent_when_the_session_was_over_are_named_once_before_signing_in(play: Play) -> None:
    client = sign_in(play, "community_worker")
    form = form_at(client, patrol_path())
    client.logout()
    answer = post(form, camera=photo("IMG_7.jpg"), album=[photo("东门.jpg")], **WHOLE)
    page = strict(text_of(client.get(answer["Location"])))
    assert "您刚才填写的内容已经留着" in page
    assert "照片和文件没有存下，登录后要在原来的表格里重新选：IMG_7.jpg、东门.jpg。" in page
    assert not Photograph.objects.exists()
    assert "IMG_7.jpg" not in text_of(client.get(answer["Location"]))


def test_pictures_of_a_form_that_is_let_go_are_named_too(play: Play) -> None:
    client = sign_in(play, "community_worker")
    form = form_at(client, patrol_path())
    client.logout()
    form.hidden["form-by"] += "x"
    answer = post(form, camera=photo("IMG_7.jpg"), **WHOLE)
    page = text_of(client.get(answer["Location"]))
    assert "您刚才填写的内容已经留着" not in page
    assert "重新选：IMG_7.jpg。" in page


def forms_in_field(client: Client, path: str) -> list[Form]:
    """The form of a screen; it is sent to its own address."""
    page = text_of(client.get(path))
    found = forms_in(
        client,
        page.replace('<form class="form" method="post"', f'<form class="form" method="post" action="{path}"'),
    )
    hidden = re.findall(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?', page)
    for form in found:
        form.hidden |= {name: unescape(value) for name, value in hidden if name != "csrfmiddlewaretoken"}
        shown = re.findall(r'name="([^"]+)"', form.html)
        assert "form-question" in shown
    return found


def test_an_unanswered_question_is_asked_again(play: Play) -> None:
    client = sign_in(play, "volunteer")
    path = unescape(re.findall(r'href="(/field/cases/[^"]+)"', text_of(client.get("/field/")))[0])
    (form,) = forms_in_field(client, path)
    answer = post(form, do="keep")
    assert answer.status_code == 400
    assert "请附上“公示期间照片”" in text_of(answer)
    more = post(form, camera=photo(), do="more")
    assert more["Location"].endswith("q=0")
    assert "已存 1 张" in text_of(client.get(more["Location"]))


def test_an_officer_finds_tasks_that_photographs_go_with(play: Play) -> None:
    client = sign_in(play, "provider_leader")
    page = strict(text_of(client.get("/field/")))
    assert re.search(r'href="/field/tasks/[^"]+/replace/"', page)
    owner = text_of(sign_in(play, "owner").get("/field/"))
    assert "现在没有要拍的" in owner


def test_what_cannot_be_done_yet_is_told_with_its_day_and_not_asked(play: Play) -> None:
    """The notice hangs until Monday 9 March 2026, 24:00."""
    before = text_of(sign_in(play, "provider_leader").get("/field/"))
    assert "03-09 周一 24:00 以后才能取下" in before
    assert "/take_down/" not in before
    play.until("2026-03-10 09:00")
    after = text_of(sign_in(play, "provider_leader").get("/field/"))
    assert "以后才能取下" not in after
    assert re.search(r'href="/field/tasks/[^"]+/take_down/"', after)


def test_things_to_photograph_are_counted_not_buttons(play: Play) -> None:
    play.until("2026-03-10 09:00")
    page = strict(text_of(sign_in(play, "provider_leader").get("/field/")))
    shown = page.partition('class="shot-list"')[2].partition("</ul>")[0]
    assert (shown.count("<li>"), shown.count('class="bt')) == (2, 3)
    assert "2 件事可以拍<" in page
