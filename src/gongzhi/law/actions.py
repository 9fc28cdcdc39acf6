"""Changes to what the law says at a place: divisions, adoptions, local values. All through the door."""

from datetime import date, datetime
from typing import Any

from gongzhi.acts.door import Actor, action
from gongzhi.acts.roots import SYSTEM_ROOT, Root
from gongzhi.values.now import ZONE
from gongzhi.values.refusals import Invalid, NotFound, NotPossible, RuleBroken

from . import queries
from .facts import AdoptInstrument, LoadDivisions, SetLocalValue
from .intake import take_divisions
from .layers import Setting
from .models import Adoption, Jurisdiction, LocalSetting
from .schema import Status, read_value
from .sources import demand_body, demand_paper, demand_setter
from .value import Value, frozen, value_words
from .weighing import DAYS_IN

#: The most days a place may set: twenty years. Ours to choose against slips, not law.
LONGEST = 20 * 366
_ADOPTABLE = (Status.UNDATED, Status.DRAFT)


def _system(facts: LoadDivisions) -> Root:
    return SYSTEM_ROOT


def _place_root(facts: AdoptInstrument | SetLocalValue) -> Root:
    """The chain of history of the jurisdiction, however its code is written."""
    return Root.of_code(queries.book().place(facts.jurisdiction))


@action(
    "law.load_divisions",
    title="导入行政区划",
    facts=LoadDivisions,
    root=_system,
    may="system_administrator",
)
def load_divisions(*, by: Actor, at: datetime, facts: LoadDivisions) -> dict[str, Any]:
    """Take in divisions, whole or not at all; rows already there as they are change nothing."""
    created, changed = take_divisions(facts.rows)
    if created or changed:
        queries.changed()
    return {"created": created, "changed": changed}


@action(
    "law.adopt_instrument",
    title="采用法规文本",
    facts=AdoptInstrument,
    root=_place_root,
    may="authority_over_jurisdiction",
)
def adopt_instrument(*, by: Actor, at: datetime, facts: AdoptInstrument) -> dict[str, Any]:
    """Record number and date of an undated or draft text: it decides there and below.

    From its date, but for nothing opened before the day it is recorded: an earlier date is kept as the text's own.
    """
    place = _stored(facts.jurisdiction)
    title = _adoptable(facts.instrument, place.code)
    if not by.is_system:
        demand_body(facts.authority, "发布机关")
        demand_paper(facts.number, "公布它的文号", "number")
    if Adoption.objects.filter(jurisdiction=place, instrument=facts.instrument).exists():
        raise NotPossible(f"{place.name}已经采用《{title}》，无需重复录入；如文号有误请办理更正。")
    if facts.adopted_on > at.astimezone(ZONE).date():
        raise NotPossible(f"《{title}》的施行日期还没有到，请在施行之日起录入。")
    row = Adoption.objects.create(
        jurisdiction=place,
        instrument=facts.instrument,
        number=facts.number,
        adopted_on=facts.adopted_on,
        authority=facts.authority,
        at=at,
    )
    queries.changed()
    today = at.astimezone(ZONE).date()
    return {
        "id": str(row.id),
        "jurisdiction": place.code,
        "instrument": title,
        "number": facts.number,
        "decides_from": max(facts.adopted_on, today).isoformat(),
    }


def _adoptable(code: str, place: str) -> str:
    """The title of a text this place may adopt."""
    book = queries.book()
    text = book.instruments.get(code)
    if text is None:
        raise NotFound(f"没有代号为“{code}”的法规文本，请到法规页查看代号。")
    if text.status not in _ADOPTABLE:
        raise NotPossible(f"《{text.title}》不是未载日期的文本或征求意见稿，不需要采用。")
    home = next(pack.code for pack in book.packs.values() if code in pack.instruments)
    if home not in book.chain(place):
        raise NotPossible(f"《{text.title}》不适用于此地，请由其适用地区的机关采用。")
    return text.title


@action(
    "law.set_local_value",
    title="设定本地参数",
    facts=SetLocalValue,
    root=_place_root,
    may="authority_over_jurisdiction",
)
def set_local_value(*, by: Actor, at: datetime, facts: SetLocalValue) -> dict[str, Any]:
    """Fill a hole of the law, or set what it leaves to the place, with authority, paper and date.

    The authority is a people's government or a property authority of the place or above; Invalid for any other.

    A hole may be filled from any day up to today and then counts for running cases; a value that is there changes
    from tomorrow at the earliest, so that it never changes under a running case. One not yet in force is put right by
    another with the same first day: the later one counts, both stay recorded.
    """
    setting = checked_setting(facts, at, carried=by.is_system)
    row = LocalSetting.objects.create(
        jurisdiction_id=setting.jurisdiction,
        key=facts.key,
        value=setting.value,
        unit=setting.unit or "",
        authority=facts.authority,
        instrument=facts.instrument,
        set_on=facts.set_on,
        at=at,
    )
    queries.changed()
    return {
        "id": str(row.id),
        "jurisdiction": setting.jurisdiction,
        "key": facts.key,
        "words": value_words(setting.value, setting.unit),
        "set_on": facts.set_on.isoformat(),
    }


