"""The pages that come with the installation, and the migration that brings them."""

from __future__ import annotations

import importlib
import re

import pytest
from django.apps import apps
from django.urls import reverse

from articles import publishing, richtext
from articles.models import Article, Publication, Revision
from auditlog import guard

migration = importlib.import_module("articles.migrations.0003_standing_pages")

SLUGS = {"how-we-consider-cases", "comment-policy", "privacy", "about", "donate"}


@pytest.fixture
def empty_site(db):
    guard.lift()
    Publication.objects.all().delete()
    Revision.objects.all().delete()
    Article.objects.all().delete()


@pytest.fixture
def standing_pages(empty_site):
    migration.create_pages(apps, None)


def slugs():
    return set(Article.objects.pages().values_list("slug", flat=True))


def test_the_five_pages_are_published_with_their_history(standing_pages):
    pages = Article.objects.published().pages()
    assert {page.slug for page in pages} == SLUGS
    for page in pages:
        entry = page.publications.get()
        assert entry.revision is not None
        assert (entry.action, entry.by, entry.revision.saved_by) == ("published", None, None)
        assert entry.revision.body == page.body
        assert not page.comments_open


def test_their_texts_are_already_as_clean_as_staff_texts_become():
    for page in migration.read_pages_in_every_language():
        assert richtext.clean(page["body"]) == page["body"], page["slug"]
        assert migration._plain_text(page["body"]) == richtext.plain_text(page["body"])


def test_every_link_in_them_leads_somewhere_on_a_site_without_articles(standing_pages, client):
    for page in Article.objects.pages():
        html = client.get(page.get_absolute_url()).content.decode()
        assert "{{" not in html
        for address in set(re.findall(r'<a href="(/[^"]*)"', page.body)):
            assert client.get(address).status_code == 200, (page.slug, address)


LANGUAGES = ("en", "es")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_site_gets_the_pages_in_its_own_language(empty_site, settings, language):
    settings.LANGUAGE_CODE = language
    headline = {"en": "How We Consider Cases", "es": "Cómo consideramos los casos"}[language]
    migration.create_pages(apps, None)
    assert slugs() == SLUGS
    assert Article.objects.get(slug="how-we-consider-cases").headline == headline
    settings.LANGUAGE_CODE = "en"
    migration.remove_untouched_pages(apps, None)
    assert slugs() == set()


def test_every_language_says_the_same_with_the_same_links_and_words_to_fill_in(settings):
    shapes = {}
    for language in LANGUAGES:
        settings.LANGUAGE_CODE = language
        shapes[language] = [
            (page["slug"], re.findall(r"<[^>]+>|\{\{[^}]+\}\}", page["body"]))
            for page in migration.read_pages()
        ]
    assert shapes["es"] == shapes["en"]


def test_running_it_again_or_beside_a_page_of_ones_own_changes_nothing(standing_pages):
    Article.objects.filter(slug="about").update(headline="All about us")
    migration.create_pages(apps, None)
    assert Article.objects.get(slug="about").headline == "All about us"
    assert slugs() == SLUGS


def test_going_back_takes_only_the_pages_that_nobody_touched(standing_pages, editor):
    revised = Article.objects.get(slug="privacy")
    content = {"headline": "Privacy", "body": "<p>Our own words.</p>"}
    publishing.save_draft(revised, by=editor, content=content)
    publishing.withdraw(Article.objects.get(slug="donate"), by=editor)
    migration.remove_untouched_pages(apps, None)
    assert slugs() == {"privacy", "donate"}


def test_the_way_for_cases_has_its_fixed_address():
    assert reverse("articles:page", args=["how-we-consider-cases"]) == "/how-we-consider-cases/"
