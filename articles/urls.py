"""The addresses of what staff write. Standing pages come last: theirs is any free first part."""

from __future__ import annotations

from django.urls import path

from . import desk, feeds, sitemaps, views

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
    path("<slug:slug>/", views.page, name="page"),
]
