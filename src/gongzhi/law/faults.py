"""What is wrong with a pack as data: one clear sentence a fault, with its file and key. Pure; reads files only.

`reading.packs()` refuses a pack of the wrong shape outright; here every fault of a file is told at once, and what the
shape cannot show: references that lead nowhere, values of another kind, the modes of a list that do not agree.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from . import reading
from .coverage import Provision, provisions
from .remarks import Remark
from .schema import Key, Kind, Mode, Pack, Parameter

_KINDS = {
    Kind.PERIOD: "期限（正整数加单位 D、WD、h、M、Y，或 reasonable）",
    Kind.NUMBER: "整数",
    Kind.FRACTION: "分数（写成 2/3 这样）",
    Kind.LIST: "列表（至少一项）",
    Kind.CHOICE: "一个词",
    Kind.FLAG: "true 或 false",
    Kind.AMOUNT: "金额（整数，单位 CNY）",
    Kind.FREQUENCY: "频次（at_least 和 per）",
    Kind.RECORD: "记录（名称和值）",
}
_SHAPES = {
    "missing": "缺少“{name}”",
    "extra_forbidden": "没有“{name}”这一项，请核对拼写",
    "literal_error": "“{name}”只能是 {expected}",
    "enum": "“{name}”只能是 {expected}",
    "date_from_datetime_parsing": "“{name}”不是日期，请写成 2024-05-30 这样",
    "date_parsing": "“{name}”不是日期，请写成 2024-05-30 这样",
    "string_type": "“{name}”应当是文字，数字请加引号",
}


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing that is wrong: the file, the key (or the text's code) and a sentence."""

    file: str
    key: str
    says: str

    @property
    def sentence(self) -> str:
        """As it is printed."""
        return "：".join(part for part in (self.file, self.key, self.says) if part)

    def as_json(self) -> dict[str, str]:
        """The public shape."""
        return {"file": self.file, "key": self.key, "says": self.says}


def read_pack(path: Path) -> tuple[Pack | None, list[Fault]]:
    """A pack file, or what keeps it from being one."""
    try:
        raw = reading.read_yaml(path)
    except (OSError, UnicodeDecodeError):
        return None, [Fault(path.name, "", "文件打不开或不是 UTF-8 文本")]
    except yaml.YAMLError as broken:
        return None, [Fault(path.name, "", _of_yaml(broken))]
    if not isinstance(raw, dict):
        return None, [Fault(path.name, "", "不是法规包，开头应写 code、name、parent")]
    try:
        return Pack.model_validate(raw), []
    except ValidationError as wrong:
        return None, [_of_shape(path.name, dict(one)) for one in wrong.errors()]


def _of_yaml(broken: yaml.YAMLError) -> str:
    mark = getattr(broken, "problem_mark", None)
    if mark is not None:
        return f"第{mark.line + 1}行写法不对，请检查缩进、冒号和引号"
    return f"同一名称写了两次（{broken}）" if "said twice" in str(broken) else f"写法不对（{broken}）"


def _of_shape(file: str, error: Mapping[str, Any]) -> Fault:
    """One error of the shape as a sentence."""
    where = [str(part) for part in error["loc"]]
    key = where[1] if len(where) > 1 and where[0] in ("params", "instruments") else where[0] if where else ""
    template = _SHAPES.get(error["type"], "“{name}”写法不对（{message}）")
    if error["type"] == "value_error":
        template = "{message}"
    message = str(error["msg"]).removeprefix("Value error, ")
    expected = str(error.get("ctx", {}).get("expected", "")).replace(" or ", "、").replace("'", "")
    return Fault(
        file, key, template.format(name=where[-1] if where else "", message=message, expected=expected)
    )


@dataclass(frozen=True, slots=True)
class Law:
    """All the data that refers to one another."""

    packs: Mapping[str, Pack]
    keys: Mapping[str, Key]
    remarks: tuple[Remark, ...]
    provisions: tuple[Provision, ...]

    @classmethod
    def shipped(cls) -> "Law":
        """As it comes with the product."""
        return cls(reading.packs(), reading.keys(), reading.remarks(), provisions())

    @classmethod
    def readable(cls, folder: Path = reading.PACKS) -> tuple["Law", list[Fault]]:
        """What can be read of the packs in a folder, and what keeps the rest from being read."""
        packs, faults = {}, []
        for path in sorted(folder.glob("*.yaml")):
            pack, wrong = read_pack(path)
            faults += wrong
            if pack is not None:
                packs[pack.code] = pack
        return cls(packs, reading.keys(), reading.remarks(), provisions()), faults

    def with_pack(self, pack: Pack) -> "Law":
        """The same with one pack in place of that of its code."""
        return Law({**self.packs, pack.code: pack}, self.keys, self.remarks, self.provisions)

    def key(self, name: str) -> Key | None:
        """What is known of a key or of its family."""
        return self.keys.get(name) or self.keys.get(f"{name.partition('.')[0]}.*")

    @property
    def texts(self) -> set[str]:
        """Codes of every text."""
        return {code for pack in self.packs.values() for code in pack.instruments}

    def articles(self, text: str) -> set[str]:
        """Articles the catalogue has of a text; empty where it is not one of the five sources."""
        return {one.article for one in self.provisions if one.id.startswith(f"{text}-")}


