"""What is odd in the wording of the sources: each oddity found where the text has it, under its recorded defect."""

from datetime import date

import pytest

from gongzhi.law.coverage import Provision, Reference
from gongzhi.law.faults import Law
from gongzhi.law.lint import findings
from gongzhi.law.remarks import Remark
from gongzhi.law.schema import Key, Pack

from .books import param, text

SHIPPED = Law.shipped()
FOUND = findings(SHIPPED)

#: Typed from the texts: rule, place, provisions, the recorded defect.
EXPECTED = [
    ("undated", "2206", (), "BS-D0"),
    ("reference", "2206", ("BS-115",), "BS-D1"),
    ("stray", "2206", ("BS-044",), "BS-D2"),
    ("repeats", "2206", ("BS-112", "BS-111"), "BS-D3"),
    ("repeats", "2206", ("BS-113", "BS-111"), "BS-D3"),
    ("clocks", "2206", ("BS-077", "BS-079"), "BS-D4"),
    ("no_deadline", "2206", ("BS-040",), "BS-D6"),
    ("no_deadline", "2206", ("BS-076",), "BS-D6"),
    ("paper_names", "2206", ("BS-099", "BS-103"), "BS-D7"),
    ("stray", "2206", ("BS-107",), "BS-D7"),
    ("ends", "2206", ("BS-005",), "BS-D8"),
    ("ends", "2206", ("BS-007",), "BS-D8"),
    ("ends", "2206", ("BS-102",), "BS-D8"),
    ("ends", "2206", ("BS-114",), "BS-D8"),
    ("reference", "2206", ("BS-049",), "BS-D9"),
    ("open_value", "2206", ("BS-090",), "BS-D14"),
    ("undated", "330681", (), "ZJ-D1"),
    ("missing", "330681", ("ZJ-011", "ZJ-062"), "ZJ-D2"),
    ("stray", "330681", ("ZJ-002",), "ZJ-D4"),
    ("amounts", "330681", ("ZJ-027",), "ZJ-D5"),
    ("paper_names", "330681", ("ZJ-011", "ZJ-062"), "ZJ-D6"),
    ("row_missing", "220382", (), "SL-D1"),
    ("group_responsible", "220382", ("SL-114", "SL-115"), "SL-D2"),
    ("group_number", "220382", ("SL-119", "SL-120", "SL-121", "SL-122"), "SL-D3"),
    ("group_title", "220382", ("SL-116", "SL-117", "SL-118"), "SL-D4"),
    ("row_empty", "220382", ("SL-119",), "SL-D5"),
    ("stray", "220382", ("SL-018",), "SL-D6"),
    ("group_units", "220382", ("SL-108", "SL-109"), "SL-D7"),
    ("group_units", "220382", ("SL-116", "SL-117", "SL-118"), "SL-D7"),
    ("ends", "220382", ("SL-111",), "SL-D12"),
    ("phases", "140522", ("YC-012",), "YC-D1"),
    ("phases", "140522", ("YC-013", "YC-018"), "YC-D2"),
    ("stray", "140522", ("YC-021",), "YC-D3"),
    ("stray", "140522", ("YC-016",), "YC-D5"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "code", "provisions", "defect"), EXPECTED)
def test_an_oddity_of_the_sources_is_found_under_its_defect(rule, code, provisions, defect):
    mine = [one for one in FOUND if (one.rule, one.code) == (rule, code)]
    assert any(one.provisions == provisions and defect in one.defects for one in mine if provisions) or any(
        defect in one.defects for one in mine if not provisions
    )


def test_what_the_collision_of_two_clocks_says():
    (collision,) = [one for one in FOUND if one.rule == "clocks"]
    assert collision.sentence == (
        "BS-077、BS-079：合同终止后退出期限与签订交接确认书后离场期限都约束离场而起算不同，可能相互冲突（BS-D4）"
    )


def test_what_the_false_reference_says():
    said = [one.says for one in FOUND if one.rule == "reference"]
    assert "第35条说“第25条规定的行为之一”，而第25条没有分项列举行为" in said
    assert any("相近的是《关于加强无物业小区管理的指导意见》" in one for one in said)


def test_the_base_above_which_zhujis_deposit_contradicts_itself():
    (deposit,) = [one for one in FOUND if one.rule == "amounts"]
    assert deposit.says == "基数超过6000000元时，比例下限高于总额上限300000元"


def test_every_defect_that_a_rule_should_find_is_found():
    wanted = {remark.id for remark in SHIPPED.remarks if remark.rules}
    assert wanted == {defect for one in FOUND for defect in one.defects}


def test_outside_the_national_texts_nothing_is_found_without_a_record():
    assert [one.sentence for one in FOUND if one.code != "CN" and not one.defects] == []


