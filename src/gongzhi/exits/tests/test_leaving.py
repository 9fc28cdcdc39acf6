"""Until when somebody manages, whether it is going and who follows: the same in every panel, and ahead of the day."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from gongzhi.desk.tests.looking import read
from gongzhi.exits.leaving import DUTY
from gongzhi.exits.tests.looking import look, plain, see
from gongzhi.exits.tests.play import Play, at
from gongzhi.procedures import tick, watching
from gongzhi.procedures.models import Case, Rung
from gongzhi.registry.models import Engagement, Mode, ServiceContract
from gongzhi.registry.packages.writing import write_package
from gongzhi.values.now import ZONE
from gongzhi.values.refusals import NotPossible


@pytest.fixture
def shown(paged: Play, monkeypatch: pytest.MonkeyPatch) -> Play:
    """Every page believes in the play's time, the public ones too."""
    monkeypatch.setattr("gongzhi.values.now.now", lambda: paged.now)
    return paged


def panels(play: Play) -> dict[str, str]:
    """The words of each panel that says who manages."""
    estate = play.area.estate.pk
    return {
        "public": plain(read(Client(), f"/estates/{estate}/manager/")),
        "office": plain(see(play, "subdistrict_officer", f"/estates/{estate}/")),
        "owner": plain(see(play, "owner", "/my/")),
    }


def applied(play: Play) -> Play:
    play.apply("2026-06-30").arrive().file_with("subdistrict", "county")
    play.post("provider_leader", "exit.publicity")
    return play.until("2026-03-10 08:00").take_down("provider_leader", "exit.publicity")


def names_interim(play: Play, until_on: str = "2026-12-31", mode: str = "emergency") -> Play:
    """The vote failed; the street names who serves meanwhile."""
    body = "other_provider" if mode == "emergency" else "community"
    play.do(
        "subdistrict_leader",
        "exit.interim.designate",
        "submit",
        mode=mode,
        organisation=str(play.area.organisations[body].pk),
        until_on=until_on,
        content="示例基础服务",
        fee="示例费用",
        reason="示例理由",
    )
    return play


def served_meanwhile(play: Play, until_on: str = "2026-12-31") -> Play:
    """An emergency provider has taken over, until a day."""
    names_interim(applied(play).vote(heads_for=2), until_on).agree("2026-06-30").settle()
    return play.until("2026-06-30 09:00").hand_over().take_over()


# Going --------------------------------------------------------------------------------------------------------------


def test_every_panel_has_the_contracts_end_while_nobody_goes(shown: Play) -> None:
    for name, text in panels(shown).items():
        assert "到 2026-12-31" in text, name
        assert "退出 " not in text.split("历任管理人")[0], name


def test_an_application_ends_no_contract_and_every_panel_says_so(shown: Play) -> None:
    applied(shown)
    for name, text in panels(shown).items():
        assert "到 2026-12-31" in text, name
        assert "已申请2026-06-30退出，退出协议还没有达成，合同继续履行，接替单位还没有确定" in text, name
        assert DUTY in text, name


def test_an_agreed_end_stands_in_the_place_of_the_contracts_own(shown: Play) -> None:
    applied(shown).agree("2026-06-30")
    for name, text in panels(shown).items():
        assert "到 2026-06-30终止（退出协议）" in text, name
        assert "退出办理中，接替单位还没有确定" in text, name
        assert DUTY in text, name
        assert "合同终止后继续服务" not in text, name
    told = panels(shown)
    assert "以后 未定 2026-07-01 起" in told["public"]
    assert "2026-06-30终止（退出协议），接管以前继续服务" in told["office"].split("物业服务合同")[-1]


def test_who_follows_is_named_with_the_planned_day_and_the_end_is_said_to_be_past(shown: Play) -> None:
    applied(shown).vote().name_successor("2026-07-05").agree("2026-06-30").until("2026-07-03 09:00")
    other = shown.area.organisations["other_provider"].name
    for name, text in panels(shown).items():
        assert "到 2026-06-30已终止（退出协议）" in text, name
        assert f"退出办理中，由{other}接替，计划2026-07-05进场，合同终止后空4日" in text, name
    told = panels(shown)
    for name in ("public", "office"):
        assert f"{other} 合同管理 计划 2026-07-05 起" in told[name], name
        assert "以后 未定" not in told[name], name
    assert "已终止" in told["office"].split("物业服务合同")[-1]
    for name in ("public", "office"):
        head = told[name].split("历任管理人")[0]
        assert "合同终止后继续服务" in head, name
        assert f"依据 {DUTY} 原合同 " in head, name
    shown.until("2026-07-06 09:00")
    assert "计划2026-07-05进场，还没有进场" in panels(shown)["owner"]


def test_the_owners_who_follow_themselves_are_named_so(shown: Play) -> None:
    applied(shown).vote(chosen="self_managed")
    committee = str(shown.area.organisations["committee"].pk)
    said: dict[str, Any] = {"mode": "self_managed", "organisation": committee, "starts_on": "2026-06-30"}
    shown.do("committee_head", "exit.successor.submit", "submit", **said)
    text = panels(shown)["public"]
    assert "由业主自行管理接替，计划2026-06-30进场" in text
    assert "自行管理 计划 2026-06-30 起" in text


def test_a_dismissal_is_told_once_the_owners_decided_and_not_while_it_is_moved(shown: Play) -> None:
    shown.move("dismissed_in_term")
    assert "退出 " not in panels(shown)["public"].split("历任管理人")[0]
    shown.vote("dismiss")
    assert "业主已经共同决定解聘或者另聘，终止合同的通知还没有送达" in panels(shown)["public"]
    shown.tell_end("2026-05-31")
    shown.reach("exit.notice.receive", "provider_leader")
    for name, text in panels(shown).items():
        assert "到 2026-05-31终止（终止合同通知）" in text, name


