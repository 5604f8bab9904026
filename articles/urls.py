"""The addresses of what staff write. Standing pages come last: theirs is any free first part."""

from __future__ import annotations

from django.urls import path, register_converter

from . import desk, feeds, sitemaps, views
from .cases import desk as cases_desk
from .cases import directory_desk
from .cases import views as cases
from .cases.addresses import LanguageConverter

register_converter(LanguageConverter, "cases")

app_name = "articles"

urlpatterns = [
    path("", views.front, name="front"),
    path("news/", views.news, name="news"),
    path("news/topic/<slug:slug>/", views.topic, name="topic"),
    path("news/<slug:slug>/", views.detail, name="detail"),
    path("reviews/", views.reviews, name="reviews"),
    path("search/", views.search, name="search"),
    path("feed/", feeds.entries, name="feed"),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("desk/", desk.overview, name="desk"),
    path("desk/new/", desk.new, name="desk-new"),
    path("desk/articles/<int:pk>/", desk.write, name="desk-write"),
    path("desk/articles/<int:pk>/preview/", desk.preview, name="desk-preview"),
    path("desk/articles/<int:pk>/history/", desk.history, name="desk-history"),
    path("desk/articles/<int:pk>/compare/", desk.compare, name="desk-compare"),
    path("desk/articles/<int:pk>/bring-back/", desk.bring_back, name="desk-bring-back"),
    path("desk/topics/", desk.topics, name="desk-topics"),
    path("desk/topics/new/", desk.edit_topic, name="desk-topic-new"),
    path("desk/topics/<int:pk>/", desk.edit_topic, name="desk-topic"),
    path("desk/works/", desk.works, name="desk-works"),
    path("desk/works/new/", desk.edit_work, name="desk-work-new"),
    path("desk/works/<int:pk>/", desk.edit_work, name="desk-work"),
    path("desk/cases/", cases_desk.overview, name="desk-cases"),
    path("desk/cases/history/", cases_desk.history, name="desk-cases-history"),
    path("desk/cases/<int:pk>/", cases_desk.show, name="desk-cases-show"),
    path("desk/cases/<int:pk>/publish/", cases_desk.publish, name="desk-cases-publish"),
    path("desk/cases/<int:pk>/bring-back/", cases_desk.bring_back, name="desk-cases-bring-back"),
    path("desk/cases/<slug:part>/", cases_desk.edit, name="desk-cases-edit"),
    path("desk/organizations/", directory_desk.overview, name="desk-organisations"),
    path("desk/organizations/new/", directory_desk.edit, name="desk-organisation-new"),
    path("desk/organizations/export/", directory_desk.export, name="desk-organisations-export"),
    path("desk/organizations/import/", directory_desk.bring_in, name="desk-organisations-import"),
    path("desk/organizations/history/", directory_desk.history, name="desk-organisations-history"),
    path("desk/organizations/undo/<int:pk>/", directory_desk.undo, name="desk-organisations-undo"),
    path("desk/organizations/<int:pk>/", directory_desk.edit, name="desk-organisation"),
    path(
        "desk/organizations/<int:pk>/remove/",
        directory_desk.remove,
        name="desk-organisation-remove",
    ),
    path("<cases:language>/", cases.page, name="cases"),
    path("<cases:language>/check/", cases.check, name="cases-check"),
    path("<cases:language>/letter/", cases.letter, name="cases-letter"),
    path("<slug:slug>/", views.page, name="page"),
]
