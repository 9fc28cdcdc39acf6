"""The typesetter: one for the process, its fonts read once, one compilation at a time."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, Literal

import typst

from .fonts import font_folders

TEMPLATES = Path(__file__).parent / "typst"
_ONE_AT_A_TIME = Lock()


def typeset(
    source: Any,
    given: Mapping[str, str],
    *,
    made_at: int,
    form: Literal["pdf", "png"] = "pdf",
    dots_per_inch: int | None = None,
) -> list[bytes]:
    """A template's path, or a source itself, as PDF/A-2b or as PNG a page; `made_at` in seconds of the epoch.

    Raises typst.TypstError; for PDF/A also where a sign is in no font.
    """
    with _ONE_AT_A_TIME:
        made: Any = _compiler().compile(
            input=source,
            format=form,
            ppi=dots_per_inch,
            sys_inputs=dict(given),
            pdf_standards=["a-2b"] if form == "pdf" else None,
            timestamp=made_at,
        )
    return list(made) if isinstance(made, list) else [made]


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(root=TEMPLATES, font_paths=font_folders(), ignore_system_fonts=True)
