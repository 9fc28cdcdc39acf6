"""Constraints several tables share, in a form both engines check."""

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db import models
from django.db.models import F, Q


def one_of(field: str, choices: type[models.TextChoices], name: str) -> models.CheckConstraint:
    """The column holds one of the listed values."""
    return models.CheckConstraint(condition=Q(**{f"{field}__in": choices.values}), name=name)


def days_in_order(name: str, first: str = "from_on", last: str = "to_on") -> models.CheckConstraint:
    """The last day (included) is not before the first; an open end is allowed."""
    return models.CheckConstraint(
        condition=Q(**{f"{last}__isnull": True}) | Q(**{f"{last}__gte": F(first)}), name=name
    )


def exactly_one(fields: Iterable[str], name: str) -> models.CheckConstraint:
    """Exactly one of the columns is set."""
    names = tuple(fields)
    ways = [Q(**{f"{field}__isnull": field != chosen for field in names}) for chosen in names]
    return models.CheckConstraint(condition=reduce(or_, ways), name=name)
