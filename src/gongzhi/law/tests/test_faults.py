"""What is wrong with the data is told in one sentence with its file and key; and every check can fail."""

import re
from pathlib import Path

import pytest

from gongzhi.law import naming, reading
from gongzhi.law.faults import Fault, Law, faults_of, read_pack
from gongzhi.law.remarks import Remark
from gongzhi.law.schema import Key, Pack

SHIPPED = Law.shipped()
BAISHAN = (reading.PACKS / "2206.yaml").read_text(encoding="utf-8")


def file_with(tmp_path, text) -> Path:
    path = tmp_path / "2206.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def changed(tmp_path, old, new):
    """The shipped pack of 白山 with one thing changed, and what is found in it."""
    assert BAISHAN.count(old) >= 1
    pack, faults = read_pack(file_with(tmp_path, BAISHAN.replace(old, new, 1)))
    if pack is None:
        return faults
    return faults_of(SHIPPED.with_pack(pack), ["2206"])


def test_nothing_is_wrong_with_what_is_shipped():
    assert faults_of(SHIPPED) == []


@pytest.mark.parametrize(
    ("old", "new", "key", "says"),
    [
        ("  exit.leave_within:", "  exit.leave_wihtin:", "exit.leave_wihtin", "keys.yaml 没有这个参数"),
        ("value: 24, unit: h", "value: 24, unit: x", "emergency.designate_within", "值不是期限"),
        ("value: 24, unit: h", "value: 二十四, unit: h", "emergency.designate_within", "值不是期限"),
        ("cites: [BS 第23条], evidence: SEEN-SOURCE, provisions: [BS-090]",
         "cites: [BS 第43条], evidence: SEEN-SOURCE, provisions: [BS-090]", "emergency.designate_within",
         "BS 没有第43条"),
        ("cites: [BS 第23条], evidence: SEEN-SOURCE, provisions: [BS-090]",
         "cites: [BX 第23条], evidence: SEEN-SOURCE, provisions: [BS-090]", "emergency.designate_within",
         "没有代号为 BX 的文本"),
        ("cites: [BS 第16条], evidence: SEEN-SOURCE, provisions: [BS-060]",
         "cites: [CIVIL 第949条], evidence: SEEN-SOURCE, provisions: [BS-060]", "handover.required_after_settlement",
         "第一个出处应当是本法规包自己的文本"),
        ("provision: BS-029,", "provision: BS-929,", "exit.grounds", "没有编号为 BS-929 的条文"),
        ("code: blacklisted,", "code: grade_d,", "exit.grounds", "列表中“grade_d”出现两次"),
        ("notice.exit_days: {value: 7, unit: D, mode: floor, roll: none,",
         "notice.exit_days: {value: 7, unit: D, mode: floor,", "notice.exit_days",
         "公示期要写明期满遇休息日是否顺延（roll）"),
        ("objection.window: {value: null, local: allowed,", "objection.window: {value: null,", "objection.window",
         "没有值的参数要写 local: allowed，由本地设定"),
        ("  handover.assets:\n    mode: union", "  handover.assets:\n    mode: replace", "handover.assets",
         "上级的这个列表是合并的（union），这里也要写 mode: union"),
        ('parent: "22"', 'parent: "99"', "parent", "上级“99”没有法规包"),
        ("  BS:\n", "  CIVIL:\n", "CIVIL", "文本代号已在 CN.yaml 使用"),
        ("rank: normative_document", "rank: bylaw", "BS", "“rank”只能是"),
        ("status: undated\n    note", "status: undatd\n    note", "BS", "“status”只能是"),
        ("value: 24, unit: h,", "value: 24, units: h,", "emergency.designate_within", "没有“units”这一项，请核对拼写"),
        ("{value: 24, unit: h, from: unmanaged, cites: [BS 第23条], evidence: SEEN-SOURCE,",
         "{value: 24, unit: h, from: unmanaged, cites: [BS 第23条],", "emergency.designate_within", "缺少“evidence”"),
        ("{value: 3, unit: D, cites: [BS 第20条第2款], evidence: SEEN-SOURCE,", "{value: 3, unit: D, evidence: GK,",
         "exit.leave_after_confirmation", "没有出处的值不得写入，请写 cites"),
        ('code: "2206"', "code: 2206", "code", "“code”应当是文字，数字请加引号"),
    ],
)  # fmt: skip
def test_one_fault_is_one_clear_sentence(tmp_path, old, new, key, says):
    found = changed(tmp_path, old, new)
    assert key in {one.key for one in found}
    mine = next(one for one in found if one.key == key and one.says.startswith(says))
    assert mine.sentence == f"2206.yaml：{key}：{mine.says}"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("code: '1'\n  name: x", "第2行写法不对，请检查缩进、冒号和引号"),
        ("- 1\n- 2\n", "不是法规包，开头应写 code、name、parent"),
    ],
)
def test_a_file_that_is_no_pack_says_so(tmp_path, text, says):
    assert read_pack(file_with(tmp_path, text)) == (None, [Fault("2206.yaml", "", says)])


