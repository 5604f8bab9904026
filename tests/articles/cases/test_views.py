"""How we consider cases as a visitor reads it, the five questions, and the letter guide."""

from __future__ import annotations

import html
import json
import logging
import re

import pytest
from django.apps import apps
from django.test import Client

from articles.cases import guide
from articles.models import Article
from innocence.logs import WordlessFormatter
from tests.builders import make_organisation

pytestmark = pytest.mark.django_db

PAGES = {"en": "/how-we-consider-cases/", "es": "/como-consideramos-casos/"}
YES_TO_ALL = {
    "convicted": "yes",
    "appeal_over": "yes",
    "evidence": "yes",
    "place": "US-NY",
    "in_prison": "yes",
}


@pytest.fixture(autouse=True)
def address(settings):
    settings.SITE_POSTAL_ADDRESS = ["Northlight", "P.O. Box 0000"]


@pytest.fixture
def served(editor):
    """We look at cases from New York; others from Ohio, Mexico, and the whole country."""
    saved = guide.save({guide.Part.PLACES: {"places": ["US-NY"]}}, by=editor)
    make_organisation("Example Clinic of Ohio", places=["US-OH"])
    make_organisation("Clínica de Ejemplo", places=["MX"])
    make_organisation("Sample Exchange", places=["US"])
    make_organisation("Closed Clinic", places=["US-TX"], is_shown=False)
    return guide.publish(saved, by=editor)


def read(response, status=200):
    assert response.status_code == status
    return html.unescape(response.content.decode())


def words(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def ask(client, language="en", **changed):
    return client.post(f"{PAGES[language]}check/", YES_TO_ALL | changed)


# The page ------------------------------------------------------------------------------


def test_the_page_says_everything_in_its_order(client, served):
    page = read(client.get(PAGES["en"]))
    parts = [
        "The person did not do it", "Cases before a verdict", "Answer five questions", "New York",
        "Who it is about", "No originals", "P.O. Box 0000", "Your letter arrives", "some weeks",
        "We cannot stop a deadline for you", "Nobody pays to have a case considered",
        "By state and country", "Example Clinic of Ohio",
    ]  # fmt: skip
    main = page[page.index('<div class="cases__text">') :]
    places = [main.index(part) for part in parts]
    assert places == sorted(places)
    assert page.count("<h1") == 1
    assert "not legal advice" in page


def test_its_introduction_is_what_staff_write_as_an_article(client, served):
    Article.objects.filter(slug="how-we-consider-cases").update(
        headline="Our way", standfirst="By {{ site_name }}.", body="<p>Zither {{ site_name }}</p>"
    )
    page = read(client.get(PAGES["en"]))
    assert '<h1 class="headline">Our way</h1>' in page
    assert "<p>Zither Innocence</p>" in page


def test_every_state_that_is_not_ours_names_whom_to_write_to(client, served):
    page = read(client.get(PAGES["en"]))
    table = page.partition('<table class="elsewhere')[2].partition("</table>")[0]
    rows = [words(row) for row in table.split("<tr>")[2:]]
    assert len(rows) == 56
    assert "Ohio Example Clinic of Ohio" in rows
    assert "Texas Sample Exchange" in rows
    assert "Mexico Clínica de Ejemplo" in rows
    assert not any(row.startswith("New York") for row in rows)
    assert "Closed Clinic" not in page


def test_a_state_for_which_nobody_is_known_says_so(client, editor):
    saved = guide.save({guide.Part.PLACES: {"places": ["US-NY"]}}, by=editor)
    guide.publish(saved, by=editor)
    assert "We know of none there." in read(client.get(PAGES["en"]))


def test_an_organisation_that_names_no_state_has_no_table(client):
    make_organisation("Example Clinic of Ohio")
    page = read(client.get(PAGES["en"]))
    assert "Where we work" not in page
    assert "By state and country" not in page
    assert "Example Clinic of Ohio" in page


def test_the_page_is_there_as_long_as_its_introduction_is(client, served):
    Article.objects.filter(slug="como-consideramos-casos").update(published_at=None)
    assert client.get(PAGES["es"]).status_code == 200
    Article.objects.update(withdrawn_at=served.saved_at)
    for page in PAGES.values():
        for address in (page, f"{page}check/", f"{page}letter/"):
            assert client.get(address).status_code == 404
    assert "check/" not in client.get("/sitemap.xml").content.decode()


# Two languages -------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "other"), [("en", "es"), ("es", "en")])
@pytest.mark.parametrize("below", ["", "check/", "letter/"])
def test_each_page_speaks_one_language_and_leads_to_the_other_without_a_cookie(
    client, served, language, other, below
):
    response = client.get(f"{PAGES[language]}{below}")
    page = read(response)
    assert f'<html lang="{language}">' in page
    assert response["Content-Language"] == language
    assert f'<a href="{PAGES[other]}{below}" lang="{other}" hreflang="{other}">' in page
    for one in PAGES:
        link = f'hreflang="{one}" href="http://127.0.0.1:8000{PAGES[one]}{below}"'
        assert f'<link rel="alternate" {link}>' in page
    canonical = f"http://127.0.0.1:8000{PAGES[language]}{below}"
    assert f'<link rel="canonical" href="{canonical}">' in page
    assert not response.cookies


def test_the_frame_of_the_spanish_page_leads_to_the_spanish_page(client, served):
    page = read(client.get(PAGES["es"]))
    assert f'<a href="{PAGES["es"]}" aria-current="page">' in page
    assert "Noticias" in page
    assert f'href="{PAGES["en"]}"' in read(client.get("/news/"))


def test_spanish_names_of_places_stand_in_the_spanish_page(client, served):
    page = read(client.get(PAGES["es"]))
    assert "Nueva York" in page
    assert "Carolina del Norte" in page
    assert "inglés" in words(page).lower()


def test_what_is_not_translated_stands_in_english_marked_so_and_the_page_says_it(
    client, served, editor
):
    note = 'class="notice ui"'
    assert note not in read(client.get(PAGES["es"]))
    point = dict.fromkeys(guide.POINT_FIELDS, "") | {"title_en": "Zither", "lines": 3}
    saved = guide.save({guide.Part.CAN: {"points": [point]}}, by=editor)
    guide.publish(saved, by=editor)
    page = read(client.get(PAGES["es"]))
    assert note in page
    assert re.search(r'<li lang="en">\s*<h3 class="points__title">Zither</h3>', page)
    assert note not in read(client.get(PAGES["en"]))


def test_a_missing_spanish_introduction_is_english_and_marked_so(client, served):
    Article.objects.filter(slug="como-consideramos-casos").update(published_at=None)
    page = read(client.get(PAGES["es"]))
    assert '<div class="prose" lang="en">' in page
    assert 'class="notice ui"' in page
    assert "La persona no lo hizo" in page


# For machines --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "answer"), [("en", "The person did not do it"), ("es", "La persona no lo hizo")]
)
def test_search_engines_get_questions_and_answers(client, served, language, answer):
    source = client.get(PAGES[language]).content.decode()
    (block,) = re.findall(
        r'<script type="application/ld\+json" nonce="[^"]+">(.*?)</script>', source
    )
    data = json.loads(block)
    assert (data["@type"], data["inLanguage"]) == ("FAQPage", language)
    answers = [question["acceptedAnswer"]["text"] for question in data["mainEntity"]]
    assert len(answers) == 9
    assert answer in answers[0]
    assert any("P.O. Box 0000" in text for text in answers)


