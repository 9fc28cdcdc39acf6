"""The desk's addresses."""

from django.urls import URLPattern, path

from . import signing_urls
from .views import cases, public, work

urlpatterns: list[URLPattern] = [
    *signing_urls.urlpatterns,
    path("", work.work_list, name="work"),
    path("cases/", cases.case_list, name="cases"),
    path("cases/<uuid:case_id>/", cases.case_page, name="case"),
    path("notices/<uuid:notice_id>/", public.notice_page, name="notice"),
    path("estates/<uuid:estate_id>/manager/", public.manager_page, name="manager"),
]
