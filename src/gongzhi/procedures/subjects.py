"""What a case is about: an estate, an organisation or a jurisdiction."""

from dataclasses import dataclass
from uuid import UUID

from gongzhi.law.models import Jurisdiction
from gongzhi.registry.models import Estate, Organisation
from gongzhi.values.refusals import NotFound


@dataclass(frozen=True)
class Subject:
    """What a case is about: exactly one of the three."""

    estate: Estate | None = None
    organisation: Organisation | None = None
    jurisdiction: Jurisdiction | None = None

    @property
    def codes(self) -> dict[str, str]:
        """The territory columns of the case."""
        levels = ("city", "county", "subdistrict", "community")
        placed = self.estate or self.organisation
        if placed is not None:
            return {level: getattr(placed, level) for level in levels}
        assert self.jurisdiction is not None
        return _codes_of(self.jurisdiction)


def _codes_of(jurisdiction: Jurisdiction) -> dict[str, str]:
    names = {"city": "city", "county": "county", "street": "subdistrict", "community": "community"}
    codes: dict[str, str] = {}
    place: Jurisdiction | None = jurisdiction
    while place is not None:
        if place.level in names:
            codes[names[place.level]] = place.code
        place = place.parent
    return codes


def find_subject(kind: str, id_or_code: str) -> Subject:
    """Find the subject of a case; NotFound in a sentence."""
    try:
        if kind == "estate":
            return Subject(estate=Estate.objects.get(pk=UUID(id_or_code)))
        if kind == "organisation":
            return Subject(organisation=Organisation.objects.get(pk=UUID(id_or_code)))
        return Subject(jurisdiction=Jurisdiction.objects.get(pk=id_or_code))
    except (ValueError, Estate.DoesNotExist, Organisation.DoesNotExist, Jurisdiction.DoesNotExist):
        raise NotFound("没有找到办理对象，请核对小区、单位或区划的编号。") from None
