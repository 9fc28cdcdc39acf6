"""What is odd in the wording of a regulation itself, found in what the packs and the catalogue carry of it. Pure.

Nothing is repaired: each finding names the provision, and the recorded defect (`defects.yaml`) that it is, if any.
A rule is one function of a text; `RULES` is all of them.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import get_close_matches
from fractions import Fraction
from itertools import pairwise
from typing import Any

from .coverage import Provision, Reference
from .faults import Law
from .reading import bodies
from .remarks import Remark
from .schema import Instrument, Kind, Pack, Parameter, Status


@dataclass(frozen=True, slots=True)
class Finding:
    """One oddity: the rule that found it, the place and text, the provisions and key, and a sentence."""

    rule: str
    code: str
    text: str
    says: str
    provisions: tuple[str, ...] = ()
    key: str = ""
    defects: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """As it is printed."""
        where = "、".join(self.provisions) or self.key or self.text
        return f"{where}：{self.says}（{'、'.join(self.defects) or '尚无记录'}）"

    def as_json(self) -> dict[str, Any]:
        """The public shape."""
        return {
            "rule": self.rule,
            "code": self.code,
            "text": self.text,
            "provisions": list(self.provisions),
            "key": self.key,
            "says": self.says,
            "defects": list(self.defects),
        }


@dataclass(frozen=True, slots=True)
class Reading:
    """One text of one pack, with what the catalogue has of it."""

    law: Law
    pack: Pack
    code: str
    text: Instrument

    @property
    def provisions(self) -> list[Provision]:
        """The numbered provisions of this text."""
        return [one for one in self.law.provisions if one.id.startswith(f"{self.code}-")]

    @property
    def params(self) -> Iterator[tuple[str, Parameter]]:
        """What the pack states out of this text."""
        return (
            (key, one)
            for key, one in self.pack.params.items()
            if one.cites and one.cites[0].instrument == self.code
        )

    def items(self, key: str) -> list[dict[str, Any]]:
        """The items of a list of this text; empty where it has none."""
        found = dict(self.params).get(key)
        items = found.value if found is not None and isinstance(found.value, list) else []
        return [item for item in items if isinstance(item, dict)]

    def finding(self, rule: str, says: str, *provisions: str, key: str = "") -> Finding:
        """A finding with the recorded defects that it is."""
        defects = [
            one.id for one in self.law.remarks if _is_recorded(one, rule, self.pack.code, provisions, key)
        ]
        return Finding(rule, self.pack.code, self.code, says, provisions, key, tuple(defects))


def _is_recorded(remark: Remark, rule: str, code: str, provisions: tuple[str, ...], key: str) -> bool:
    if rule not in remark.rules or code not in remark.packs:
        return False
    return key in remark.keys or bool(set(remark.provisions) & set(provisions))


def findings(law: Law, code: str | None = None) -> list[Finding]:
    """What is odd in all texts, or in those of one place."""
    packs = [law.packs[code]] if code else [law.packs[one] for one in sorted(law.packs)]
    readings = [Reading(law, pack, name, text) for pack in packs for name, text in pack.instruments.items()]
    return [found for one in readings for rule in RULES for found in rule(one)]


# ── the text as a whole ──────────────────────────────────────────────────────────────────────────────────────────────


def undated(read: Reading) -> Iterator[Finding]:
    """A text without the date from which it holds."""
    if read.text.status in (Status.UNDATED, Status.DRAFT) and read.text.starts_on is None:
        what = "征求意见稿，施行日期空白" if read.text.status is Status.DRAFT else "没有文号和日期"
        yield read.finding("undated", what, key="status")


def missing(read: Reading) -> Iterator[Finding]:
    """What a text names as its annexe and does not bring."""
    for name in read.text.missing:
        yield read.finding("missing", f"文中提到的{name}没有随文", *_of_annexes(read))


def _of_annexes(read: Reading) -> list[str]:
    return [one.id for one in read.provisions if any(paper.startswith("annex") for paper in one.papers)]


def phases(read: Reading) -> Iterator[Finding]:
    """Phases of a campaign that overlap, leave a gap, or end before the text was issued."""
    known = [(one, _day(one.get("from")), _day(one.get("to"))) for one in read.items("campaign.phases")]
    issued = read.text.starts_on
    for item, _, ends in known:
        if issued and ends and ends < issued:
            says = f"{item['label']}阶段止于{ends}，早于印发日期{issued}"
            yield read.finding("phases", says, item["provision"])
    for (one, _, ends), (other, starts, _) in pairwise(known):
        if ends and starts and starts != ends + timedelta(days=1):
            how = "重叠" if starts <= ends else "之间有空档"
            says = f"{one['label']}（止于{ends}）与{other['label']}（始于{starts}）{how}"
            yield read.finding("phases", says, one["provision"], other["provision"])


def _day(raw: Any) -> date | None:
    return date.fromisoformat(str(raw)) if raw else None


# ── words of single provisions ───────────────────────────────────────────────────────────────────────────────────────


def ends(read: Reading) -> Iterator[Finding]:
    """A list whose last item ends as if another followed."""
    for one in read.provisions:
        if one.ends:
            yield read.finding("ends", f"{one.article}以“{one.ends}”结尾，可能有脱文", one.id)


def repeats(read: Reading) -> Iterator[Finding]:
    """An item that another already holds."""
    for one in read.provisions:
        if one.repeats:
            yield read.finding("repeats", f"{one.article}的内容已包含在{one.repeats}中", one.id, one.repeats)


def stray(read: Reading) -> Iterator[Finding]:
    """Slips and editing marks left in the text."""
    for one in read.provisions:
        if one.stray:
            yield read.finding("stray", f"{one.article}留有疑似笔误或编辑痕迹：{one.stray}", one.id)


def dormant(read: Reading) -> Iterator[Finding]:
    """Measures of another time, off unless somebody turns them on."""
    for key, _ in read.params:
        off = [item for item in read.items(key) if item.get("dormant")]
        if off:
            ids = [item["provision"] for item in off if "provision" in item]
            yield read.finding("dormant", "所列措施反映疫情时期的政策，默认停用", *ids, key=key)


def paper_names(read: Reading) -> Iterator[Finding]:
    """One paper called by two names."""
    called: dict[str, dict[str, list[str]]] = {}
    for one in read.provisions:
        for paper, name in one.papers.items():
            called.setdefault(paper, {}).setdefault(name, []).append(one.id)
    for names in called.values():
        if len(names) > 1:
            ids = [one for those in names.values() for one in those]
            says = f"同一文书有{len(names)}种名称：{'、'.join(f'《{name}》' for name in names)}"
            yield read.finding("paper_names", says, *ids)


def reference(read: Reading) -> Iterator[Finding]:
    """A reference to an article that is not there, that names nothing of the kind, or to a text of another name."""
    for one in read.provisions:
        for refers in one.refers:
            says = _wrong_title(read, refers) if refers.title else _wrong_article(read.law, refers)
            if says:
                yield read.finding("reference", f"{one.article}{says}", one.id)


def _wrong_title(read: Reading, refers: Reference) -> str:
    titles = [text.title for pack in read.law.packs.values() for text in pack.instruments.values()]
    if refers.title in titles:
        return ""
    near = get_close_matches(refers.title, titles, n=1, cutoff=0.5)
    hint = f"，相近的是《{near[0]}》" if near else ""
    return f"引用的《{refers.title}》没有这个题名的文本{hint}"


def _wrong_article(law: Law, refers: Reference) -> str:
    items = {one for one in law.articles(refers.text) if one.startswith(refers.article)}
    if not items:
        return f"引用的{refers.article}不存在"
    if refers.names_several and len(items) == 1:
        return f"说“{refers.article}规定的行为之一”，而{refers.article}没有分项列举行为"
    return ""


# ── values ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def no_deadline(read: Reading) -> Iterator[Finding]:
    """A duty whose time or frequency the text leaves open."""
    yield from _open(read, "no_deadline", (Kind.PERIOD, Kind.FREQUENCY), "没有写明期限或者频次")


def open_value(read: Reading) -> Iterator[Finding]:
    """Anything else the text leaves open."""
    others = tuple(kind for kind in Kind if kind not in (Kind.PERIOD, Kind.FREQUENCY))
    yield from _open(read, "open_value", others, "没有写明，须由本地认定或者设定")


def _open(read: Reading, rule: str, kinds: tuple[Kind, ...], says: str) -> Iterator[Finding]:
    for key, one in read.params:
        about = read.law.key(key)
        if one.value is None and about is not None and about.kind in kinds:
            yield read.finding(rule, f"{about.title}{says}", *one.provisions, key=key)


def clocks(read: Reading) -> Iterator[Finding]:
    """Two periods that limit one act and run from different events: either may run out first."""
    bound: dict[str, list[tuple[str, Parameter]]] = {}
    for key, one in read.params:
        about = read.law.key(key)
        if about is not None and about.binds and one.value is not None:
            bound.setdefault(about.binds, []).append((key, one))
    for act, those in bound.items():
        starts = {one.anchor or read.law.keys[key].anchor for key, one in those}
        if len(those) > 1 and len(starts) > 1:
            ids = [claimed for _, one in those for claimed in one.provisions]
            names = "与".join(read.law.keys[key].title for key, _ in those)
            yield read.finding("clocks", f"{names}都约束{act}而起算不同，可能相互冲突", *ids)


def amounts(read: Reading) -> Iterator[Finding]:
    """A share as the least and a sum as the most: above some base they cannot both hold."""
    for key, one in read.params:
        record = one.value if isinstance(one.value, dict) else {}
        if "min_rate" in record and "max_total" in record:
            base = int(Fraction(record["max_total"]) / Fraction(record["min_rate"]))
            says = f"基数超过{base}元时，比例下限高于总额上限{record['max_total']}元"
            yield read.finding("amounts", says, *one.provisions, key=key)


# ── lists of tasks ───────────────────────────────────────────────────────────────────────────────────────────────────


def rows(read: Reading) -> Iterator[Finding]:
    """A list of tasks with a number missing, nobody responsible, no date, or a date that names only the month."""
    tasks = read.items("campaign.tasks")
    numbers = [int(item["row"]) for item in tasks]
    for number in sorted(set(range(1, max(numbers, default=0) + 1)) - set(numbers)):
        yield read.finding("row_missing", f"任务清单缺第{number}项", key="campaign.tasks")
    for item in tasks:
        if not item["responsible"] or not item["due"]:
            yield read.finding(
                "row_empty", f"任务清单第{item['row']}项没有责任单位或者时限", item["provision"]
            )
    months = [item["provision"] for item in tasks if item["due"].count("-") == 1]
    if months:
        yield read.finding("month_only", "完成时限只写到月份，没有写到日", *months)


def groups(read: Reading) -> Iterator[Finding]:
    """Groups of tasks that the body and the list of a text tell differently."""
    tasks = {item["row"]: item for item in read.items("campaign.tasks")}
    for group in read.items("campaign.groups"):
        ids = [tasks[row]["provision"] for row in group["rows"] if row in tasks]
        for rule, says in _odd_group(group, tasks):
            yield read.finding(rule, f"{group['title']}：{says}", *ids, key="campaign.groups")


def _odd_group(group: Mapping[str, Any], tasks: Mapping[int, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    if group["title"] != group["list_title"]:
        yield "group_title", f"任务清单中题为“{group['list_title']}”"
    if not group["number"]:
        yield "group_number", "正文漏写序号"
    if not group["responsible"]:
        yield "group_responsible", "正文没有写责任单位"
    listed = {row: tasks[row]["responsible"] for row in group["rows"] if row in tasks}
    leads = [row for row, units in listed.items() if units and units[0] not in group["responsible"]]
    if leads and group["responsible"]:
        yield "group_units", f"任务清单第{'、'.join(map(str, leads))}项的牵头单位与正文不同"
    body, rest = (
        {*group["responsible"], *group["supporting"]},
        {unit for units in listed.values() for unit in units},
    )
    if body != rest:
        only = {"正文独有": sorted(body - rest), "清单独有": sorted(rest - body)}
        words = "；".join(f"{where}：{_named(who)}" for where, who in only.items() if who)
        yield "group_units", f"责任单位不一致，{words}"


def _named(codes: list[str]) -> str:
    return "、".join(bodies().get(code, code) for code in codes)


Rule = Callable[[Reading], Iterator[Finding]]
RULES: tuple[Rule, ...] = (
    undated, missing, phases, ends, repeats, stray, dormant, paper_names, reference,
    no_deadline, open_value, clocks, amounts, rows, groups,
)  # fmt: skip