def checked_setting(facts: SetLocalValue, at: datetime, *, carried: bool = False) -> Setting:
    """The setting as it would count, where nothing speaks against it; it writes nothing. Refusals: those of the act.

    `carried`: taken over by the system itself, with body and paper as they were named elsewhere.
    """
    place = _stored(facts.jurisdiction)
    if not carried:
        demand_body(facts.authority, "设定机关")
        demand_setter(facts.authority, place.code, place.name)
        demand_paper(facts.instrument, "设定所依据文件的名称或者文号", "instrument")
    value, unit = _readable(facts)
    present = queries.value_of(facts.key, place.code, facts.set_on, deciding=False)
    _check_open(present)
    _check_day(present, facts.set_on, at.astimezone(ZONE).date())
    _check_length(value, unit)
    _check_distinct(value)
    setting = Setting(place.code, facts.key, value, unit, facts.set_on, facts.authority, facts.instrument)
    _check_bounds(present, setting)
    return setting


def _stored(code: str) -> Jurisdiction:
    """The registered division; NotFound says to load divisions first."""
    place = Jurisdiction.objects.filter(pk=queries.book().place(code)).first()
    if place is None:
        raise NotFound(f"行政区划“{code}”还没有导入，请先导入行政区划。")
    return place


def _readable(facts: SetLocalValue) -> tuple[Any, str | None]:
    """The value and its unit, of the key's kind."""
    about = queries.book().key(facts.key)
    value, unit = read_value(facts.value, facts.unit or None)
    if value is None or not about.accepts(value, unit):
        says = f"“{about.title}”的值写法不对，期限请写成 P5WD（5个工作日）、P7D（7日）或 PT24H（24小时）。"
        raise Invalid(says, fields={"value": "写法不对"})
    return value, unit


def _check_length(value: Any, unit: str | None) -> None:
    """A slip of the keyboard is not made the law of a place: what is there cannot be taken back the same day."""
    for amount, per in map(read_value, value) if isinstance(value, list | tuple) else ((value, unit),):
        days = DAYS_IN.get(per or "")
        if days is not None and isinstance(amount, int) and amount * days > LONGEST:
            words = value_words(amount, per)
            raise Invalid(
                f"{words}太长，不像是办事的期限，请核对数字和单位后再设定。", fields={"value": f"{words}太长"}
            )


def _check_distinct(value: Any) -> None:
    """Each point of a list of periods is there once: two at the same time would be one reminder."""
    read = [read_value(one) for one in value] if isinstance(value, list | tuple) else []
    for place, (amount, per) in enumerate(read):
        if per in DAYS_IN and (amount, per) in read[:place]:
            words = value_words(amount, per)
            says = f"{words}写了不止一次，请删去重复的一项后再设定。"
            raise Invalid(says, fields={"value": f"{words}重复"})


def _check_open(present: Value) -> None:
    """Only what the law leaves open is set locally."""
    if not present.is_defined:
        raise NotPossible(f"此地的规定没有“{present.title}”这一项，不需要设定。")
    if not present.local_allowed:
        fixed = value_words(present.value, present.unit)
        says = f"“{present.title}”已由{present.cited}规定为{fixed}，不能由本地另行设定。"
        raise RuleBroken(says, citations=present.citations)


def _check_day(present: Value, set_on: date, today: date) -> None:
    """A hole up to today; a change from tomorrow on."""
    now_there = queries.value_of(present.key, present.asked_at, max(set_on, today), deciding=False)
    if now_there.is_set and set_on <= today:
        raise NotPossible("这一项已有设定，为不影响在办案件，新的值请从明天或以后的日期起生效。")
    if not now_there.is_set and set_on > today:
        raise NotPossible("这一项还没有值，请填写不晚于今天的生效日期，以便在办案件使用。")


def _check_bounds(present: Value, setting: Setting) -> None:
    """A local value stays within the bounds of the law."""
    would = (
        queries.book()
        .with_setting(setting)
        .value_of(setting.key, setting.jurisdiction, setting.set_on, deciding=False)
    )
    if (would.value, would.unit) != (frozen(setting.value), setting.unit):
        says = f"“{present.title}”不得突破{present.cited}的{value_words(present.value, present.unit)}，请改后再设定。"
        raise RuleBroken(says, citations=present.citations)
