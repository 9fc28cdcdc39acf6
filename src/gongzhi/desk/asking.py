"""What the form of a task answers: why it came back, what an authority wants completed, as it was said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gongzhi.procedures.again import Asked, asked_of
from gongzhi.procedures.declare import Step
from gongzhi.procedures.presenting import ReadView, spec_of_act
from gongzhi.registry.models import Organisation
from gongzhi.ui.forms.told import Pair, pairs_of


@dataclass(frozen=True, slots=True)
class AskedFor:
    """One thing that was asked for: the act, who, when, and its answers; in words alone where no act did it."""

    title: str
    who: str
    at: datetime
    pairs: tuple[Pair, ...] = ()
    #: Another step has answered it since.
    is_met: bool = False


def asked_for(view: ReadView, step: Step[Any], task: str) -> Sequence[AskedFor]:
    """What a task of an open round answers, newest first; the names of bodies cost a query only where there are any."""
    found = asked_of(view, step, task)
    ids = {one.said.organisation_id for one in found if one.said is not None} - {None}
    names = dict(Organisation.objects.filter(pk__in=ids).values_list("pk", "name")) if ids else {}
    return [_told(view, one, names) for one in found]


def _told(view: ReadView, one: Asked, names: dict[Any, str]) -> AskedFor:
    code = one.step.code if one.step is not None else ""
    spec = spec_of_act(view.declaration, code, one.said.act) if one.said is not None else None
    if one.said is None or spec is None:
        return AskedFor(one.why, "", one.at)
    of = f"{one.step.title}：" if one.step is not None else ""
    who = names.get(one.said.organisation_id, "")
    return AskedFor(f"{of}{spec.title}", who, one.at, pairs_of(spec.facts, one.said.facts), one.is_met)
