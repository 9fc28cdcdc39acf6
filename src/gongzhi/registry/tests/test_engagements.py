"""Who manages an estate: at most one a day, never silently none."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from gongzhi.acts import events
from gongzhi.acts.door import SYSTEM
from gongzhi.registry import actions, engagements
from gongzhi.registry.facts import BeginEngagement, EndContract
from gongzhi.registry.models import Engagement, Mode, ServiceContract
from gongzhi.registry.queries import (
    history_of_managers,
    is_unmanaged,
    manager_at,
    manager_of_day,
)
from gongzhi.registry.tests.cast import BEGAN_AT, Cast
from gongzhi.values.exchange import EstateUnserved, ManagerChanged
from gongzhi.values.now import ZONE
from gongzhi.values.refusals import Conflict, NotPossible

NOON = datetime(2026, 5, 6, 12, 0, tzinfo=ZONE)


def begin(cast: Cast, from_at: datetime = NOON, **more: Any) -> None:
    """The other provider takes over, but for `more`."""
    plain: dict[str, Any] = {
        "mode": Mode.CONTRACT,
        "organisation_id": cast.organisations["other_provider"].pk,
        "paper_title": "示例新合同",
    }
    facts = BeginEngagement(estate_id=cast.estate.pk, from_at=from_at, **(plain | more))
    actions.begin_engagement(by=SYSTEM, at=cast.at, facts=facts)


def managing(cast: Cast, at: datetime) -> str:
    """The name of the manager at that instant."""
    row = manager_at(cast.estate, at)
    assert row is not None
    return row.organisation.name if row.organisation else row.mode


def test_the_manager_changes_at_the_minute(cast: Cast) -> None:
    begin(cast)
    assert managing(cast, NOON - timedelta(seconds=1)) == cast.organisations["provider"].name
    assert managing(cast, NOON) == cast.organisations["other_provider"].name


def test_the_day_of_a_change_is_the_new_managers(cast: Cast) -> None:
    begin(cast)
    before, on = manager_of_day(cast.estate, date(2026, 5, 5)), manager_of_day(cast.estate, date(2026, 5, 6))
    assert before is not None
    assert on is not None
    assert (before.organisation, on.organisation) == (
        cast.organisations["provider"],
        cast.organisations["other_provider"],
    )


def test_a_day_is_counted_in_the_citys_own_time(cast: Cast) -> None:
    begin(cast, datetime(2026, 5, 6, 0, 30, tzinfo=ZONE))
    newest = history_of_managers(cast.estate)[0]
    assert newest.from_on == date(2026, 5, 6)


def test_before_its_registration_an_estate_has_no_row(cast: Cast) -> None:
    assert manager_of_day(cast.estate, date(2024, 12, 31)) is None
    assert is_unmanaged(cast.estate, BEGAN_AT - timedelta(days=1))


def test_nobody_in_charge_is_said_in_a_row(cast: Cast) -> None:
    row = manager_of_day(cast.bare_estate, date(2026, 3, 2))
    assert row is not None
    assert (row.mode, row.organisation) == (Mode.UNMANAGED, None)
    assert is_unmanaged(cast.bare_estate, cast.at)


def test_a_second_change_on_one_day_is_refused_with_what_to_do(cast: Cast) -> None:
    begin(cast)
    with pytest.raises(NotPossible, match=r"2026-05-06已登记过一次管理变更.*改为次日"):
        begin(cast, NOON + timedelta(hours=3))


def test_a_time_before_the_newest_row_is_refused(cast: Cast) -> None:
    begin(cast)
    with pytest.raises(NotPossible, match=r"自2026-05-06 12:00起.*不能早于"):
        begin(cast, NOON - timedelta(days=1))


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"organisation_id": None}, "须填写管理单位"),
        ({"mode": Mode.SELF_MANAGED}, "不填写管理单位"),
        ({"paper_title": ""}, "须有依据文书"),
        ({"mode": Mode.UNMANAGED, "organisation_id": None}, "须写明原因"),
    ],
)
def test_an_incomplete_change_is_refused(cast: Cast, more: dict[str, Any], says: str) -> None:
    with pytest.raises(NotPossible, match=says):
        begin(cast, **more)
    assert Engagement.objects.filter(estate=cast.estate).count() == 1


def test_a_firm_is_no_manager(cast: Cast) -> None:
    with pytest.raises(NotPossible, match="不是物业服务人"):
        begin(cast, organisation_id=cast.organisations["firm"].pk)


def test_the_contract_must_be_the_estates_and_the_providers(cast: Cast) -> None:
    with pytest.raises(NotPossible, match="不是这个小区与该单位签订的"):
        begin(cast, contract_id=cast.home.contract_id)
    begin(cast, organisation_id=cast.organisations["provider"].pk, contract_id=cast.home.contract_id)


def test_a_community_may_take_an_estate_into_custody(cast: Cast) -> None:
    begin(cast, mode=Mode.COMMUNITY_CUSTODY, organisation_id=cast.organisations["community"].pk)
    assert managing(cast, NOON) == cast.organisations["community"].name


def test_a_change_tells_the_other_rooms(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[object] = []
    keep = [lambda event, at: told.append(event)]
    monkeypatch.setitem(events._HANDLERS, ManagerChanged, keep)
    monkeypatch.setitem(events._HANDLERS, EstateUnserved, keep)
    begin(cast, mode=Mode.UNMANAGED, organisation_id=None, paper_title="", reason="擅自撤离")
    assert told == [
        ManagerChanged(cast.estate.pk, NOON, "unmanaged", None),
        EstateUnserved(cast.estate.pk, NOON, "擅自撤离"),
    ]


def test_whoever_is_slower_is_told_so(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two cases look at once and both see no change that day; the database lets one of them through."""
    begin(cast)
    monkeypatch.setattr(engagements, "newest_engagement", lambda estate: None)
    with pytest.raises(Conflict, match="他人刚为示例白山一号小区登记了2026-05-06的管理人，请刷新后再办"):
        begin(cast)
    assert Engagement.objects.filter(estate=cast.estate).count() == 2


def test_a_contract_ends_not_before_it_began(cast: Cast) -> None:
    early = EndContract(contract_id=cast.home.contract_id, ends_on=date(2024, 12, 31))
    with pytest.raises(NotPossible, match="自2025-01-01起"):
        actions.end_contract(by=SYSTEM, at=cast.at, facts=early)
    facts = EndContract(contract_id=cast.home.contract_id, ends_on=date(2026, 5, 6))
    actions.end_contract(by=SYSTEM, at=cast.at, facts=facts)
    assert ServiceContract.objects.get(pk=cast.home.contract_id).ends_on == date(2026, 5, 6)