def faults_of(law: Law, codes: Iterable[str] | None = None) -> list[Fault]:
    """Everything that leads nowhere or does not fit, of all packs or of some, and of the remarks."""
    wanted = set(law.packs) if codes is None else set(codes)
    found = [fault for code in sorted(wanted) for fault in _of_pack(law, law.packs[code])]
    found += [*_of_modes(law, wanted), *_of_codes(law, wanted)]
    if codes is None:
        found += _of_remarks(law)
    return sorted(set(found))


def _of_pack(law: Law, pack: Pack) -> Iterator[Fault]:
    file = f"{pack.code}.yaml"
    if pack.parent is not None and pack.parent not in law.packs:
        yield Fault(file, "parent", f"上级“{pack.parent}”没有法规包")
    for code, text in pack.instruments.items():
        yield from _strangers(law, file, code, text.provisions)
    for key, one in pack.params.items():
        for check in _CHECKS:
            yield from (Fault(file, key, says) for says in check(law, pack, key, one))
        yield from _strangers(law, file, key, _claimed(one))


def _claimed(one: Parameter) -> list[str]:
    """Ids of provisions that a parameter or its items carry."""
    items = one.value if isinstance(one.value, list) else []
    return [
        *one.provisions,
        *(item["provision"] for item in items if isinstance(item, dict) and "provision" in item),
    ]


def _strangers(law: Law, file: str, key: str, ids: Iterable[str]) -> Iterator[Fault]:
    known = {one.id for one in law.provisions}
    yield from (Fault(file, key, f"没有编号为 {one} 的条文") for one in ids if one not in known)


def _of_kind(law: Law, _: Pack, key: str, one: Parameter) -> Iterator[str]:
    about = law.key(key)
    if about is None:
        yield "keys.yaml 没有这个参数"
    elif one.value is not None and not about.accepts(one.value, one.unit):
        words = f"，且只能是 {'、'.join(about.options)}" if about.options else ""
        yield f"值不是{_KINDS[about.kind]}{words}"


def _of_hole(_law: Law, _pack: Pack, _key: str, one: Parameter) -> Iterator[str]:
    if one.value is None and not one.local:
        yield "没有值的参数要写 local: allowed，由本地设定"


def _of_notice(law: Law, _: Pack, key: str, one: Parameter) -> Iterator[str]:
    about = law.key(key)
    if key.startswith("notice.") and about and about.kind is Kind.PERIOD and one.roll is None:
        yield "公示期要写明期满遇休息日是否顺延（roll）"


def _of_items(_law: Law, _pack: Pack, _key: str, one: Parameter) -> Iterator[str]:
    items = one.value if isinstance(one.value, list) else []
    codes = [item.get("code", "") if isinstance(item, dict) else str(item) for item in items]
    for twice in sorted({code for code in codes if codes.count(code) > 1}):
        yield f"列表中“{twice}”出现两次"


def _of_cites(law: Law, pack: Pack, _: str, one: Parameter) -> Iterator[str]:
    texts = law.texts
    for cite in one.cites:
        if cite.instrument not in texts:
            yield f"没有代号为 {cite.instrument} 的文本"
        elif not _has_article(law.articles(cite.instrument), cite.where):
            yield f"{cite.instrument} 没有{cite.where}"
    if one.cites and one.cites[0].instrument in texts and one.cites[0].instrument not in pack.instruments:
        yield "第一个出处应当是本法规包自己的文本"


def _has_article(known: set[str], where: str) -> bool:
    """Whether the catalogue has the article, a part of it, or its whole; true where it has none of a text."""
    return not known or not where or any(one.startswith(where) or where.startswith(one) for one in known)


_Check = Callable[[Law, Pack, str, Parameter], Iterator[str]]
_CHECKS: tuple[_Check, ...] = (_of_kind, _of_hole, _of_notice, _of_items, _of_cites)


def _of_modes(law: Law, wanted: set[str]) -> Iterator[Fault]:
    """A list united above is united below: a lower text must not take items away."""
    for code in wanted:
        for key, one in law.packs[code].params.items():
            above = [mode for mode in _modes_above(law, code, key) if mode is Mode.UNION]
            if above and one.mode is not Mode.UNION:
                yield Fault(f"{code}.yaml", key, "上级的这个列表是合并的（union），这里也要写 mode: union")


def _modes_above(law: Law, code: str, key: str) -> Iterator[Mode]:
    parent = law.packs[code].parent
    while parent is not None and parent in law.packs:
        if key in law.packs[parent].params:
            yield law.packs[parent].params[key].mode
        parent = law.packs[parent].parent


def _of_codes(law: Law, wanted: set[str]) -> Iterator[Fault]:
    """A text's code belongs to one pack."""
    homes: dict[str, list[str]] = {}
    for pack in law.packs.values():
        for text in pack.instruments:
            homes.setdefault(text, []).append(pack.code)
    for text, codes in homes.items():
        if len(codes) > 1 and wanted & set(codes):
            home, *_ = [code for code in codes if code not in wanted] or codes
            other = next(code for code in codes if code != home)
            yield Fault(f"{other}.yaml", text, f"文本代号已在 {home}.yaml 使用")


def _of_remarks(law: Law) -> Iterator[Fault]:
    """Defects and tensions name keys, packs and provisions that exist."""
    known = {one.id for one in law.provisions}
    for remark in law.remarks:
        unknown = [key for key in remark.keys if key not in law.keys]
        unknown += [code for code in remark.packs if code not in law.packs]
        unknown += [one for one in remark.provisions if one not in known]
        yield from (Fault("defects.yaml、tensions.yaml", remark.id, f"没有“{one}”") for one in unknown)
