"""The packs themselves: shape, sources, references, agreement with each other."""

import json
import re
from collections import Counter

import pytest
from pydantic import ValidationError

from gongzhi.law import reading
from gongzhi.law.coverage import provisions
from gongzhi.law.schema import UNITS, Kind, Mode, Pack, Status

from .books import param, text

PACKS = reading.packs()
KEYS = reading.keys()
PARAMETERS = [(pack, key, one) for pack in PACKS.values() for key, one in pack.params.items()]
IDS = {provision.id for provision in provisions()}
INSTRUMENTS = Counter(name for pack in PACKS.values() for name in pack.instruments)


def test_every_jurisdiction_of_the_sources_has_a_pack_under_its_explicit_parent():
    chain = {code: pack.parent for code, pack in PACKS.items()}
    assert chain == {
        "CN": None, "22": "CN", "2206": "22", "2203": "22", "220382": "2203",
        "33": "CN", "3306": "33", "330681": "3306", "14": "CN", "1405": "14", "140522": "1405",
    }  # fmt: skip
    assert not PACKS["2203"].params
    assert not PACKS["1405"].params


def test_the_statuses_are_those_of_the_texts():
    found = {code: [text.status for text in PACKS[code].instruments.values()] for code in PACKS}
    assert found["2206"] == [Status.UNDATED]
    assert found["220382"] == found["330681"] == [Status.DRAFT]
    assert found["140522"] == [Status.CAMPAIGN]
    assert found["14"] == [Status.STUB]
    assert Status.STUB in found["22"]


@pytest.mark.parametrize("code", ["22", "2206", "220382", "330681", "140522"])
def test_the_status_that_is_shown_is_the_status_of_the_text(code):
    shown = PACKS[code].params["status"]
    assert shown.value == PACKS[code].instruments[shown.cites[0].instrument].status


def test_every_value_has_a_source_and_evidence():
    bare = [one for _, _, one in PARAMETERS if one.value is not None and not one.cites]
    assert {one.evidence for one in bare} == {"PRACTICE"}
    assert all(one.evidence for _, _, one in PARAMETERS)


def known(key):
    """What is known of a key, or of its family (`papers.*`)."""
    return KEYS.get(key) or KEYS.get(f"{key.partition('.')[0]}.*")


def test_notes_are_shown_as_they_stand_and_hold_no_code():
    notes = [one.note for _, _, one in PARAMETERS]
    notes += [one.note for pack in PACKS.values() for one in pack.instruments.values()]
    assert sum(map(bool, notes)) > 100
    assert [note for note in notes if re.search("[A-Za-z]{2,}", note)] == []


def test_every_value_is_of_its_keys_kind():
    wrong = [
        (pack.code, key) for pack, key, one in PARAMETERS
        if one.value is not None and not known(key).accepts(one.value, one.unit)
    ]  # fmt: skip
    assert wrong == []


def test_every_hole_may_be_set_locally():
    assert [key for _, key, one in PARAMETERS if one.value is None and not one.local] == []


def test_every_key_of_the_packs_is_known_and_every_known_key_stands_in_a_pack():
    used = {key for _, key, _ in PARAMETERS}
    assert [key for key in used if known(key) is None] == []
    assert {key for key in KEYS if not key.endswith(".*")} <= used


def test_no_two_texts_share_a_code():
    assert [name for name, times in INSTRUMENTS.items() if times > 1] == []


def test_no_reference_dangles():
    assert [
        (pack.code, key)
        for pack, key, one in PARAMETERS
        for cite in one.cites
        if cite.instrument not in INSTRUMENTS
    ] == []
    said = {one for _, _, parameter in PARAMETERS for one in parameter.provisions}
    said |= {one for pack in PACKS.values() for text in pack.instruments.values() for one in text.provisions}
    said |= {item["provision"] for _, _, one in PARAMETERS if isinstance(one.value, list)
             for item in one.value if isinstance(item, dict) and "provision" in item}  # fmt: skip
    said |= {one for remark in reading.remarks() for one in remark.provisions}
    assert said <= IDS


