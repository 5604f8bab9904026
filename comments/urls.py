"""Where visitors write comments, and where moderators decide on them."""

from __future__ import annotations

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from . import (
    author_desk,
    desk,
    feeds,
    figures_desk,
    help_lines,
    live_page,
    note_desk,
    receipt_pages,
    reply_desk,
    report_pages,
    rule_desk,
    transparency_page,
    undo_desk,
    views,
    workload_page,
)
from .models.comment import LANES


class QueueConverter(StringConverter):
    """The name of a lane, and nothing else, so that other addresses stay free."""

    regex = "|".join(value for value, _label in LANES)


register_converter(QueueConverter, "queue")

app_name = "comments"

urlpatterns = [
    path("news/<slug:slug>/comment/", views.submit, name="submit"),
    path("news/<slug:slug>/comment/look/", views.look, name="look"),
    path("news/<slug:slug>/comment/help/", views.help_first, name="help"),
    path("news/<slug:slug>/comments/", views.thread, name="thread"),
    path("news/<slug:slug>/comments/<int:pk>/", views.permalink, name="permalink"),
    path("news/<slug:slug>/comments/<int:pk>/report/", report_pages.report, name="report"),
    path("news/<slug:slug>/comments/<int:pk>/reported/", report_pages.reported, name="reported"),
    path("news/<slug:slug>/feed/", feeds.article_comments, name="feed"),
    path("receipt/<str:token>/", receipt_pages.show, name="receipt"),
    path("receipt/<str:token>/edit/", receipt_pages.edit, name="receipt-edit"),
    path("receipt/<str:token>/withdraw/", receipt_pages.withdraw, name="receipt-withdraw"),
    path("receipt/<str:token>/put-back/", receipt_pages.put_back, name="receipt-put-back"),
    path("receipt/<str:token>/second-look/", receipt_pages.ask, name="receipt-ask"),
    path("receipt/<str:token>/delete/", receipt_pages.delete, name="receipt-delete"),
    path("receipt/<str:token>/copy.<str:kind>", receipt_pages.copy, name="receipt-copy"),
    path("receipt/<str:token>/replies/", receipt_pages.tell, name="receipt-tell"),
    path("receipt/<str:token>/stop/", receipt_pages.stop, name="receipt-stop"),
    path("receipt/<str:token>/link/", receipt_pages.send_link, name="receipt-link"),
    path("transparency/", transparency_page.show, name="transparency"),
    path("transparency/comments.csv", transparency_page.download, name="transparency-csv"),
    path("moderation/", desk.overview, name="overview"),
    path("moderation/all/", desk.all_comments, name="all"),
    path("moderation/hateful-text/", desk.hateful_text, name="hateful-text"),
    path("moderation/find/", desk.find, name="find"),
    path("moderation/comments/<int:pk>/", desk.show, name="show"),
    path("moderation/comments/<int:pk>/decide/", desk.decide, name="decide"),
    path("moderation/help-lines/", help_lines.overview, name="help-lines"),
    path("moderation/help-lines/new/", help_lines.new, name="help-line-new"),
    path("moderation/help-lines/<int:pk>/", help_lines.change, name="help-line"),
    path(
        "moderation/help-lines/emergency/new/",
        help_lines.new_emergency_number,
        name="emergency-number-new",
    ),
    path(
        "moderation/help-lines/emergency/<int:pk>/",
        help_lines.change_emergency_number,
        name="emergency-number",
    ),
    path("moderation/comments/<int:pk>/cuts/", desk.cut, name="cut"),
    path("moderation/comments/<int:pk>/reveal/", desk.reveal, name="reveal"),
    path("moderation/comments/<int:pk>/public/", desk.make_public, name="make-public"),
    path(
        "moderation/comments/<int:pk>/public/undo/",
        undo_desk.take_back_public,
        name="take-back-public",
    ),
    path("moderation/comments/<int:pk>/elsewhere/", desk.cut_elsewhere, name="elsewhere"),
    path(
        "moderation/comments/<int:pk>/elsewhere/undo/",
        undo_desk.undo_elsewhere,
        name="undo-elsewhere",
    ),
    path("moderation/comments/<int:pk>/letter/", desk.letter, name="letter"),
    path("moderation/figures/", workload_page.show, name="workload"),
    path("moderation/screening/", live_page.show, name="live"),
    path("moderation/cases/figures/", figures_desk.show, name="figures"),
    path("moderation/cases/figures.csv", figures_desk.download, name="figures-csv"),
    path("moderation/case-replies/", reply_desk.overview, name="replies"),
    path("moderation/case-replies/new/", reply_desk.write, name="reply-new"),
    path("moderation/case-replies/<int:pk>/", reply_desk.show, name="reply"),
    path("moderation/case-replies/<int:pk>/write/", reply_desk.write, name="reply-write"),
    path("moderation/case-replies/<int:pk>/archive/", reply_desk.archive, name="reply-archive"),
    path("moderation/case-replies/<int:pk>/restore/", reply_desk.restore, name="reply-restore"),
    path("moderation/rules/", rule_desk.overview, name="rules"),
    path("moderation/rules/new/", rule_desk.write, name="rule-new"),
    path("moderation/rules/<int:pk>/", rule_desk.show, name="rule"),
    path("moderation/rules/<int:pk>/write/", rule_desk.write, name="rule-write"),
    path("moderation/authors/", author_desk.overview, name="authors"),
    path("moderation/authors/<int:pk>/lift/", author_desk.lift, name="lift"),
    path("moderation/comments/<int:pk>/author/", author_desk.restrict, name="restrict"),
    path("moderation/comments/<int:pk>/note/", note_desk.write, name="note"),
    path("moderation/notes/<int:pk>/delete/", note_desk.delete, name="note-delete"),
    path("moderation/comments/<int:pk>/destroy/", desk.destroy, name="destroy"),
    path("moderation/second-looks/", desk.second_looks, name="second-looks"),
    path("moderation/comments/<int:pk>/second-look/", desk.second_look, name="second-look"),
    path("moderation/<queue:queue>/", desk.queue, name="queue"),
]
