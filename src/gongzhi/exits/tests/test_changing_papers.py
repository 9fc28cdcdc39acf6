"""The papers of the change of manager: who serves meanwhile, who has come, who has gone."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from gongzhi.acts.door import SYSTEM
from gongzhi.exits.facts import InterimNamed
from gongzhi.exits.tests.play import Play, departure
from gongzhi.exits.tests.test_leaving import applied, names_interim
from gongzhi.exits.tests.test_papers import made, text_of
from gongzhi.law import queries as law
from gongzhi.papers.documents import Letter
from gongzhi.procedures.again import said_before
from gongzhi.procedures.archive import leaves_of
from gongzhi.registry.actions import begin_engagement
from gongzhi.registry.facts import BeginEngagement
from gongzhi.registry.models import Mode
from gongzhi.values.now import ZONE
from gongzhi.values.refusals import NotFound, NotPossible

INTERIM, ENTRY, LEFT = (
    "interim.interim_decision",
    "takeover.entry_confirmation",
    "departure.departure_confirmation",
)


@pytest.fixture
def failed(play: Play) -> Play:
    """Agreed to end on 30 June 2026; the owners' vote on who follows did not pass: the street has to name somebody."""
    return applied(play).vote(heads_for=2).agree("2026-06-30")


def name_meanwhile(play: Play, **more: Any) -> Play:
    """The street names who serves meanwhile, with all that its decision says."""
    said = {
        "mode": "emergency",
        "organisation": str(play.area.organisations["other_provider"].pk),
        "until_on": "2026-12-31",
        "content": "示例保洁\n示例秩序",
        "fee": "示例费用",
        "reason": "示例理由",
    }
    play.do("subdistrict_leader", "exit.interim.designate", "submit", **said | more)
    return play


def test_the_decision_says_whom_what_how_long_and_out_of_what(failed: Play) -> None:
    """By the articles that the law of the place has, in a letter of the street; nothing of a source's text."""
    name_meanwhile(
        failed, from_at="2026-06-30T12:00+08:00", leader="示例负责人 0000-0000123", number="示街决〔2026〕7号"
    )
    found = made(failed, "exit", INTERIM)
    form = found.form()
    assert not found.is_preview
    assert isinstance(form, Letter)
    assert (form.issuer, form.recipient) == ("示例白山街道办事处", "示例白山乙物业有限公司")
    assert (form.number, form.date) == ("示街决〔2026〕7号", "2026年3月10日")
    copied = form.copies.split("，")
    assert copied[:2] == ["示例白山甲物业有限公司", "示例白山一号小区业主委员会"]
    assert "示例白山县住房和城乡建设局" in copied
    text = text_of(found)
    for words in (
        "现由示例白山甲物业有限公司提供物业服务",
        "于2026年6月30日终止",
        "指定理由：示例理由。",
        "第二十一条、第二十六条、第二十七条",
        "《中华人民共和国民法典》第九百五十条",
        "为示例白山一号小区的临时接管单位，方式为应急服务",
        "示例负责人（电话0000-0000123）",
        "示例秩序。",
        "自2026年6月30日（周二）12:00起至2026年12月31日24:00止。",
        "标准：示例费用。",
        "依次为公共收益、全体业主按房屋建筑面积分摊",
        "第二十九条",
        "不得另行收费",
        "不服本决定书的",
    ):
        assert words in text, words


def test_before_it_is_said_the_decision_is_a_preview_with_room_to_write(failed: Play) -> None:
    found = made(failed, "exit", INTERIM)
    text = text_of(found)
    assert found.is_preview
    assert "指定（未登记）为示例白山一号小区的临时接管单位" in text
    assert "于2026年6月30日终止" in text
    with law.pinned():
        assert not [leaf for leaf in leaves_of(failed.case(), failed.now) if leaf.made == found]
    form = found.form()
    assert isinstance(form, Letter)
    assert form.date == ""


def test_a_second_decision_says_which_one_it_replaces(failed: Play) -> None:
    name_meanwhile(failed, number="示街决〔2026〕7号")
    assert "取代" not in text_of(made(failed, "exit", INTERIM))
    failed.go(days=1).stand("subdistrict_leader", "exit", "replace_interim", reason="示例：改定期限")
    replaced = "本决定书取代2026年3月10日指定示例白山乙物业有限公司的《指定临时接管单位决定书》（示街决〔2026〕7号）。"
    assert replaced in text_of(made(failed, "exit", INTERIM))
    name_meanwhile(failed, until_on="2027-01-31", number="示街决〔2026〕8号")
    text = text_of(made(failed, "exit", INTERIM))
    assert replaced in text
    assert text.count("取代") == 1


