"""The application does not start on a wrong declaration, and a released one does not change unseen."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from gongzhi.config.environment import ROOT
from gongzhi.procedures import catalogue, shape
from gongzhi.procedures.checks import check_declarations, findings
from gongzhi.procedures.declare import Ahead, Every, Procedure, Standing, Variant
from gongzhi.procedures.kinds import Child, File, Review, Submit
from gongzhi.procedures.models import Case
from gongzhi.procedures.standing import Reason
from gongzhi.procedures.terms import ActSpec, ground, required, within
from gongzhi.procedures.tests.stage import Word, declared
from gongzhi.registry.roles import OWNERS, PROVIDER, SUBDISTRICT

FIRST = Submit("起点", by=PROVIDER, to=OWNERS, facts=Word)
DUE = "exit.leave_within"


def procedure(**parts: Any) -> type[Procedure]:
    """A throw-away procedure of these parts."""
    return type("Wrong", (Procedure,), {"code": "wrong", "title": "示例错误", **parts})


def own(name: str = "act") -> Standing:
    return Standing(ActSpec(name, "示例", Reason), (OWNERS,))


def watching(key: str) -> Ahead:
    return Ahead(key, of=lambda at: Case.objects.all(), date="towards_on", about="estate", gone=lambda *_: "")


def review(**more: Any) -> Review[Word]:
    return Review("审核", by=OWNERS, facts=Word, **more)


def step(**more: Any) -> Submit[Word]:
    return Submit("办理", by=PROVIDER, facts=Word, **more)


def test_every_declaration_of_the_product_is_sound() -> None:
    assert check_declarations() == []


first, other = step(), step()
WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "no title": ({"title": "", "first": step()}, "has no code or no title"),
    "no steps": ({}, "has no steps"),
    "after what comes later": ({"second": step(after=first), "first": first}, "is not declared before it"),
    "after what is elsewhere": ({"second": step(after=other)}, "is not declared before it"),
    "after an unknown mark": (
        {"first": first, "second": step(after=first.at("flown"))},
        "comes after the mark flown, which",
    ),
    "unhandled": ({"review": review()}, "has the outcome return, which is named nowhere"),
    "unknown outcome": (
        {
            "review": review(back={"return": first, "lost": first}, goes=("refuse",), after=first),
            "first": first,
        },
        "names the outcome lost, which it never has",
    ),
    "unknown ending": (
        {"review": review(ends={"refuse": "gone"}, goes=("return",))},
        "ends the case as gone, which is no outcome of wrong",
    ),
    "back to what does not lead here": (
        {"first": first, "review": review(back={"return": first}, goes=("refuse",))},
        "goes back on return to",
    ),
    "unknown anchor": (
        {"first": first, "second": step(due=within(DUE, of="first.flown"))},
        "counts from first.flown, which no step marks",
    ),
    "unknown anchor step": (
        {"first": step(due=within(DUE, of="x.y"))},
        "counts from x.y, which no step marks",
    ),
    "unknown key of a clock": (
        {"first": first, "second": step(due=within("no.key", of="first.submitted"))},
        "asks for no.key, which is no key of the law",
    ),
    "unknown key of a condition": ({"first": step(when=required("no.key"))}, "asks for no.key"),
    "unknown key of a kind": ({"first": File("备案", by=PROVIDER, to="no.key")}, "asks for no.key"),
    "unknown variant": (
        {"variants": (Variant("a", "甲"),), "first": step(when=ground("b"))},
        "wanted in the variant b, which wrong does not have",
    ),
    "unbound child": ({"child": Child("下级", "nowhere")}, "runs nowhere, which is declared nowhere"),
    "a child of itself": ({"child": Child("下级", "wrong", goes=("ended",))}, "wrong runs itself"),
    "standing under another name": (
        {"first": step(), "standing": {"b": own()}},
        "lists the standing act act as b",
    ),
    "standing of the kernel": (
        {"first": step(), "standing": {"end": own("end")}},
        "declares end, which every case",
    ),
    "standing of nobody": (
        {"first": step(), "standing": {"act": Standing(ActSpec("act", "示例"), ())}},
        "lets nobody do act",
    ),
    "recurring of no place": ({"first": step(), "opens": Every("no.key", OWNERS)}, "recurs per owners"),
    "recurring by no key": (
        {"first": step(), "subject": "jurisdiction", "opens": Every("no.key", SUBDISTRICT)},
        "recurs by no.key",
    ),
    "a watch of a place": (
        {"first": step(), "subject": "jurisdiction", "opens": watching("watch.contract_end")},
        "watches a date of a jurisdiction",
    ),
    "a watch by no key": ({"first": step(), "opens": watching("no.key")}, "looks ahead by no.key"),
    "a watch that tells nobody": (
        {"first": step(), "opens": watching("watch.contract_end")},
        "watches a date and tells nobody of it",
    ),
    "exchange of no dataclass": ({"first": step(), "result": int}, "exchanges int, which is no dataclass"),
}


@pytest.mark.parametrize("sort", WRONG)
def test_each_sort_of_mistake_is_found_at_the_start(sort: str) -> None:
    parts, says = WRONG[sort]
    wrong = procedure(**parts)
    with declared(wrong):
        told = list(findings(wrong))
        assert any(says in one for one in told), told
        assert any(says in error.msg for error in check_declarations())


def test_a_step_that_hides_what_a_procedure_has_is_no_procedure() -> None:
    with pytest.raises(TypeError, match="step named reads"):
        procedure(reads=step())


def test_a_code_and_version_is_declared_once() -> None:
    class Other(Procedure):
        """Another one of the same code."""

        code, title = "wrong", "示例另一"
        first = step()

    with declared(procedure(first=step())), pytest.raises(ValueError, match="declared twice"):
        catalogue.declared(Other)


# Released shapes ------------------------------------------------------------------------------------------------------


def test_what_is_released_has_not_changed() -> None:
    released = shape.read_lock(ROOT / "procedures.lock.json")
    assert list(shape.changes(released, shape.shapes())) == []


def built(**more: Any) -> type[Procedure]:
    parts: dict[str, Any] = {
        "parties": (PROVIDER,),
        "first": Submit("起点", by=PROVIDER, to=OWNERS, facts=Word),
    }
    parts["then"] = Review(
        "审核", by=OWNERS, after=parts["first"], facts=Word, goes=("refuse",), back={"return": parts["first"]}
    )
    return procedure(**{name: part for name, part in (parts | more).items() if part is not None})


@contextmanager
def released() -> Iterator[dict[str, dict[str, Any]]]:
    was = built()
    with declared(was):
        yield {"wrong": json.loads(json.dumps(shape.shapes()["wrong"]))}


class Other(Word):
    """Other facts."""


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"then": None}, "the released step then is gone"),
        ({"then": step()}, "then has other kind"),
        ({"first": Submit("起点", by=OWNERS, to=OWNERS, facts=Word)}, "first has other by"),
        ({"first": Submit("起点", by=PROVIDER, facts=Word)}, "first has other to"),
        ({"first": Submit("起点", by=PROVIDER, to=OWNERS, facts=Other)}, "first has other acts"),
        ({"then": review(goes=("refuse", "return"))}, "then has other moments"),
        ({"parties": ()}, "parties without provider"),
        ({"outcomes": ("done",)}, "outcomes without"),
        ({"version": 2}, "wrong 1 is released and declared no longer"),
    ],
)
def test_a_released_step_that_changes_fails(more: dict[str, Any], says: str) -> None:
    with released() as before:
        pass
    with declared(built(**more)):
        told = list(shape.changes(before, shape.shapes()))
        assert any(says in one for one in told), told


def test_other_words_a_new_step_and_a_new_version_beside_the_old_are_free() -> None:
    with released() as before:
        pass
    newer = built(version=2, then=None)
    with declared(built(title="示例改名", more=step()), newer):
        assert list(shape.changes(before, shape.shapes())) == []


def test_a_release_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    shape.write_lock(tmp_path / "lock.json")
    assert shape.read_lock(tmp_path / "lock.json") == json.loads(json.dumps(shape.shapes()))
    assert shape.read_lock(tmp_path / "none.json") == {}
    assert "exit" in shape.shapes()
