"""The room's addresses."""

from django.urls import URLPattern, path

from .views import claims, conduct, hints, ledger, managers, reports, shares, style, tables, watches

urlpatterns: list[URLPattern] = [
    path("exits/", ledger.ledger, name="exits-ledger"),
    path("exits/ledger.xlsx", ledger.export, name="exits-ledger-export"),
    path("exits/reports/", reports.reports, name="exits-reports"),
    path("exits/reports.xlsx", reports.reports_export, name="exits-reports-export"),
    path("exits/reports/<uuid:case_id>/", reports.report, name="exits-report"),
    path("exits/reports/<uuid:case_id>/report.xlsx", reports.report_export, name="exits-report-export"),
    path("exits/claims/", claims.claims, name="exits-claims"),
    path("exits/claims.xlsx", claims.claims_export, name="exits-claims-export"),
    path("exits/holdouts/", claims.holdouts, name="exits-holdouts"),
    path("exits/holdouts.xlsx", claims.holdouts_export, name="exits-holdouts-export"),
    path("exits/watches/", watches.watches, name="exits-watches"),
    path("exits/watches.xlsx", watches.watches_export, name="exits-watches-export"),
    path("exits/managers/", managers.changes, name="exits-managers"),
    path("exits/managers.xlsx", managers.changes_export, name="exits-managers-export"),
    path("exits/conduct/", conduct.conduct, name="exits-conduct"),
    path("exits/conduct.xlsx", conduct.conduct_export, name="exits-conduct-export"),
    path("exits/conduct/new/", conduct.choose_provider, name="exits-conduct-new"),
    path("exits/conduct/new/<uuid:provider_id>/", conduct.record, name="exits-conduct-record"),
    path("exits/conduct/<uuid:conduct_id>/", conduct.one, name="exits-conduct-row"),
    path("exits/conduct/<uuid:conduct_id>/final/", conduct.final, name="exits-conduct-final"),
    path("exits/conduct/<uuid:conduct_id>/revoke/", conduct.revoke, name="exits-conduct-revoke"),
    path("exits/conduct/<uuid:conduct_id>/paper/", conduct.paper, name="exits-conduct-paper"),
    path("exits/hints/<uuid:estate_id>/", hints.hints, name="exits-hints"),
    path("exits/pages.css", style.style, name="exits-style"),
    path("cases/<uuid:case_id>/shares/", shares.cost_shares, name="cost-shares"),
    path("cases/<uuid:case_id>/shares.xlsx", shares.cost_shares_export, name="cost-shares-export"),
    path("cases/<uuid:case_id>/tables/<slug:code>/", tables.case_table, name="case-table"),
    path(
        "cases/<uuid:case_id>/tables/<slug:code>/template.<slug:format_>",
        tables.case_table_template,
        name="case-table-template",
    ),
]
