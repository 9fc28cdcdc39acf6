"""A paper of a case as it is printed, and as a look at it before: the same paper, the same marks, the same seal."""

from gongzhi.papers.render import render, render_pages
from gongzhi.papers.seals import Seal, seal_of

from .documents import Made, mark_of

#: Of a look on a screen, in dots an inch.
DENSITY = 110


def printed(made: Made) -> bytes:
    """The paper as PDF/A. NotPossible where there is nothing to say."""
    return render(made.form(), at=made.source.made_at, seal=_seal(made), mark=mark_of(made))


def looked_at(made: Made) -> list[bytes]:
    """Its pages as PNG."""
    at, dots = made.source.made_at, DENSITY
    return render_pages(made.form(), at=at, dots_per_inch=dots, seal=_seal(made), mark=mark_of(made))


def _seal(made: Made) -> Seal | None:
    """The seal of the organisation that signs it, once it is signed."""
    if made.document.signed_by is None or made.is_preview:
        return None
    signer = made.document.signed_by(made.source)
    return seal_of(signer) if signer is not None else None
