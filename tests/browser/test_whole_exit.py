"""A whole exit by six people, on pages alone: at a desk with JavaScript, and on phones without."""

import pytest
from playwright.sync_api import Browser

from browser.people import DESK, PHONE, Window
from browser.serving import Site
from browser.the_exit import Exit, play

pytestmark = pytest.mark.xdist_group("browser")


@pytest.mark.parametrize("window", [DESK, PHONE], ids=["desk", "phone"])
def test_an_exit_is_played_from_the_application_to_the_filed_confirmation(
    window: Window, chromium: Browser, own_site: Site
) -> None:
    stage = Exit(own_site, chromium, window)
    scenes = list(play(stage))
    assert scenes[-1] == "is_over"
    for person in stage.people.values():
        person.closes()
