"""The cast itself: built by actions, complete, in four real areas."""

from datetime import datetime

import pytest

from gongzhi.registry import acting
from gongzhi.registry.tests.cast import AREAS, build_cast


@pytest.mark.django_db
def test_every_member_of_the_cast_can_act_in_all_four_areas(at: datetime) -> None:
    cast = build_cast(at, tokens=True)
    assert set(cast.areas) == set(AREAS)
    for name, actor in cast.actors.items():
        assert acting.actor_of(actor.account_id, actor.appointment_id, at) == actor, name