def test_a_point_cannot_leave_the_script_that_it_stands_in(client, editor):
    point = dict.fromkeys(guide.POINT_FIELDS, "") | {"title_en": "</script><b>x", "lines": 1}
    guide.publish(guide.save({guide.Part.CAN: {"points": [point]}}, by=editor), by=editor)
    for below in ("", "letter/", "check/"):
        assert "</script><b>x" not in client.get(PAGES["en"] + below).content.decode()


def test_the_sitemap_knows_every_page_in_both_languages(client, served):
    sitemap = client.get("/sitemap.xml").content.decode()
    for page in PAGES.values():
        for below in ("", "check/", "letter/"):
            assert sitemap.count(f"<loc>http://127.0.0.1:8000{page}{below}</loc>") == 1


@pytest.mark.parametrize("number", [0, 12])
def test_the_pages_ask_a_fixed_number_of_questions(
    client, served, number, django_assert_num_queries
):
    for one in range(number):
        make_organisation(f"Clinic {one}", places=["US-OH", "US-KY"])
    with django_assert_num_queries(5):
        client.get(PAGES["en"])
    with django_assert_num_queries(4):
        client.get(f"{PAGES['en']}check/")
    with django_assert_num_queries(6):
        ask(client, place="US-OH")
    with django_assert_num_queries(3):
        client.get(f"{PAGES['es']}letter/")


# The five questions --------------------------------------------------------------------


def test_a_case_that_we_look_at_is_shown_where_and_what_to_write(client, served):
    page = read(ask(client))
    assert "You can write to us about this" in page
    assert "It is no promise" in page
    for part in ("P.O. Box 0000", "Who it is about", f"{PAGES['en']}letter/"):
        assert part in page
    assert "It is all right not to know" not in page


@pytest.mark.parametrize("unknown", [{"place": "unknown"}, {"appeal_over": "unsure"}])
def test_not_knowing_leads_to_us_as_well(client, served, unknown):
    page = read(ask(client, **unknown))
    assert "You can write to us about this" in page
    assert "It is all right not to know something." in page


@pytest.mark.parametrize(
    ("place", "name"), [("US-OH", "Example Clinic of Ohio"), ("US-TX", "Sample Exchange"),
                        ("MX", "Clínica de Ejemplo")],
)  # fmt: skip
def test_from_another_place_the_answer_names_who_works_there(client, served, place, name):
    page = read(ask(client, place=place))
    assert "We do not work here" in page
    assert name in page
    assert "https://clinic.example/" in page
    assert "You can write to us about this" not in page


