"""A field of a Facts class, as a form looks at it: its kind, its bounds, whether it must be filled in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from gongzhi.acts.facts import NEEDED_WHEN, UNASKED

from .choices import without_codes

#: In a title, the unit money is kept in; forms ask for the other one.
CENTS, YUAN = "（分）", "（元）"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a field asks for. `inner` is its type without None; `item` that of a list's items."""

    name: str
    info: FieldInfo
    inner: Any
    item: Any
    is_optional: bool

    @property
    def is_required(self) -> bool:
        """Whether it has to be filled in; a list that may be empty has not."""
        may_be_empty = self.item is not None and not self.bound("min_length")
        return self.info.is_required() and not self.is_optional and not may_be_empty

    @property
    def is_secret(self) -> bool:
        """A password: never shown again."""
        return self.info.exclude is True or self.info.repr is False

    @property
    def is_money(self) -> bool:
        """Whole cents, entered as yuan."""
        return self.inner is int and self.name.endswith("_cents")

    @property
    def is_period(self) -> bool:
        """A length of time, kept in the short form `P15D`, asked for and told as a number with its unit."""
        return self.inner is str and bool(self.extra.get("period"))

    @property
    def label(self) -> str:
        """Its title; money is asked for in yuan."""
        title = without_codes(self.info.title or self.name)
        return title.replace(CENTS, YUAN) if self.is_money else title

    @property
    def hint(self) -> str:
        """Its description."""
        return self.info.description or ""

    @property
    def extra(self) -> Mapping[str, Any]:
        """What its class says besides: `labels` of codes, `listed` the key of a list of the law, and the like."""
        given = self.info.json_schema_extra
        return given if isinstance(given, dict) else {}

    @property
    def needed_when(self) -> Mapping[str, Sequence[str]]:
        """Another field → the answers to it which make this one be asked for; nothing: it always is."""
        found = self.extra.get(NEEDED_WHEN)
        return found if isinstance(found, dict) else {}

    @property
    def rows(self) -> type[BaseModel] | None:
        """The class of its rows, where it is a list of them."""
        return self.item if isinstance(self.item, type) and issubclass(self.item, BaseModel) else None

    def bound(self, *names: str) -> Any:
        """The first of its bounds that is declared, e.g. `max_length`; None where there is none."""
        for one in self.info.metadata:
            found = [getattr(one, name, None) for name in names]
            value = next((value for value in found if value is not None), None)
            if value is not None:
                return value
        return None


def asked(name: str, info: FieldInfo) -> Asked:
    """Read a field."""
    inner, is_optional = _without_none(info.annotation)
    item = None
    if get_origin(inner) in (tuple, list, frozenset, set):
        item = _without_none(get_args(inner)[0])[0]
    return Asked(name, info, inner, item, is_optional)


def _without_none(annotation: Any) -> tuple[Any, bool]:
    if get_origin(annotation) is Annotated:
        return _without_none(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        left = [one for one in get_args(annotation) if one is not NoneType]
        return _without_none(left[0])[0], len(left) < len(get_args(annotation))
    return annotation, False


def fields_of(kind: type[BaseModel]) -> list[Asked]:
    """Every field a form of the class asks for, in its order."""
    every = (asked(name, info) for name, info in kind.model_fields.items())
    return [one for one in every if not one.extra.get(UNASKED)]