def test_whoever_took_over_is_not_said_to_go(shown: Play) -> None:
    served_meanwhile(shown).go(hours=1)
    assert Case.objects.filter(procedure="exit", ended_at=None).exists()
    assert "退出办理中" not in panels(shown)["public"].split("历任管理人")[0]


def test_the_list_of_changed_managers_says_it_too(shown: Play) -> None:
    served_meanwhile(shown).go(hours=1)
    text = plain(see(shown, "county_officer", "/exits/managers/"))
    assert "今（到 2026-12-31）" in text
    assert "以后 未定 2027-01-01 起" in text


# Who serves meanwhile -----------------------------------------------------------------------------------------------


def test_the_end_of_a_service_meanwhile_is_kept_and_shown_everywhere(shown: Play) -> None:
    served_meanwhile(shown)
    row = Engagement.objects.latest("from_at")
    assert (row.mode, row.until_on) == (Mode.EMERGENCY, date(2026, 12, 31))
    shown.go(hours=1)
    for name, text in panels(shown).items():
        assert "到 2026-12-31" in text, name
    told = panels(shown)
    assert "以后 未定 2027-01-01 起" in told["public"]
    answer = look(shown, "county_officer").get(f"/api/v1/public/estates/{shown.area.estate.pk}/manager")
    assert answer.json()["until"] == "2026-12-31"


def test_a_package_of_the_estate_carries_the_end(play: Play) -> None:
    served_meanwhile(play)
    package = write_package(play.area.estate, at=play.now)
    assert [one.until_on for one in package.engagements] == [None, date(2026, 12, 31)]


def test_a_term_that_is_over_before_anybody_came_takes_over_nothing(play: Play) -> None:
    names_interim(applied(play).vote(heads_for=2), "2026-07-01").agree("2026-06-30").settle()
    play.until("2026-07-02 09:00").hand_over()
    with pytest.raises(NotPossible, match=r"服务期限到2026年7月1日（周三）止.*用“另行指定临时接管”重新指定"):
        play.take_over()
    play.stand("subdistrict_leader", "exit", "replace_interim", reason="示例：期限已过")
    names_interim(play).take_over()


@pytest.mark.proves("BS-099")
def test_the_end_of_a_service_meanwhile_is_watched_and_given_up_when_another_takes_over(shown: Play) -> None:
    """The usual warnings: 30, 15 and 7 days before 31 December 2026."""
    served_meanwhile(shown)
    watching.open_due(at("2026-11-30 00:00"))
    assert not Case.objects.filter(procedure="interim_watch").exists()
    watching.open_due(at("2026-12-01 00:00"))
    watch = Case.objects.get(procedure="interim_watch")
    rungs = Rung.objects.filter(clock__case=watch, clock__key="watch.emergency_term", dropped_at=None)
    days = [f"{row.due_at.astimezone(ZONE):%Y-%m-%d}" for row in rungs.order_by("due_at")]
    assert days[:3] == ["2026-12-01", "2026-12-16", "2026-12-24"]
    shown.until("2026-12-01 09:00")
    page = plain(see(shown, "subdistrict_officer", "/exits/watches/"))
    assert "临时接管期满预警" in page
    assert "临时接管期满安排" in page
    Engagement.objects.create(
        estate=shown.area.estate,
        mode=Mode.SELF_MANAGED,
        from_at=shown.now,
        from_on=shown.now.date(),
        paper_title="示例决议",
    )
    tick.follow_dates(at("2026-12-02 00:00"))
    watch.refresh_from_db()
    assert (watch.outcome, watch.ended_why) == ("gone", "自2026-12-01起已自行管理")


def test_a_custody_of_the_community_has_its_end_as_well(play: Play) -> None:
    names_interim(applied(play).vote(heads_for=2), "2026-09-30", "community_custody")
    play.agree("2026-06-30").settle().until("2026-06-30 09:00").hand_over("community_head")
    play.take_over("community_head")
    assert Engagement.objects.latest("from_at").until_on == date(2026, 9, 30)


@pytest.mark.parametrize(("told", "signed_on"), [(None, "2026-03-12"), ("2026-03-20", "2026-03-20")])
def test_the_new_contract_is_not_signed_on_the_day_the_old_one_s_exit_began(
    play: Play, told: str | None, signed_on: str
) -> None:
    """Applied on 2 March, the owners decide and name who follows on the 12th: no contract is older than that."""
    play.apply("2026-06-30").arrive().file_with("subdistrict", "county")
    play.post("provider_leader", "exit.publicity").until("2026-03-10 08:00")
    play.take_down("provider_leader", "exit.publicity").until("2026-03-12 09:00")
    play.vote().name_successor("2026-06-30").agree("2026-06-30").settle()
    play.until("2026-06-30 09:00").hand_over()
    said = {"taken_over_at": play.now.isoformat(), "leader": "示例负责人", "staff": 8, "stands": "示例交接"}
    who, path = "other_provider_leader", "exit.takeover.submit"
    with pytest.raises(NotPossible, match="签订日期不能晚于今天"):
        play.do(who, path, "submit", **said, contract_signed_on="2026-07-01")
    play.do(who, path, "submit", **said, **({"contract_signed_on": told} if told else {}))
    found = ServiceContract.objects.order_by("starts_on").last()
    assert found is not None
    assert str(found.signed_on) == signed_on