def test_the_first_text_cited_is_the_packs_own():
    assert [
        (pack.code, key)
        for pack, key, one in PARAMETERS
        if one.cites and one.cites[0].instrument not in pack.instruments
    ] == []


def test_a_lower_text_never_changes_the_mode_of_a_union():
    modes = {}
    for pack, key, one in PARAMETERS:
        modes.setdefault(key, {})[pack.code] = one.mode
    mixed = [
        key
        for key, found in modes.items()
        if Mode.UNION in found.values() and set(found.values()) != {Mode.UNION}
    ]
    assert mixed == ["fund.emergency_cases"]  # the national text leaves the cases open


def test_every_notice_says_how_its_end_is_counted():
    silent = [
        (pack.code, key) for pack, key, one in PARAMETERS
        if key.startswith("notice.") and KEYS[key].kind is Kind.PERIOD and one.roll is None
    ]  # fmt: skip
    assert silent == []


def test_items_of_a_list_have_codes_that_differ():
    for pack, key, one in PARAMETERS:
        if isinstance(one.value, list):
            codes = [item["code"] if isinstance(item, dict) else item for item in one.value]
            assert len(codes) == len(set(codes)), (pack.code, key)


def test_every_value_can_be_said_in_json():
    for _, _, one in PARAMETERS:
        assert json.loads(json.dumps(one.value)) == one.value


def test_no_practice_number_is_given_out_as_law():
    practice = [one for _, key, one in PARAMETERS if key.split(".")[0] in ("ladder", "watch", "intake")]
    assert practice
    assert all(one.value is None and one.local for one in practice)


def test_fines_stand_only_in_keys_that_ask_for_rank():
    fines = [key for _, key, _ in PARAMETERS if key.endswith("fine")]
    assert fines
    assert all(KEYS[key].fine for key in fines)


def test_the_remarks_name_known_keys_and_packs_once_each():
    remarks = reading.remarks()
    assert len({remark.id for remark in remarks}) == len(remarks)
    assert {key for remark in remarks for key in remark.keys} <= set(KEYS)
    assert {code for remark in remarks for code in remark.packs} <= set(PACKS)


@pytest.mark.parametrize(
    "defect",
    [*(f"BS-D{n}" for n in range(1, 9)), *(f"ZJ-D{n}" for n in range(1, 6)), *(f"SL-D{n}" for n in range(1, 8)),
     "JL-D1", "JL-D2", *(f"YC-D{n}" for n in range(1, 5)), *(f"T{n}" for n in range(1, 11))],
)  # fmt: skip
def test_every_defect_and_tension_of_the_catalogue_is_kept(defect):
    assert defect in {remark.id for remark in reading.remarks()}


def test_the_summary_rule_of_votes_agrees_with_its_parts():
    params = PACKS["CN"].params
    rule = params["assembly.vote"].value
    for part, key in (
        ("participation", "vote.participation"),
        ("ordinary", "vote.approval_ordinary"),
        ("special", "vote.approval_special"),
    ):
        assert (rule[part]["fraction"], rule[part]["comparator"]) == (
            params[key].value,
            params[key].comparator,
        )
    assert rule["special"]["matters"] == params["vote.special_matters"].value


def test_a_value_without_a_source_does_not_enter_a_pack():
    raw = {"code": "9", "name": "x", "parent": "CN", "instruments": {"T": text()}}
    bare = {"value": 7, "evidence": "GK"}
    with pytest.raises(ValidationError, match="没有出处"):
        Pack.model_validate({**raw, "params": {"a.b": bare}})
    broken = {**param(7, "T 第1条"), "evidence": "NOT-FOUND"}
    with pytest.raises(ValidationError, match="NOT-FOUND"):
        Pack.model_validate({**raw, "params": {"a.b": broken}})


def test_yaml_that_says_a_key_twice_is_refused(tmp_path):
    (tmp_path / "x.yaml").write_text("a: 1\na: 2\n", encoding="utf-8")
    with pytest.raises(Exception, match="said twice"):
        reading.read_yaml(tmp_path / "x.yaml")


def test_units_are_those_periods_are_counted_in():
    assert {"D", "WD", "h", "M", "Y"} == UNITS