# ── each rule sees what is odd and lets be what is not ───────────────────────────────────────────────────────────────


def made(params=None, provisions=(), keys=None, remarks=(), **more):
    """A law of one invented text T at the place 90."""
    known = {
        "campaign.phases": Key(title="阶段", kind="list"),
        "campaign.tasks": Key(title="任务", kind="list"),
        "campaign.groups": Key(title="分组", kind="list"),
        "deposit": Key(title="保证金", kind="record"),
        "leave.a": Key(title="甲期限", kind="period", anchor="end", binds="离场"),
        "leave.b": Key(title="乙期限", kind="period", anchor="signed", binds="离场"),
        "report.within": Key(title="上报期限", kind="period"),
        **(keys or {}),
    }
    raw = {"T": text(status=more.pop("status", "in_force"), **{"from": date(2026, 1, 1)}, **more)}
    pack = Pack.model_validate(
        {"code": "90", "name": "某地", "parent": None, "instruments": raw, "params": params or {}}
    )
    return Law({"90": pack}, known, tuple(remarks), tuple(provisions))


def rules_of(law):
    return [one.rule for one in findings(law)]


def phase(start, end, label="一"):
    return {"code": label, "label": label, "from": start, "to": end, "provision": "T-001"}


@pytest.mark.parametrize(
    ("second", "odd"),
    [("2026-02-01", False), ("2026-01-31", True), ("2026-01-15", True), ("2026-02-03", True)],
)
def test_phases_follow_one_another_day_by_day(second, odd):
    phases = [phase("2026-01-01", "2026-01-31"), phase(second, "2026-03-31", "二")]
    assert (rules_of(made({"campaign.phases": param(phases, "T")})) == ["phases"]) is odd


def test_two_clocks_of_one_start_do_not_collide():
    both = {"leave.a": param(3, "T", unit="D"), "leave.b": param(30, "T", unit="D")}
    assert rules_of(made(both)) == ["clocks"]
    same = {"leave.b": Key(title="乙期限", kind="period", anchor="end", binds="离场")}
    assert rules_of(made(both, keys=same)) == []
    assert rules_of(made({"leave.a": param(3, "T", unit="D")})) == []


def test_a_duty_without_a_deadline_is_named_and_one_with_is_not():
    open_one = {"value": None, "local": "allowed", "cites": ["T 第1条"], "evidence": "NOT-FOUND"}
    assert rules_of(made({"report.within": open_one})) == ["no_deadline"]
    assert rules_of(made({"report.within": param(5, "T 第1条", unit="D")})) == []


def provision(number, article="第1条", **more):
    return Provision(id=f"T-{number:03}", kind="DUTY", article=article, summary="某", **more)


@pytest.mark.parametrize(
    ("refers", "odd"),
    [
        (Reference(text="T", article="第2条"), False),
        (Reference(text="T", article="第9条"), True),
        (Reference(text="T", article="第2条", names_several=True), False),
        (Reference(text="T", article="第3条", names_several=True), True),
        (Reference(title="某办法"), False),
        (Reference(title="某个办法"), True),
    ],
)
def test_a_reference_must_lead_somewhere(refers, odd):
    catalogue = [
        provision(1, refers=(refers,)),
        provision(2, "第2条第1项"),
        provision(3, "第2条第2项"),
        provision(4, "第3条"),
    ]
    assert (rules_of(made(provisions=catalogue)) == ["reference"]) is odd


def test_one_paper_has_one_name():
    one, other = provision(1, papers={"decision": "决定书"}), provision(2, papers={"decision": "决定"})
    assert rules_of(made(provisions=[one, other])) == ["paper_names"]
    assert rules_of(made(provisions=[one, provision(2, papers={"decision": "决定书"})])) == []


def test_a_share_and_a_cap_contradict_each_other():
    record = {"min_rate": "5/100", "max_total": 100}
    (found,) = findings(made({"deposit": param(record, "T")}))
    assert "基数超过2000元" in found.says
    assert rules_of(made({"deposit": param({"min_rate": "5/100"}, "T")})) == []


def test_an_undated_draft_and_a_missing_annexe():
    law = made(status="draft", missing=["附件1"])
    dated = rules_of(law)
    assert dated == ["missing"]


def test_a_finding_without_a_record_says_so():
    law = made(provisions=[provision(1, ends="；")])
    assert findings(law)[0].sentence == "T-001：第1条以“；”结尾，可能有脱文（尚无记录）"
    recorded = Remark(id="T-D1", text="某", rules=("ends",), packs=("90",), provisions=("T-001",))
    assert findings(made(provisions=[provision(1, ends="；")], remarks=[recorded]))[0].defects == ("T-D1",)
