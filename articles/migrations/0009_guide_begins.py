"""How we consider cases begins with plain words that fit most organisations, in both languages.

Where nobody has touched the page that came with the installation, its long text makes way for a
short introduction, the guide is published under it, and the page in the other language beside it.
Where staff have made the page their own it stays exactly as it is: the guide and the other
language are drafts then, at the desk, for them to make their own and to publish.
"""

from __future__ import annotations

import json
from importlib import import_module

from django.conf import settings
from django.db import migrations
from django.utils import timezone

standing_pages = import_module("articles.migrations.0003_standing_pages")

FOLDER = standing_pages.FOLDER
TEXT_FIELDS = standing_pages.TEXT_FIELDS
PAGE = "how-we-consider-cases"
OTHER_PAGE = {"en": "how-we-consider-cases-in-english", "es": "como-consideramos-casos"}


def begin(apps, schema_editor):
    GuideRevision = apps.get_model("articles", "GuideRevision")
    if GuideRevision.objects.exists():
        return
    Article = apps.get_model("articles", "Article")
    page = Article.objects.filter(slug=PAGE, kind="page").first()
    is_ours = page is not None and _is_untouched(apps, page)
    now = timezone.now()
    guide, points = _read_guide()
    revision = GuideRevision.objects.create(
        saved_at=now, published_at=now if is_ours else None, **guide
    )
    GuidePoint = apps.get_model("articles", "GuidePoint")
    GuidePoint.objects.bulk_create(
        GuidePoint(revision=revision, section=section, position=position, **point)
        for section, listed in points.items()
        for position, point in enumerate(listed, start=1)
    )
    language = "es" if settings.LANGUAGE_CODE[:2] == "es" else "en"
    other = "en" if language == "es" else "es"
    if is_ours:
        _publish(apps, page, _text(language), guide, points, language, now)
    if not Article.objects.filter(slug=OTHER_PAGE[other]).exists():
        text = _text(other)
        beside = Article.objects.create(
            kind="page",
            slug=OTHER_PAGE[other],
            comments_open=False,
            plain_text=standing_pages._plain_text(text["body"]),
            **text,
        )
        if is_ours:
            _publish(apps, beside, text, guide, points, other, now)
        else:
            _keep(apps, beside, text, now)


def take_back(apps, schema_editor):
    """Only what nobody has touched; the introduction stays as it is, for it is somebody's page."""
    Article = apps.get_model("articles", "Article")
    for page in Article.objects.filter(slug__in=OTHER_PAGE.values(), kind="page"):
        if _is_untouched(apps, page):
            for name in ("Publication", "Revision"):
                apps.get_model("articles", name).objects.filter(article=page).delete()
            page.delete()
    revisions = apps.get_model("articles", "GuideRevision").objects.all()
    if not revisions.exclude(saved_by=None, published_by=None).exists():
        revisions.delete()


def _is_untouched(apps, page):
    """Whether every text and every entry in its history came with the installation."""
    revisions = apps.get_model("articles", "Revision").objects.filter(article=page)
    publications = apps.get_model("articles", "Publication").objects.filter(article=page)
    return (
        page.withdrawn_at is None
        and not revisions.exclude(saved_by=None).exists()
        and not publications.exclude(by=None).exists()
    )


def _publish(apps, page, text, guide, points, language, now):
    """Show this text on the page from now on, with an entry in its history where it is new."""
    was_public = page.published_at is not None
    is_new = not was_public or any(getattr(page, name) != text[name] for name in TEXT_FIELDS)
    for name in TEXT_FIELDS:
        setattr(page, name, text[name])
    page.published_at = page.published_at or now
    page.words_beside = _words(guide, points, language)
    page.plain_text = "\n".join([standing_pages._plain_text(page.body), page.words_beside])
    page.save()
    if is_new:
        apps.get_model("articles", "Publication").objects.create(
            article=page,
            action="revised" if was_public else "published",
            revision=_keep(apps, page, text, now),
            at=now,
            by=None,
            effective_at=now,
        )


def _keep(apps, page, text, now):
    Revision = apps.get_model("articles", "Revision")
    return Revision.objects.create(article=page, saved_at=now, saved_by=None, **text)


def _text(language):
    file = FOLDER / ("standing_pages.es.json" if language == "es" else "standing_pages.json")
    pages = json.loads(file.read_text(encoding="utf-8"))
    page = next(page for page in pages if page["slug"] == PAGE)
    return {name: page[name] for name in TEXT_FIELDS}


def _read_guide():
    guide = json.loads((FOLDER / "cases" / "guide.json").read_text(encoding="utf-8"))
    return guide, guide.pop("points")


def _words(guide, points, language):
    lines = [
        f"{point[f'title_{language}']}. {point[f'text_{language}']}"
        for listed in points.values()
        for point in listed
    ]
    return "\n".join([*lines, guide[f"where_{language}"], guide[f"how_long_{language}"]])


class Migration(migrations.Migration):
    dependencies = [("articles", "0008_how_we_consider_cases")]
    operations = [migrations.RunPython(begin, take_back)]
