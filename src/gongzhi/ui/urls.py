"""The shells' own addresses."""

from django.urls import URLPattern, path

from .largetype import set_large_type

urlpatterns: list[URLPattern] = [path("large-type/", set_large_type, name="large-type")]
