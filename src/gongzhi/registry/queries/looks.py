"""Who looked at a person's numbers: the person's own right to know. 《个人信息保护法》第44条."""

from uuid import UUID

from gongzhi.registry.models import Look


def looks_of(person_id: UUID) -> list[Look]:
    """Every look, newest first."""
    return list(Look.objects.filter(person_id=person_id).order_by("-at", "-id"))
