"""`gongzhi law diff` and `gongzhi law lint`: what differs, and what is wrong or odd."""

from datetime import date
from typing import Any

from . import compare, lint, naming, reading
from .arguments import Unreadable, read_file, the_book
from .compare import Difference
from .faults import Fault, Law, faults_of
from .schema import Pack

Answered = tuple[dict[str, Any], list[str]]


def two_places(left: str, right: str, on: date) -> Answered:
    """Every key that two places hold differently."""
    book = the_book()
    here, there = book.place(left), book.place(right)
    found = compare.between_places(book, here, there, on)
    answer = {"left": here, "right": there, "on": on.isoformat(), "items": [one.as_json() for one in found]}
    real = [one for one in found if one.in_value]
    head = f"{_name(here)}（{here}）与{_name(there)}（{there}），{on}：{len(real)}项不同"
    rest = f"另有{len(found) - len(real)}项数值相同而依据不同，用 --json 查看"
    return answer, [head, *(one.sentence for one in real), rest]


def changed_pack(file: str, on: date) -> Answered:
    """What a changed pack file changes against the one in use, and for which places."""
    law, base = Law.shipped(), the_book()
    pack = _sound(file, law)
    found = compare.of_pack(law, pack, base, on)
    answer = {
        "file": file,
        "code": pack.code,
        "on": on.isoformat(),
        "items": [one.as_json("before", "after") for one in found],
    }
    below = "，其下没有法规包的区划随之变化" if found else ""
    head = f"{pack.name}（{pack.code}）的改动，{on}：{len(found)}项发生变化{below}"
    return answer, [head, *(_for_whom(one) for one in found)]


def _sound(file: str, law: Law) -> Pack:
    """The pack of a file; raises `Unreadable` with the first fault that keeps it from being compared."""
    pack, faults = read_file(file)
    if pack is not None:
        faults = faults_of(law.with_pack(pack), [pack.code])
    if pack is None or faults:
        more = f"（另有{len(faults) - 1}处）" if len(faults) > 1 else ""
        raise Unreadable(f"{faults[0].sentence}{more}，请先用 gongzhi law lint 检查后再比较。")
    return pack


def _for_whom(one: Difference) -> str:
    return f"{'、'.join(_name(code) for code in one.places)}：{one.sentence}"


def _name(code: str) -> str:
    """The name of a place, without a database."""
    if code in reading.packs():
        return reading.packs()[code].name
    row = reading.packaged_divisions().get(code)
    return row.name if row else code


def lint_of(file: str | None) -> Answered:
    """Faults of the data, oddities of the wording, and keys nobody asks for: of everything, or of one pack file."""
    if file is None:
        law, faults = Law.readable()
        faults += faults_of(law) + _of_names(law)
        return _linted(faults, lint.findings(law), naming.unasked_keys(law.keys))
    pack, faults = read_file(file)
    if pack is None:
        return _linted(faults, [], [])
    law = Law.shipped().with_pack(pack)
    return _linted(faults_of(law, [pack.code]), lint.findings(law, pack.code), [])


def _of_names(law: Law) -> list[Fault]:
    """Keys that the code names and nobody defined."""
    unknown = naming.unknown_names(law.keys, law.packs)
    return [Fault(file, word, "代码所称的这个参数没有定义") for word, file in unknown]


def _linted(faults: list[Fault], findings: list[lint.Finding], unasked: list[str]) -> Answered:
    answer = {
        "faults": [one.as_json() for one in faults],
        "findings": [one.as_json() for one in findings],
        "unasked": unasked,
    }
    lines = [f"错误  {one.sentence}" for one in faults]
    lines += [f"文字  {one.code}  {one.sentence}" for one in findings]
    lines += [f"未用  {key}" for key in unasked]
    sums = f"数据错误{len(faults)}处，法规文字问题{len(findings)}处，尚无功能取用的参数{len(unasked)}个"
    return answer, [*lines, sums]
