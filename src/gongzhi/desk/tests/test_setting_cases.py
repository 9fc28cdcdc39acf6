"""Before a value is set its reader sees which running cases it dates, and to when; nothing is written by looking."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from gongzhi.acts.models import Act
from gongzhi.desk.administration.settings import replacing
from gongzhi.desk.tests.administering import filled, the_form
from gongzhi.desk.tests.browsing import sign_in
from gongzhi.desk.tests.looking import plain
from gongzhi.desk.tests.scenes import notices_hanging
from gongzhi.exits.tests.play import Play
from gongzhi.law import queries as law
from gongzhi.law.facts import SetLocalValue
from gongzhi.procedures import foreseeing, tick, watching
from gongzhi.procedures.models import Case, Clock, ClockMove, Rung, Task
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


def form_page(client: Client, key: str) -> str:
    """The page on which the value of a key is set."""
    answer = client.get(f"/administration/acts/law.set_local_value/?key={key}&jurisdiction=220602")
    return str(answer.content.decode())


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


def test_a_value_to_come_is_told_apart_from_the_one_in_force_and_is_put_right(stage: Play) -> None:
    client = sign_in(stage, "county_leader")
    later = f"{stage.now + timedelta(days=1):%Y-%m-%d}"
    for given in ({}, {"value_0": "10", "set_on": later}):
        asked = filled(client, form_page(client, KEY)).send(**(said(stage) | given)).content.decode()
        assert filled(client, asked).send().status_code == 302
    again = filled(client, form_page(client, KEY)).send(**(said(stage) | {"value_0": "8", "set_on": later}))
    told = again.content.decode()
    assert f"现在的值是 5日 ；已定于 {later} 起改为 10日 ，由{COUNTY}设定" in plain(told)
    assert filled(client, told).send().status_code == 302
    found = law.value_of(KEY, "220602", stage.now.date() + timedelta(days=1), deciding=False)
    assert found.value == 8


def test_a_value_nothing_waits_for_says_so(stage: Play) -> None:
    client = sign_in(stage, "county_leader")
    page = form_page(client, KEY)
    assert "在办案件也按它办" in plain(page)
    told = plain(filled(client, page).send(**said(stage)).content.decode())
    assert "您范围内现在没有在办案件等着这一项，在办案件以后办到这一项也按它办" in told


@pytest.mark.parametrize(
    ("key", "form_says", "confirmation_says"),
    [
        (
            "intake.classify_within",
            "现有步骤没有用到，不影响办理：生效日期填今天或以前，只作登记，在办案件不变。",
            "现有步骤没有用到，不影响办理，只作登记。",
        ),
        (
            "ladder.superior_after",
            "已经起算的期限照原来的时间提醒和催办，以后起算、改期的和文书上写明的日期按它办。",
            "已经起算的期限照原来的时间提醒和催办，以后起算、改期的和文书上写明的日期按它办。",
        ),
    ],
)
def test_form_and_confirmation_say_the_same_of_running_cases(
    stage: Play, key: str, form_says: str, confirmation_says: str
) -> None:
    notices_hanging(stage)
    laid = list(Rung.objects.order_by("id").values_list("name", "due_at", "dropped_at"))
    client = sign_in(stage, "county_leader")
    page = form_page(client, key)
    assert form_says in plain(page)
    asked = filled(client, page).send(**said(stage)).content.decode()
    assert confirmation_says in plain(asked)
    assert "在办案件也按它办" not in plain(page) + plain(asked)
    assert "没有在办案件等着" not in plain(asked)
    assert filled(client, asked).send().status_code == 302
    tick.fill_holes(stage.now)
    assert list(Rung.objects.order_by("id").values_list("name", "due_at", "dropped_at")) == laid


def test_the_running_watches_are_listed_with_the_days_they_will_remind_on(stage: Play) -> None:
    """To leave on 30 June 2026, seen on 2 March: −130 is past, −60 is 1 May (Labour Day)."""
    stage.apply("2026-06-30")
    watching.open_due(stage.now)
    watch = Case.objects.get(procedure="notice_watch")
    client = sign_in(stage, "county_leader")
    page = form_page(client, "watch.notice")
    assert "在办的预警也按它办，已经过去的时点不补提醒" in plain(page)
    more = {name: value for name, value in said(stage).items() if not name.startswith("value")}
    told = plain(filled(client, page).send(value="130天\nP60D\n", **more).content.decode())
    assert (
        f"{watch.number} 退出在即接替未定预警，接替安排：以后在 2026-05-01 提醒，已经过去的时点不补提醒"
        in told
    )
    assert "没有在办" not in told


def test_a_list_of_periods_is_read_and_shown_in_words(stage: Play) -> None:
    client = sign_in(stage, "county_leader")
    page = form_page(client, "watch.notice")
    form = filled(client, page)
    assert form.value("value").split() == ["180日", "90日", "60日", "30日"]
    assert "每行一项，例如 30日、5个工作日、2个月" in plain(page)
    assert "P30D" not in plain(page)
    more = {name: value for name, value in said(stage).items() if not name.startswith("value")}
    wrong = plain(form.send(value="30日\n\n三个月\n", **more).content.decode())
    assert "第 3 行“三个月”看不出多长，请写成数字加单位，例如 30日、5个工作日、2个月，每行一项" in wrong
    right = form.send(value="２个月\r\n5 个工作日\n10工作日\nP30D\n24小时\n1年", **more)
    asked = right.content.decode()
    assert "改为 2个月、5个工作日、10个工作日、30日、24小时、1年" in plain(asked)
    assert filled(client, asked).send().status_code == 302
    assert law.value_of("watch.notice", "220602", stage.now.date()).value == (
        *("P2M", "P5WD", "P10WD", "P30D", "PT24H", "P1Y"),
    )
    again = filled(client, form_page(client, "watch.notice"))
    assert again.value("value").split()[:2] == ["2个月", "5个工作日"]


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
