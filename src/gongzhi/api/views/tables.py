"""Registers as tables: templates, checking a file, taking it in, taking registers out."""

from base64 import b64encode
from itertools import islice
from pathlib import PurePath
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from ninja import File, Query, Router
from ninja.files import UploadedFile

from gongzhi.acts.policies import policy
from gongzhi.registry.tables import limits
from gongzhi.registry.tables.checking import Checked
from gongzhi.registry.tables.columns import Kind
from gongzhi.registry.tables.exporting import export_table
from gongzhi.registry.tables.faulty import error_file
from gongzhi.registry.tables.formats import MEDIA_TYPES, Format
from gongzhi.registry.tables.importing import check_table, import_table
from gongzhi.registry.tables.kinds import KINDS, kind_named
from gongzhi.registry.tables.templates import template
from gongzhi.ui.tables.told import unprinted

from ..auth import caller_of, key_of
from ..reading import check_text
from ..schemas.basics import PROBLEMS
from ..schemas.tables import AskedExport, AskedFormat, AskedSheet, TableChecked, TableOut, TableTaken

router = Router(tags=["登记表"])


@router.get("/tables", response={200: list[TableOut], **PROBLEMS}, summary="可以导入导出的登记表")
def list_tables(request: HttpRequest) -> Any:
    """Every kind of table with its columns, in the order in which a register is brought in."""
    return [_told_kind(kind) for kind in KINDS.values()]


@router.get("/tables/{kind}/template", response={200: bytes, **PROBLEMS}, summary="导入模板")
def get_template(request: HttpRequest, kind: str, wanted: Query[AskedFormat]) -> HttpResponse:
    """An empty table with its explanation."""
    found, format_ = kind_named(kind), Format(wanted.format)
    return _file(template(found, format_), format_, f"{found.title}-模板")


@router.post("/tables/{kind}/check", response={200: TableChecked, **PROBLEMS}, summary="核对一个登记表")
def check_file(request: HttpRequest, kind: str, file: File[UploadedFile], wanted: Query[AskedSheet]) -> Any:
    """Check every row; nothing is written and the file is not kept."""
    caller, found = caller_of(request), kind_named(kind)
    check_text(wanted.sheet)
    checked = check_table(found, _content(file), by=caller.actor, at=caller.at, sheet=wanted.sheet)
    return _told_check(checked, file.name or "")


@router.post("/tables/{kind}/import", response={200: TableTaken, **PROBLEMS}, summary="导入一个登记表")
def import_file(request: HttpRequest, kind: str, file: File[UploadedFile], wanted: Query[AskedSheet]) -> Any:
    """Take the table in, whole or not at all; the same table again changes nothing."""
    caller, found = caller_of(request), kind_named(kind)
    check_text(wanted.sheet)
    taken = import_table(
        found, _content(file), by=caller.actor, at=caller.at, sheet=wanted.sheet, key=key_of(request)
    )
    counts = {"rows": taken.rows, "new": taken.new, "same": taken.same, "changed": taken.changed}
    warnings = [*unprinted(taken.checked), *taken.warnings][: limits.TOLD]
    record = {"act": taken.act_id, "replayed": taken.replayed}
    return counts | record | {"kind": found.code, "warnings": warnings}


@router.get("/tables/{kind}/export", response={200: bytes, **PROBLEMS}, summary="导出登记表")
def export_file(request: HttpRequest, kind: str, wanted: Query[AskedExport]) -> HttpResponse:
    """The registers of the territories; personal numbers are masked, and a list of people leaves its record."""
    caller, found, format_ = caller_of(request), kind_named(kind), Format(wanted.format)
    for code in wanted.at:
        check_text(code)
    content = export_table(found, format_, wanted.at, by=caller.actor, at=caller.at)
    return _file(content, format_, found.title)


def _content(file: UploadedFile) -> bytes:
    """The bytes, read no further than the largest table may be."""
    return bytes(file.read(limits.FILE + 1))


def _file(content: bytes, format_: Format, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=MEDIA_TYPES[format_])
    named = content_disposition_header(True, f"{name}.{format_}")
    response["Content-Disposition"] = named or "attachment"
    response["Cache-Control"] = "no-store"
    return response


def _told_kind(kind: Kind) -> dict[str, Any]:
    names = ("name", "title", "needed", "note", "example", "options")
    columns = [{name: getattr(column, name) for name in names} for column in kind.columns]
    return {"kind": kind.code, "title": kind.title, "may": policy(kind.may).says, "columns": columns}


def _told_check(checked: Checked, name: str) -> dict[str, Any]:
    plan, table = checked.plan, checked.table
    errors = [{"row": line, "reason": says} for line, says in islice(checked.errors(), limits.TOLD)]
    counts = {"new": plan.new, "same": plan.same, "changed": plan.changed, "wrong": len(table.faults)}
    told = {"kind": checked.kind.code, "rows": len(table), "errors": errors}
    file = None if checked.is_good else _told_errors(checked, name)
    warnings = [*unprinted(checked), *table.warnings][: limits.TOLD]
    return told | counts | {"warnings": warnings, "error_file": file}


def _told_errors(checked: Checked, name: str) -> dict[str, Any]:
    format_ = checked.table.source.format
    stem = PurePath(name).stem or checked.kind.title
    content = b64encode(error_file(checked)).decode()
    return {"name": f"{stem}-错误.{format_}", "media_type": MEDIA_TYPES[format_], "content": content}
