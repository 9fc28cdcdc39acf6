"""What the framework leaves out of the OpenAPI document: problems' media type, our headers, files."""

from typing import Any, TypeVar

from gongzhi.papers.media import MediaType
from gongzhi.registry.tables.formats import MEDIA_TYPES

from .auth import ACTING_AS, IDEMPOTENCY_KEY, LONGEST_KEY
from .problems import MEDIA_TYPE
from .views.documents import DOCX, PDF, ZIP
from .views.ledgers import XLSX

D = TypeVar("D", bound=dict[str, Any])
_KEY = {
    "in": "header",
    "name": IDEMPOTENCY_KEY,
    "required": False,
    "description": "同一编号的同一请求只办理一次；同一编号用于另一内容是冲突。",
    "schema": {"type": "string", "maxLength": LONGEST_KEY},
}
_ACTING_AS = {
    "in": "header",
    "name": ACTING_AS,
    "required": False,
    "description": "以哪个任职办理；令牌已绑定一个任职，不能另指。",
    "schema": {"type": "string", "format": "uuid"},
}
#: What is answered with a file, and of which kinds.
_TABLES = tuple(MEDIA_TYPES.values())
FILES = {
    "/api/v1/papers/{file_id}": tuple(str(kind.value) for kind in MediaType),
    "/api/v1/cases/{case_id}/documents/{code}.pdf": (PDF,),
    "/api/v1/cases/{case_id}/documents/{code}.docx": (DOCX,),
    "/api/v1/cases/{case_id}/bundle.zip": (ZIP,),
    **{
        f"/api/v1/feeds/{name}.ics": ("text/calendar",)
        for name in ("tasks", "cases/{case_id}", "estates/{estate_id}")
    },
    **{
        f"/api/v1/feeds/notices/{of}.atom": ("application/atom+xml",)
        for of in ("{estate_id}", "places/{code}")
    },
    "/api/v1/tables/{kind}/template": _TABLES,
    "/api/v1/tables/{kind}/export": _TABLES,
}
_FILE = {"schema": {"type": "string", "format": "binary"}}


def completed(document: D) -> D:
    """The document as the API behaves."""
    for methods in document["paths"].values():
        for method, operation in methods.items():
            _problems(operation)
            _headers(method, operation)
    for path, kinds in FILES.items():
        document["paths"][path]["get"]["responses"][200]["content"] = dict.fromkeys(kinds, _FILE)
    ledger = document["paths"]["/api/v1/ledgers/exits"]["get"]["responses"][200]["content"]
    ledger[XLSX] = _FILE
    return document


def _problems(operation: dict[str, Any]) -> None:
    for status, response in operation["responses"].items():
        content = response.get("content", {})
        if int(status) >= 400 and "application/json" in content:
            content[MEDIA_TYPE] = content.pop("application/json")


def _headers(method: str, operation: dict[str, Any]) -> None:
    named = {parameter["name"] for parameter in operation["parameters"]}
    wanted = [_KEY] if method == "post" else []
    wanted += [_ACTING_AS] if operation.get("security") else []
    operation["parameters"] += [one for one in wanted if one["name"] not in named]
