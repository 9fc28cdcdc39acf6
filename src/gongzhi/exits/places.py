"""The places a register may be narrowed to: those right under the reader's own."""

from django.db.models import Q

from gongzhi.law.models import Jurisdiction
from gongzhi.procedures.models import Case
from gongzhi.registry.divisions import COLUMNS
from gongzhi.registry.models import Appointment

#: The column of the places under one of a level; a province has cities, a community nothing.
BELOW = {"province": "city", "city": "county", "county": "subdistrict", "street": "community"}
#: Who has no territory chooses among counties.
WIDEST = "county"


def level_below(appointment: Appointment) -> str:
    """The column by which the reader's territory is divided, "" where it is not."""
    body = appointment.organisation
    if body is None:
        return WIDEST
    level = Jurisdiction.objects.filter(pk=body.jurisdiction_code).values_list("level", flat=True).first()
    return BELOW.get(level or "", "") if body.estate_id is None else ""


def places_below(appointment: Appointment) -> list[tuple[str, str]]:
    """Code and name of the places under the reader's own; of all counties with a case where there is none."""
    body = appointment.organisation
    if body is None:
        counties = Case.objects.filter(parent=None).order_by().values("county").distinct()
        rows = Jurisdiction.objects.filter(pk__in=counties)
    elif level_below(appointment):
        rows = Jurisdiction.objects.filter(parent_id=body.jurisdiction_code, to_on=None)
    else:
        return []
    return list(rows.order_by("code").values_list("code", "name"))


def lies_in(code: str, prefix: str = "") -> Q:
    """The condition that a placed row lies in a city, county, subdistrict or community; any row where none is named."""
    if not code:
        return Q()
    level = Jurisdiction.objects.filter(pk=code).values_list("level", flat=True).first()
    return Q(**{f"{prefix}{COLUMNS[level]}": code}) if level in COLUMNS else Q(pk__in=())


def code_in(text: str) -> str:
    """A code from the address; whatever is none is as good as not asked."""
    text = text.strip()
    return text if text.isascii() and text.isdigit() and len(text) <= 12 else ""


def names_of(codes: set[str]) -> dict[str, str]:
    """Code → name."""
    return dict(Jurisdiction.objects.filter(pk__in=codes).values_list("code", "name"))
