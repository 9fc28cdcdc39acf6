"""The rows of a photograph: what was known when it came, and each copy that was drawn of it. Inside an act."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from gongzhi.acts.kept import insert
from gongzhi.papers.media import MediaType
from gongzhi.papers.models import File, MarkedCopy, Photograph
from gongzhi.papers.storage import read, store

from . import exif
from .band import Marks, drawn
from .opening import opened, size_of
from .rule import is_on_site


def keep_photograph(file: File, content: bytes, way: str) -> Photograph:
    """Write down how a picture came, when it says it was taken, and whether that was on the spot."""
    picture = opened(content)
    shot_at, (width, height) = exif.shot_at(picture), size_of(picture)
    return insert(
        Photograph(
            file=file,
            way=way,
            shot_at=shot_at,
            sent_at=file.uploaded_at,
            on_site=is_on_site(way, shot_at, file.uploaded_at),
            width=width,
            height=height,
        )
    )


def mark_copy(photo: Photograph, marks: Marks, *, at: datetime) -> MarkedCopy:
    """Draw the copy of a photograph that is shown in a case."""
    file = keep_drawn(
        drawn(read(photo.file.digest), marks), name=f"{_stem(photo.file.name)}（水印）.jpg", at=at
    )
    return insert(
        MarkedCopy(
            photograph=photo,
            file=file,
            place=marks.place[:200],
            spot=marks.spot[:200],
            subject=marks.subject[:200],
            taken_by=marks.taken_by[:100],
            case_number=marks.case_number[:64],
            marked_at=at,
        )
    )


def keep_drawn(content: bytes, *, name: str, at: datetime) -> File:
    """Keep a picture drawn here: nobody's upload, so nobody can attach it as one."""
    return insert(
        File(
            digest=store(content),
            size=len(content),
            media_type=MediaType.JPEG,
            name=name,
            uploaded_by_account=None,
            uploaded_at=at,
        )
    )


def marks_of(copy: MarkedCopy, **changed: str) -> Marks:
    """What is burned into a copy."""
    photo = copy.photograph
    said = {name: getattr(copy, name) for name in ("place", "spot", "subject", "taken_by", "case_number")}
    return Marks(photo.shot_at, photo.sent_at, photo.on_site, **{**said, **changed})


def photographs_of(files: Iterable[File]) -> dict[Any, Photograph]:
    """File id → what is known of it as a photograph, for those that are one."""
    rows = Photograph.objects.filter(file__in=[file.pk for file in files]).select_related("file")
    return {row.file_id: row for row in rows}


def told_photograph(photo: Photograph | None) -> dict[str, Any] | None:
    """A photograph as an answer tells it; None for a file that is none."""
    if photo is None:
        return None
    return {
        "way": photo.way,
        "shot_at": photo.shot_at,
        "sent_at": photo.sent_at,
        "on_site": photo.on_site,
        "width": photo.width,
        "height": photo.height,
    }


def _stem(name: str) -> str:
    return name.rpartition(".")[0][:100] or "照片"
