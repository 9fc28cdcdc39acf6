"""The public addresses. Those of a notice and of an estate's manager are printed and stay."""

from django.urls import URLPattern, path

from .pages import found
from .views import board, calculator, managers, notices, objections, reports, verification

urlpatterns: list[URLPattern] = [
    path("notices/", board.start, name="board"),
    path("notices/estates/<uuid:estate_id>/", found(board.of_estate), name="estate-board"),
    path("notices/places/<str:code>/", found(board.of_place), name="place-board"),
    path("notices/<uuid:notice_id>/", found(notices.notice_page), name="notice"),
    path("notices/<uuid:notice_id>/poster.pdf", found(notices.poster), name="notice-poster"),
    path(
        "notices/<uuid:notice_id>/pictures/<uuid:picture_id>.jpg",
        found(notices.picture),
        name="notice-picture",
    ),
    path("notices/<uuid:notice_id>/object/", found(objections.object_page), name="notice-object"),
    path("notices/<uuid:notice_id>/missing/", found(reports.report_page), name="notice-missing"),
    path("managers/", managers.search, name="managers"),
    path("estates/<uuid:estate_id>/manager/", found(managers.manager_page), name="manager"),
    path("calculator/", calculator.calculator, name="calculator"),
    path("v/", verification.start, name="verification"),
    path("v/verify.py", verification.verifier_file, name="verifier"),
    path("v/<str:code>/", found(verification.verify), name="verify"),
    path("v/<str:code>/proof.json", found(verification.proof_file), name="proof"),
    path("v/<str:code>/proof.py", found(verification.whole_file), name="proof-whole"),
    path("v/<str:code>/proof.html", found(verification.page_file), name="proof-page"),
]
