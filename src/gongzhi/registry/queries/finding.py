"""One row by its id, or a refusal that says what was not found."""

from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from django.db import models

from gongzhi.acts.kept import Kept
from gongzhi.registry.models import (
    Appointment,
    Estate,
    Organisation,
    Person,
    PowerOfAttorney,
    ServiceContract,
)
from gongzhi.values.refusals import NotFound

M = TypeVar("M", bound=models.Model)


@cache
def _kept(model: type[models.Model], related: tuple[str, ...]) -> Kept[Any]:
    rows = model._default_manager.select_related(*related) if related else model._default_manager.all()
    return Kept(lambda pk: rows.filter(pk=pk), pk=model._meta.pk)


def _find(model: type[M], pk: UUID, *related: str) -> M:
    found: M | None = _kept(model, related).first(pk=pk)
    if found is None:
        raise NotFound(f"没有找到这个{model._meta.verbose_name}，请核对编号。")
    return found


def estate_of(estate_id: UUID) -> Estate:
    """The estate; NotFound otherwise."""
    return _find(Estate, estate_id)


def organisation_with(organisation_id: UUID) -> Organisation:
    """The organisation; NotFound otherwise."""
    return _find(Organisation, organisation_id, "estate")


def person_with(person_id: UUID) -> Person:
    """The person; NotFound otherwise."""
    return _find(Person, person_id)


def appointment_with(appointment_id: UUID) -> Appointment:
    """The appointment; NotFound otherwise."""
    return _find(Appointment, appointment_id, "person", "organisation", "estate")


def contract_with(contract_id: UUID) -> ServiceContract:
    """The contract; NotFound otherwise."""
    return _find(ServiceContract, contract_id, "estate", "provider")


def power_with(power_id: UUID) -> PowerOfAttorney:
    """The power of attorney; NotFound otherwise."""
    return _find(PowerOfAttorney, power_id)
