"""The joint decision in an exit: who cannot be hired, totals beside the register's, the outcome on its page."""

import re
from decimal import Decimal
from typing import Any

import pytest

from gongzhi.exits.tests.looking import plain, rows_in, see
from gongzhi.exits.tests.play import Play
from gongzhi.registry.models import Unit
from gongzhi.values.refusals import RuleBroken

RECORD = "joint_decision.record.submit"


def say(play: Play, **changed: Any) -> list[str]:
    """Record a result; what is told of it."""
    said = {
        "heads_total": 6,
        "heads_voted": 5,
        "heads_for": 4,
        "area_total": "452.50",
        "area_voted": "400.00",
    }
    said |= {"area_for": "300.00", "chosen": "self_managed", "present": "示例街道到场人员"}
    answer = play.do("committee_head", RECORD, "submit", **(said | changed))
    return list(answer.value["warnings"])


def test_owners_do_not_hire_the_provider_that_is_leaving(play: Play) -> None:
    play.apply("2026-06-30").arrive()
    with pytest.raises(RuleBroken, match=r"不能是正在退出的这一家，请改选.*“自行管理”"):
        play.vote(organisation="provider")
    assert RECORD in play.open_tasks()
    play.vote()
    assert "exit.successor.submit" in play.open_tasks()


def test_totals_apart_from_the_register_are_told_with_both_numbers(play: Play) -> None:
    play.apply("2026-06-30").arrive()
    (told,) = say(play, heads_total=900, area_total="90000.00")
    assert "业主总人数填写为900人，登记为6人" in told
    assert "专有部分总面积填写为90,000.00平方米，登记为452.50平方米" in told


def test_totals_of_the_register_are_not_doubted_nor_those_it_does_not_know(play: Play) -> None:
    play.apply("2026-06-30").arrive()
    unit = Unit.objects.filter(estate=play.area.estate, exclusive_area__isnull=False).first()
    assert unit is not None
    Unit.objects.filter(pk=unit.pk).update(exclusive_area=None, exclusive_source="", exclusive_on=None)
    assert say(play, area_total=Decimal("9000.00")) == []


def test_the_form_begins_with_the_totals_of_the_register(paged: Play) -> None:
    paged.apply("2026-06-30").arrive()
    page = see(paged, "committee_head", f"/tasks/{paged.task(RECORD).pk}/submit/")
    begun = {found[1]: found[2] for found in re.finditer(r'name="([^"]*_total)"[^>]*value="([^"]*)"', page)}
    assert {name.rpartition("-")[2]: value for name, value in begun.items()} == {
        "heads_total": "6",
        "area_total": "452.50",
    }


@pytest.mark.parametrize(("heads_for", "says"), [(4, "通过"), (2, "未通过")])
def test_the_page_says_whether_it_passed_and_by_what(paged: Play, heads_for: int, says: str) -> None:
    paged.apply("2026-06-30").arrive().vote(heads_for=heads_for)
    page = see(paged, "committee_head", f"/cases/{paged.case('joint_decision').id}/")
    assert f"表决结果：{says}" in plain(page)
    rows = rows_in(page, "表决结果")
    assert [row[0] for row in rows] == ["参与人数", "参与面积", "同意人数", "同意面积"]
    assert rows[1][1:] == ["400.00 平方米", "452.50 平方米", "88.40%", "不少于2/3", "达到"]
    assert rows[2][-1] == ("达到" if heads_for == 4 else "未达到")
    assert "表决的内容：选聘物业服务人：" in plain(page)
