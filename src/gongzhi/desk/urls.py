"""The desk's addresses."""

from django.urls import URLPattern

from . import administration_urls, reference_urls, signing_urls, work_urls

urlpatterns: list[URLPattern] = [
    *signing_urls.urlpatterns,
    *work_urls.urlpatterns,
    *reference_urls.urlpatterns,
    *administration_urls.urlpatterns,
]
