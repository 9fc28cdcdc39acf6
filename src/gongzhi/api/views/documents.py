"""The papers of a case: which can be made now, each as PDF or editable copy, and the bundle of them all."""

from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header
from ninja import Router

from gongzhi.law import queries as law
from gongzhi.papers.editable import editable
from gongzhi.papers.media import MediaType
from gongzhi.procedures.bundling import bundle_case
from gongzhi.procedures.documents import Made, mark_of, paper_made, papers_made
from gongzhi.procedures.file_names import file_name
from gongzhi.procedures.presenting import ReadView, told_documents
from gongzhi.procedures.printing import printed
from gongzhi.procedures.queries import case_seen, reader_of

from ..auth import Caller, caller_of
from ..schemas.basics import PROBLEMS
from ..schemas.papers import DocumentOut

router = Router(tags=["文书"])
PDF, DOCX, ZIP = MediaType.PDF.value, MediaType.DOCX.value, "application/zip"
#: Bytes; a bundle larger than this is written to disk.
IN_MEMORY = 2**25


@router.get(
    "/cases/{case_id}/documents", response={200: list[DocumentOut], **PROBLEMS}, summary="可以生成的文书"
)
def list_documents(request: HttpRequest, case_id: UUID) -> Any:
    """Which papers can be made of the case now, and of which step; to neighbours those that hang anyway."""
    caller = caller_of(request)
    row, reader = case_seen(case_id, caller.official), reader_of(caller.official)
    with law.pinned():
        return told_documents(
            row, papers_made(ReadView(row, insight=reader.insight), caller.at, masked=reader.masked)
        )


@router.get("/cases/{case_id}/documents/{code}.pdf", response={200: bytes, **PROBLEMS}, summary="文书（PDF）")
def get_document(request: HttpRequest, case_id: UUID, code: str) -> HttpResponse:
    """One paper as PDF/A; 预览 stands on what is not yet said or signed."""
    caller = caller_of(request)
    with law.pinned():
        made = _made(request, caller, case_id, code)
        return _file(printed(made), PDF, file_name(made, ".pdf"))


@router.get(
    "/cases/{case_id}/documents/{code}.docx", response={200: bytes, **PROBLEMS}, summary="文书（可编辑副本）"
)
def get_editable(request: HttpRequest, case_id: UUID, code: str) -> HttpResponse:
    """The same words and tables as docx: for an office to write on; what counts is the PDF."""
    caller = caller_of(request)
    with law.pinned():
        made = _made(request, caller, case_id, code)
        form, name = made.form(), file_name(made, ".docx")
    return _file(editable(form, at=made.source.made_at, mark=mark_of(made)), DOCX, name)


@router.get("/cases/{case_id}/bundle.zip", response={200: bytes, **PROBLEMS}, summary="整卷导出")
def get_bundle(request: HttpRequest, case_id: UUID) -> StreamingHttpResponse:
    """The case and the cases below it: files, papers, course, digests, and a verifier that needs nobody."""
    caller = caller_of(request)
    row, reader = case_seen(case_id, caller.official), reader_of(caller.official)
    out = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  closed when it was sent
    try:
        with law.pinned():
            digest = bundle_case(out, row, reader, caller.at)
    except BaseException:
        out.close()
        raise
    out.seek(0)
    answer = StreamingHttpResponse(_Parts(out), content_type=ZIP)
    answer["Content-Disposition"] = content_disposition_header(True, f"{row.number}.zip") or "attachment"
    answer["X-Manifest-SHA256"] = digest
    answer["Cache-Control"] = "private, no-store"
    return answer


class _Parts:
    """The bytes of a file as they are sent; it is closed after the last, or when nobody listens any longer."""

    def __init__(self, out: IO[bytes]) -> None:
        self.out = out

    def __iter__(self) -> Iterator[bytes]:
        while part := self.out.read(2**16):
            yield part
        self.close()

    def close(self) -> None:
        """Give the file back."""
        self.out.close()


def _made(request: HttpRequest, caller: Caller, case_id: UUID, code: str) -> Made:
    row, reader = case_seen(case_id, caller.official), reader_of(caller.official)
    site = f"{request.scheme}://{request.get_host()}"
    return paper_made(ReadView(row, insight=reader.insight), code, caller.at, masked=reader.masked, site=site)


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    disposition = content_disposition_header(False, name) or "inline"
    headers = {"Content-Disposition": disposition, "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=media_type, headers=headers)
