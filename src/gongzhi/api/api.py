"""The API put together: operations, who may call them, problems, the OpenAPI document."""

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from . import problems
from .auth import SIGNED_IN
from .openapi import completed
from .reading import StrictParser
from .rendering import Renderer
from .views import (
    cases,
    clock,
    documents,
    exit_registers,
    exits,
    feeds,
    law,
    ledgers,
    messages,
    papers,
    procedures,
    public,
    registers,
    tables,
)

DESCRIPTION = "物业治理平台的接口：界面能办的，接口都能办，走同一道门。拒绝一律为 application/problem+json。"


class GongzhiAPI(NinjaAPI):
    """Ninja with a completed OpenAPI document."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """The document, with problems, headers and files said as they are."""
        return completed(super().get_openapi_schema(**options))


api = GongzhiAPI(
    title="共治",
    version="1",
    description=DESCRIPTION,
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="api",
    parser=StrictParser(),
    renderer=Renderer(),
)
problems.install(api)
for room in (
    procedures,
    documents,
    cases,
    papers,
    registers,
    tables,
    ledgers,
    messages,
    law,
    clock,
    exits,
    exit_registers,
):
    api.add_router("/v1", room.router, auth=SIGNED_IN)
api.add_router("/v1", feeds.router)
api.add_router("/v1", feeds.public)
api.add_router("/v1/public", public.router)
api.add_router("/v1/public", law.public)
