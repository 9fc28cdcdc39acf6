"""The addresses of the administration."""

from django.urls import URLPattern, path

from .administration.views import acts, audit, condition, registers, seals, settings, tables

urlpatterns: list[URLPattern] = [
    path("administration/", acts.acts, name="administration"),
    path("administration/acts/<str:name>/", acts.action, name="action"),
    path("administration/acts/<str:name>/done/", acts.action_done, name="action-done"),
    path("administration/acts/<str:name>/find/<slug:path>/", acts.action_find, name="action-find"),
    path("administration/organisations/", registers.organisation_list, name="organisations"),
    path("administration/organisations.xlsx", registers.organisation_export, name="organisations-export"),
    path(
        "administration/organisations/<uuid:organisation_id>/",
        registers.organisation_page,
        name="organisation",
    ),
    path("administration/organisations/<uuid:organisation_id>/seal/", seals.seal, name="seal"),
    path(
        "administration/organisations/<uuid:organisation_id>/seal/withdraw/",
        seals.seal_withdraw,
        name="seal-withdraw",
    ),
    path("administration/appointments/", registers.appointment_list, name="appointments"),
    path("administration/appointments.xlsx", registers.appointment_export, name="appointments-export"),
    path("administration/people/", registers.person_list, name="people"),
    path("administration/people/<uuid:person_id>/", registers.person_page, name="person"),
    path("administration/accounts/", registers.account_list, name="accounts"),
    path("administration/accounts.xlsx", registers.account_export, name="accounts-export"),
    path("administration/accounts/<uuid:account_id>/", registers.account_page, name="account-page"),
    path("administration/tables/", tables.table_list, name="tables"),
    path("administration/tables/<slug:kind>/", tables.table, name="table"),
    path("administration/tables/<slug:kind>/errors/", tables.table_errors, name="table-errors"),
    path("administration/tables/<slug:kind>/export/", tables.table_export, name="table-export"),
    path(
        "administration/tables/<slug:kind>/template.<slug:format_>",
        tables.table_template,
        name="table-template",
    ),
    path("administration/settings/", settings.local_settings, name="local-settings"),
    path("administration/settings.xlsx", settings.local_settings_export, name="local-settings-export"),
    path("administration/audit/", audit.record, name="audit"),
    path("administration/audit.xlsx", audit.record_export, name="audit-export"),
    path("administration/audit/acts/<uuid:act_id>/", audit.act_page, name="audit-act"),
    path("administration/audit/chains/<uuid:chain_id>/", audit.chain_page, name="audit-chain"),
    path("administration/condition/", condition.condition, name="condition"),
]
