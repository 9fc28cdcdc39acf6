"""Pictures: what can be asked for, and one sentence where they cannot be taken."""

from datetime import datetime
from pathlib import Path

import pytest
from PIL import Image

from gongzhi.config import chromium, screenshots
from gongzhi.papers.render import render_pdf
from gongzhi.values.now import ZONE


def test_a_page_that_is_not_there_is_answered_with_those_that_are(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        screenshots.screenshots(["--only", "nothing-of-that-name"])
    assert stopped.value.code == 2
    assert "work、work-large" in capsys.readouterr().err


def test_without_a_browser_one_sentence_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(chromium.shutil, "which", lambda name: None)
    with pytest.raises(SystemExit):
        screenshots.browser_path()
    said = capsys.readouterr().err
    assert "apt install chromium" in said
    assert said.count("\n") == 1


def test_no_two_pictures_have_one_name() -> None:
    names = [shot.name for shot in (*screenshots.SHOTS, screenshots.POSTER, screenshots.PAPERS)]
    assert len(names) == len(set(names))


def test_a_sheet_of_a_paper_is_drawn_in_the_shape_of_a4(tmp_path: Path) -> None:
    content = render_pdf(
        "letter", {"title": "示例", "paragraphs": ["示例"]}, at=datetime(2026, 3, 2, 9, tzinfo=ZONE)
    )
    screenshots.draw_sheet(content, tmp_path / "sheet.png")
    with Image.open(tmp_path / "sheet.png") as drawn:
        # A4: 595.28 × 841.89 points, at 1.5 pixels a point
        assert drawn.size == (893, 1263)
