"""Two at once, on two real connections."""

import threading
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import connection

from gongzhi.acts.door import SYSTEM, Request, enter
from gongzhi.acts.roots import Root
from gongzhi.registry import actions
from gongzhi.registry.engagements import write_engagement
from gongzhi.registry.facts import BeginEngagement, RegisterPerson
from gongzhi.registry.models import Engagement, Mode, Person
from gongzhi.registry.tests.cast import Cast, build_cast, resident_id
from gongzhi.values.ids import new_id
from gongzhi.values.now import ZONE
from gongzhi.values.refusals import Conflict, NotPossible, Refusal

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
NOON = datetime(2026, 5, 6, 12, 0, tzinfo=ZONE)


def both(act: Callable[[], Any]) -> list[Any]:
    """What two who begin at the same moment are told."""
    start, told = threading.Barrier(2), list[Any]()

    def run() -> None:
        start.wait()
        try:
            told.append(act())
        except Refusal as refused:
            told.append(refused)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return told


def refusals(told: list[Any]) -> list[Refusal]:
    """Those that were refused."""
    return [answer for answer in told if isinstance(answer, Refusal)]


def test_of_two_changes_of_one_day_one_is_made(at: datetime) -> None:
    cast = build_cast(at, areas=())
    facts = BeginEngagement(
        estate_id=cast.estate.pk,
        from_at=NOON,
        mode=Mode.CONTRACT,
        organisation_id=cast.organisations["other_provider"].pk,
        paper_title="示例新合同",
    )
    told = both(lambda: actions.begin_engagement(by=SYSTEM, at=at, facts=facts))
    assert [type(refused) for refused in refusals(told)] == [NotPossible]
    assert Engagement.objects.filter(estate=cast.estate).count() == 2


def in_a_case_of_its_own(cast: Cast) -> Any:
    """A change made under the lock of some case, not of the estate."""
    request = Request(name="示例", root=Root("case", new_id()), by=SYSTEM, at=cast.at, said={})

    def body() -> dict[str, Any]:
        provider = cast.organisations["other_provider"]
        write_engagement(
            estate=cast.estate, from_at=NOON, mode=Mode.CONTRACT, organisation=provider, paper_title="示例"
        )
        return {}

    return enter(request, may=lambda: None, body=body)


def test_two_cases_cannot_both_change_the_manager_of_a_day(at: datetime) -> None:
    cast = build_cast(at, areas=())
    told = both(lambda: in_a_case_of_its_own(cast))
    refused = refusals(told)
    assert len(refused) == 1
    assert isinstance(refused[0], (Conflict, NotPossible))
    assert Engagement.objects.filter(estate=cast.estate).count() == 2


def test_one_identity_registered_twice_at_once_is_one_person(at: datetime) -> None:
    build_cast(at, areas=())
    facts = RegisterPerson(name="示例甲", id_number=resident_id(9999))
    told = both(lambda: actions.register_person(by=SYSTEM, at=at, facts=facts).value)
    assert refusals(told) == []
    assert {answer["existed"] for answer in told} == {True, False}
    assert Person.objects.filter(name="示例甲").count() == 1