def test_a_key_said_twice_is_told(tmp_path):
    _, faults = read_pack(file_with(tmp_path, "code: '1'\ncode: '2'\n"))
    assert "同一名称写了两次" in faults[0].says


def test_remarks_that_name_nothing_are_faults():
    stray = Remark(id="X-D1", text="某", keys=("no.key",), packs=("99",), provisions=("BS-999",))
    law = Law(SHIPPED.packs, SHIPPED.keys, (*SHIPPED.remarks, stray), SHIPPED.provisions)
    assert {one.says for one in faults_of(law)} == {"没有“no.key”", "没有“99”", "没有“BS-999”"}


def test_one_broken_pack_does_not_keep_the_others_from_being_read(tmp_path):
    for name, text in {
        "CN": "code: CN\nname: 全国\nparent: null\n",
        "22": "code: '22'\nname: 吉林省\n",
    }.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    law, faults = Law.readable(tmp_path)
    assert list(law.packs) == ["CN"]
    assert [one.sentence for one in faults] == ["22.yaml：parent：缺少“parent”"]


# ── keys named in code ───────────────────────────────────────────────────────────────────────────────────────────────


def test_no_code_names_a_key_that_nobody_defined():
    assert naming.unknown_names(SHIPPED.keys, SHIPPED.packs) == []


def test_the_code_is_read_once_for_whoever_asks():
    assert naming.dotted_words(naming.PACKAGE) is naming.dotted_words()


@pytest.fixture
def code(tmp_path):
    """A room of its own, with one file of code."""
    naming._dotted_words.cache_clear()
    naming.declared_marks.cache_clear()
    (tmp_path / "room").mkdir()

    def write(text, name="room/procedures.py"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return tmp_path

    return write


KEYS = {
    "exit.leave_within": Key(title="退出期限", kind="period"),
    "exit.filed_with": Key(title="报送", kind="list"),
    "papers.*": Key(title="材料", kind="list"),
}


def test_a_misspelt_key_is_found_and_a_mark_is_not(code):
    root = code('due = within("exit.leave_wihtin", of="exit.confirmed")\nstep = Submit(marks="confirmed")\n')
    assert naming.unknown_names(KEYS, {}, root) == [("exit.leave_wihtin", "room/procedures.py")]


def test_names_of_acts_and_of_other_rooms_are_let_be(code):
    root = code(
        '@action("exit.departure")\ndef f(): ...\nx = "gongzhi.exits"\ny = "papers.exit.application.submit"\n'
    )
    assert naming.unknown_names(KEYS, {}, root) == []


def test_what_tests_and_demonstrations_name_is_not_asked_for(code):
    root = code('x = "exit.leave_within"\n')
    (root / "seeds").mkdir()
    (root / "seeds" / "scenes.py").write_text('y = "exit.filed_with"\n', encoding="utf-8")
    assert naming.asked_keys(KEYS, root) == {"exit.leave_within"}
    assert naming.unasked_keys(KEYS, root) == ["exit.filed_with"]


# ── no figure of the law in this room's Python ───────────────────────────────────────────────────────────────────────

#: A period or share written out: `Period(90`, `timedelta(days=7`, `Fraction(2, 3)`, `"P90D"`, `90日`.
FIGURE = re.compile(
    r"(Period|timedelta|Fraction|Threshold)\((\w+=)?[2-9]|\"P(T?\d+)(D|WD|M|Y|H)\"|\d+(日内|个工作日|小时内|个月内)"
)
ROOM = Path(reading.HERE)
#: The demonstration's own settings.
EXAMPLES = {"seeds.py"}


def figures(text: str) -> list[str]:
    """Figures of the law in code: lines of comments and of docstrings are let be."""
    code = re.sub(r'"""[\s\S]*?"""', "", text)
    lines = [line for line in code.splitlines() if "请写成" not in line]  # how to write one is no figure
    return [line.strip() for line in lines if FIGURE.search(line.partition("#")[0])]


def own_files():
    return [path for path in ROOM.glob("*.py") if path.name not in EXAMPLES]


def test_no_figure_of_the_law_stands_in_this_rooms_code():
    assert [line for path in own_files() for line in figures(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(
    "planted",
    [
        "LIMIT = Period(90, Unit.DAYS)",
        "due = at + timedelta(days=7)",
        "quorum = Fraction(2, 3)",
        'leave = read("P30D")',
        'raise NotPossible("须在15日内退还。")',
    ],
)
def test_a_figure_planted_in_a_copy_of_this_room_is_seen(tmp_path, planted):
    copy = tmp_path / "book.py"
    copy.write_text((ROOM / "book.py").read_text(encoding="utf-8") + f"\n{planted}\n", encoding="utf-8")
    assert figures(copy.read_text(encoding="utf-8")) == [planted]


def test_a_pack_may_be_replaced_without_touching_the_shipped_one():
    law = SHIPPED.with_pack(Pack(code="2203", name="四平市", parent="22"))
    assert law.packs["2203"] is not SHIPPED.packs["2203"]
    assert law.packs["22"] is SHIPPED.packs["22"]
