"""Recorded conduct: who records it, what is counted in which reading, and that it proposes and decides nothing."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from gongzhi.exits.actions.conduct import conduct_final, record_conduct, revoke_conduct
from gongzhi.exits.conduct_facts import ConductFinal, RecordConduct, RevokeConduct
from gongzhi.exits.conduct_queries import exit_proposals
from gongzhi.exits.tests.play import Play, set_here
from gongzhi.exits.tests.test_grounds_by_place import begin
from gongzhi.procedures.models import Case
from gongzhi.registry.models import Appointment, Post
from gongzhi.values.refusals import Invalid, NotAllowed, NotPossible

PROVINCIAL = "吉林省物业服务人信用黑名单"


def record(play: Play, name: str = "county_officer", **more: Any) -> UUID:
    """One penalty of the county about the company, unless said otherwise."""
    said = {
        "kind": "penalty",
        "organisation_id": str(play.area.organisations["provider"].pk),
        "authority_id": str(play.area.organisations["county"].pk),
        "document_number": f"示例罚〔2026〕{len(play.kept) + 1}号",
        "decided_on": "2026-02-02",
    } | more
    play.kept[str(len(play.kept))] = said
    facts = RecordConduct.model_validate(said)
    return UUID(record_conduct(by=play.actor(name), at=play.now, facts=facts).value["conduct_id"])


def penalties(play: Play) -> dict[str, Any]:
    """What is proposed of the penalties."""
    told = exit_proposals(play.area.estate, play.now)["proposals"]
    return next(one for one in told if one["ground"] == "repeated_penalties")


def count(told: dict[str, Any], window: str, finality: str, scope: str, counted_on: str = "decided") -> int:
    """The number of one reading."""
    wanted = (window, finality, scope, counted_on)
    found = [
        one["count"]
        for one in told["readings"]
        if (one["window"], one["finality"], one["scope"], one["counted_on"]) == wanted
    ]
    assert len(found) == 1
    return int(found[0])


@pytest.mark.proves("BS-031")
def test_three_penalties_are_counted_in_every_reading_and_shown_with_their_rows(play: Play) -> None:
    here = str(play.area.estate.pk)
    first = record(play, decided_on="2025-11-10", final_on="2026-01-10", estate_id=here)
    second = record(play, decided_on="2026-01-20", estate_id=here)
    third = record(play, decided_on="2026-02-20")
    told = penalties(play)
    assert told["state"] == "open"
    assert told["unset"] == [
        "行政处罚次数按滚动年还是自然年计算：本地未设定",
        "尚在复议诉讼期内的行政处罚是否计入：本地未设定",
        "行政处罚次数的统计范围：本地未设定",
        "行政处罚按何日计入期间：本地未设定",
    ]
    assert len(told["readings"]) == 2 * 2 * 4 * 3
    assert count(told, "rolling", "all", "company") == 3
    assert count(told, "calendar", "all", "company") == 2  # of 2026
    assert count(told, "rolling", "final", "company") == 1
    assert count(told, "rolling", "all", "project") == 2
    assert count(told, "rolling", "all", "person") == 0
    assert count(told, "rolling", "all", "company", "served") == 0  # no day of service is known
    met = next(one for one in told["readings"] if one["is_met"])
    assert met["rows"] == [first, second, third]
    assert (met["from_on"], met["to_on"]) == (date(2025, 11, 10), date(2026, 11, 10))
    assert told["citations"][0]["article"].startswith("第9条")
    assert not Case.objects.exists()  # nothing opens by itself


@pytest.mark.proves("BS-031")
def test_a_rolling_year_ends_with_its_day_and_not_a_day_later(play: Play) -> None:
    for day in ("2025-03-01", "2025-09-01", "2026-03-01"):
        record(play, decided_on=day)
    assert (
        count(penalties(play), "rolling", "all", "company") == 3
    )  # 1 March 2025 to 1 March 2026, both included
    later = begin_with(play, ("2025-02-28", "2025-09-01", "2026-03-01"))
    assert count(later, "rolling", "all", "company") == 2


def begin_with(play: Play, days: tuple[str, ...]) -> dict[str, Any]:
    """The same with other days; the earlier rows are revoked."""
    from gongzhi.exits.models import Conduct

    for row in Conduct.objects.all():
        facts = RevokeConduct(conduct_id=row.pk, revoked_on=play.now.date(), reason="示例：重新登记")
        revoke_conduct(by=play.actor("county_officer"), at=play.now, facts=facts)
    for day in days:
        record(play, decided_on=day)
    return penalties(play)


@pytest.mark.proves("BS-031")
@pytest.mark.parametrize(
    ("days", "rolling", "calendar"),
    [
        # a year from 29 February ends on 28 February, 《民法典》第202条
        (("2024-02-29", "2024-09-01", "2025-02-28"), 3, 2),
        (("2024-02-29", "2024-09-01", "2025-03-01"), 2, 2),
        # the 365th day after 31 December 2024 is 31 December 2025
        (("2024-12-31", "2025-01-01", "2025-12-31"), 3, 2),
        (("2024-12-30", "2025-01-01", "2025-12-31"), 2, 2),
        (("2025-01-01", "2025-06-01", "2025-12-31"), 3, 3),
        (("2024-12-31", "2025-06-01", "2026-01-01"), 2, 1),
    ],
)
def test_a_year_rolls_to_its_corresponding_day_and_a_calendar_year_to_its_last(
    play: Play, days: tuple[str, ...], rolling: int, calendar: int
) -> None:
    for day in days:
        record(play, decided_on=day)
    told = penalties(play)
    assert count(told, "rolling", "all", "company") == rolling
    assert count(told, "calendar", "all", "company") == calendar


@pytest.mark.proves("BS-031")
def test_once_the_local_body_has_decided_only_its_reading_is_left(play: Play) -> None:
    for key, value in (
        ("forced_exit.penalty_window_kind", "calendar"),
        ("forced_exit.penalty_counts_not_final", True),
        ("forced_exit.penalty_scope", "company"),
        ("forced_exit.penalty_counted_on", "decided"),
    ):
        set_here(key, value)
    for day in ("2026-01-05", "2026-01-20", "2026-02-20"):
        record(play, decided_on=day)
    told = penalties(play)
    assert (told["state"], told["unset"], len(told["readings"])) == ("met", [], 1)
    assert told["sentence"] == "各种算法都达到次数"


@pytest.mark.proves("BS-031")
def test_a_leaders_own_penalties_are_a_reading_of_their_own(play: Play) -> None:
    leader = Appointment.objects.get(
        post=Post.PROVIDER_LEADER, organisation=play.area.organisations["provider"], estate=play.area.estate
    )
    for day in ("2026-01-05", "2026-01-20", "2026-02-20"):
        record(
            play,
            decided_on=day,
            organisation_id=None,
            person_id=str(leader.person_id),
            estate_id=str(play.area.estate.pk),
        )
    told = penalties(play)
    assert count(told, "rolling", "all", "person") == 3
    assert count(told, "rolling", "all", "company") == 0
    assert told["state"] == "open"
    assert leader.person.name not in str(exit_proposals(play.area.estate, play.now))


def test_a_revoked_penalty_counts_no_longer_and_stays(play: Play) -> None:
    rows = [record(play, decided_on=day) for day in ("2026-01-05", "2026-01-20", "2026-02-20")]
    facts = RevokeConduct(conduct_id=rows[1], revoked_on=date(2026, 3, 2), reason="示例：复议撤销")
    revoke_conduct(by=play.actor("county_officer"), at=play.now, facts=facts)
    assert count(penalties(play), "rolling", "all", "company") == 2
    with pytest.raises(NotPossible, match="已于2026-03-02撤销"):
        revoke_conduct(by=play.actor("county_officer"), at=play.now, facts=facts)
    record(play, document_number=play.kept["1"]["document_number"])  # the corrected entry may take its place


def test_a_decision_becomes_final_later(play: Play) -> None:
    row = record(play, decided_on="2026-01-05")
    final = ConductFinal(conduct_id=row, final_on=date(2026, 3, 3))
    with pytest.raises(NotPossible, match="今天以前"):
        conduct_final(by=play.actor("county_officer"), at=play.now, facts=final)
    final = ConductFinal(conduct_id=row, final_on=date(2026, 3, 1))
    conduct_final(by=play.actor("county_officer"), at=play.now, facts=final)
    assert count(penalties(play), "rolling", "final", "company") == 1


@pytest.mark.proves("BS-029")
def test_the_newest_rating_is_proposed_where_it_is_the_one_the_text_names(play: Play) -> None:
    record(play, kind="grade", said="D", decided_on="2025-02-10", document_number="示例评〔2025〕1号")
    told = {one["ground"]: one for one in exit_proposals(play.area.estate, play.now)["proposals"]}
    assert told["grade_d"]["state"] == "met"
    record(play, kind="grade", said="B", decided_on="2026-02-10", document_number="示例评〔2026〕1号")
    told = {one["ground"]: one for one in exit_proposals(play.area.estate, play.now)["proposals"]}
    assert told["grade_d"]["state"] == "not_met"


@pytest.mark.proves("BS-030")
def test_only_the_provinces_list_counts_and_only_while_it_lasts(play: Play) -> None:
    record(play, kind="blacklist", said="示例白山市黑名单", document_number="示例名单〔2026〕1号")
    told = {one["ground"]: one for one in exit_proposals(play.area.estate, play.now)["proposals"]}
    assert told["blacklisted"]["state"] == "not_met"
    more = {"kind": "blacklist", "said": PROVINCIAL, "document_number": "示例名单〔2026〕2号"}
    row = record(play, until_on="2026-03-02", **more)
    told = {one["ground"]: one for one in exit_proposals(play.area.estate, play.now)["proposals"]}
    assert (told["blacklisted"]["state"], told["blacklisted"]["rows"]) == ("met", [row])
    told = {one["ground"]: one for one in exit_proposals(play.area.estate, play.go(days=1).now)["proposals"]}
    assert told["blacklisted"]["state"] == "not_met"


def test_where_no_text_knows_such_grounds_nothing_is_proposed(db: Any) -> None:
    play = begin("zhuji")
    record(play)
    assert exit_proposals(play.area.estate, play.now)["proposals"] == []


def test_who_records(play: Play) -> None:
    for name in ("provider_leader", "committee_head", "owner", "community_worker", "subdistrict_officer"):
        with pytest.raises(NotAllowed, match="应由当地县（市、区）或者市物业主管部门"):
            record(play, name)
    own = {"authority_id": str(play.area.organisations["subdistrict"].pk)}
    record(play, "subdistrict_officer", **own)
    with pytest.raises(NotAllowed):
        record(play, "subdistrict_officer", kind="grade", said="D", **own)
    record(play, "city_officer")


def test_another_countys_authority_does_not_record_here(db: Any) -> None:
    play = begin("zhuji")
    home = Play(play.cast, play.cast.home, play.now)
    facts = RecordConduct(
        kind="penalty",
        organisation_id=play.area.organisations["provider"].pk,
        authority_id=play.area.organisations["county"].pk,
        document_number="示例罚〔2026〕9号",
        decided_on=date(2026, 2, 2),
    )
    with pytest.raises(NotAllowed):
        record_conduct(by=home.actor("county_officer"), at=home.now, facts=facts)


def test_one_paper_is_recorded_once(play: Play) -> None:
    record(play, document_number="示例罚〔2026〕7号")
    with pytest.raises(NotPossible, match="已经登记过"):
        record(play, document_number="示例罚〔2026〕7号")


@pytest.mark.parametrize(
    "wrong",
    [
        {"organisation_id": None},
        {"kind": "grade"},
        {"said": "D"},
        {"final_on": "2026-02-01"},
        {"acted_on": "2026-02-03"},
    ],
)
def test_what_does_not_hang_together_is_refused(play: Play, wrong: dict[str, Any]) -> None:
    from pydantic import ValidationError

    with pytest.raises((Invalid, ValidationError)):
        record(play, **wrong)


def test_nothing_is_decided_in_the_future(play: Play) -> None:
    with pytest.raises(NotPossible, match="决定日期不能晚于今天"):
        record(play, decided_on="2026-03-03")


def test_a_paper_of_grade_or_list_says_which_in_the_database_too(play: Play) -> None:
    from django.db import IntegrityError, transaction

    from gongzhi.exits.models import Conduct

    row = record(play)
    with pytest.raises(IntegrityError), transaction.atomic():
        Conduct.objects.filter(pk=row).update(kind="grade")
