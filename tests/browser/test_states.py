"""What a page says when there is nothing, when it must refuse, when something went wrong; and nothing typed is lost."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, expect

from browser.axe import grave_faults
from browser.people import Person, Window
from browser.the_exit import ESTATE, LAST_DAY, VARIANT
from gongzhi.desk.tests.signing import next_code, totp
from gongzhi.exits.seeds import words

pytestmark = pytest.mark.xdist_group("browser")
Comes = Callable[..., Person]
#: Where the application waits to be taken in; where the notice hangs.
APPLIED, HANGING = "示例青山雅居", "示例长白山水城"
RECEIPT, GIVE = "退出申请备案回执", "出具回执"


def heading(person: Person) -> Locator:
    """The one heading of a page."""
    return person.page.locator("h1")


def is_sound(person: Person) -> None:
    """No grave fault for those who cannot see or use a mouse."""
    assert grave_faults(person.page) == []


def begins_an_exit(person: Person) -> Locator:
    """The form of the application, by the way people go to it."""
    person.opens("/").follows("发起办件").follows("物业服务人退出").follows(ESTATE)
    return person.follows(VARIANT).page.locator("main form.form")


def opened(person: Person, task: str, act: str, estate: str) -> Locator:
    """The form of an act on a task, unfolded where it stands."""
    duty = person.finds(task, estate)
    duty.locator("summary", has_text=act).click()
    return duty.locator("form.form", has=person.page.locator(f"button[value=send]:text-is('{act}')"))


# Nothing there ------------------------------------------------------------------------------------------------------


def test_where_there_is_nothing_the_page_says_so_and_what_comes_next(comes: Comes) -> None:
    accountant = comes("hj-firm-accountant1").opens("/")
    expect(heading(accountant)).to_have_text("没有等您办的事")
    expect(accountant.page.locator("main .empty").first).to_contain_text("新的待办会列在这里")
    is_sound(accountant)
    accountant.opens("/search?q=没有这样的小区")
    expect(accountant.page.locator("main .empty")).to_be_visible()
    accountant.opens("/notices/?q=没有这样的小区")
    expect(accountant.page.locator("main .empty")).to_contain_text("没有找到这个小区")


def test_a_view_is_kept_under_a_name_and_forgotten(comes: Comes) -> None:
    officer = comes("hj-county-officer").opens("/?urgency=none")
    officer.page.fill("#view-title", "没有期限的")
    officer.page.get_by_role("button", name="保存视图").click()
    expect(officer.page.get_by_role("link", name="没有期限的", exact=True)).to_be_visible()
    officer.page.get_by_role("button", name="删去视图 没有期限的").click()
    expect(officer.page.get_by_role("link", name="没有期限的", exact=True)).to_have_count(0)


def test_an_address_that_is_none_leads_back(comes: Comes) -> None:
    passer_by = comes().opens("/nothing/")
    expect(heading(passer_by)).to_have_text("没有找到")
    is_sound(passer_by)
    passer_by.follows("到公示栏找")
    expect(heading(passer_by)).to_have_text("公示栏")


# Three refusals -----------------------------------------------------------------------------------------------------


def test_who_may_not_is_told_who_may(comes: Comes) -> None:
    administrator = comes("administrator").opens("/cases/")
    expect(heading(administrator)).to_have_text("这一步不由您办")
    expect(administrator.page.locator("main [role=alert]")).to_contain_text("应由业务经办人员查看")
    is_sound(administrator)


def test_what_cannot_be_yet_says_what_is_missing_and_keeps_the_form(comes: Comes) -> None:
    leader = comes("hj-provider1-legal")
    form = opened(leader, "取下退出信息公示", "取下", HANGING)
    leader.fills(form, taken_down_at=leader.site.now(), taken_down_by=["示例甲", "示例乙"])
    form.locator("button[value=send]").click()
    expect(leader.page.locator("main [role=alert]")).to_contain_text("现在还不能办")
    expect(leader.page.locator("main [role=alert]")).to_contain_text("公示期未满")
    expect(leader.page.locator("[name$='-taken_down_by']")).to_have_value("示例甲\n示例乙")
    is_sound(leader)


def test_what_the_law_forbids_names_the_article_and_keeps_the_form(comes: Comes) -> None:
    leader = comes("hj-01-leader")
    form = begins_an_exit(leader)
    too_soon = leader.site.now().date() + timedelta(days=30)
    leader.fills(form, "exit_application", **words.application(too_soon))
    form.locator("button[value=send]").click()
    refused = leader.page.locator("main [role=alert]")
    expect(refused).to_contain_text("法规不允许")
    expect(refused.locator(".cite").first).to_be_visible()
    expect(leader.page.locator("[name$='-reason']")).to_have_value(words.REASON)
    # the file that was chosen is stored and need not be chosen again
    expect(leader.page.locator("main form.form")).to_contain_text("已存：示例.pdf")
    is_sound(leader)
    begins_an_exit(leader)
    leader.page.locator("button[value=drop]").click()


# Two at once, twice, back -------------------------------------------------------------------------------------------


def test_who_was_slower_is_told_and_keeps_what_was_typed(comes_alone: Comes) -> None:
    typed = "示例备注，不能丢"
    slow, quick = comes_alone("hj-county-officer"), comes_alone("hj-county-reviewer")
    form = opened(slow, RECEIPT, GIVE, HANGING)
    slow.fills(form, number="示例回执2号", remark=typed)
    quick.does(RECEIPT, GIVE, at=HANGING, number="示例回执1号")
    form.locator("button[value=send]").click()
    expect(slow.page.locator("main .note").first).to_contain_text("已经")
    expect(slow.page.locator("[name$='-remark']")).to_have_value(typed)
    is_sound(slow)


def test_without_a_network_nothing_is_sent_and_the_form_stays(comes: Comes) -> None:
    officer = comes("hj-county-officer")
    form = opened(officer, RECEIPT, GIVE, APPLIED)
    officer.fills(form, number="示例回执9号")
    officer.context.set_offline(True)
    form.locator("button[value=send]").click()
    expect(officer.page.locator("main .offline")).to_contain_text("现在没有网络，还没有发出")
    expect(form.locator("[name$='-number']")).to_have_value("示例回执9号")
    officer.context.set_offline(False)


@pytest.mark.parametrize("scripts", [True, False], ids=["with-javascript", "without"])
def test_what_is_sent_twice_counts_once(comes: Comes, scripts: bool) -> None:
    account = "hj-county-officer" if scripts else "hj-street1-officer"
    office = "住房和城乡建设局" if scripts else "街道办事处"
    officer = comes(account, Window(scripts=scripts))
    form = opened(officer, RECEIPT, GIVE, APPLIED)
    officer.fills(form, number="示例回执7号", remark="按了两下")
    form.locator("button[value=send]").dblclick()
    expect(officer.page.locator("main .note.good")).to_contain_text("出具回执")
    told = officer.page.locator("ol.course li", has_text="出具回执").filter(has_text=office)
    assert told.count() == 1


def test_going_back_offers_nothing_that_is_done(comes: Comes) -> None:
    clerk = comes("hj-county-clerk")
    form = opened(clerk, RECEIPT, GIVE, HANGING)
    clerk.says(form, number="示例回执8号", remark="示例备注")
    clerk.page.go_back()
    expect(form).to_have_count(0)
    expect(heading(clerk)).to_contain_text(HANGING)


# Signing in again ---------------------------------------------------------------------------------------------------


def test_what_was_typed_when_the_session_ended_is_there_after_signing_in_again(comes: Comes) -> None:
    leader = comes("hj-01-leader")
    form = begins_an_exit(leader)
    leader.fills(form, **words.application(LAST_DAY))
    leader.context.clear_cookies(name="sessionid")
    form.locator("button[value=send]").click()
    expect(leader.page.locator("main [role=status]").last).to_contain_text("您刚才填写的内容已经留着")
    is_sound(leader)
    leader.enter()
    expect(leader.page.locator("[name$='-reason']")).to_have_value(words.REASON)
    expect(leader.page.locator("main")).to_contain_text("还没有提交")
    leader.page.locator("button[value=drop]").click()


def test_somebody_else_at_the_same_machine_is_not_given_it(comes: Comes) -> None:
    leader = comes("hj-01-leader")
    form = begins_an_exit(leader)
    leader.fills(form, **words.application(LAST_DAY))
    address = leader.path
    leader.context.clear_cookies(name="sessionid")
    form.locator("button[value=send]").click()
    leader.account = "hj-provider1-legal"
    leader.enter()
    leader.opens(address)
    expect(leader.page.locator("[name$='-reason']")).to_have_value("")


def test_an_objection_sent_too_late_waits_for_its_owner(comes: Comes) -> None:
    owner = comes("hj-05-owner").opens("/notices/?q=长白山水城").follows(HANGING)
    owner.page.locator("main article h2 a").first.click()
    owner.follows("提出异议").page.fill("[name=content]", words.OBJECTION)
    owner.context.clear_cookies(name="sessionid")
    owner.page.get_by_role("button", name="提交异议").click()
    owner.enter()
    expect(owner.page.locator("[name=content]")).to_have_value(words.OBJECTION)


def test_a_one_time_code(comes: Comes) -> None:
    officer = comes("yc-county-officer").opens("/account/code/")
    page, secret = officer.page, str(officer.page.locator("code.mono").text_content())
    is_sound(officer)
    page.fill("[name=code]", totp(secret))
    page.locator("main form.form button").first.click()
    expect(page.locator("main ol.mono li")).to_have_count(10)
    is_sound(officer)
    for path in ("/account/recovery-codes/new/", "/account/code/off/"):
        officer.opens(path)
        is_sound(officer)
    page.context.clear_cookies()
    officer.sign_in()
    assert officer.path.startswith("/sign-in/code/")
    is_sound(officer)
    page.fill("[name=code]", next_code(secret))
    page.locator("main form button").first.click()
    officer.opens("/account/")
    expect(page.locator("main")).to_contain_text("动态口令已启用")


# Read aloud ---------------------------------------------------------------------------------------------------------

#: A device with one voice of its own and one that sends what it reads elsewhere; what is read is kept on the page.
VOICES = """
window.said = [];
const here = { localService: true, lang: "zh-CN" }, away = { localService: false, lang: "zh-CN" };
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
Object.defineProperty(window, "speechSynthesis", { value: {
  getVoices: () => location.search.includes("away") ? [away] : [here],
  speak: (part) => window.said.push(part.text), cancel: () => { window.said = []; }, addEventListener() {},
} });
"""


def test_in_large_type_a_page_is_read_aloud_by_a_voice_of_the_device_alone(comes: Comes) -> None:
    officer = comes("hj-provider1-legal")
    officer.page.context.add_init_script(VOICES)
    reading = officer.opens("/").page.locator("button[data-do=read]")
    expect(reading).to_have_count(0)
    officer.page.get_by_role("button", name="大字").click()
    expect(reading).to_be_visible()
    reading.click()
    first = heading(officer).inner_text()
    assert officer.page.evaluate("window.said")[0].replace(" ", "") == first.replace(" ", "")
    expect(reading).to_have_attribute("aria-pressed", "true")
    reading.click()
    assert officer.page.evaluate("window.said") == []
    begins_an_exit(officer)
    officer.page.locator("button[data-do=read]").click()
    read = officer.page.evaluate("window.said")
    choices = officer.page.locator("main fieldset:has(input[type=radio]) label:has(input)").all_inner_texts()
    assert choices
    assert set(choices) <= set(read)
    officer.opens("/?away=1")
    expect(reading).to_be_hidden()
    officer.page.get_by_role("button", name="常规字").click()
