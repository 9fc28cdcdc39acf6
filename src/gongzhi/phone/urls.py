"""The addresses of who lives or owns at an estate; `/` shows the first of them in such a post."""

from django.urls import URLPattern, path

from .views import home, notices, telling

urlpatterns: list[URLPattern] = [
    path("my/", home.home, name="my-home"),
    path("my/waiting/", home.waiting, name="my-waiting"),
    path("my/waiting/looked-at/", home.looked_at, name="my-looked-at"),
    path("my/notices/", notices.notice_list, name="my-notices"),
    path("my/notices/<uuid:notice_id>/", notices.notice_page, name="my-notice"),
    path("my/objections/", notices.objection_list, name="my-objections"),
    path("my/objections/<uuid:objection_id>/reply.pdf", notices.reply_paper, name="my-reply"),
    path("my/objections/<uuid:objection_id>/received/", notices.reply_received, name="my-reply-received"),
    path("my/messages/", telling.message_list, name="my-messages"),
    path("my/cases/", telling.case_list, name="my-cases"),
    path("my/cases/<uuid:case_id>/", telling.case_page, name="my-case"),
    path("my/help/", telling.help_page, name="my-help"),
]
