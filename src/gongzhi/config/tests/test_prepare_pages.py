"""What browsers load: installed from the lock, by the machine's npm or one of our own, and never needed."""

import sys
from pathlib import Path

import pytest

from gongzhi.config import prepare_pages
from gongzhi.config.prepare_pages import Pages


class Offline(Pages):
    """An installation whose commands are not run: those with a word of `failing` fail."""

    def __init__(self, root: Path, *failing: str, for_tests: bool = False) -> None:
        super().__init__(root, for_tests=for_tests)
        self.failing, self.ran = failing, []

    def run(self, command):
        words = [str(word) for word in command]
        self.ran.append(" ".join(words))
        fine = not set(self.failing) & set(words)
        if fine and "ci" in words:
            (self.root / "node_modules").mkdir(exist_ok=True)
            (self.root / prepare_pages.FINISHED).touch()
        if fine and "--require-hashes" in words:
            (self.bin / "npm").touch()
        return fine


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.setattr(prepare_pages.shutil, "which", lambda name: f"/usr/bin/{name}")
    (tmp_path / ".venv/bin").mkdir(parents=True)
    (tmp_path / ".venv/bin/python").symlink_to(sys.executable)
    (tmp_path / "package-lock.json").write_text("{}")
    return tmp_path


def test_installed_once_it_is_done_until_the_lock_changes_or_the_folder_is_emptied(root):
    pages = Offline(root)
    assert not pages.is_done()
    assert pages.make()
    assert pages.is_done()
    (root / "package-lock.json").write_text('{"other": 1}')
    assert not pages.is_done()
    assert pages.make()
    (root / prepare_pages.FINISHED).unlink()  # emptied, or broken off
    assert not pages.is_done()


def test_what_only_the_tests_load_is_installed_for_them_alone(root):
    (root / "package-lock.json").write_text('{"packages": {"": {}, "node_modules/axe-core": {"dev": true}}}')
    assert Offline(root).make()
    assert Offline(root).is_done()
    tests = Offline(root, for_tests=True)
    assert not tests.is_done()
    assert tests.make()
    assert not any("--omit=dev" in words for words in tests.ran)
    (root / "node_modules/axe-core").mkdir()
    assert tests.is_done()


def test_no_script_of_a_package_is_run(root):
    pages = Offline(root)
    pages.make()
    assert any("npm ci --ignore-scripts" in words for words in pages.ran)


def test_without_node_one_is_installed_from_its_own_lock_with_hashes(root, monkeypatch):
    monkeypatch.setattr(prepare_pages.shutil, "which", lambda name: None)
    pages = Offline(root)
    assert pages.make()
    assert pages.ran[0].endswith(f"--require-hashes -r {root}/requirements-node.lock")
    assert pages.ran[1].startswith(f"{root}/.venv/bin/npm ci ")


def test_an_old_node_is_passed_over(root):
    pages = Offline(root, "-e")
    assert pages.make()
    assert any("--require-hashes" in words for words in pages.ran)


def test_where_nothing_can_be_installed_one_sentence_says_that_pages_work(root, monkeypatch, capsys):
    monkeypatch.setattr(prepare_pages, "ROOT", root)
    monkeypatch.setattr(prepare_pages, "Pages", lambda found, for_tests: Offline(found, "ci"))
    assert prepare_pages.main() == 0
    said = capsys.readouterr().err
    assert "页面照常可用" in said
    assert said.count("\n") == 1
    assert not Offline(root).is_done()


def test_without_a_lock_there_is_nothing_to_do(tmp_path):
    assert Offline(tmp_path).is_done()
