"""What browsers load: what is listed and nothing else, under addresses that never change their content."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.contrib.staticfiles import finders
from django.core.management import call_command

from gongzhi.ui import published
from gongzhi.ui.templatetags.parts import package_file, page_assets


@pytest.fixture
def packages(tmp_path: Path, settings: Any) -> Path:
    """A folder with one package of the lock, one of its files listed."""
    root = tmp_path / "node_modules"
    for path, text in {
        "package.json": json.dumps({"version": "2.0.11"}),
        "dist/htmx.min.js": "htmx",
        "dist/htmx.js": "not listed",
    }.items():
        file = root / "htmx.org" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    lock = {
        "packages": {
            "node_modules/htmx.org": {"version": "2.0.11"},
            "node_modules/leaflet": {"version": "1.9.4"},
        }
    }
    (tmp_path / "package-lock.json").write_text(json.dumps(lock))
    settings.NODE_MODULES = root
    published.installed.cache_clear()
    yield root
    published.installed.cache_clear()


def collected(settings: Any, tmp_path: Path) -> set[str]:
    settings.STATIC_ROOT = tmp_path / "static"
    call_command("collectstatic", interactive=False, verbosity=0)
    return {
        str(file.relative_to(tmp_path / "static"))
        for file in (tmp_path / "static").rglob("*")
        if file.is_file()
    }


def test_listed_files_are_collected_and_nothing_else(packages: Path, settings: Any, tmp_path: Path) -> None:
    found = collected(settings, tmp_path)
    own = {name for name in found if name.startswith("ui/")}
    assert found - own == {"vendor/htmx.org-2.0.11/dist/htmx.min.js"}
    assert len(own) == 4
    assert all(re.fullmatch(r"ui/gongzhi-(map-)?[0-9a-f]{12}\.(css|js|svg)", name) for name in own)


def test_without_packages_pages_load_their_own_and_name_no_other(
    packages: Path, settings: Any, tmp_path: Path
) -> None:
    settings.NODE_MODULES = tmp_path / "nowhere" / "node_modules"
    published.installed.cache_clear()
    tags = page_assets()
    assert (tags.count("<link"), tags.count('rel="stylesheet"')) == (2, 1)
    assert tags.count("<script") == 1
    assert "vendor" not in tags
    assert package_file("leaflet", "dist/leaflet.js") == ""
    assert len(collected(settings, tmp_path)) == 4


def test_a_package_in_another_version_than_the_lock_s_is_not_published(packages: Path) -> None:
    assert published.installed() == {"htmx.org": "2.0.11"}
    (packages / "htmx.org/package.json").write_text(json.dumps({"version": "2.0.10"}))
    published.installed.cache_clear()
    assert published.installed() == {}


def test_only_listed_files_have_an_address(packages: Path) -> None:
    assert package_file("htmx.org", "dist/htmx.min.js").endswith("vendor/htmx.org-2.0.11/dist/htmx.min.js")
    with pytest.raises(KeyError):
        package_file("htmx.org", "dist/htmx.js")


def test_the_addresses_are_those_that_browsers_keep() -> None:
    unchanging = re.compile(configured.WHITENOISE_IMMUTABLE_FILE_TEST)
    for address in (*published.own_files(), "vendor/fontsource-variable/noto-sans-sc-5.3.1/files/a.woff2"):
        assert unchanging.match(f"/static/{address}")
    assert not unchanging.match("/static/ui/other.css")


def test_a_changed_style_has_another_address(monkeypatch: pytest.MonkeyPatch) -> None:
    before = published.own_address("css")
    published.own_files.cache_clear()
    monkeypatch.setattr(published, "joined_styles", lambda: b"body{}")
    assert published.own_address("css") != before
    published.own_files.cache_clear()


def test_no_style_names_a_colour_but_the_tokens_and_none_loads_from_elsewhere() -> None:
    for part in (published.OWN / "css").glob("*.css"):
        text = part.read_text("utf-8")
        assert "http" not in text
        assert "@import" not in text
        if part.name != "tokens.css":
            assert not re.search(r"#[0-9a-fA-F]{3,8}\b(?![^\n]*\))", text), part.name
    assert {part.stem for part in (published.OWN / "css").glob("*.css")} == set(published.STYLES)


def test_what_is_printed_keeps_telephones_filled_cells_and_the_last_day() -> None:
    """Browsers print no grounds by themselves, and buttons are left out: a number and a day are facts all the same."""
    text = (published.OWN / "css" / "print.css").read_text("utf-8")
    hidden = next(line for line in text.splitlines() if "display: none !important" in line)
    assert '.bt:not([href^="tel:"])' in hidden
    assert ".ptop a:not(.brand)" in hidden
    assert "print-color-adjust: exact" in text
    for part in (
        "li.full { border: 2px solid black",
        ".reigns .now { background: none; color: black",
        "counter(pages)",
    ):
        assert part in text, part


def test_a_filter_is_no_wider_than_the_page_and_a_line_keeps_off_the_buttons_above_it() -> None:
    """At 320 px in large type a search box of a fixed size was wider than the page."""
    rules = {name.strip(): body for name, body in _rules(published.joined_styles().decode())}
    assert "min-width: 0" in next(body for name, body in rules.items() if ".filters label input:not(" in name)
    assert "margin-top: 12px" in rules[".bd > .row + p"]


def _rules(text: str) -> list[tuple[str, str]]:
    return re.findall(r"([^{}]+)\{([^{}]*)\}", text)


def test_the_foot_of_a_printed_page_is_set_in_its_own_font_and_a_step_may_go_on_over_the_page() -> None:
    text = (published.OWN / "css" / "print.css").read_text("utf-8")
    foot = next(line for line in text.splitlines() if line.startswith("@page"))
    assert re.search(r"@bottom-right \{[^}]*counter\(pages\)[^}]*font: [^;]*var\(--sans\);", foot)
    whole = [rule for rule in _rules(text) if "break-inside: avoid" in rule[1]]
    assert whole
    assert all(".st" not in re.split(r",\s*", chosen.strip()) for chosen, _ in whole)
    assert any(".st-head" in chosen and "break-after: avoid" in said for chosen, said in _rules(text))


def test_the_finder_finds_a_file_on_disk_only(packages: Path) -> None:
    assert finders.find("vendor/htmx.org-2.0.11/dist/htmx.min.js") == str(
        packages / "htmx.org/dist/htmx.min.js"
    )
    assert not finders.find("vendor/htmx.org-2.0.11/dist/htmx.js")


def test_the_answers_of_an_act_stand_in_the_grid_of_their_list_wherever_it_is() -> None:
    """Each answer is a `div` of its title and its words: were it a cell itself, two answers would share a line."""
    said = {part.stem: part.read_text("utf-8") for part in (published.OWN / "css").glob("*.css")}
    assert ".pairs:not(.inline) > div { display: contents; }" in said["sheet"]
    # what a task answers stands in one column on a phone
    assert re.search(
        r"@media \(max-width: 767px\) \{[^@]*\.asked \.pairs \{ grid-template-columns: minmax\(0, 1fr\); \}",
        said["phone"],
    )
