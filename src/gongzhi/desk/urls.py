"""The desk's addresses."""

from django.urls import URLPattern, path

from . import reference_urls, signing_urls, work_urls
from .views import public

urlpatterns: list[URLPattern] = [
    *signing_urls.urlpatterns,
    *work_urls.urlpatterns,
    *reference_urls.urlpatterns,
    path("notices/<uuid:notice_id>/", public.notice_page, name="notice"),
    path("estates/<uuid:estate_id>/manager/", public.manager_page, name="manager"),
]
