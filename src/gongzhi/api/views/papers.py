"""Files: kept by their uploader, read through a case."""

from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from ninja import File, Form, Router, Status
from ninja.files import UploadedFile

from gongzhi.papers.actions import store_upload
from gongzhi.papers.photographs.rule import Way
from gongzhi.papers.queries import content_of, headers_of, preview_of
from gongzhi.procedures.queries import file_read

from ..auth import caller_of, key_of
from ..reading import check_text
from ..schemas.basics import PROBLEMS
from ..schemas.registers import FileOut

router = Router(tags=["材料"])


@router.post("/papers", response={201: FileOut, **PROBLEMS}, summary="上传文件")
def upload_paper(
    request: HttpRequest, file: File[UploadedFile], way: Form[Literal["", "camera", "album"]] = ""
) -> Any:
    """Keep a file; answers its id and digest.

    With `way` it is a photograph from the field, through the camera or out of an album: the answer tells when it says
    it was taken, and an act that brings it draws its marked copy.
    """
    caller, name = caller_of(request), file.name or ""
    check_text(name)
    answer = store_upload(
        by=caller.actor,
        at=caller.at,
        upload=file,
        name=name,
        key=key_of(request),
        way=Way(way) if way else None,
    )
    return Status(201, answer.value)


@router.get("/papers/{file_id}/preview", response={200: bytes, **PROBLEMS}, summary="图片缩略图")
def get_preview(
    request: HttpRequest, file_id: UUID, size: Literal["small", "large"] = "small"
) -> HttpResponse:
    """A picture made smaller, as JPEG without what its camera wrote; for whoever may read the picture itself."""
    caller = caller_of(request)
    found = file_read(file_id, caller.actor, caller.at)
    headers = headers_of(found) | {"Content-Type": "image/jpeg", "ETag": f'"{found.digest}-{size}"'}
    return HttpResponse(preview_of(found, size), headers=headers)


@router.get("/papers/{file_id}", response={200: bytes, **PROBLEMS}, summary="文件内容")
def get_paper(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """The bytes, for the uploader and for who sees, unmasked, a case that uses the file."""
    caller = caller_of(request)
    found = file_read(file_id, caller.actor, caller.at)
    response = HttpResponse(content_of(found), headers=headers_of(found))
    response["Content-Disposition"] = content_disposition_header(True, found.name) or "attachment"
    return response
