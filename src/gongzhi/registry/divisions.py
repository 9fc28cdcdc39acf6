"""Codes of jurisdictions, as rows of the registers carry them. The tables of divisions belong to `law`."""

from dataclasses import dataclass
from datetime import date
from functools import cache, reduce
from operator import or_

from django.db.models import CharField, Q

from gongzhi.acts.kept import Kept
from gongzhi.law.models import Jurisdiction
from gongzhi.values.refusals import NotFound, NotPossible

#: The column of a row for each level of a division; a province has none.
COLUMNS = {"city": "city", "county": "county", "street": "subdistrict", "community": "community"}


@dataclass(frozen=True, slots=True)
class Codes:
    """Where something lies; "" above the level it is known to."""

    city: str = ""
    county: str = ""
    subdistrict: str = ""
    community: str = ""

    def as_columns(self) -> dict[str, str]:
        """The four columns of `Placed`."""
        return {
            "city": self.city,
            "county": self.county,
            "subdistrict": self.subdistrict,
            "community": self.community,
        }


def division(code: str) -> Jurisdiction:
    """The division of a code; trailing zeros may be written (220600) or not (2206)."""
    spellings = _spellings(code)
    found = _division(len(spellings)).first(**{f"code{place}": one for place, one in enumerate(spellings)})
    if found is None:
        raise NotFound(f"没有行政区划代码“{code}”，请核对，或先导入行政区划。")
    return found


@cache
def _division(spellings: int) -> Kept[Jurisdiction]:
    names = [f"code{place}" for place in range(spellings)]
    rows = Jurisdiction.objects.select_related("parent__parent__parent__parent").order_by("-code")
    return Kept(
        lambda **codes: rows.filter(reduce(or_, (Q(code=code) for code in codes.values())))[:1],
        **dict.fromkeys(names, CharField()),
    )


def _spellings(code: str) -> list[str]:
    spellings = [code]
    while len(code) in (4, 6) and code.endswith("00"):
        code = code[:-2]
        spellings.append(code)
    return spellings


def chain_of(code: str) -> list[Jurisdiction]:
    """The division and those above it, nearest first, by their recorded parents."""
    chain = [division(code)]
    while (above := chain[-1].parent) is not None:
        chain.append(above)
    return chain


def ancestors_of(code: str) -> frozenset[str]:
    """The code itself and every code above it."""
    return frozenset(step.code for step in chain_of(code))


def codes_of(code: str) -> Codes:
    """The four columns for something that lies in the division."""
    steps = {step.level: step.code for step in chain_of(code) if step.level in COLUMNS}
    return Codes(**{COLUMNS[level]: found for level, found in steps.items()})


def community_codes(code: str, on: date) -> Codes:
    """The four columns of an estate; its code must be a community in force on the day."""
    found = division(code)
    if found.level != "community":
        raise NotPossible(f"“{found.name}”不是社区，请填写小区所在社区的12位代码。")
    if found.to_on is not None and found.to_on < on:
        raise NotPossible(f"社区“{found.name}”的代码已于{found.to_on}停用，请改用现行代码。")
    return codes_of(found.code)


def cities_under(code: str) -> list[str]:
    """The codes of the cities directly under a province."""
    rows = Jurisdiction.objects.filter(parent_id=code, level="city")
    return list(rows.values_list("code", flat=True))
