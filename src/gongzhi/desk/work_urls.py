"""Addresses of the work list, of cases, of acting and of finding."""

from django.urls import URLPattern, path

from .views import (
    acting,
    cases,
    checklists,
    documents,
    field,
    messages,
    opening,
    pictures,
    search,
    work,
)

urlpatterns: list[URLPattern] = [
    path("", work.work_list, name="work"),
    path("work/", work.work_list, name="workbench"),
    path("cases/", cases.case_list, name="cases"),
    path("work.xlsx", work.work_export, name="work-export"),
    path("views/", work.keep_view, name="keep-view"),
    path("views/<uuid:view_id>/forget/", work.forget_view, name="forget-view"),
    path("search", search.search_page, name="search"),
    path("cases.xlsx", cases.case_export, name="cases-export"),
    path("messages/", messages.message_list, name="messages"),
    path("messages/read/", messages.messages_read, name="messages-read"),
    path("messages/<uuid:message_id>/read/", messages.message_read, name="message-read"),
    path("cases/<uuid:case_id>/", cases.case_page, name="case"),
    path("cases/<uuid:case_id>/more/", cases.case_more, name="case-more"),
    path("cases/<uuid:case_id>/acts/<slug:act>/", acting.case_act, name="case-act"),
    path("cases/<uuid:case_id>/papers/<str:code>/", documents.document_page, name="document"),
    path(
        "cases/<uuid:case_id>/papers/<str:code>/<int:number>.png",
        documents.document_look,
        name="document-look",
    ),
    path("tasks/<uuid:task_id>/items/", checklists.task_items, name="task-items"),
    path("tasks/<uuid:task_id>/<slug:act>/", acting.task_act, name="task-act"),
    path("notices/<uuid:notice_id>/photos/<uuid:mark_id>/", pictures.release, name="picture-release"),
    path("notices/<uuid:notice_id>/photos/<uuid:mark_id>/plain.jpg", pictures.plain, name="picture-plain"),
    path("field/", field.shots, name="field"),
    path("field/tasks/<uuid:task_id>/<slug:act>/", field.task_question, name="field-task"),
    path("field/cases/<uuid:case_id>/<slug:act>/", field.case_question, name="field-case"),
    path("open/", opening.choose_procedure, name="open"),
    path("open/<slug:procedure>/", opening.choose_subject, name="open-subject"),
    path("open/<slug:procedure>/<slug:subject>/", opening.choose_variant, name="open-variant"),
    path("open/<slug:procedure>/<slug:subject>/<slug:variant>/", opening.begin, name="open-form"),
]
