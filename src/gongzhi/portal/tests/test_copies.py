"""One list of copies, three programs that compare: the page and `verify.py` here, `proof.html` in a browser."""

from typing import Any

import pytest

from gongzhi.portal import verifier
from gongzhi.portal.tests.copies import OTHER, SAME, WORDING

COPIES = SAME | OTHER


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
