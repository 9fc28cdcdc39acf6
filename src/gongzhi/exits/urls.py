"""The room's addresses."""

from django.urls import URLPattern, path

from .views import shares

urlpatterns: list[URLPattern] = [
    path("cases/<uuid:case_id>/shares/", shares.cost_shares, name="cost-shares"),
    path("cases/<uuid:case_id>/shares.xlsx", shares.cost_shares_export, name="cost-shares-export"),
]
