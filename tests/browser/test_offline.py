"""The file somebody takes home checks itself in a browser that has no network, and sees what was changed in it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from browser.people import PHONE, Person

pytestmark = pytest.mark.xdist_group("browser")
#: Where a notice hangs.
HANGING = "示例长白山水城"


def test_a_notice_taken_home_checks_itself_without_a_network(
    comes: Callable[..., Person], chromium: Browser, tmp_path: Path
) -> None:
    passer = comes(window=PHONE)
    passer.opens(f"/notices/?q={HANGING}").follows(HANGING)
    passer.page.locator("main a[href^='/v/']").first.click()
    with passer.page.expect_download() as coming:
        passer.follows("存一个文件，以后自己核对")
    file = tmp_path / "notice.html"
    coming.value.save_as(file)
    changed = tmp_path / "changed.html"
    text = file.read_text("utf-8")
    body = text.split('"body": "')[1][:6]
    changed.write_text(text.replace(f'"body": "{body}', '"body": "示例改动'), "utf-8")
    home = chromium.new_context(offline=True, viewport={"width": 390, "height": 844}).new_page()
    home.goto(file.as_uri())
    expect(home.locator("#verdict")).to_have_text("留证全部相符：登记的原文一字未改，请与纸上的文字逐字对照")
    whole = home.locator("#body").inner_text()
    home.locator("#copy").fill(whole)
    home.get_by_role("button", name="对照").click()
    expect(home.locator("#compared")).to_contain_text("与原文一致，不多不少")
    expect(home.locator("#verdict")).to_have_text("您贴的文字与登记的原文一致，一字未改")
    home.locator("#copy").fill(f"{whole}\n押金不再退还。退款请扫码。")
    home.get_by_role("button", name="对照").click()
    expect(home.locator("#compared p")).to_have_text("抄本里这些话正文没有，留证不能证明：")
    expect(home.locator("#compared li")).to_have_text(["押金不再退还", "退款请扫码"])
    expect(home.locator("#verdict")).to_have_text("您贴的文字与登记的原文不一致：请不要采信")
    home.goto(changed.as_uri())
    expect(home.locator("#verdict")).to_have_text("有一项不符：请不要采信")
    home.context.close()
