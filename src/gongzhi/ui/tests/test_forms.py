"""Forms of facts: every declared class renders; what a form shows, sent back, is what was said."""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum
from html import unescape
from html.parser import HTMLParser
from typing import Any, Literal, get_args, get_origin
from uuid import UUID

import pytest
from django.template import Context, Template
from django.utils.datastructures import MultiValueDict
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from pydantic import AwareDatetime, BaseModel, Field

from gongzhi.acts.door import ACTIONS
from gongzhi.acts.facts import Facts, read_facts
from gongzhi.notices.facts import PostNotice
from gongzhi.procedures import catalogue
from gongzhi.procedures.service import ServiceProof
from gongzhi.procedures.standing import BASE
from gongzhi.ui.forms import form_of
from gongzhi.ui.forms.choices import WORDS
from gongzhi.ui.forms.reading import Asked, fields_of
from gongzhi.values.refusals import Invalid
from gongzhi.voting.facts import VoteResult


def declared() -> list[type[Facts]]:
    """The facts of every act: of the kernel, of every step, standing act and action."""
    found = [spec.facts for spec in BASE.values()]
    for procedure in catalogue.every():
        found += [own.spec.facts for own in procedure.standing.values()]
        for step in procedure.steps:
            found += [spec.facts for spec in step.act_specs().values()]
            found += [spec.facts for spec, _ in step.standing_specs().values()]
    found += [action.facts for action in ACTIONS.values()]
    return sorted(set(found), key=lambda kind: (kind.__module__, kind.__qualname__))


KINDS = declared()


def names(kind: type) -> str:
    return f"{kind.__module__.split('.')[1]}.{kind.__qualname__}"


def rendered(form: Any) -> str:
    return Template("{% load fields %}{% facts_form form %}").render(Context({"form": form}))


