"""Every address of the product."""

from django.urls import URLPattern, URLResolver, include, path

from gongzhi.api import health
from gongzhi.api.api import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("api/", api.urls),
    path("", include("gongzhi.desk.urls")),
]
