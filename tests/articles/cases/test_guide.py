"""The guide: saved part by part, published, brought back; in two languages; found by search."""

from __future__ import annotations

import importlib

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles import publishing
from articles.cases import guide, whom_to_write_to
from articles.cases.reading import read
from articles.models import Article, GuidePoint, GuideRevision, Publication, Revision
from articles.search import search
from auditlog import guard
from tests.builders import make_organisation

pytestmark = pytest.mark.django_db
migration = importlib.import_module("articles.migrations.0009_guide_begins")
Part = guide.Part


def point(title="Zither", **values):
    empty = dict.fromkeys(guide.POINT_FIELDS, "") | {"lines": 3}
    return empty | {"title_en": title, "text_en": "A sentence."} | values


def newest() -> GuideRevision:
    found = guide.newest()
    assert found is not None
    return found


def current() -> GuideRevision:
    found = guide.current()
    assert found is not None
    return found


def save_can(*titles, by, base=None):
    content = {"points": [point(title) for title in titles]}
    return guide.save({Part.CAN: content}, by=by, base=base)


def titles(revision, part="can"):
    return [said["title_en"] for said in guide.content(revision, part)["points"]]


def test_an_installation_begins_with_a_guide_that_is_published_and_whole_in_both_languages():
    begun = current()
    assert (begun.saved_by, begun.published_by) == (None, None)
    for language in ("en", "es"):
        said = read(begun, language)
        assert said.is_translated
        assert all((said.can, said.cannot, said.stages, said.send, said.never_send))
        assert said.never_asked
        assert said.where.text
        assert said.how_long.text
        assert all(stage.duration for stage in said.stages)


def test_what_it_begins_with_is_what_the_file_says():
    begun = current()
    for part, said in guide.beginning().items():
        stands = guide.content(begun, part)
        assert {name: stands[name] for name in said if name != "points"} == {
            name: value for name, value in said.items() if name != "points"
        }
        for there, written in zip(stands.get("points", []), said.get("points", []), strict=True):
            assert {name: there[name] for name in written} == written


def test_saving_a_part_keeps_the_others_and_shows_readers_nothing(editor):
    before = current()
    saved = save_can("Zither", "Marimba", by=editor)
    assert titles(saved) == ["Zither", "Marimba"]
    assert guide.changed_parts(before, saved) == [Part.CAN]
    assert (saved.part, saved.saved_by, saved.is_published) == ("can", editor, False)
    assert current() == before
    assert newest() == saved


def test_saving_without_a_change_leaves_no_entry(editor):
    before = newest()
    content = guide.content(before, Part.SEND)
    assert guide.save({Part.SEND: content}, by=editor, base=before) == before
    assert GuideRevision.objects.count() == 1


def test_two_people_may_save_two_parts_but_not_the_same_one_unseen(editor):
    base = newest()
    save_can("First", by=editor, base=base)
    content = {"address": "Box 1", "where_en": "By post.", "where_es": ""}
    where = guide.save({Part.WHERE: content}, by=editor, base=base)
    assert titles(where) == ["First"]
    with pytest.raises(guide.Outdated) as outdated:
        save_can("Second", by=editor, base=base)
    assert outdated.value.newest == where
    assert titles(newest()) == ["First"]


def test_publishing_shows_the_newest_and_only_that(editor):
    first = save_can("First", by=editor)
    second = save_can("Second", by=editor)
    with pytest.raises(guide.NotPossible):
        guide.publish(first, by=editor)
    guide.publish(second, by=editor)
    shown = current()
    assert (shown, shown.published_by) == (second, editor)
    with pytest.raises(guide.NotPossible):
        guide.publish(shown, by=editor)


def test_an_older_state_comes_back_as_the_newest_and_nothing_in_between_is_lost(editor):
    beginning = current()
    guide.publish(save_can("Mistake", by=editor), by=editor)
    again = guide.bring_back(beginning, by=editor)
    assert guide.changed_parts(beginning, again) == []
    assert titles(current()) == ["Mistake"]
    guide.publish(again, by=editor)
    assert titles(current()) == titles(beginning)
    assert GuideRevision.objects.count() == 3


