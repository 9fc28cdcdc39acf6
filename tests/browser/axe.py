"""axe-core on a page, from node_modules; a development dependency of package.json."""

from functools import cache
from typing import Any

from playwright.sync_api import Page

from gongzhi.config.environment import ROOT

SOURCE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
GRAVE = ("serious", "critical")


@cache
def source() -> str:
    """The script."""
    return SOURCE.read_text("utf-8")


def grave_faults(page: Page) -> list[str]:
    """What axe calls serious or critical, each with the first places it stands at."""
    page.wait_for_load_state()  # after a click the address is there before the page
    # evaluated by the debugger: the page's own policy lets no foreign script in, and stays as it is
    page.evaluate(source())
    answer: Any = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    return [_told(one) for one in answer["violations"] if one["impact"] in GRAVE]


def _told(violation: dict[str, Any]) -> str:
    places = [node["html"][:160] for node in violation["nodes"][:3]]
    return f"{violation['id']} ({len(violation['nodes'])}): {' | '.join(places)}"
