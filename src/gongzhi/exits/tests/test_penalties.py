"""Dismissal for repeated penalties: nothing before the place has said how to count; then counted from the records."""

from dataclasses import replace
from typing import Any

import pytest
from django.urls import reverse

from gongzhi.exits.conduct_rules import BLACKLIST, GRADE, unset_of
from gongzhi.exits.tests.looking import look, plain, read
from gongzhi.exits.tests.play import Play, set_here
from gongzhi.exits.tests.test_conduct import record
from gongzhi.law.value import Value
from gongzhi.procedures.lawview import CaseLaw
from gongzhi.procedures.models import Case
from gongzhi.values.refusals import NotPossible, RuleBroken

GROUND = "repeated_penalties"
HOW = {
    "forced_exit.penalty_window_kind": "rolling",
    "forced_exit.penalty_counts_not_final": True,
    "forced_exit.penalty_scope": "company",
    "forced_exit.penalty_counted_on": "decided",
}


def set_all(**other: Any) -> None:
    """The city says how penalties are counted."""
    for key, value in (HOW | other).items():
        set_here(key, value)


def form_of(play: Play, variant: str = GROUND) -> str:
    """The form with which the county begins."""
    address = reverse("open-form", args=["exit", str(play.area.estate.pk), variant])
    return plain(read(look(play, "county_officer"), address))


@pytest.mark.proves("BS-031")
def test_nothing_is_found_before_the_place_has_said_how_penalties_are_counted(paged: Play) -> None:
    for _ in range(3):
        record(paged, decided_on="2026-02-02")
    with pytest.raises(NotPossible, match="本地未设定") as refused:
        paged.classify(GROUND)
    says = str(refused.value)
    for title in (
        "行政处罚次数按滚动年还是自然年计算",
        "尚在复议诉讼期内的行政处罚是否计入",
        "行政处罚次数的统计范围",
        "行政处罚按何日计入期间",
    ):
        assert f"“{title}”" in says
        assert title in form_of(paged)
    assert "“本地设定”" in says
    assert not Case.objects.exists()
    set_here("forced_exit.penalty_scope", "company")
    with pytest.raises(NotPossible) as refused:
        paged.classify(GROUND)
    assert "统计范围" not in str(refused.value)
    assert "本地未设定" in form_of(paged)


@pytest.mark.proves("BS-031")
def test_recorded_penalties_are_counted_as_the_place_has_set(paged: Play) -> None:
    set_all()
    for day in ("2025-11-10", "2026-01-20", "2026-02-20"):
        record(paged, decided_on=day)
    form = form_of(paged)
    assert "登记的行政处罚计入3件" in form
    assert "示例罚〔2026〕2号" in form
    assert paged.classify(GROUND) == []
    assert paged.case().variant == GROUND


@pytest.mark.proves("BS-031")
def test_fewer_than_the_number_need_the_decisions_named_and_are_warned_of(paged: Play) -> None:
    set_all(**{"forced_exit.penalty_counts_not_final": False})
    for _ in range(3):
        record(paged, decided_on="2026-02-02")  # none of them final
    assert "计入0件" in form_of(paged)
    with pytest.raises(RuleBroken, match="计入0件，不到3件"):
        paged.classify(GROUND)
    (warning,) = paged.classify(GROUND, not_recorded="示例执法局示例罚〔2025〕7号、8号、9号决定书")
    assert "计入0件，不到3件" in warning
    assert "示例罚〔2025〕7号" in warning


@pytest.mark.parametrize(("ground", "key"), [("grade_d", GRADE), ("blacklisted", BLACKLIST)])
def test_any_forced_ground_waits_for_what_its_place_has_to_set(
    play: Play, monkeypatch: pytest.MonkeyPatch, ground: str, key: str
) -> None:
    assert unset_of(CaseLaw("2206", play.now.date()), ground) == ()
    asked = CaseLaw.value

    def emptied(self: CaseLaw, wanted: str) -> Value:
        found = asked(self, wanted)
        return replace(found, value=None) if wanted == key else found

    monkeypatch.setattr(CaseLaw, "value", emptied)
    with pytest.raises(NotPossible, match="本地未设定"):
        play.classify(ground)
    monkeypatch.undo()
    play.classify(ground)