def test_the_next_decision_does_not_bear_the_number_of_the_one_it_replaces(failed: Play) -> None:
    name_meanwhile(failed, number="示街决〔2026〕7号")
    step = failed.case().declaration.step("interim")
    for number in (7, 8):
        failed.go(days=1).stand("subdistrict_leader", "exit", "replace_interim", reason="示例：改定期限")
        case = failed.case()
        begun = said_before(case, step, "submit", "designate").facts
        assert begun["number"] == f"示街决〔2026〕{number}号"
        assert step.begins_with(case, "submit", failed.now)["number"] == ""
        with pytest.raises(NotPossible, match="文号示街决〔2026〕 7号已用于本案此前的决定书"):
            name_meanwhile(failed, number=" 示街决〔2026〕 7号")
        name_meanwhile(failed, number=f"示街决〔2026〕{number + 1}号")


def test_who_was_named_before_has_a_copy_of_what_replaces_it(failed: Play) -> None:
    name_meanwhile(failed)
    failed.go(days=1).stand("subdistrict_leader", "exit", "replace_interim", reason="示例：不能到岗")
    community = str(failed.area.organisations["community"].pk)
    name_meanwhile(failed, mode="community_custody", organisation=community)
    form = made(failed, "exit", INTERIM).form()
    assert isinstance(form, Letter)
    assert form.copies.split("，")[:2] == ["示例白山甲物业有限公司", "示例白山乙物业有限公司"]
    failed.go(days=1).stand("subdistrict_leader", "exit", "replace_interim", reason="示例：改定期限")
    name_meanwhile(failed, mode="community_custody", organisation=community, until_on="2027-01-31")
    form = made(failed, "exit", INTERIM).form()
    assert isinstance(form, Letter)
    assert "示例白山乙物业有限公司" not in form.copies


def engaged(play: Play, mode: Mode, name: str = "", **more: Any) -> None:
    """The register has another manager from now on."""
    facts = BeginEngagement(
        estate_id=play.area.estate.pk,
        from_at=play.now,
        mode=mode,
        organisation_id=play.area.organisations[name].pk if name else None,
        paper_title="示例记录",
        reason="示例原因",
        **more,
    )
    begin_engagement(by=SYSTEM, at=play.now, facts=facts)


@pytest.mark.parametrize(
    ("mode", "name", "words"),
    [
        (Mode.UNMANAGED, "", "示例白山一号小区现无人管理（自2026年3月9日（周一）21:00起），"),
        (Mode.EMERGENCY, "other_provider", "示例白山一号小区现由示例白山乙物业有限公司提供应急服务，"),
        (Mode.COMMUNITY_CUSTODY, "community", "示例白山一号小区现由示例白山社区居民委员会托管，"),
        (Mode.SELF_MANAGED, "", "示例白山一号小区现由业主自行管理，"),
    ],
)
def test_the_decision_says_who_manages_when_it_is_made(
    failed: Play, mode: Mode, name: str, words: str
) -> None:
    """The register's manager at that instant, not whoever the case is about; and not who comes after."""
    failed.until("2026-03-09 21:00")
    engaged(failed, mode, name, **({"until_on": date(2026, 12, 31)} if name else {}))
    failed.until("2026-03-10 10:00")
    assert words in text_of(made(failed, "exit", INTERIM))
    name_meanwhile(failed)
    failed.go(days=1)
    engaged(failed, Mode.EMERGENCY, "other_provider", until_on=date(2026, 12, 31))
    text = text_of(made(failed, "exit", INTERIM))
    assert f"{words}示例白山甲物业有限公司的《示例白山一号小区物业服务合同》" in text
    assert "由示例白山甲物业有限公司提供物业服务" not in text
    served = failed.area.organisations[name].name if name else "原物业服务人"
    assert f"接管以前，{served}继续提供服务" in text


