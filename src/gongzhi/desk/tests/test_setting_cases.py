"""Before a value is set its reader sees which running cases it dates, and to when; nothing is written by looking."""

import re

import pytest

from gongzhi.acts.models import Act
from gongzhi.desk.administration.settings import replacing
from gongzhi.desk.tests.administering import filled, the_form
from gongzhi.desk.tests.browsing import sign_in
from gongzhi.desk.tests.looking import plain
from gongzhi.desk.tests.scenes import notices_hanging
from gongzhi.exits.tests.play import Play
from gongzhi.law import queries as law
from gongzhi.law.facts import SetLocalValue
from gongzhi.procedures import foreseeing, tick
from gongzhi.procedures.models import Clock, ClockMove, Task
from gongzhi.registry.acting import appointment_of

KEY = "objection.reply_within"
COUNTY = "示例白山县住房和城乡建设局"


def said(play: Play) -> dict[str, str]:
    """A period of five days from today."""
    day = f"{play.now:%Y-%m-%d}"
    return {
        "value_0": "5",
        "value_1": "D",
        "authority": COUNTY,
        "instrument": "示例县建〔2026〕1号",
        "set_on": day,
    }


def test_the_confirmation_lists_the_cases_a_value_dates_and_to_when(stage: Play) -> None:
    case_id = notices_hanging(stage)
    number = stage.case().row.number
    client = sign_in(stage, "county_leader")
    seen = (Act.objects.count(), ClockMove.objects.count())
    form = the_form(client, "law.set_local_value", key=KEY, jurisdiction="220602")
    asked = form.send(**said(stage))
    told = plain(asked.content.decode())
    found = re.search(rf"{re.escape(number)} 物业服务人退出，退出信息公示：截止 (\d{{4}}-\d\d-\d\d)", told)
    assert found is not None, told
    assert f'href="/cases/{case_id}/"' in asked.content.decode()
    assert (Act.objects.count(), ClockMove.objects.count()) == seen
    assert Clock.objects.get(key=KEY).due_on is None
    done = filled(client, asked.content.decode()).send()
    assert done.status_code == 302, done.content.decode()
    tick.fill_holes(stage.now)
    assert str(Clock.objects.get(key=KEY).due_on) == found[1]


def test_a_value_nothing_waits_for_says_so(stage: Play) -> None:
    client = sign_in(stage, "county_leader")
    asked = the_form(client, "law.set_local_value", key=KEY, jurisdiction="220602").send(**said(stage))
    assert "现在没有在办案件等着这一项" in plain(asked.content.decode())


def test_cases_elsewhere_are_not_told_and_of_many_the_number(
    stage: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    notices_hanging(stage)
    facts = SetLocalValue(
        jurisdiction="220602",
        key=KEY,
        value="P5D",
        authority=COUNTY,
        instrument="示例县建〔2026〕1号",
        set_on=stage.now.date(),
    )
    held = appointment_of(stage.actor("county_leader"), stage.now)
    other = facts.model_copy(update={"jurisdiction": "220605"})
    asked = replacing(law.book(), other, stage.now, held)
    assert asked is None or asked.running == ()
    administrator = appointment_of(stage.cast.administrator, stage.now)
    unseen = replacing(law.book(), facts, stage.now, administrator)
    assert unseen is not None
    assert (unseen.running, unseen.more) == ((), 0)
    monkeypatch.setattr(foreseeing, "MOST", 0)
    many = replacing(law.book(), facts, stage.now, held)
    assert many is not None
    assert (many.running, many.more) == ((), 1)


def test_a_step_that_waits_for_the_value_itself_is_told_to_go_on(stage: Play) -> None:
    notices_hanging(stage)
    task = Task.objects.filter(open=True, round__step__code="publicity").first()
    assert task is not None
    Task.objects.filter(pk=task.pk).update(waits_for="handover.confirmation_filing_within")
    facts = SetLocalValue(
        jurisdiction="220602",
        key="handover.confirmation_filing_within",
        value="P5D",
        authority=COUNTY,
        instrument="示例县建〔2026〕1号",
        set_on=stage.now.date(),
    )
    held = appointment_of(stage.actor("county_leader"), stage.now)
    asked = replacing(law.book(), facts, stage.now, held)
    assert asked is not None
    assert [(one.step, one.goes_on) for one in asked.running] == [("退出信息公示", True)]
