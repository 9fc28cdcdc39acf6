"""Every address of the product."""

from django.urls import URLPattern, URLResolver, include, path

from gongzhi.api import health
from gongzhi.api.api import api

from .front import front

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("api/", api.urls),
    path("", front),
    path("", include("gongzhi.ui.urls")),
    path("", include("gongzhi.portal.urls")),
    path("", include("gongzhi.phone.urls")),
    path("", include("gongzhi.rehearsal.urls")),
    path("", include("gongzhi.desk.urls")),
    path("", include("gongzhi.exits.urls")),
]

handler400 = "gongzhi.ui.refusals.unreadable_page"
handler404 = "gongzhi.ui.refusals.missing_page"
handler500 = "gongzhi.ui.refusals.fault_page"