def test_what_pays_for_it_is_what_the_street_said_where_it_said_so(failed: Play) -> None:
    text = text_of(made(name_meanwhile(failed, money="示例财政资金"), "exit", INTERIM))
    assert "来源：示例财政资金。" in text
    assert "依次为" not in text
    assert "自进场之时起" in text


def test_a_service_meanwhile_does_not_end_before_it_begins() -> None:
    said = {
        "mode": "emergency",
        "organisation": "00000000-0000-0000-0000-000000000001",
        "until_on": date(2026, 6, 30),
        "content": "示例",
        "fee": "示例",
        "reason": "示例",
    }
    late = said | {"content": "示例服务", "reason": "示例理由"}
    InterimNamed.model_validate(late | {"from_at": datetime(2026, 6, 30, 23, 59, tzinfo=ZONE)})
    with pytest.raises(ValueError, match="不能早于接管时间"):
        InterimNamed.model_validate(late | {"from_at": datetime(2026, 7, 1, 0, 0, tzinfo=ZONE)})


def test_where_nobody_has_to_be_named_there_is_no_decision(play: Play) -> None:
    play = applied(play).vote()
    with pytest.raises(NotFound):
        made(play, "exit", INTERIM)


def going(play: Play) -> Play:
    """Handed over with one thing missing, the successor may come. 30 June 2026."""
    names_interim(play).settle()
    return play.until("2026-06-30 09:00").hand_over(missing=("completion_drawings", "drawings"))


def test_who_has_come_is_put_down_to_the_minute_with_what_was_taken_over(failed: Play) -> None:
    going(failed)
    assert made(failed, "exit", ENTRY).is_preview
    said = {"leader": "示例负责人", "staff": 8, "stands": "示例岗位交接", "keys": "示例钥匙12把"}
    failed.do(
        "other_provider_leader",
        "exit.takeover.submit",
        "submit",
        **said,
        taken_over_at=failed.now.isoformat(),
        present=["示例网格员（社区工作者）"],
    )
    text = text_of(made(failed, "exit", ENTRY))
    for words in (
        "示例白山乙物业有限公司于2026年6月30日（周二）11:30接管示例白山一号小区的物业服务",
        "该时以前的物业服务由示例白山甲物业有限公司承担",
        "接替依据示例白山街道办事处指定临时接管（应急服务）",
        "服务期限至2026年12月31日24:00止",
        "示例岗位交接。",
        "示例钥匙12把。",
        "《物业项目交接确认书》于2026年6月30日（周二）11:30签署。",
        "资料移交清单8项",
        "1示例负责人示例白山乙物业有限公司现场负责人",
        "2示例网格员—社区工作者",
    ):
        assert words in text, words


def test_who_has_gone_says_what_it_gave_back_and_deleted(failed: Play) -> None:
    going(failed).take_over()
    failed.stand(
        "provider_leader",
        "handover",
        "state_deletion",
        what="示例业主名册副本",
        deleted_on="2026-06-30",
        method="示例覆盖删除",
        signed_way="paper",
        signer="示例签字人",
    )
    assert "（未登记）" in text_of(made(failed, "exit", LEFT))
    failed.go(minutes=5)
    told = departure(failed.now) | {"keys": "示例钥匙全部交还", "present": ["示例接收人"]}
    failed.do("provider_leader", "exit.departure.submit", "submit", **told)
    text = text_of(made(failed, "exit", LEFT))
    for words in (
        "于2026年6月30日（周二）11:35离场。",
        "已于2026年6月30日（周二）11:30接管，服务没有中断。",
        "物业服务用房已交还",
        "示例钥匙全部交还",
        "2026年6月30日删除示例业主名册副本，方式：示例覆盖删除（声明人：示例签字人，纸质签署，扫描件第",
        "示例接收人",
    ):
        assert words in text, words
    with law.pinned():
        titles = [leaf.title for leaf in leaves_of(failed.case(), failed.now)]
    assert {"指定临时接管单位决定书", "进场确认书", "离场确认书"} <= set(titles)


def test_what_was_brought_later_does_not_change_who_came(failed: Play) -> None:
    """A later printing is the same: what was missing by then was missing."""
    going(failed).take_over()
    before = made(failed, "exit", ENTRY).form()
    rows = failed.case("handover").row.items.filter(state="missing")
    assert rows.exists()
    rows.update(made_up_at=failed.now + timedelta(days=3))
    assert made(failed, "exit", ENTRY).form() == before
