"""By the keyboard alone: sign in, open the first task, fill it in, send it; what is in focus can be seen."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from browser.people import Person
from browser.the_exit import VARIANT
from gongzhi.config.demonstration import PASSWORD

pytestmark = pytest.mark.xdist_group("browser")
#: More presses of Tab than any page of these needs.
FAR = 150
#: A box shows the ring round itself and its words, a segment round its words.
IN_FOCUS = """() => {
    const one = document.activeElement, label = one.closest('label');
    const shown = [one, label, one.nextElementSibling].filter(Boolean).map((part) => getComputedStyle(part));
    return {
        tag: one.tagName, name: one.name || '', words: one.textContent.trim(),
        ring: shown.some((style) => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2),
    };
}"""


def tab_to(page: Page, **wanted: str) -> None:
    """Press Tab until something is in focus whose name ends, or whose words are, as wanted; it must be seen."""
    page.wait_for_load_state()  # a page that is not whole yet has nothing to go to
    for _ in range(FAR):
        page.keyboard.press("Tab")
        found = page.evaluate(IN_FOCUS)
        assert found["ring"], f"not to be seen in focus: {found}"
        if all(found[key].endswith(value) for key, value in wanted.items()):
            return
    raise AssertionError(f"{wanted} cannot be reached")


def test_a_task_is_done_by_the_keyboard_alone(comes: Callable[..., Person]) -> None:
    page = comes().opens("/sign-in/").page
    page.keyboard.type("hj-street2-officer")
    tab_to(page, name="password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).not_to_have_text("登录")
    tab_to(page, words="跳到正文")
    page.keyboard.press("Enter")
    tab_to(page, words="退出申请备案回执")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("等您办")
    tab_to(page, tag="SUMMARY", words="出具回执")
    page.keyboard.press("Enter")
    tab_to(page, name="-number")
    page.keyboard.type("示例回执2号")
    tab_to(page, tag="BUTTON", words="出具回执")
    page.keyboard.press("Enter")
    expect(page.locator("main .note.good")).to_be_focused()
    expect(page.locator("main .note.good")).to_contain_text("出具回执")


def test_a_form_with_mistakes_leads_the_focus_to_their_list_and_each_to_its_field(
    comes: Callable[..., Person],
) -> None:
    leader = (
        comes("hj-01-leader").opens("/").follows("发起办件").follows("物业服务人退出").follows("示例翠湖花园")
    )
    page = leader.follows(VARIANT).page
    tab_to(page, name="-reason")
    page.keyboard.type("示例原因，不能丢")
    tab_to(page, tag="BUTTON", words="提交")
    page.keyboard.press("Enter")
    expect(page.locator("main .errors")).to_be_focused()
    tab_to(page, tag="A", words="请填写“交接安排”。")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(IN_FOCUS)["name"].endswith("-handover_plan")
    expect(page.locator("[name$='-reason']")).to_have_value("示例原因，不能丢")