class Sent(HTMLParser):
    """What a browser sends of a rendered form, nothing touched."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.sent: MultiValueDict[str, str] = MultiValueDict()
        self.area: str | None = None
        self.select: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        kind, name = given.get("type", "text"), given.get("name")
        if tag == "input" and name and kind != "file":
            if kind not in ("checkbox", "radio") or "checked" in given:
                ticked = "on" if kind == "checkbox" else ""
                self.sent.appendlist(name, given.get("value") or ticked)
        elif tag == "textarea" and name:
            self.area = name
            self.sent.setlist(name, [""])
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and "selected" in given:
            self.sent.appendlist(self.select, given.get("value") or "")

    def handle_data(self, data: str) -> None:
        if self.area:
            # the line break after the tag itself is not part of the text
            self.sent[self.area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.area:
            text = self.sent[self.area]
            text = text[1:] if text.startswith("\n") else text
            self.sent[self.area] = text.replace("\n", "\r\n")
            self.area = None
        if tag == "select":
            self.select = None


# Random facts -------------------------------------------------------------------------------------------------------

#: Characters a form carries unchanged: no lone carriage return, no separators that no keyboard types.
LETTERS = st.characters(codec="utf-8", exclude_characters="\0\r\x1c\x1d\x1e\x1f", exclude_categories=("Cs",))
WORDS_ON_A_LINE = st.characters(
    codec="utf-8", categories=("L", "N", "P", "S"), exclude_characters="\0、，,；;"
)


def answers(ask: Asked) -> st.SearchStrategy[Any]:
    """Answers to a field within its bounds; an optional one may be left open."""
    found = _answers(ask)
    return st.none() | found if ask.is_optional else found


def _answers(ask: Asked) -> st.SearchStrategy[Any]:
    low, high = ask.bound("min_length") or 0, ask.bound("max_length") or 40
    if ask.rows is not None:
        return st.lists(st.fixed_dictionaries(plan(ask.rows)), min_size=low, max_size=max(low, 2))
    if ask.item is not None:
        line = st.text(WORDS_ON_A_LINE, min_size=2, max_size=12)
        return st.lists(line, min_size=low, max_size=max(low, 3))
    return scalar(ask, low, high)


def scalar(ask: Asked, low: int, high: int) -> st.SearchStrategy[Any]:
    """One answer."""
    kind = ask.inner
    if get_origin(kind) is Literal:
        return st.sampled_from(get_args(kind))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return st.sampled_from(list(kind))
    if kind is str:
        pattern = ask.bound("pattern")
        if pattern:
            drawn = st.from_regex(re.compile(pattern, re.ASCII), fullmatch=True).map(str.strip)
            return drawn.filter(bool) if ask.is_optional else drawn
        least = max(low, 1) if ask.is_optional else low
        said = st.text(LETTERS, min_size=least, max_size=min(max(high, least), 30)).map(str.strip)
        return said.filter(bool) if ask.is_optional else said
    if kind is int:
        least = ask.bound("ge") if ask.bound("gt") is None else ask.bound("gt") + 1
        return st.integers(least if least is not None else -(10**9), ask.bound("le") or 10**9)
    if kind is Decimal:
        least = 0 if ask.bound("ge", "gt") is None else max(int(ask.bound("ge", "gt")), 0)
        cents = st.integers(least * 100 + 1, 10**6)
        return cents.map(lambda number: Decimal(number) / 100)
    return SIMPLE[kind]


ZONES = st.sampled_from([UTC, timezone(timedelta(hours=8)), timezone(timedelta(hours=-3, minutes=-30))])
BEGAN = datetime(1901, 1, 1, tzinfo=UTC)
#: Whole seconds: a form's field knows no smaller part.
INSTANTS = st.builds(
    lambda seconds, zone: (BEGAN + timedelta(seconds=seconds)).astimezone(zone),
    st.integers(0, 9 * 10**9),
    ZONES,
)
SIMPLE: dict[Any, st.SearchStrategy[Any]] = {
    bool: st.booleans(),
    UUID: st.uuids(),
    date: st.dates(date(1900, 1, 1), date(2199, 12, 31)),
    datetime: INSTANTS,
    AwareDatetime: INSTANTS,
    Any: st.integers() | st.text(WORDS_ON_A_LINE, min_size=1) | st.lists(st.booleans(), min_size=1),
    dict[str, Any]: st.dictionaries(st.text(WORDS_ON_A_LINE, min_size=1), st.integers(), min_size=1),
}


def plan(kind: type[BaseModel]) -> dict[str, st.SearchStrategy[Any]]:
    """A strategy for every field."""
    return {ask.name: answers(ask) for ask in fields_of(kind)}


def _a_vote(raw: dict[str, Any]) -> dict[str, Any]:
    """The figures of a vote in their order: of those drawn at random hardly any are."""
    said = dict(raw)
    for names in (
        ("heads_for", "heads_voted", "heads_total"),
        ("area_for", "area_voted", "area_total"),
        ("held_from", "held_to"),
    ):
        drawn = [raw[name] for name in names]
        said |= zip(names, sorted(drawn) if None not in drawn else [None] * len(drawn), strict=True)
    said |= dict.fromkeys(("ballots_valid", "ballots_returned", "ballots_sent"))
    said |= dict.fromkeys(("heads_against", "heads_abstained", "area_against", "area_abstained"))
    return said if said["chosen"] == "contract" and said["organisation"] else said | NOBODY


NOBODY = {"chosen": "dismiss", "organisation": None}
#: Classes whose fields hang together so that hardly any drawn at random are taken: what puts them in order.
IN_ORDER = {VoteResult: _a_vote}


def facts_of(kind: type[Facts]) -> st.SearchStrategy[Facts]:
    """Facts the class takes."""

    def taken(raw: dict[str, Any]) -> Facts | None:
        try:
            return read_facts(kind, IN_ORDER[kind](raw) if kind in IN_ORDER else raw)
        except Invalid:
            return None

    return st.fixed_dictionaries(plan(kind)).map(taken).filter(lambda facts: facts is not None)


@pytest.mark.parametrize("kind", KINDS, ids=names)
def test_every_declared_class_renders_empty_and_with_everything_wrong(kind: type[Facts]) -> None:
    text = rendered(form_of(kind))
    for ask in fields_of(kind):
        assert f"{ask.label}" in unescape(text)
    assert "None" not in text
    assert " style=" not in text
    wrong = rendered(form_of(kind, data={"nothing": "sent"}))
    required = [
        ask
        for ask in fields_of(kind)
        if ask.is_required and ask.rows is None and "" not in get_args(ask.inner)
    ]
    assert not required or "处要改" in wrong


@pytest.mark.parametrize("kind", KINDS, ids=names)
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_a_form_shows_sent_back_is_what_was_said(kind: type[Facts], data: st.DataObject) -> None:
    facts = data.draw(facts_of(kind))
    form = form_of(kind, initial=facts)
    secrets = {ask.name: getattr(facts, ask.name) for ask in fields_of(kind) if ask.is_secret}
    assume(all(secrets.values()))
    sent = Sent(rendered(form)).sent
    sent.update(secrets)
    again = form_of(kind, data=sent)
    assert again.is_valid(), (facts, list(again.mistakes()))
    assert again.facts() == facts


class Counted(BaseModel):
    """Whole numbers with bounds of every kind."""

    both: int = Field(title="户数", ge=1, le=9)
    least: int = Field(title="票数", gt=0)
    most: int = Field(title="楼层", le=99)
    free: int = Field(title="余数")


@pytest.mark.parametrize("wrong", ["-5000", "5000", "示例"])
def test_a_whole_number_out_of_bounds_is_told_which_ones_are_taken(wrong: str) -> None:
    form = form_of(Counted, data=dict.fromkeys(Counted.model_fields, wrong))
    told = {
        "both": "请填 1 到 9 之间的整数。",
        "least": "请填不小于 1 的整数。",
        "most": "请填不大于 99 的整数。",
        "free": "请填整数。",
    }
    assert not form.is_valid()
    assert form.errors
    assert all(said == [told[name]] for name, said in form.errors.items())


def test_every_literal_has_its_words() -> None:
    codes = {
        code
        for kind in KINDS
        for ask in [
            *fields_of(kind),
            *(inner for one in fields_of(kind) if one.rows for inner in fields_of(one.rows)),
        ]
        if get_origin(ask.inner) is Literal and not (ask.info.json_schema_extra or {}).get("labels")
        for code in get_args(ask.inner)
    }
    assert sorted(codes - WORDS.keys()) == []


def test_names_of_people_may_stand_side_by_side() -> None:
    """As a page itself shows them: 示例甲、示例乙."""
    form = form_of(ServiceProof, data={"servers": "示例甲、示例乙；示例丙\n 示例丁 ，"})
    form.is_valid()
    assert form.cleaned_data["servers"] == ["示例甲", "示例乙", "示例丙", "示例丁"]
    places = form_of(PostNotice, data={"places": "东门、西门\n北门"})
    places.is_valid()
    assert places.cleaned_data["places"] == ["东门、西门", "北门"]


@pytest.mark.parametrize(
    ("number", "unit", "told"),
    [("15", "WD", "P15WD"), ("15", "", "P15D"), ("24", "h", "PT24H"), ("3", "M", "P3M"), ("2", "Y", "P2Y")],
)
def test_a_period_is_asked_as_a_number_with_its_unit(number: str, unit: str, told: str) -> None:
    form = form_of(BASE["extend"].facts, data={"period_0": number, "period_1": unit})
    form.is_valid()
    assert form.cleaned_data["period"] == told


@pytest.mark.parametrize(
    ("number", "says"),
    [("", "请填写“延长”。"), ("十五", "请填 1 到 9999 之间的整数。"), ("0", "请填 1 到 9999 之间的整数。")],
)
def test_a_period_without_a_number_is_told_what_to_fill_in(number: str, says: str) -> None:
    form = form_of(BASE["extend"].facts, data={"period_0": number, "period_1": "WD"})
    assert not form.is_valid()
    assert form.errors["period"] == [says]
