"""Whom to reach: names and telephones as they are typed in one line."""

import re

from gongzhi.papers.contents.content import Person

_NUMBER = re.compile(r"\+?\d[\d-]{5,}\d")
_PHONE = re.compile(r"[\s，,：:]*(?:电话)?[\s：:]*(\+?\d[\d-]{5,}\d)(?P<rest>\D*)$")


def contact(text: str, **more: str) -> Person:
    """Name and telephone told in one line, each in its place; what cannot be told apart stays as it was said."""
    found = _PHONE.search(text) if len(_NUMBER.findall(text)) == 1 else None
    name = text[: found.start()].strip() if found is not None else ""
    if found is None or not name:
        return Person(name=text, **more)
    return Person(name=name, phone=f"{found[1]}{found['rest']}".strip(), **more)


def contacts(text: str, **more: str) -> tuple[Person, ...]:
    """Each of those told in one line with semicolons between them."""
    told = [part.strip() for part in re.split(r"[；;\n]", text)]
    return tuple(contact(part, **more) for part in told if part)
