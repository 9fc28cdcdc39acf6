"""Who names the body that serves meanwhile, on what basis, at whose cost, and what can be done against it."""

from typing import Any

import pytest

from gongzhi.exits.tests.looking import plain, see
from gongzhi.exits.tests.play import Play
from gongzhi.exits.tests.test_grounds_by_place import begin
from gongzhi.exits.tests.test_papers import made, text_of
from gongzhi.values.refusals import NotAllowed, NotPossible, RuleBroken

PAPER = "interim.interim_decision"
#: What the areas whose law has no rule of who serves meanwhile are asked for.
ASKED = {"basis": "示例本地文件第九条", "money": "示例财政资金"}
#: The county-level division of each area, whose government reviews what a street or a town decides.
COUNTIES = {"yangcheng": "阳城县", "zhuji": "诸暨市", "shuangliao": "双辽市"}


def left_open(area: str) -> Play:
    """Dismissed in the term, and nobody voted to follow; the contract runs to the end of the year."""
    play = begin(area)
    play.contract("2026-12-31")
    play.move("dismissed_in_term")
    play.vote("dismiss")
    return play.vote(heads_for=2)


def name(play: Play, by: str = "subdistrict_leader", **more: Any) -> Any:
    """The street names who serves meanwhile."""
    said = {
        "mode": "emergency",
        "organisation": str(play.area.organisations["other_provider"].pk),
        "until_on": "2027-06-30",
        "content": "示例基础服务",
        "fee": "示例费用",
        "reason": "示例理由",
    }
    return play.do(by, "exit.interim.designate", "submit", **said | more)


@pytest.fixture
def failed(play: Play) -> Play:
    """白山: the owners' vote on who follows did not pass."""
    return play.apply("2026-06-30").arrive().vote(heads_for=2)


@pytest.mark.parametrize("area", COUNTIES)
def test_a_streets_decision_is_reviewed_by_the_county_and_sued_at_its_court(db: Any, area: str) -> None:
    play = left_open(area)
    step = play.case().declaration.step("interim")
    begun, county = step.begins_with(play.case(), "submit", play.now)["remedy"], COUNTIES[area]
    assert f"向{county}人民政府申请行政复议" in begun
    assert f"向{county}人民法院提起行政诉讼" in begun
    told = step.known_before(play.case(), "submit", play.now)
    assert f"发文机关所在地（{county}）" in told["remedy"]
    text = text_of(made(play, "exit", PAPER))
    assert f"向{county}人民政府申请行政复议" in text
    assert not [word for word in ("街道人民政府", "镇人民政府申请", "街道人民法院") if word in text]


def test_in_a_district_the_decision_names_its_government_with_the_city_and_may_be_put_right(
    failed: Play,
) -> None:
    begun = failed.case().declaration.step("interim").begins_with(failed.case(), "submit", failed.now)
    assert "向白山市浑江区人民政府申请行政复议" in begun["remedy"]
    name(failed, remedy="示例救济途径")
    text = text_of(made(failed, "exit", PAPER))
    assert "示例救济途径。" in text
    assert "浑江区人民政府" not in text


def replace(play: Play, by: str) -> None:
    """Another is to be named."""
    play.stand(by, "exit", "replace_interim", reason="示例：不能到岗")


def test_the_leader_names_it_and_nobody_else_of_the_street(failed: Play) -> None:
    with pytest.raises(NotAllowed, match=r"“指定临时接管”应由.*领导办理"):
        name(failed, "subdistrict_officer")
    name(failed)
    with pytest.raises(NotAllowed, match=r"“另行指定临时接管”应由.*领导办理"):
        replace(failed, "subdistrict_officer")
    replace(failed, "subdistrict_leader")


def test_a_service_meanwhile_ends_after_the_contract_does(failed: Play) -> None:
    with pytest.raises(
        RuleBroken, match="服务期限至2026年6月30日，不晚于原物业服务人计划退出日2026年6月30日"
    ):
        name(failed, until_on="2026-06-30")
    failed.agree("2026-06-10")
    with pytest.raises(RuleBroken, match="不晚于原合同终止日2026年6月10日"):
        name(failed, until_on="2026-06-10")
    name(failed, until_on="2026-06-11")


def test_no_decision_has_somebody_take_over_before_the_day_it_is_made(failed: Play) -> None:
    """Earlier the same day it may: it is entered an hour later."""
    failed.until("2026-03-02 11:00")
    with pytest.raises(
        NotPossible, match="接管时间2026年3月1日（周日）23:59早于作出决定的2026年3月2日（周一）"
    ):
        name(failed, from_at="2026-03-01T23:59+08:00")
    name(failed, from_at="2026-03-02T10:00+08:00")


@pytest.mark.parametrize("area", COUNTIES)
def test_where_no_text_of_the_place_says_so_the_street_says_the_basis_and_who_pays(
    db: Any, area: str
) -> None:
    play = left_open(area)
    told = play.case().declaration.step("interim").known_before(play.case(), "submit", play.now)
    assert "必须填写" in told["basis"]
    assert "必须填写" in told["money"]
    with pytest.raises(NotPossible, match="请填写依据和费用来源后提交"):
        name(play)
    with pytest.raises(NotPossible, match="请填写费用来源后提交"):
        name(play, basis=ASKED["basis"])
    name(play, **ASKED)
    text = text_of(made(play, "exit", PAPER))
    assert "二、依据示例本地文件第九条。" in text
    assert "来源：示例财政资金。" in text
    assert "原物业服务人继续提供服务（《中华人民共和国民法典》第九百五十条）" in text


def test_where_the_law_of_the_place_says_both_the_form_begins_with_them(failed: Play) -> None:
    begun = failed.case().declaration.step("interim").begins_with(failed.case(), "submit", failed.now)
    assert "第二十一条" in begun["basis"]
    assert "第九百五十条" not in begun["basis"]
    assert "依次为公共收益" in begun["money"]
    name(failed)


def test_while_the_contract_still_runs_its_end_is_said_before_and_after(db: Any) -> None:
    play = left_open("yangcheng")
    told = play.case().declaration.step("interim").known_before(play.case(), "submit", play.now)
    words = "原合同到2026年12月31日终止，还有304日"
    assert words in told["from_at"]
    (warned,) = name(play, **ASKED).value["warnings"]
    assert words in warned


def test_the_leaders_form_asks_and_the_officer_finds_it_with_the_post(paged: Play) -> None:
    """白山: the form begins with what the law has, each to be put right; a clerk has no form of it."""
    paged.apply("2026-06-30").arrive().vote(heads_for=2)
    page = f"/cases/{paged.root}/"
    form = see(paged, "subdistrict_leader", page)
    for words in (
        "向白山市浑江区人民政府申请行政复议",
        "第二十一条",
        "依次为公共收益",
        "文字由系统按发文机关所在地",
    ):
        assert words in form, words
    others = see(paged, "subdistrict_officer", page)
    assert "向白山市浑江区人民政府申请行政复议" not in others
    assert "应由分管（值班）领导办理" in plain(others)
