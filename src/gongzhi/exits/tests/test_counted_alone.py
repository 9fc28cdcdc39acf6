"""A list that is counted without the giver, who signs after all, and each side's own form of it."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from gongzhi.desk.tests.looking import browser_of, read
from gongzhi.exits.handover_facts import HandoverConfirmation
from gongzhi.exits.handover_queries import handover_told
from gongzhi.exits.procedures import Handover
from gongzhi.exits.tests.handing import GIVER, RECEIVER, signature
from gongzhi.exits.tests.play import Play, at
from gongzhi.exits.tests.test_papers import text_of
from gongzhi.exits.tests.test_signing import fill_alone
from gongzhi.law import queries as law
from gongzhi.papers.documents import Record
from gongzhi.procedures.documents import paper_made
from gongzhi.procedures.presenting import Reader, ReadView, present_case
from gongzhi.registry.models import Appointment
from gongzhi.registry.roles import PROVIDER
from gongzhi.registry.tests.cast import build_cast
from gongzhi.ui.forms.reading import fields_of
from gongzhi.ui.parts.said import sayings
from gongzhi.values.refusals import NotPossible


@pytest.fixture
def handing(db: None) -> Play:
    """阳城: agreed, the lists are open, the handover is now. Wednesday 29 April 2026, 09:00."""
    now = at("2026-03-02 09:00")
    cast = build_cast(now, areas=("yangcheng",))
    play = Play(cast, cast.areas["yangcheng"], now)
    play.apply("2026-04-30").arrive().vote().name_successor("2026-04-30").agree("2026-04-30")
    return play.until("2026-04-29 09:00").plan(starts_at=play.now.isoformat())


def test_only_who_counts_alone_is_asked_how_and_then_for_all_of_it(handing: Play) -> None:
    """What is demanded is no answer one may leave out; the giver's own form has nothing of it."""
    spec = Handover.assets.act_specs()["fill"]
    alone, given = (Handover.assets.asked_on(task, spec).facts for task in ("fill:one_sided", "fill"))
    demanded = {ask.name for ask in fields_of(alone) if ask.is_required}
    assert demanded == {"why", "officials", "witness", "video"}
    assert set(given.model_fields) == {"remark"}


