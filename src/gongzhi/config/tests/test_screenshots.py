"""Pictures: what can be asked for, and one sentence where they cannot be taken."""

import pytest

from gongzhi.config import screenshots


def test_a_page_that_is_not_there_is_answered_with_those_that_are(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        screenshots.screenshots(["--only", "nothing-of-that-name"])
    assert stopped.value.code == 2
    assert "work、work-large" in capsys.readouterr().err


def test_without_a_browser_or_what_drives_it_one_sentence_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(screenshots, "find_spec", lambda name: name)
    monkeypatch.setattr(screenshots.shutil, "which", lambda name: None)
    with pytest.raises(SystemExit):
        screenshots.chromium()
    assert "apt install chromium" in capsys.readouterr().err
    monkeypatch.setattr(screenshots, "find_spec", lambda name: None)
    with pytest.raises(SystemExit):
        screenshots.chromium()
    assert capsys.readouterr().err.count("\n") == 1


def test_no_two_pictures_have_one_name() -> None:
    names = [shot.name for shot in screenshots.SHOTS]
    assert len(names) == len(set(names))
