"""The five standing pages that every installation begins with: how cases are considered, the
comment policy, privacy, about, donate. In the language of the site, where we have them in it.
Staff then make them their own at the desk.
"""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

from django.conf import settings
from django.db import migrations
from django.utils import timezone
from django.utils.html import strip_tags

FOLDER = Path(__file__).parent.parent
TEXT_FIELDS = ("headline", "standfirst", "body")


def read_pages():
    translated = FOLDER / f"standing_pages.{settings.LANGUAGE_CODE[:2]}.json"
    file = translated if translated.exists() else FOLDER / "standing_pages.json"
    return json.loads(file.read_text(encoding="utf-8"))


def read_pages_in_every_language():
    files = sorted(FOLDER.glob("standing_pages*.json"))
    return [page for file in files for page in json.loads(file.read_text(encoding="utf-8"))]


def create_pages(apps, schema_editor):
    """Leaves alone an address that is in use already."""
    Article = apps.get_model("articles", "Article")
    Revision = apps.get_model("articles", "Revision")
    Publication = apps.get_model("articles", "Publication")
    now = timezone.now()
    for page in read_pages():
        if Article.objects.filter(slug=page["slug"]).exists():
            continue
        text = {name: page[name] for name in TEXT_FIELDS}
        article = Article.objects.create(
            kind="page",
            slug=page["slug"],
            plain_text=_plain_text(page["body"]),
            published_at=now,
            comments_open=False,
            **text,
        )
        revision = Revision.objects.create(article=article, saved_at=now, saved_by=None, **text)
        Publication.objects.create(
            article=article,
            action="published",
            revision=revision,
            at=now,
            by=None,
            effective_at=now,
        )


def remove_untouched_pages(apps, schema_editor):
    """Takes back only what nobody has changed since, whatever language the site has now."""
    Article = apps.get_model("articles", "Article")
    Revision = apps.get_model("articles", "Revision")
    Publication = apps.get_model("articles", "Publication")
    for page in read_pages_in_every_language():
        original = {name: page[name] for name in TEXT_FIELDS}
        article = Article.objects.filter(
            slug=page["slug"], kind="page", withdrawn_at=None, revised_at=None, **original
        ).first()
        if article is None:
            continue
        revisions = Revision.objects.filter(article=article)
        publications = Publication.objects.filter(article=article)
        is_untouched = (
            revisions.count() == publications.count() == 1
            and revisions.filter(saved_by=None, **original).exists()
            and publications.filter(by=None).exists()
        )
        if is_untouched:
            publications.delete()
            revisions.delete()
            article.delete()


def _plain_text(html):
    lines = strip_tags(re.sub(r"</(?:p|h2|h3|li)>", "\n", html))
    return re.sub(r"\s*\n\s*", "\n", unescape(lines)).strip()


class Migration(migrations.Migration):
    dependencies = [("articles", "0002_search_index")]
    operations = [migrations.RunPython(create_pages, remove_untouched_pages)]
