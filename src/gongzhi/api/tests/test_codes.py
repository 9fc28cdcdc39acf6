"""The table of codes is the declarations', and the committed one is current."""

from pathlib import Path

from gongzhi.api.codes import render

PAGE = Path(__file__).parents[4] / "docs" / "reference" / "codes.md"


def test_the_committed_table_is_current() -> None:
    assert PAGE.read_text("utf-8") == render(), "write it anew by gongzhi.api.codes.write"


def test_the_table_names_procedures_variants_steps_acts_roles_marks_and_outcomes() -> None:
    page = render()
    for told in (
        "`exit`",
        "`provider_early`",
        "`agreement`",
        "`countersign`",
        "`subdistrict`",
        "`agreement_failed`",
    ):
        assert told in page
    assert "| `refused` |" in page or "`refused`" in page
    assert "`registry.register_estate`" in page
