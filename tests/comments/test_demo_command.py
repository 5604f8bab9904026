"""The command that fills a demonstration site, as far as no running demo shows it."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from articles import publishing
from articles.models import Article
from comments.management.commands import demo
from comments.models import Comment, Notice
from tests.builders import make_user


@pytest.mark.django_db
def test_an_interrupted_demonstration_leaves_nothing_behind(monkeypatch):
    def interrupted(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr(demo, "_make_comments", interrupted)
    with pytest.raises(KeyboardInterrupt):
        call_command("demo", stdout=StringIO())
    assert not Article.objects.entries().exists()
    assert not Comment.objects.exists()


@pytest.mark.django_db
def test_a_site_with_nothing_but_pages_of_its_own_is_refused(editor):
    page = {"headline": "Our team", "body": "<p>Three people.</p>"}
    publishing.save_draft(None, by=editor, content=page, kind=Article.Kind.PAGE)
    with pytest.raises(CommandError, match="of its own"):
        call_command("demo", stdout=StringIO())


@pytest.mark.django_db
def test_an_account_that_is_there_already_is_given_no_rights():
    somebody = make_user("editor")
    call_command("demo", "--force", stdout=StringIO(), stderr=StringIO())
    assert not somebody.groups.exists()
    assert somebody.check_password("secret")


@pytest.mark.django_db
def test_the_demonstration_logs_nothing_and_names_the_site_under_its_pictures(settings, caplog):
    settings.SITE_NAME = "Northlight"
    record = next(r for r in demo._load("articles.json") if r["comments"] == "closed")
    one_article = {"articles.json": [record], "comments.json": []}
    load = demo._load
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(demo, "_load", lambda name: one_article.get(name) or load(name))
        patch.setattr(demo, "_make_comments", lambda articles, moderator: {})
        call_command("demo", stdout=StringIO())
    credits = Article.objects.entries().values_list("picture__credit", flat=True)
    assert list(credits) == ["Illustration: Northlight"]
    assert "comment settings" not in caplog.text


@pytest.mark.django_db
def test_no_letter_of_the_demonstration_is_left_to_be_sent():
    call_command("demo", "--force", stdout=StringIO(), stderr=StringIO())
    assert Notice.objects.exists()
    assert not Notice.objects.unsent().exists()
