"""The buttons of a form asked one question a screen, on a telephone: nothing moves under a finger that comes twice.

The page is a still of one question: what is looked at is the script and the style sheet alone.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from gongzhi.ui.published import OWN as STATIC
from gongzhi.ui.published import STYLES

pytestmark = pytest.mark.xdist_group("browser")
ADDRESS = "http://127.0.0.1:1/"
#: As `desk/field/question.html` has them.
QUESTION = """<!doctype html><html lang="zh"><meta name="viewport" content="width=device-width">
<body><header class="ptop"><div><a class="tool" href="/before" data-do="back">返回</a></div></header>
<main class="one" id="main"><form class="form" method="post">
<p><label>备注<textarea name="note" rows="8"></textarea></label></p><div class="send">
<button class="bt pri" name="form-do" value="send">提交</button>
<button class="bt txt" name="form-do" value="back" formnovalidate>上一步</button></div></form></main>"""


#: Nothing leaves: what would be sent is noted down, after everybody had a say.
NOTED = """() => { window.sent = []; addEventListener("submit", (event) => {
  if (!event.defaultPrevented) sent.push(String(new URLSearchParams(new FormData(event.target, event.submitter))));
  event.preventDefault(); }) }"""


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """The still."""
    context = chromium.new_context(viewport={"width": 360, "height": 640})
    page = context.new_page()
    page.route("**/*", lambda route: route.fulfill(body=QUESTION, content_type="text/html"))
    page.goto(ADDRESS)
    for name in STYLES:
        page.add_style_tag(content=(STATIC / "css" / f"{name}.css").read_text("utf-8"))
    page.add_script_tag(content=(STATIC / "gongzhi.js").read_text("utf-8"))
    page.evaluate(NOTED)
    yield page
    context.close()


def sent(page: Page) -> list[str]:
    """What would have been sent."""
    page.wait_for_timeout(50)
    found: list[str] = page.evaluate("sent")
    return found


def test_no_network_is_told_without_moving_what_was_pressed(page: Page) -> None:
    page.locator("textarea").fill("typed")
    send = page.locator("button[value=send]")
    before = send.bounding_box()
    page.context.set_offline(True)
    send.click()
    told = page.locator(".offline")
    expect(told).to_contain_text("联网以后再按一次")
    expect(told).to_be_in_viewport(ratio=1)
    assert (send.bounding_box(), sent(page)) == (before, [])
    page.context.set_offline(False)
    send.click()
    expect(told).to_have_count(0)
    assert (send.bounding_box(), sent(page)) == (before, ["note=typed&form-do=send"])


def test_nothing_goes_back_while_a_form_is_being_sent(page: Page) -> None:
    page.locator("button[value=send]").click()
    page.wait_for_timeout(50)
    page.locator("button[value=back]").click()
    page.locator("a.tool").click()
    assert sent(page) == ["note=&form-do=send"]


def test_the_arrow_above_takes_what_is_typed_along_too(page: Page) -> None:
    page.locator("textarea").fill("typed")
    page.locator("a.tool").click()
    assert sent(page) == ["note=typed&form-do=back"]
