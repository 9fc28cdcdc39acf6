"""What a form refers to is chosen from a list: nobody at a desk types the identifier of something."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from gongzhi.acts.facts import Facts
from gongzhi.desk.references import OFFERED, Around, choices_for
from gongzhi.exits.claim_facts import Recovery
from gongzhi.exits.models import Claim
from gongzhi.exits.tests.play import Play, adopt_baishan, at
from gongzhi.procedures import catalogue
from gongzhi.procedures.models import Round
from gongzhi.procedures.standing import BASE
from gongzhi.registry.tests.cast import build_cast
from gongzhi.ui.forms.reading import fields_of


def said_on_pages() -> Iterator[type[Facts]]:
    """The facts of every act that a page of a case offers."""
    yield from (spec.facts for spec in BASE.values())
    for procedure in catalogue.every():
        yield from (own.spec.facts for own in procedure.standing.values())
        for step in procedure.steps:
            yield from (spec.facts for spec in step.act_specs().values())


def test_every_reference_is_offered() -> None:
    wanting = {
        f"{kind.__qualname__}.{ask.name}"
        for kind in said_on_pages()
        for ask in fields_of(kind)
        if ask.inner is UUID and ask.name not in OFFERED
    }
    assert wanting == set()


@pytest.mark.django_db
def test_what_is_owed_is_named_by_what_it_is(
    monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    settings.FILES_ROOT = tmp_path
    adopt_cast = build_cast(at("2026-03-02 09:00"), areas=())
    adopt_baishan()
    play = Play(adopt_cast, adopt_cast.home, at("2026-03-02 09:00")).apply("2026-07-31")
    case = play.case().row
    found = Round.objects.filter(step__case=case).first()
    claim = Claim.objects.create(
        case=case,
        round=found,
        kind="money",
        debtor=play.area.organisations["provider"],
        amount_cents=300_000,
        opened_at=play.now,
    )
    owed = choices_for(Recovery, Around(case))["claim"]
    assert owed == [(str(claim.pk), "违规资金：3,000.00元")]
