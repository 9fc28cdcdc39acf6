"""A table as it is handed out: a template, an export, the rows that were wrong."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from gongzhi.registry.tables.formats import MEDIA_TYPES, Format


def table_file(content: bytes, format_: Format, name: str) -> HttpResponse:
    """The file to be saved under its name; nobody between keeps a copy."""
    response = HttpResponse(content, content_type=MEDIA_TYPES[format_])
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Cache-Control"] = "no-store"
    return response
