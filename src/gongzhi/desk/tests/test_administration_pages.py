"""系统管理, page by page: who reads what, and what stands there."""

from pathlib import Path
from typing import Any

import pytest

from gongzhi.exits.tests.play import adopt_baishan
from gongzhi.registry.tests.cast import Cast, build_cast

from .administering import NOW, PLACES, look
from .looking import plain, read

HOME = ("/administration/", "/administration/organisations/", "/administration/settings/")


@pytest.fixture
def cast(db: None, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Cast:
    """白山 and 诸暨 on 2 March 2026; 白山's text is adopted."""
    settings.FILES_ROOT = tmp_path
    for place in PLACES:
        monkeypatch.setattr(f"gongzhi.{place}.now", lambda: NOW)
    cast = build_cast(NOW, areas=("zhuji",))
    adopt_baishan()
    return cast


@pytest.mark.parametrize(
    "name", ["administrator", "auditor", "county_officer", "provider_legal_representative", "owner"]
)
def test_every_role_has_its_pages(cast: Cast, name: str) -> None:
    client = look(cast, name)
    for path in HOME:
        text = plain(read(client, path))
        assert "系统管理" in text or name == "owner"
