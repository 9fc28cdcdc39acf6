"""A person at a browser: signs in, opens what waits, fills it in, sends it, and reads what came of it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect

from browser.serving import Site
from gongzhi.config.demonstration import PASSWORD
from gongzhi.exits.tests.play import PDF
from gongzhi.values.now import ZONE

#: Milliseconds after which what is not there will not come; a slow machine needs a share of them.
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)
FILE = {"name": "示例.pdf", "mimeType": "application/pdf", "buffer": PDF}


@dataclass(frozen=True, slots=True)
class Window:
    """What people look through: so many CSS pixels wide, with JavaScript or without."""

    width: int = 1440
    height: int = 900
    scripts: bool = True


DESK, PHONE = Window(), Window(width=390, height=844, scripts=False)


class Person:
    """One browser of its own; nobody shares cookies. `account` "": somebody who never signs in.

    `post`: as what one acts where there are several.
    """

    def __init__(
        self, browser: Browser, site: Site, account: str = "", window: Window = DESK, post: str = ""
    ) -> None:
        self.site, self.account, self.post = site, account, post
        self.context = browser.new_context(
            base_url=site.address,
            viewport={"width": window.width, "height": window.height},
            java_script_enabled=window.scripts,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
        )
        self.context.set_default_timeout(PATIENCE)
        self.page: Page = self.context.new_page()
        #: The step that was gone to last, on the page of its case.
        self.step = self.page.locator("main")
        if account:
            self.sign_in()

    def sign_in(self) -> None:
        """By password, in one's post."""
        self.page.goto("/sign-in/")
        self.enter()

    def enter(self) -> None:
        """Fill in the form of signing in that is shown."""
        self.page.fill("input[name=username]", self.account)
        self.page.fill("input[name=password]", PASSWORD)
        self.page.locator("form:has(input[name=password]) button").click()
        if "acting-as" in self.page.url:
            self.page.locator("main button[name=appointment]").filter(has_text=self.post).first.click()

    # Going --------------------------------------------------------------------------------------------------------

    def opens(self, path: str) -> "Person":
        """Go to an address."""
        self.page.goto(path)
        return self

    def follows(self, words: str) -> "Person":
        """Follow the first link of the page's main part that says just this."""
        self.page.locator("main a").filter(has_text=exactly(words)).first.click()
        self.page.wait_for_load_state()
        return self

    def finds(self, task: str, estate: str) -> Locator:
        """Go to a task from the work list, and to the forms of it on its case's page."""
        self.opens("/")
        row = self.page.locator("table.tasks tr").filter(has_text=estate)
        row.locator("a.tt").filter(has_text=exactly(task)).first.click()
        self.page.wait_for_url(re.compile("#step-"))  # whole: what is counted below must be there
        self.step = step = self.page.locator(f"#{self.page.url.partition('#')[2]}")
        titled = step.locator(".duty").filter(has=self.page.locator("h4").filter(has_text=exactly(task)))
        return titled.first if titled.count() else step.locator(".duty").first

    @property
    def path(self) -> str:
        """Where one is: the address without host and fragment."""
        return self.page.url.removeprefix(self.site.address).partition("#")[0]

    @property
    def name(self) -> str:
        """Who one is, as the top of a page says."""
        return str(self.page.locator(".who summary b").text_content()).strip()

    # Saying -------------------------------------------------------------------------------------------------------

    def does(self, task: str, act: str, *papers: str, at: str, **said: Any) -> None:
        """Do what waits: the task of the estate `at`, by one of its acts."""
        self.says_in(self.finds(task, at), act, *papers, **said)

    def says_in(self, duty: Locator, act: str, *papers: str, **said: Any) -> None:
        """Do what is looked at: by the form that stands in place, or behind its link."""
        form = duty.locator("form.form").filter(has=self.page.locator(f"button[value=send]:text-is('{act}')"))
        if not form.count():
            duty.locator("a").filter(has_text=re.compile(rf"：{act}\s*$")).first.click()
            form = self.page.locator("main form.form")
        elif not form.first.is_visible():
            duty.locator("summary").filter(has_text=exactly(act)).click()
        self.says(form.first, *papers, **said)

    def says_beside(self, act: str, where: str, **said: Any) -> None:
        """Say what is no step: from the page of a case, under 更多."""
        self.opens(where)
        self.page.get_by_role("link", name="更多", exact=True).first.click()
        self.follows(act)
        self.says(self.page.locator("main form.form"), **said)

    def says(self, form: Locator, *papers: str, **said: Any) -> None:
        """Fill a form in and send it; the page that follows must say that it was done."""
        self.fills(form, *papers, **said)
        form.locator("button[name=form-do][value=send]").click()
        self.is_told("已办")

    def fills(self, form: Locator, *papers: str, **said: Any) -> None:
        """Answer the named fields; attach papers by their codes."""
        for name, value in said.items():
            if isinstance(value, Sequence) and value and isinstance(value[0], Mapping):
                fill_rows(form, name, value)
            elif value is not None:
                fill(_own(form, name), value)
        for code in papers:
            form.locator(f"input[type=file][name$='-paper-{code}']").set_input_files(FILE)  # type: ignore[arg-type]

    # Reading ------------------------------------------------------------------------------------------------------

    def is_told(self, words: str) -> None:
        """The page says it in a remark; where it does not, the failure shows what it says instead."""
        told = self.page.locator("main .note, main .errors")
        expect(told.filter(has_text=words).first, self.reads()).to_be_visible()

    def reads(self) -> str:
        """The text of the page's main part."""
        return self.page.locator("main").inner_text()

    def closes(self) -> None:
        """Go home."""
        self.context.close()


def _own(form: Locator, name: str) -> Locator:
    """The form's own field of a name; its rows may have one that ends alike."""
    exact = form.locator(f"[name='{form.get_attribute('id')}-{name}']")
    return exact if exact.count() else form.locator(f"[name$='-{name}']")


def fill_rows(form: Locator, name: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Answer each row of a list; there must be just so many."""
    expect(form.locator(f"[name*='-{name}-'][name$='-gone']")).to_have_count(len(rows))
    for place, row in enumerate(rows):
        for key, value in row.items():
            fill(form.locator(f"[name$='-{name}-{place}-{key}']"), value)


def fill(field: Locator, value: Any) -> None:
    """Answer one field as people do: tick, choose, type."""
    kind = field.first.evaluate("e => e.type")
    if kind in ("radio", "checkbox") and not (kind == "checkbox" and isinstance(value, bool)):
        for one in value if isinstance(value, list) else (value,):
            tick(field, typed(one))
    elif kind == "checkbox":
        field.set_checked(value)
    elif kind == "select-one":
        words = [option.strip() for option in field.locator("option").all_inner_texts()]
        field.select_option(label=value) if value in words else field.select_option(typed(value))
    else:
        field.fill(typed(value))


def tick(field: Locator, choice: str) -> None:
    """Tick one of the boxes, by its value or by the words beside it."""
    box = field.and_(field.page.locator(f"[value='{choice}']"))
    if box.count():
        box.check()
    else:
        field.first.locator("xpath=ancestor::fieldset[1]").get_by_text(choice, exact=True).click()


def typed(value: Any) -> str:
    """A value as it is typed: an instant to its minute, several answers one a line."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return value.astimezone(ZONE).strftime("%Y-%m-%dT%H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return "\n".join(map(typed, value)) if isinstance(value, list | tuple) else str(value)


def exactly(words: str) -> re.Pattern[str]:
    """Just these words, with blanks around them."""
    return re.compile(rf"^\s*{re.escape(words)}\s*$")
