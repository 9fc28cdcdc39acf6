"""Pages know no procedure: no code of a procedure, a variant, a step or a standing act stands in a template or a view.

The kinds of step and their acts (`submit`, `post`, `object`) belong to the kernel and to the notices; pages may know
those.
"""

import re
from pathlib import Path

import pytest

from architecture.reading import PACKAGE, is_product_code
from gongzhi.procedures import catalogue
from gongzhi.procedures.standing_acts import BASE

ROOMS = ("desk", "ui", "portal", "phone", "rehearsal")
#: Plain words that some procedure has as a code and a page needs for something of its own: a notice, an icon's name,
#: the state of a text of law, a choice of a form, the room of sign-ins.
PLAIN = frozenset(("accounts", "basis", "check", "demand", "draft", "interim", "notice"))


def codes() -> set[str]:
    """Every code of a procedure, a variant, a step, a standing act; what every procedure has is no name."""
    found: set[str] = set()
    for declared in catalogue.every():
        found |= {declared.code, *(one.code for one in declared.variants), *declared.standing}
        found |= {step.code for step in declared.steps}
    return found - set(BASE) - PLAIN


def pages() -> list[Path]:
    """Templates and views of the rooms people look at."""
    files = [path for room in ROOMS for path in sorted((PACKAGE / room).rglob("*.*"))]
    return [
        path
        for path in files
        if path.suffix in (".html", ".py") and is_product_code(path.relative_to(PACKAGE))
    ]


def names_in(text: str, known: set[str], *, is_template: bool) -> list[str]:
    """The codes that stand in a page as whole strings; in a template's tags only."""
    parts = re.findall(r"{[%{].*?[%}]}", text, re.DOTALL) if is_template else [text]
    quoted = [word for part in parts for word in re.findall(r"[\"']([a-z][a-z0-9_.:]*)[\"']", part)]
    return sorted({word for word in quoted if known & {word, *word.split("."), *word.split(":")}})


def findings(known: set[str]) -> list[tuple[str, list[str]]]:
    """Each page with the codes that stand in it."""
    named = [
        (path, names_in(path.read_text("utf-8"), known, is_template=path.suffix == ".html"))
        for path in pages()
    ]
    return [(str(path.relative_to(PACKAGE)), names) for path, names in named if names]


def test_no_page_names_a_procedure_a_step_or_a_variant():
    known = codes()
    assert {"exit", "application", "provider_early", "handover"} <= known
    assert len(pages()) > 100
    assert findings(known) == []


@pytest.mark.parametrize(
    ("text", "is_template"),
    [
        ("{% if case.procedure == 'exit' %}x{% endif %}", True),
        ('{% if step.code == "application" %}x{% endif %}', True),
        ("{{ forms.x|default:'exit.application' }}", True),
        ("if case.procedure == 'exit': pass", False),
        ('FRAGMENTS = {"handover": "a.html"}', False),
        ('task = find("exit.filing.send:county")', False),
    ],
)
def test_a_name_in_a_page_is_found(text, is_template):
    assert names_in(text, codes(), is_template=is_template)


@pytest.mark.parametrize(
    ("text", "is_template"),
    [
        ('<a class="exit" id="application">exit</a>', True),
        ("{% if step.state == 'open' %}x{% endif %}", True),
        ("case = file.procedure", False),
    ],
)
def test_other_words_are_let_be(text, is_template):
    assert names_in(text, codes(), is_template=is_template) == []