def test_from_a_place_that_nobody_serves_the_answer_says_so(client, served):
    page = read(ask(client, place="ZZ"))
    assert "We know of no organization there that we could name." in page
    assert "public defender" in page


def test_what_stands_against_a_case_is_said_with_what_may_help(client, served):
    page = read(ask(client, appeal_over="no", evidence="no", place="US-OH"))
    assert "We cannot look at this case as it stands" in page
    assert "It does not mean that we do not believe you." in page
    assert "The first appeal is not over." in page
    assert "We look for something that the court has not heard" in page
    assert "Example Clinic of Ohio" in page


def test_the_answers_stay_in_the_form(client, served):
    page = read(ask(client, appeal_over="unsure", place="US-OH"))
    chosen = re.findall(r'name="(\w+)" value="(\w+)"[^>]* checked', page)
    assert dict(chosen) == {
        "convicted": "yes",
        "appeal_over": "unsure",
        "evidence": "yes",
        "in_prison": "yes",
    }
    assert '<option value="US-OH" selected>' in page


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"convicted": ""}, "Please choose an answer."),
        ({"convicted": "perhaps"}, "Please choose one of these answers."),
        ({"in_prison": "unsure"}, "Please choose one of these answers."),
        ({"place": ""}, "Please choose a state or country."),
        ({"place": "Thornquist"}, "Please choose a state or country from the list."),
        ({"place": "\x00"}, "Please choose a state or country from the list."),
    ],
)
def test_an_answer_that_is_missing_or_odd_is_asked_for_at_its_question(
    client, served, changed, said
):
    page = read(ask(client, **changed), 422)
    (name,) = changed
    field = page.partition(f'id="id_{name}_error"')[2].partition("</div>")[0]
    assert said in field
    assert f'<a href="#id_{name}">' in page
    assert f'id="id_{name}"' in page
    assert "Thornquist" not in page
    others = [one for one in YES_TO_ALL if one not in {name, "place"}]
    for one in others:
        assert re.search(rf'name="{one}" value="yes"[^>]* checked', page)


def test_nothing_that_is_answered_is_kept_logged_or_put_into_an_address(client, served):
    lines: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record):
            lines.append(self.format(record))

    collector = Collector()
    collector.setFormatter(WordlessFormatter("%(name)s %(message)s"))
    root, level = logging.getLogger(), logging.getLogger().level
    logging.getLogger("django.db.backends").propagate = False
    root.addHandler(collector)
    root.setLevel(logging.DEBUG)
    before = {model: model._default_manager.count() for model in apps.get_models()}
    try:
        answers = [
            ask(client, place="US-OH"),
            ask(client, convicted="no"),
            ask(client, place="Thornquist"),
        ]
    finally:
        root.removeHandler(collector)
        root.setLevel(level)
        logging.getLogger("django.db.backends").propagate = True
    assert {model: model._default_manager.count() for model in apps.get_models()} == before
    for answer in answers:
        assert "no-store" in answer["Cache-Control"]
        assert "Location" not in answer
        assert not answer.cookies
    assert not any("US-OH" in line or "Thornquist" in line for line in lines)


def test_the_form_sends_its_answers_in_the_body_and_sets_no_cookie(client, served):
    response = client.get(f"{PAGES['en']}check/")
    page = read(response)
    assert f'method="post" action="{PAGES["en"]}check/"' in page
    assert "csrfmiddlewaretoken" not in page
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(f"{PAGES['en']}check/", YES_TO_ALL).status_code == 200


def test_answers_in_an_address_are_not_taken(client, served):
    page = read(client.get(f"{PAGES['en']}check/", YES_TO_ALL))
    assert "checked" not in page
    assert "You can write to us" not in page


def test_the_check_answers_in_spanish_as_well(client, served):
    page = read(ask(client, "es", place="US-OH"))
    assert '<html lang="es">' in page
    assert "Example Clinic of Ohio" in page
    assert f'action="{PAGES["es"]}check/"' in page


def test_an_address_asked_the_wrong_way_says_so(client, served):
    for address in (PAGES["en"], f"{PAGES['en']}letter/"):
        assert client.post(address).status_code == 405
    assert client.put(f"{PAGES['en']}check/").status_code == 405


# The letter guide ----------------------------------------------------------------------


def test_the_letter_guide_has_lines_to_write_on_for_what_staff_ask_for(client, served, editor):
    point = dict.fromkeys(guide.POINT_FIELDS, "") | {
        "title_en": "Zither",
        "title_es": "Cítara",
        "lines": 7,
    }
    guide.publish(guide.save({guide.Part.SEND: {"points": [point]}}, by=editor), by=editor)
    page = read(client.get(f"{PAGES['en']}letter/"))
    assert page.count("<span></span>") == 7
    assert "Zither" in page
    assert "P.O. Box 0000" in page
    assert "No originals." in page
    assert "Cítara" in read(client.get(f"{PAGES['es']}letter/"))
