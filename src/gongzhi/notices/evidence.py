"""The photographs that prove a notice: which the place's list wants, which are lacking, at which place none was taken.

No text says which there have to be: the list is the place's to set (`notice.proofs`), the rest office practice.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from gongzhi.papers.contents.content import NOTHING
from gongzhi.papers.contents.records import Picture
from gongzhi.papers.documents import Photo
from gongzhi.papers.kinds import PaperKind
from gongzhi.papers.photographs.opening import PICTURES
from gongzhi.papers.queries import printed_of
from gongzhi.procedures import forms
from gongzhi.procedures.documents import UNKNOWN, Source
from gongzhi.procedures.lawview import CaseLaw
from gongzhi.procedures.models import PaperUse
from gongzhi.values.wording import day_words

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


def absent(names: Mapping[str, str]) -> tuple[Picture, ...]:
    """That there is none, and why, as a statement that is signed: what is to be brought yet is for the page to say."""
    told = [f"{name}：无" + (f"（{why}）" if why else "") for name, why in names.items()]
    return tuple(Picture(number=NOTHING, what=what) for what in told)


def titled(use: PaperUse, taken_on: date | None) -> str:
    """What a picture is called; of one that came afterwards that it did, and when it was taken."""
    title = forms.title_of_use(use)
    return title if taken_on is None else f"{title}（补交，拍摄于{day_words(taken_on)}）"


#: So many photographs are printed in the note; all of them stand in its list. Ours to choose, not law.
MOST_PHOTOS = 24


def photos_of(pictures: Sequence[PaperUse], titles: Sequence[str]) -> tuple[Photo, ...]:
    """The photographs themselves, the marked copy of each; of a great many those that come first."""
    numbered = enumerate(zip(pictures, titles, strict=True), start=1)
    drawn = [(n, use, title) for n, (use, title) in numbered if use.file.media_type in PICTURES]
    return tuple(
        Photo(
            caption=f"{_number(n)}　{title}",
            image=printed_of(use.copy.file if use.copy is not None else use.file),
        )
        for n, use, title in drawn[:MOST_PHOTOS]
    )


def _number(n: int) -> str:
    return f"P-{n:03d}"


def picture_of(n: int, use: PaperUse, what: str, where: str) -> Picture:
    """A picture that came with an act; of one that came as a plain file nothing more is known than when it came."""
    if use.copy is None:
        at = use.file.uploaded_at
        return Picture(number=_number(n), what=what, where=where, received_at=at, taken_by=UNKNOWN)
    photo = use.copy.photograph
    return Picture(
        number=_number(n),
        what=what,
        where=where,
        taken_at=photo.shot_at,
        received_at=photo.sent_at,
        on_site=photo.on_site,
        **forms.by_whom(use.copy),
    )
