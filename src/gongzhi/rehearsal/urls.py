"""The room's addresses: `/rehearsals/` in the real system, `/rehearsal/` in a cell."""

from django.urls import URLPattern, path

from .views import cell, live

urlpatterns: list[URLPattern] = [
    path("rehearsals/", live.listed, name="rehearsals"),
    path("rehearsals/new/", live.choose_estate, name="rehearsal-choose"),
    path("rehearsals/new/<uuid:estate_id>/", live.begin, name="rehearsal-begin"),
    path("rehearsals/<uuid:cell_id>/", live.one, name="rehearsal"),
    path("rehearsals/<uuid:cell_id>/open/", live.open_cell, name="rehearsal-open"),
    path("rehearsals/<uuid:cell_id>/discard/", live.discard, name="rehearsal-discard"),
    path("rehearsal/", cell.stage, name="rehearsal-stage"),
    path("rehearsal/enter/", cell.enter, name="rehearsal-enter"),
    path("rehearsal/sit/", cell.sit, name="rehearsal-sit"),
    path("rehearsal/clock/", cell.move_clock, name="rehearsal-clock"),
    path("rehearsal/again/", cell.again, name="rehearsal-again"),
    path("rehearsal/away/", cell.away, name="rehearsal-away"),
    path("rehearsal/closed/", cell.closed, name="rehearsal-closed"),
]
