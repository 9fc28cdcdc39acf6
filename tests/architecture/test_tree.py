"""What the repository may not hold: addresses of package registries, and paths of the machine it was written on."""

import re
from pathlib import Path

import pytest

from architecture.reading import ROOT, tree_files

#: Put together here, so that this file does not hold them either.
HOSTS = [".".join(parts) for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"),
    ("yarnpkg", "com"), ("debian", "org"), ("npmmirror", "com"), ("aliyun", "com"), ("tsinghua", "edu"),
    ("huggingface", "co"), ("crates", "io"))]  # fmt: skip
FOLDERS = [f"/{name}/" for name in ("work", "root", "home", "Users")] + [
    f"/opt/{name}" for name in ("wheels", "pypi")
]
FORBIDDEN = re.compile(
    r"(?<![\w.-])(" + "|".join(map(re.escape, FOLDERS)) + r")\w|" + "|".join(map(re.escape, HOSTS))
)
LARGEST = 2 * 1024 * 1024


def forbidden(text: str) -> list[str]:
    """Registry hosts and machine paths in a text."""
    return [found.group() for found in FORBIDDEN.finditer(text)]


def text_of(path: Path) -> str:
    """The file's text; empty where it is none."""
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        return ""


def test_no_registry_and_no_machine_path_stands_in_the_tree():
    found = [(str(path.relative_to(ROOT)), forbidden(text_of(path))) for path in tree_files()]
    assert [(path, what) for path, what in found if what] == []


def test_no_file_is_too_large_to_review():
    assert [(path.name, path.stat().st_size) for path in tree_files() if path.stat().st_size > LARGEST] == []


@pytest.mark.parametrize(
    "bad", [f"https://{HOSTS[0]}/simple", f"https://files.{HOSTS[1]}/x", f"cd {FOLDERS[0]}main"]
)
def test_a_registry_or_a_machine_path_is_found(bad):
    assert forbidden(bad)


@pytest.mark.parametrize("good", ["src/gongzhi/desk/home/list.html", "/srv/gongzhi/home.html", "GET /tasks"])
def test_other_paths_are_let_be(good):
    assert forbidden(good) == []
