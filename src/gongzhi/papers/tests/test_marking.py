"""What is made in a demonstration or a rehearsal bears 演练 on every page, and nothing else of it changes."""

import io
from typing import Any

import docx
import pytest

from gongzhi.papers.documents import Document, Letter, Poster, Record
from gongzhi.papers.editable import editable
from gongzhi.papers.render import render, render_pages
from gongzhi.papers.tests import sample_contents
from gongzhi.papers.tests.measure import pages
from gongzhi.papers.tests.test_editable import words
from gongzhi.papers.tests.test_letter_measures import AT, LETTER

MARK = {"演", "练"}
#: One of each form.
FORMS: dict[type[Document], Document] = {
    type(sample.form()): sample.form() for sample in sample_contents.SAMPLES.values()
}


@pytest.mark.parametrize("form", [LETTER, *FORMS.values()], ids=lambda form: type(form).__name__)
def test_every_page_bears_the_mark_and_every_other_sign_stands_where_it_stood(
    form: Document, settings: Any
) -> None:
    plain = pages(render(form, at=AT))
    settings.PAPER_MARK = "演练"
    marked = pages(render(form, at=AT))
    assert len(marked) == len(plain)
    for before, after in zip(plain, marked, strict=True):
        stands = [(one.sign, one.origin, one.baseline, one.size) for one in before.glyphs]
        there = [(one.sign, one.origin, one.baseline, one.size) for one in after.glyphs]
        more = [one for one in there if one not in stands]
        assert {sign for sign, *_ in more} == MARK
        assert [one for one in there if one not in more] == stands


@pytest.mark.parametrize("mark", ["预览", "历史文书"])
def test_the_mark_of_a_rehearsal_stands_before_a_papers_own_and_both_on_the_page(
    mark: str, settings: Any
) -> None:
    plain = pages(render(LETTER, at=AT))[0]
    settings.PAPER_MARK = "演练"
    page = pages(render(LETTER, at=AT, mark=mark))[0]
    there = {(one.sign, one.origin, one.baseline) for one in plain.glyphs}
    more = [one for one in page.glyphs if (one.sign, one.origin, one.baseline) not in there]
    assert "".join(one.sign for one in more) == f"演练·{mark}"
    assert all(0 < one.origin < page.width and 0 < one.baseline < page.height for one in more)
    assert render_pages(LETTER, at=AT) != _unmarked(settings)


def _unmarked(settings: Any) -> list[bytes]:
    settings.PAPER_MARK = ""
    return render_pages(LETTER, at=AT)


def test_in_real_use_nothing_bears_it() -> None:
    assert not MARK & {glyph.sign for glyph in pages(render(LETTER, at=AT))[0].glyphs}
    assert _head(editable(LETTER, at=AT)) == ""


@pytest.mark.parametrize("kind", [Letter, Record, Poster])
def test_an_editable_copy_bears_it_in_its_head_and_says_the_same(kind: type[Document], settings: Any) -> None:
    form = FORMS.get(kind, LETTER)
    plain = words(editable(form, at=AT))
    settings.PAPER_MARK = "演练"
    copy = editable(form, at=AT)
    assert _head(copy) == "演练（不是正式文书，没有法律效力）"
    assert words(copy) == plain
    assert copy == editable(form, at=AT)


@pytest.mark.parametrize("mark", ["预览", "历史文书"])
def test_an_editable_copy_bears_the_papers_own_mark_in_its_head_as_the_pdf_does(
    mark: str, settings: Any
) -> None:
    plain = words(editable(LETTER, at=AT))
    assert _head(editable(LETTER, at=AT, mark=mark)) == mark
    settings.PAPER_MARK = "演练"
    copy = editable(LETTER, at=AT, mark=mark)
    assert _head(copy) == f"演练·{mark}（不是正式文书，没有法律效力）"
    assert words(copy) == plain


def _head(content: bytes) -> str:
    return docx.Document(io.BytesIO(content)).sections[0].header.paragraphs[0].text
