"""The page that lists the papers is the one the classes make."""

from pathlib import Path

from gongzhi.papers.contents import CONTENTS
from gongzhi.papers.reference import page

PAGE = Path(__file__).parents[4] / "docs" / "reference" / "papers.md"


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == page(), (
        'run: python -c "from gongzhi.papers.reference import page; '
        "open('docs/reference/papers.md', 'w').write(page())\" under Django's settings"
    )


def test_every_paper_and_every_field_is_listed() -> None:
    text = page()
    for code, kind in CONTENTS.items():
        assert f"## `{code}` " in text
        part = text.split(f"## `{code}` ")[1].split("\n## ")[0]
        assert [name for name in kind.model_fields if f"| `{name}` |" not in part] == []


def test_every_part_that_is_named_is_explained() -> None:
    text = page()
    named = {word.split("](#")[0] for word in text.split("[")[1:] if "](#" in word}
    assert {name for name in named if f"### {name}\n" not in text} == set()
    assert "Reading" in named


def test_nothing_is_without_a_chinese_name() -> None:
    assert "|  | " not in page()
