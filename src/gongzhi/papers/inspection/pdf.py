"""PDF: every object is read, also those in compressed object streams; nothing that acts by itself comes in."""

import io
import re
from collections.abc import Iterator

import pikepdf
import pikepdf.settings

from gongzhi.papers.limits import Limits
from gongzhi.papers.media import MediaType

from .polyglots import refuse_hidden_archive, refuse_hidden_page
from .refuse import broken, check_size, refused

ACTIVE = "这个PDF含有脚本、附件或自动动作，请用“打印为PDF”另存一份后再上传。"
LOCKED = "这个PDF设了打开密码，请去掉密码后再上传。"
DAMAGED = "PDF"

#: Keys that carry scripts, attachments or things that start by themselves, wherever they stand.
_KEYS = frozenset(
    {"/JS", "/JavaScript", "/AA", "/XFA", "/EmbeddedFiles", "/EF", "/RichMediaContent", "/Launch"}
)
#: What /S or /Subtype or /Type may not say.
_KINDS = frozenset(
    {
        "/JavaScript",
        "/Launch",
        "/GoToE",
        "/GoToR",
        "/SubmitForm",
        "/ImportData",
        "/Rendition",
        "/GoTo3DView",
        "/RichMediaExecute",
        "/EmbeddedFile",
        "/FileAttachment",
        "/RichMedia",
        "/Movie",
        "/Screen",
        "/3D",
    }
)
#: What qpdf's warnings say of a part that was not read as another reader may read it.
_UNREAD = ("damaged", "error decoding", "unfilterable", "object stream", "limit exceeded")
#: The only actions that may run when the document opens: showing one of its own pages.
_ON_OPENING = frozenset({"/GoTo", "/Named"})


def _spelled(name: str) -> bytes:
    """The name in any spelling: each character plain or as #xx."""
    each = (f"(?:{c}|#{ord(c):02x}|#{ord(c):02X})" for c in name)
    return ("/" + "".join(each) + r"(?![A-Za-z0-9])").encode()


#: Found also where no table of objects leads: earlier revisions, objects another reader would recover.
_ANYWHERE = re.compile(
    b"|".join(map(_spelled, ("JavaScript", "Launch", "EmbeddedFile", "RichMedia", "FileAttachment")))
)


def inspect(content: bytes, bounds: Limits) -> MediaType:
    """A PDF that opens without a password and does nothing by itself."""
    check_size(len(content), bounds.pdf, "PDF")
    refuse_hidden_archive(content)
    refuse_hidden_page(content[5:1024])
    if _ANYWHERE.search(content):
        raise refused(ACTIVE)
    _bound_memory(bounds)
    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            _refuse_active(document, bounds)
            if len(document.pages) == 0 or not _was_read_whole(document):
                raise broken(DAMAGED)
    except pikepdf.PasswordError as wrong:
        raise refused(LOCKED) from wrong
    except (pikepdf.PdfError, ValueError, TypeError, RecursionError, RuntimeError) as wrong:
        raise broken(DAMAGED) from wrong
    return MediaType.PDF


def _bound_memory(bounds: Limits) -> None:
    """qpdf's own limits are of the process; setting them again changes nothing."""
    pikepdf.settings.set_qpdf_limits(
        flate_max_memory=bounds.pdf_stream,
        run_length_max_memory=bounds.pdf_stream,
        png_max_memory=bounds.pdf_stream,
        tiff_max_memory=bounds.pdf_stream,
        max_stream_filters=3,
        doc_max_warnings=200,
        parser_max_container_size=bounds.pdf_objects,
    )


def _refuse_active(document: pikepdf.Pdf, bounds: Limits) -> None:
    if len(document.objects) > bounds.pdf_objects:
        raise refused("这个PDF过于复杂，请用“打印为PDF”另存一份后再上传。")
    if not _may_open(document.Root.get("/OpenAction")):
        raise refused(ACTIVE)
    for entity in document.objects:
        for part in _dictionaries(entity):
            if _is_active(part):
                raise refused(ACTIVE)


def _was_read_whole(document: pikepdf.Pdf) -> bool:
    """Whether nothing stayed unread: what qpdf had to guess or could not unfold, another reader may see otherwise."""
    return not any(sign in warning for warning in document.get_warnings() for sign in _UNREAD)


def _may_open(action: pikepdf.Object | None) -> bool:
    """Whether opening only shows a page: a destination, or going to one."""
    if action is None or not isinstance(action, pikepdf.Dictionary):
        return True
    return str(action.get("/S")) in _ON_OPENING and "/Next" not in action


def _is_active(part: pikepdf.Object) -> bool:
    if _KEYS & set(part.keys()):
        return True
    return any(str(part.get(key)) in _KINDS for key in ("/S", "/Subtype", "/Type") if key in part)


def _dictionaries(entity: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """The object's dictionary and every one written inside it; what it refers to is visited on its own."""
    waiting = [entity]
    while waiting:
        part = waiting.pop()
        if isinstance(part, (pikepdf.Dictionary, pikepdf.Stream)):
            yield part
            waiting.extend(_inside(value for _, value in part.items()))
        elif isinstance(part, pikepdf.Array):
            waiting.extend(_inside(iter(part)))


def _inside(values: Iterator[pikepdf.Object]) -> Iterator[pikepdf.Object]:
    kinds = (pikepdf.Dictionary, pikepdf.Array)
    return (v for v in values if isinstance(v, kinds) and not v.is_indirect)
