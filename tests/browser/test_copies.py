"""The page that checks itself compares as the program does; see `portal/tests/copies.py` for the list of both."""

import pytest
from playwright.sync_api import Browser

from gongzhi.portal import proving, verifier
from gongzhi.portal.tests.copies import OTHER, SAME, WORDING

pytestmark = pytest.mark.xdist_group("browser")
COPIES = SAME | OTHER
ASKS = """([wording, texts]) => {
  %s
  return texts.map((text) => {
    const c = compared(text, wording);
    return [c.missing, c.broken, c.extra, c.found];
  });
}"""


def test_the_page_that_checks_itself_answers_sign_for_sign_as_the_program_does(chromium: Browser) -> None:
    page = chromium.new_page()
    answers = page.evaluate(ASKS % comparing(), [WORDING, list(COPIES.values())])
    page.close()
    for (name, text), answer in zip(COPIES.items(), answers, strict=True):
        assert answer == list(verifier.compared(text, WORDING)), name
        assert (not any(answer[:3])) is (name in SAME), name


def comparing() -> str:
    """What the page's script declares for comparing."""
    script = proving.PAGE.read_text("utf-8").split("<script>")[1].split("</script>")[0]
    return script[script.index("const WIDE") : script.index("function differences")]
