"""The command that fills a demonstration site, as far as no running demo shows it."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command

from articles.models import Article
from comments.management.commands import demo
from comments.models import Comment


@pytest.mark.django_db
def test_an_interrupted_demonstration_leaves_nothing_behind(monkeypatch):
    def interrupted(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr(demo, "_make_comments", interrupted)
    with pytest.raises(KeyboardInterrupt):
        call_command("demo", stdout=StringIO())
    assert not Article.objects.entries().exists()
    assert not Comment.objects.exists()