def test_the_pages_of_both_ask_each_for_its_own(
    handing: Play, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    """The giver closes its list with a remark alone; the receiver's rows name the form that asks for the rest."""
    play, settings.FILES_ROOT = handing, tmp_path
    for place in ("ui.seat", "ui.shell", "api.auth"):
        monkeypatch.setattr(f"gongzhi.{place}.now", lambda: play.now)
    for item in play.items("documents"):
        play.do(GIVER, "handover.documents.fill", "record", code=item.code, state="original")
    task = play.task("handover.documents.fill")
    here: Any = play.area.actors
    client, where = browser_of(here, GIVER, play.now), f"/tasks/{task.pk}/fill/"
    assert "单方清点" not in read(client, where)
    assert "保存各行，提交整份清单" in read(client, f"/tasks/{task.pk}/items/")
    own = play.task("handover.assets.fill:one_sided")
    rows = read(browser_of(here, RECEIVER, play.now), f"/tasks/{own.pk}/items/")
    assert "保存各行，提交整份清单" not in rows
    assert "在办件页本步骤的“清单填写完毕”中填写其余内容" in rows
    prefix = f"t{str(task.pk)[-8:]}-fill"
    said = {"form-do": "send", "form-key": "desk-example", f"{prefix}-remark": "示例备注"}
    assert client.post(where, said).status_code == 302
    assert "handover.documents.sign:receiver" in play.open_tasks()


def test_nobody_counts_alone_before_the_planned_hour(handing: Play) -> None:
    play = handing.empower(RECEIVER)
    item = play.items("assets")[0]
    play.now -= timedelta(minutes=1)
    said = {"code": item.code, "state": "present"}
    with pytest.raises(NotPossible, match="才能单方清点，请到时再办"):
        play.do(RECEIVER, "handover.assets.fill:one_sided", "record", **said)
    play.go(minutes=1).do(RECEIVER, "handover.assets.fill:one_sided", "record", **said)


def test_what_was_counted_alone_the_giver_signs_or_declines_and_cannot_send_back_to_itself(
    handing: Play,
) -> None:
    """Its own reason is printed; before it said so nobody is said to have refused."""
    play = handing.empower(GIVER).empower(RECEIVER)
    fill_alone(play)
    task = "handover.assets.sign:provider"
    with pytest.raises(NotPossible):
        play.do(GIVER, task, "return", reason="示例：要求重新清点")

    def shown(name: str) -> str:
        with law.pinned():
            return text_of(paper_made(play.case("handover"), name, play.now, masked=False))

    assert "没有签字" not in shown("assets.asset_list")
    play.do(GIVER, task, "decline", reason="示例：数目不符")
    giver = play.area.organisations["provider"].name
    for name in ("assets.asset_list", "site_record"):
        assert f"{giver}拒绝签字，理由：示例：数目不符。" in shown(name)
    assert "移交方没有签字" in shown("assets.asset_list")
    play.do(RECEIVER, "handover.assets.sign:receiver", "sign", **signature())
    play.do("community_worker", "handover.assets.witness:community", "sign", **signature())
    assert play.case("handover").outcome_of(Handover.assets) == "refused"
    assert handover_told(play.case("handover")).refused_by == (giver,)


def test_no_open_issue_is_said_in_several_words() -> None:
    said = {"confirmed_at": "2026-04-30T09:00:00+08:00", "content": "示例", **signature()}
    for words in ("无", "无遗留", "无遗留问题。", "没有"):
        found = HandoverConfirmation.model_validate(said | {"open_issues": words, "resolution": words})
        assert (found.open_issues, found.resolution) == ("无", "无")
    with pytest.raises(ValueError, match="解决期限"):
        HandoverConfirmation.model_validate(said | {"open_issues": "无人看守", "resolution": "示例"})


def test_who_signs_after_a_refusal_has_signed_and_the_list_says_both(handing: Play) -> None:
    """What was counted alone and signed by both after all is a signed list for the confirmation."""
    play = handing.empower(GIVER).empower(RECEIVER)
    fill_alone(play)
    said = {"refused_by": "示例项目负责人", "reason": "示例理由", "recorders": ["示例甲", "示例乙"]}
    play.do("community_worker", "handover.assets.refusal", "record_refusal", **said, party="provider")
    play.go(minutes=5).sign("assets")
    case = play.case("handover")
    assert case.outcome_of(Handover.assets) == "done"
    with law.pinned():
        made = paper_made(case, "assets.asset_list", play.now, masked=False).form()
        record = paper_made(case, "assets.refusal_record", play.now, masked=False).form()
    assert isinstance(made, Record)
    assert isinstance(record, Record)
    remark = "示例项目负责人拒绝签字，理由：示例理由；记录人：示例甲、示例乙；该方已于2026年4月29日（周三）09:05补签。"
    assert remark in made.sections[-1].paragraphs
    assert made.signatures[0].note.startswith("签字人：示例签字人")
    assert "已于2026年4月29日（周三）09:05补签" in str(record)
    for step in ("documents", "extra"):
        play.fill(step)
        play.sign(step)
    assert play.case("handover").steps["inventory_served"].skipped_why == "清单均由双方签字"
    assert handover_told(play.case("handover")).refused_by == ()
    seat = Appointment.objects.get(pk=play.actor("subdistrict_officer").appointment_id)
    with law.pinned():
        shown = present_case(ReadView(case.row), Reader(seat, masked=False), play.now)
    told = next(one for one in sayings(shown, Handover, {}) if one.title == "记录拒签")
    assert ("拒签方", PROVIDER.title) in [(pair.title, pair.words) for pair in told.pairs]
    play.approve()
    assert Handover.confirmation.codes_of("record_refusal") == {"party": [("provider", PROVIDER.title)]}


def test_an_item_is_told_by_the_words_of_its_own_list(handing: Play) -> None:
    """Another list of the case may have a line of the same code."""
    play = handing.empower(GIVER)
    play.fill("documents")
    case = play.case("handover")
    seat = Appointment.objects.get(pk=play.actor("subdistrict_officer").appointment_id)
    with law.pinned():
        shown = present_case(ReadView(case.row), Reader(seat, masked=False), play.now)
    labels = {(one["step"], one["code"]): one["label"] for one in shown["items"]}
    other = [one | {"label": "示例另一项", "step": "extra"} for one in shown["items"]]
    shown["items"] = [*shown["items"], *other]
    few = {"code": [(one["code"], one["label"]) for one in shown["items"]]}
    said = {act["id"]: act for act in shown["history"]}
    told = [
        (one, pair)
        for one in sayings(shown, Handover, {}, lambda _: few)
        for pair in one.pairs
        if pair.name == "code"
    ]
    assert len(told) == len([one for one in said.values() if "code" in one["facts"]]) > 0
    for one, pair in told:
        assert pair.words == labels[one.step, said[one.id]["facts"]["code"]]
