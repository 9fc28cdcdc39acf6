"""What the public reads of an objection tells nobody: no name, no flat, no telephone or identity number.

It is looked for as people write it: figures also in Chinese (三号楼二单元五零一, 一三八…), names with and without the
mark of the demonstration.
"""

import re
from collections.abc import Iterator

from gongzhi.procedures.terms import RoundView
from gongzhi.registry.models import Ownership
from gongzhi.values.identifiers import has_personal_number
from gongzhi.values.refusals import Invalid
from gongzhi.values.text import half_width

from .models import Objection

#: What reads as somebody's flat: 3-1-502, 3栋1单元502, 3号楼502, 502室.
_FLAT = re.compile(
    r"\d{1,4}[-–—#]\d{1,3}[-–—]\d{3,4}(?!\d)|\d\s*单元\s*\d{3,4}|\d\s*(?:[栋幢座]|号?楼)\s*\d{3,4}(?!\d)"
    r"|(?<!\d)\d{3,4}\s*(?:室|号房)",
    re.ASCII,
)
_SEVERAL = re.compile(r"[\s、，,；;和及与]+")
#: What stands beside a name in brackets is no part of it: a flat, how it came.
_BESIDE = re.compile(r"[(（\[〔【].*?(?:[)）\]〕】]|$)")
#: The mark of the demonstration before a name.
_MARK = "示例"
#: What is written for a name and names nobody.
_NOBODY = frozenset({"业主", "住户", "居民", "本人", "全体业主", "业主代表", "物业使用人"})
_FIGURES = dict(zip("〇○零一二三四五六七八九幺两", "000123456789" + "12", strict=True))
_PLACES = {"十": 10, "百": 100, "千": 1000}
_WRITTEN = re.compile(f"[{''.join(_FIGURES)}{''.join(_PLACES)}]+")
_KEPT_OUT = "公开摘要里不能有异议人的{what}，请改写成只说事情的一句话。"


def demand_nameless(view: RoundView, turn: int, summary: str) -> None:
    """Refuse a public summary that tells who objected, by name, flat, telephone or identity number: Invalid."""
    row = Objection.objects.select_related("person", "notice").get(round_id=view.id, turn=turn)
    text = _joined(summary)
    told = in_figures(text)
    if has_personal_number(summary) or has_personal_number(told):
        _refuse("电话、证件号码")
    if any(name in text for name in _names(row)):
        _refuse("姓名")
    if _FLAT.search(told) or any(flat in told for flat in _flats(row)):
        _refuse("房号")


def in_figures(text: str) -> str:
    """The text with its Chinese numerals in figures: 二单元五零一 → 2单元501, 五百零一室 → 501室."""
    return _WRITTEN.sub(lambda found: _figures(found.group()), text)


def _figures(written: str) -> str:
    if not set(written) & set(_PLACES):
        return "".join(_FIGURES[sign] for sign in written)
    total, waiting = 0, 0
    for sign in written:
        if sign in _FIGURES:
            waiting = int(_FIGURES[sign])
        else:
            total, waiting = total + (waiting or 1) * _PLACES[sign], 0
    return str(total + waiting)


def _refuse(what: str) -> None:
    sentence = _KEPT_OUT.format(what=what)
    raise Invalid(sentence, fields={"summary": f"不能写异议人的{what}，请改写成只说事情的一句话"})


def _joined(text: str) -> str:
    return "".join(half_width(text).split())


def _names(row: Objection) -> Iterator[str]:
    """The name of who objected, and on paper each of several; a single sign is no name."""
    told = _BESIDE.sub(" ", row.person.name if row.person is not None else row.on_paper_from)
    for part in {*_SEVERAL.split(told), told}:
        whole = _joined(part)
        yield from (name for name in (whole, whole.removeprefix(_MARK)) if _is_name(name))


def _is_name(name: str) -> bool:
    return len(name) > 1 and name not in _NOBODY and name != _MARK


def _flats(row: Objection) -> Iterator[str]:
    """The flats of who objected, as they are written with their building; a bare number may be any number."""
    if row.person is None:
        flat = in_figures(_joined(row.on_paper_flat))
        if len(flat) > 1 and not flat.isdecimal():
            yield flat
        return
    if row.notice.estate_id is None:
        return
    held = Ownership.objects.filter(person=row.person, estate=row.notice.estate_id)
    for label, building in held.values_list("unit__label", "unit__building__name"):
        yield in_figures(_joined(f"{building}{label}"))
        if not label.isdecimal():
            yield in_figures(_joined(label))
