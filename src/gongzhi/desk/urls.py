"""The desk's addresses."""

from django.contrib.auth.views import LogoutView
from django.urls import URLPattern, path

from .views import cases, public, signing, work

urlpatterns: list[URLPattern] = [
    path("", work.work_list, name="work"),
    path("sign-in/", signing.SignIn.as_view(), name="sign-in"),
    path("sign-out/", LogoutView.as_view(), name="sign-out"),
    path("acting-as/", signing.acting_as, name="acting-as"),
    path("cases/", cases.case_list, name="cases"),
    path("cases/<uuid:case_id>/", cases.case_page, name="case"),
    path("notices/<uuid:notice_id>/", public.notice_page, name="notice"),
    path("estates/<uuid:estate_id>/manager/", public.manager_page, name="manager"),
]
