"""One list of copies, three programs that compare: the page, `verify.py`, `proof.html`."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest

from gongzhi.portal import proving, verifier
from gongzhi.portal.tests.copies import OTHER, SAME, WORDING

COPIES = SAME | OTHER
NODE = shutil.which("node")


def is_same(found: Any) -> bool:
    """Nothing is wanting, nothing is broken off, nothing is too much."""
    missing, broken, extra = found
    return not (missing or broken or extra)


@pytest.mark.parametrize("name", COPIES)
def test_signs_count_and_layout_does_not(name: str) -> None:
    """`verifier.compared` is what the page and the downloaded program ask."""
    missing, broken, extra, found = verifier.compared(COPIES[name], WORDING)
    assert is_same((missing, broken, extra)) is (name in SAME), (missing, broken, extra)
    assert (found == len(verifier.sentences(WORDING["body"]))) or name in OTHER


@pytest.mark.skipif(NODE is None, reason="needs node, which runs the page's script without a browser")
def test_the_page_that_checks_itself_answers_sign_for_sign_as_the_program_does() -> None:
    script = "".join(_functions(proving.PAGE.read_text("utf-8")))
    asked = f"const asked = {json.dumps([WORDING, list(COPIES.values())])};\n"
    asks = (
        "console.log(JSON.stringify(asked[1].map((text) => {"
        " const c = compared(text, asked[0]); return [c.missing, c.broken, c.extra, c.found]; })));"
    )
    done = subprocess.run(
        [str(NODE), "-e", script + asked + asks], capture_output=True, timeout=60, check=False
    )
    assert done.stderr == b"", done.stderr.decode()
    answers = json.loads(done.stdout)
    for (name, text), answer in zip(COPIES.items(), answers, strict=True):
        assert answer == list(verifier.compared(text, WORDING)), name
        assert is_same(answer[:3]) is (name in SAME), name


def _functions(page: str) -> Iterator[str]:
    """What the page's script declares for comparing."""
    script = page.split("<script>")[1].split("</script>")[0]
    begin, end = script.index("const WIDE"), script.index("function wordsOf")
    yield script[begin:end]