def test_comparing_shows_what_was_taken_out_and_put_in(editor):
    before = newest()
    after = save_can("Zither", by=editor)
    ((part, lines),) = guide.compare(before, after)
    pieces = {(piece.change, piece.text) for line in lines for piece in line}
    assert part == Part.CAN
    assert ("in", "Zither") in {(change, text) for change, text in pieces if "Zither" in text}


def test_the_database_refuses_a_point_without_a_title_and_two_in_one_place():
    revision = newest()
    for values in ({"title_en": "", "position": 99}, {"title_en": "Twice", "position": 1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            GuidePoint.objects.create(revision=revision, section="can", **values)


# Two languages -------------------------------------------------------------------------


def test_a_point_that_is_not_translated_stands_in_the_other_language_and_says_so(editor):
    half = point("Half", title_es="Medio")
    whole = point("Whole", title_es="Entero", text_es="Una oración.")
    saved = guide.save({Part.CAN: {"points": [half, whole]}}, by=editor)
    spanish = read(saved, "es")
    assert [(said.title, said.lang) for said in spanish.can] == [("Half", "en"), ("Entero", "")]
    assert not spanish.is_translated
    assert [said.lang for said in read(saved, "en").can] == ["", ""]


def test_words_that_are_not_translated_say_so_as_well(editor):
    content = {"address": "", "where_en": "By post.", "where_es": ""}
    saved = guide.save({Part.WHERE: content}, by=editor)
    assert (read(saved, "es").where.text, read(saved, "es").where.lang) == ("By post.", "en")
    assert read(saved, "en").where.lang == ""


# Search --------------------------------------------------------------------------------


def found(query):
    return [article.slug for article in search(query)]


def test_search_finds_each_page_by_what_the_guide_says_in_its_language():
    assert found("laboratories records") == ["how-we-consider-cases"]
    assert found("laboratorios expedientes") == ["como-consideramos-casos"]


def test_search_knows_new_words_when_they_are_published_and_keeps_them_with_the_text(editor):
    saved = save_can("Zither", by=editor)
    assert found("zither") == []
    guide.publish(saved, by=editor)
    assert "how-we-consider-cases" in found("zither")
    page = Article.objects.get(slug="how-we-consider-cases")
    content = {"headline": "How", "body": "<p>Marimba</p>"}
    publishing.publish(publishing.save_draft(page, by=editor, content=content), by=editor)
    assert "how-we-consider-cases" in found("zither marimba")


# The beginning, on a site that has pages already ---------------------------------------


@pytest.fixture
def older_site():
    """As it was before there was a guide."""
    guard.lift()
    GuideRevision.objects.all().delete()
    for model in (Publication, Revision, Article):
        model.objects.all().delete()
    page = Article.objects.create(
        kind="page",
        slug="how-we-consider-cases",
        headline="How We Consider Cases",
        body="<p>The long text of old.</p>",
        comments_open=False,
        published_at=timezone.now(),
    )
    revision = Revision.objects.create(article=page, **page.content())
    Publication.objects.create(article=page, action="published", revision=revision)
    return page


def test_a_page_that_nobody_touched_gets_the_guide_and_keeps_its_old_text(older_site, client):
    migration.begin(apps, None)
    older_site.refresh_from_db()
    assert "long text of old" not in older_site.body
    assert [entry.action for entry in older_site.publications.all()] == ["revised", "published"]
    assert older_site.revisions.last().body == "<p>The long text of old.</p>"
    assert current()
    assert Article.objects.published().filter(slug="como-consideramos-casos").exists()
    assert "What we can consider" in client.get("/how-we-consider-cases/").content.decode()


def test_a_page_that_staff_made_their_own_stays_and_the_guide_is_a_draft(
    older_site, editor, client
):
    content = {"headline": "Our way", "body": "<p>Our own words.</p>"}
    publishing.publish(publishing.save_draft(older_site, by=editor, content=content), by=editor)
    migration.begin(apps, None)
    older_site.refresh_from_db()
    assert older_site.body == "<p>Our own words.</p>"
    assert guide.current() is None
    assert newest()
    assert Article.objects.get(slug="como-consideramos-casos").state == "draft"
    html = client.get("/how-we-consider-cases/").content.decode()
    assert "Our own words." in html
    assert "What we can consider" not in html
    for address in ("check", "letter"):
        assert client.get(f"/how-we-consider-cases/{address}/").status_code == 404
    assert client.get("/como-consideramos-casos/").status_code == 200
    guide.publish(newest(), by=editor)
    assert "What we can consider" in client.get("/how-we-consider-cases/").content.decode()


def test_beginning_twice_changes_nothing_and_going_back_takes_what_nobody_touched(older_site):
    migration.begin(apps, None)
    migration.begin(apps, None)
    assert GuideRevision.objects.count() == 1
    migration.take_back(apps, None)
    assert not GuideRevision.objects.exists()
    assert not Article.objects.filter(slug="como-consideramos-casos").exists()
    assert Article.objects.filter(slug="how-we-consider-cases").exists()


def test_going_back_leaves_a_guide_that_staff_have_changed(editor):
    save_can("Zither", by=editor)
    guard.lift()
    migration.take_back(apps, None)
    assert GuideRevision.objects.count() == 2


def test_a_site_in_spanish_has_its_spanish_at_the_plain_address(older_site, settings, client):
    settings.LANGUAGE_CODE = "es"
    migration.begin(apps, None)
    assert Article.objects.published().filter(slug="how-we-consider-cases-in-english").exists()
    html = client.get("/how-we-consider-cases/").content.decode()
    assert '<html lang="es">' in html
    assert "La persona no lo hizo" in html
    english = client.get("/how-we-consider-cases-in-english/").content.decode()
    assert '<html lang="en">' in english
    assert "The person did not do it" in english
    assert client.get("/como-consideramos-casos/").status_code == 404


# Whom to write to ----------------------------------------------------------------------


@pytest.fixture
def served(editor, settings):
    settings.SITE_POSTAL_ADDRESS = ["Northlight", "P.O. Box 0000"]
    saved = guide.save({Part.PLACES: {"places": ["US-NY"]}}, by=editor)
    guide.publish(saved, by=editor)


@pytest.mark.parametrize("state", ["NY", "US-NY", "new york", None, "nowhere at all"])
def test_from_our_own_state_or_an_unknown_one_the_letter_comes_to_us(served, state):
    recipients = whom_to_write_to(state)
    assert recipients.is_ours
    assert recipients.address == ["Northlight", "P.O. Box 0000"]
    assert recipients.to_send[0].title == "Who it is about"


def test_from_another_state_it_goes_to_those_who_serve_it_nearest_first(served):
    make_organisation("World", places=["001"])
    make_organisation("Ohio", places=["US-OH", "US-KY"])
    make_organisation("Nation", places=["US"])
    make_organisation("Hidden", places=["US-OH"], is_shown=False)
    make_organisation("Mexico", places=["MX"])
    recipients = whom_to_write_to("OH")
    assert not recipients.is_ours
    assert [one.name for one in recipients.others] == ["Ohio", "Nation", "World"]
    assert [one.name for one in whom_to_write_to("MX").others] == ["Mexico", "World"]


def test_it_speaks_the_language_that_it_is_asked_for(served):
    assert whom_to_write_to("NY", language="es").to_send[0].title == "De quién se trata"


def test_it_asks_a_fixed_number_of_questions(served, django_assert_num_queries):
    for number in range(3):
        make_organisation(f"Ohio {number}", places=["US-OH"])
    with django_assert_num_queries(4):
        recipients = whom_to_write_to("OH")
        assert [one.places for one in recipients.others]
    with django_assert_num_queries(2):
        whom_to_write_to()


def test_an_address_of_the_guide_comes_before_that_of_the_settings(served, editor):
    content = {"address": "Intake\r\n\r\n Box 9 ", "where_en": "x", "where_es": "x"}
    guide.publish(guide.save({Part.WHERE: content}, by=editor), by=editor)
    assert whom_to_write_to().address == ["Intake", "Box 9"]


def test_without_a_guide_there_is_still_the_address_of_the_settings(settings):
    settings.SITE_POSTAL_ADDRESS = ["Northlight"]
    GuideRevision.objects.all().delete()
    recipients = whom_to_write_to("OH")
    assert (recipients.is_ours, recipients.address, recipients.to_send) == (
        True,
        ["Northlight"],
        [],
    )
