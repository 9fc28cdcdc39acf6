"""Tests may really commit rows of append-only tables: a flush empties them, and the guards stand again afterwards."""

import pytest
from django.db import IntegrityError

from gongzhi.acts import append_only, log
from gongzhi.acts.models import Leaf
from gongzhi.values.now import now


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_committed_rows_of_guarded_tables_are_gone_for_the_next_test(turn):
    assert not Leaf.objects.exists()
    assert append_only.missing() == []
    Leaf.objects.create(index=0, kind="heads", data="00" * 32, at=now())
    with pytest.raises(IntegrityError):
        Leaf.objects.update(kind="x")
    assert log.head().size == 0
