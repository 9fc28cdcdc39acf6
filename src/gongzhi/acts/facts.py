"""Facts: what is said in one act. One frozen class an act; schema, strict JSON, form and typed reading come of it."""

from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar, TypeVar

from pydantic import BaseModel, ConfigDict, JsonValue, ValidationError

from gongzhi.values.refusals import Invalid

_SENTENCES = {
    "missing": "不能为空",
    "extra_forbidden": "没有这一项",
    "string_too_short": "不能为空",
    "string_too_long": "太长",
    "timezone_aware": "要带时区，例如 2026-01-05T09:00:00+08:00",
    "string_pattern_mismatch": "写法不对，请按提示填写",
    "enum": "不在可选范围内",
    "literal_error": "不在可选范围内",
}
#: A bound of a number, or of how many: the bound's name in what pydantic tells, and its sentence.
_BOUNDS = {
    "greater_than": ("gt", "要大于 {}"),
    "greater_than_equal": ("ge", "不能小于 {}"),
    "less_than": ("lt", "要小于 {}"),
    "less_than_equal": ("le", "不能大于 {}"),
    "too_short": ("min_length", "至少填 {} 项"),
    "too_long": ("max_length", "最多填 {} 项"),
}
#: Of a field that lists people: names, which a form also tells apart by the signs of a list.
PEOPLE: dict[str, JsonValue] = {"people": True}
#: Of a day in a letter on which something is asked of whoever gets it: it lies after the day the letter is signed.
AHEAD: dict[str, JsonValue] = {"ahead": True}
#: Where a class says of a field that it is asked for, and has to be answered, only where another one was answered so.
NEEDED_WHEN = "needed_when"
#: Of a field that no form of the class itself asks for: only whoever speaks for somebody else fills it in.
UNASKED = "unasked"


def needed_when(name: str, *answers: str) -> dict[str, JsonValue]:
    """Of a field that says something only where the field of that name was given one of these answers."""
    return {NEEDED_WHEN: {name: list(answers)}}


#: Years a person can mean.
YEARS = range(1900, 2201)
_KINDS = {
    "date": "要写成日期，例如 2026-01-05",
    "datetime": "要写成带时区的时间，例如 2026-01-05T09:00:00+08:00",
    "int": "要写成整数",
    "decimal": "要写成数字",
    "uuid": "不是有效的编号",
    "bool": "要写成是或否",
    "string": "要写成文字",
    "list": "要写成列表",
    "tuple": "要写成列表",
    "model": "要写成对象",
    "dict": "要写成对象",
}


class Facts(BaseModel):
    """What is said in an act: frozen, no unknown field. `personal` keeps it out of the record but for a digest."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    version: ClassVar[int] = 1
    personal: ClassVar[bool] = False


class NoFacts(Facts):
    """An act that says nothing beyond itself."""


def said_json(facts: Facts) -> dict[str, Any]:
    """The stored JSON of facts: plain JSON values."""
    return facts.model_dump(mode="json")


F = TypeVar("F", bound=Facts)


def read_facts(kind: type[F], raw: Any) -> F:
    """Read JSON into facts; raises `Invalid` with one Chinese sentence a field, nothing half-read."""
    fields = dict(_unwritable(raw))
    if not fields:
        try:
            facts = kind.model_validate(raw if raw is not None else {})
        except ValidationError as broken:
            fields = {_where(error["loc"]): _sentence(error) for error in broken.errors(include_url=False)}
        else:
            fields = dict(_out_of_time(facts))
            if not fields:
                return facts
    titles = [f"{_title(kind, name)}{says}" for name, says in fields.items()]
    raise Invalid("填写的内容有误：" + "；".join(titles[:5]) + "。请改正后重新提交。", fields=fields)


def _unwritable(raw: Any, where: tuple[int | str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Texts no database keeps: with a NUL, or half of a character."""
    if isinstance(raw, str):
        if "\0" in raw or any("\ud800" <= sign <= "\udfff" for sign in raw):
            yield _where(where), "含有无法保存的字符"
    elif isinstance(raw, dict):
        for name, part in raw.items():
            yield from _unwritable(part, (*where, str(name)))
    elif isinstance(raw, (list, tuple)):
        for place, part in enumerate(raw):
            yield from _unwritable(part, (*where, place))


def _out_of_time(part: Any, where: tuple[int | str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Days so far away that no period can be counted from them."""
    if isinstance(part, date):
        if part.year not in YEARS:
            yield _where(where), f"应在{YEARS[0]}年至{YEARS[-1]}年之间"
    elif isinstance(part, BaseModel):
        for name, inner in part:
            yield from _out_of_time(inner, (*where, name))
    elif isinstance(part, (list, tuple)):
        for place, inner in enumerate(part):
            yield from _out_of_time(inner, (*where, place))


def _where(location: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in location) or "facts"


def _title(kind: type[Facts], name: str) -> str:
    """The Chinese name of a field, else its path."""
    field = kind.model_fields.get(name.split(".")[0])
    title = field.title if field is not None and field.title else name.split(".")[0]
    return f"“{title}”"


def _sentence(error: Any) -> str:
    """One of our own sentences for a pydantic error; a rule's own words pass through."""
    kind = str(error["type"])
    if kind == "value_error":
        return str(error["ctx"]["error"]) if "ctx" in error else "不合要求"
    if kind in _SENTENCES:
        return _SENTENCES[kind]
    if kind in _BOUNDS:
        bound, says = _BOUNDS[kind]
        return says.format(error["ctx"][bound])
    return next((says for start, says in _KINDS.items() if kind.startswith(start)), "不合要求")
