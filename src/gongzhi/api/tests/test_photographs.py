"""Photographs through HTTP: sent with their way, told with both times, used with an act, let out by an act."""

import io
import json
import zipfile
from io import BytesIO
from typing import Any

import pytest

from gongzhi.api.tests.http import BASE, Web
from gongzhi.notices.models import Notice
from gongzhi.papers.tests import shots

pytestmark = pytest.mark.django_db


@pytest.fixture
def hung(web: Web) -> Web:
    """The provider's notice hangs since Monday 2 March 2026, 09:00; it is Wednesday, 09:30."""
    web.apply("2026-06-30").post("provider_leader", "exit.publicity")
    web.until("2026-03-04 09:30")
    return web


def send(web: Web, who: str, way: str = "camera", key: str = "") -> Any:
    """A photograph taken at 09:26."""
    upload = BytesIO(shots.jpeg(taken="2026:03:04 09:26:00", offset="+08:00"))
    upload.name = "IMG_1.jpg"
    headers = {"Authorization": f"Bearer {web.token(who)}"} | ({"Idempotency-Key": key} if key else {})
    return web.client.post(f"{BASE}/papers", {"file": upload, "way": way}, headers=headers)


def patrol(web: Web, file_id: str, **headers: str) -> Any:
    body = {
        "facts": {"seen": "whole", "where": "东门"},
        "papers": [{"file": file_id, "kind": "photo_during"}],
        "step": "publicity",
    }
    return web.ask("community_worker", "POST", f"/cases/{web.root}/patrol", body, **headers)


def test_the_answer_tells_when_it_was_taken_and_whether_on_the_spot(hung: Web) -> None:
    for way, on_site in (("camera", True), ("album", False)):
        told = send(hung, "community_worker", way).json()["photograph"]
        assert (told["way"], told["on_site"], told["width"], told["height"]) == (way, on_site, 800, 600)
        assert told["shot_at"].startswith("2026-03-04T01:26:00") or told["shot_at"].startswith(
            "2026-03-04T09:26:00"
        )
    assert send(hung, "community_worker", "").json()["photograph"] is None
    assert send(hung, "community_worker", "drone").status_code == 400


def test_everything_sent_twice_counts_once(hung: Web) -> None:
    first, again = (send(hung, "community_worker", key="p1").json() for _ in range(2))
    assert first == again
    answers = [patrol(hung, first["id"], **{"Idempotency-Key": "a1"}).json() for _ in range(2)]
    assert [one["replayed"] for one in answers] == [False, True]
    papers = [one for one in hung.told("community_worker")["papers"] if one["photograph"]]
    assert len(papers) == 1
    photo = papers[0]["photograph"]
    assert (photo["site"], photo["original"]) == ("现场拍摄", first["id"])
    assert hung.told("provider_leader")["papers"][-1]["photograph"]["original"] is None


def test_an_act_says_which_photographs_it_takes(hung: Web) -> None:
    steps = hung.get("community_worker", "/procedures/exit?at=220602")["steps"]
    acts = {
        act["act"]: act["papers"] for act in next(one for one in steps if one["code"] == "publicity")["acts"]
    }
    assert [(one["code"], one["required"]) for one in acts["post"]] == [("photo_start", False)]
    assert [(one["code"], one["required"]) for one in acts["patrol"]] == [("photo_during", True)]
    assert acts["object"] == []


def test_a_patrol_without_a_photograph_is_refused(hung: Web) -> None:
    body = {"facts": {"seen": "whole", "where": "东门"}, "step": "publicity"}
    answer = hung.ask("community_worker", "POST", f"/cases/{hung.root}/patrol", body)
    assert answer.status_code == 409
    assert "现场拍照后再提交" in answer.json()["detail"]


def test_a_bundle_has_the_copy_and_for_whom_it_may_the_original(hung: Web) -> None:
    sent = send(hung, "community_worker").json()
    patrol(hung, sent["id"])
    for who, names in (
        ("community_worker", ["公示期间照片.jpg", "公示期间照片（原件）.jpg"]),
        ("provider_leader", ["公示期间照片.jpg"]),
    ):
        answer = hung.ask(who, "GET", f"/cases/{hung.root}/bundle.zip")
        archive = zipfile.ZipFile(io.BytesIO(answer.getvalue()))
        found = [name.partition("_")[2] for name in archive.namelist() if name.endswith(".jpg")]
        assert found == names
        pieces = json.loads(archive.read("manifest.json"))["pieces"]
        photos = [one for one in pieces if one["name"].endswith(".jpg")]
        assert [one["uploaded_as"] for one in photos] == ["IMG_1.jpg"] * len(names)
        assert sent["digest"] in [one.get("original_sha256") for one in pieces]


def test_a_picture_is_let_out_by_an_act_and_told_to_the_public(hung: Web) -> None:
    patrol(hung, send(hung, "community_worker").json()["id"])
    mark = hung.told("community_worker")["papers"][-1]["photograph"]["mark"]
    notice = str(Notice.objects.get().pk)
    facts = {"notice": notice, "picture": mark, "covered": [1], "caption": "东门张贴处", "checked": True}
    assert hung.get("", f"/public/notices/{notice}")["pictures"] == []
    assert hung.ask("owner", "POST", "/acts/notices.show_picture", {"facts": facts}).status_code == 403
    hung.send("community_worker", "/acts/notices.show_picture", {"facts": facts})
    (shown,) = hung.get("", f"/public/notices/{notice}")["pictures"]
    assert (shown["caption"], shown["address"]) == (
        "东门张贴处",
        f"/notices/{notice}/pictures/{shown['id']}.jpg",
    )
