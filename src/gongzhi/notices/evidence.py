"""The photographs that prove a notice: which the place's list wants, which are lacking, at which place none was taken.

No text says which there have to be: the list is the place's to set (`notice.proofs`), the rest office practice.
"""

from collections.abc import Iterable, Sequence

from gongzhi.papers.kinds import PaperKind
from gongzhi.procedures.documents import Source
from gongzhi.procedures.lawview import CaseLaw
from gongzhi.procedures.models import PaperUse

from .hanging import HUNG, UNTOLD

#: The photographs a place wants of a notice: the law's list, and what the list calls each kind.
PROOFS = "notice.proofs"
LISTED = {
    PaperKind.PHOTO_START.value: "start",
    PaperKind.PHOTO_DURING.value: "during",
    PaperKind.PHOTO_END.value: "end",
}


def is_wanted(law: CaseLaw, code: str) -> bool:
    """Whether the place's list names a kind of photograph; a list nobody wrote names each."""
    listed = [item["code"] for item in law.optional(PROOFS)]
    return not listed or LISTED.get(code) in (None, *listed)


def unpictured(hung: Sequence[str], shown: Sequence[str]) -> dict[str, str]:
    """Of several places where it hung those of which there is no photograph, where it was photographed at all."""
    if len(hung) < 2 or not shown:
        return {}
    why = "有照片没有写明位置" if UNTOLD in shown or "" in shown else ""
    told = [one for one in shown if one not in ("", UNTOLD)]
    bare = [place for place in hung if not any(one in place or place in one for one in told)]
    return {f"张贴位置“{place}”的照片": why for place in bare}


def lacking(source: Source, pictures: Iterable[PaperUse]) -> dict[str, str]:
    """What the place's list names and nobody photographed; of start and end also why, as was told then."""
    shown, down = {use.kind for use in pictures}, source.view.last("take_down")
    hung = source.view.last(*HUNG)
    listed = {item["code"]: str(item["label"]) for item in source.case.law.optional(PROOFS)}
    why = str(down.facts.get("no_picture", "")) if down is not None else ""
    end, start = PaperKind.PHOTO_END, PaperKind.PHOTO_START
    whys = {start: str(hung.facts.get("no_picture", "")) if hung is not None else "", end: why}
    listed = listed or {LISTED[kind.value]: str(kind.label) for kind, told in whys.items() if told}
    found = {
        listed[code]: whys.get(PaperKind(kind), "")
        for kind, code in LISTED.items()
        if code in listed and kind not in shown
    }
    # what was told when it came down stays, also beside a photograph that came afterwards
    return found | ({f"取下时的{end.label}": why} if why and end.value in shown else {})
