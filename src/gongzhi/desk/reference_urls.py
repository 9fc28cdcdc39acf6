"""The addresses of what one looks things up in: the estates' files and the law."""

from django.urls import URLPattern, path

from .views import estates, law, places

urlpatterns: list[URLPattern] = [
    path("estates/", estates.estate_list, name="estates"),
    path("estates.xlsx", estates.estate_export, name="estates-export"),
    path("estates/<uuid:estate_id>/", estates.estate_page, name="estate"),
    path("estates/<uuid:estate_id>/place/", places.place_page, name="estate-place"),
    path("law/", law.table, name="law"),
    path("law/keys/<str:key>/", law.key_page, name="law-key"),
    path("law/due/", law.due, name="law-due"),
    path("law/coverage/", law.coverage, name="law-coverage"),
    path("law/defects/", law.defects, name="law-defects"),
    path("reference.css", law.style, name="reference-style"),
]
