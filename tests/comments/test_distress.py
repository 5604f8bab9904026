"""Somebody in distress sees first where help is, and a person reads them before anybody else."""

from __future__ import annotations

import html
import re

import pytest
from django.contrib.auth.models import Permission

from comments.models import Comment, EmergencyNumber, HelpLine
from tests.builders import make_article, make_comment, make_user
from tests.comments.browsing import write

pytestmark = pytest.mark.django_db

BODY = "I can't go on any more. I want to end my life tonight. Tell my brother I am sorry."
DONATE = 'class="btn give"'


def text_of(response):
    return html.unescape(response.content.decode())


@pytest.fixture
def line(db):
    return HelpLine.objects.get()


def values_of(line, **others):
    names = ("country", "name", "how", "phone", "website", "position")
    return {name: getattr(line, name) for name in names} | {"is_shown": "on"} | others


def test_the_comment_is_kept_at_once_and_its_writer_sees_help_first(client, settings):
    settings.DONATE_URL = "https://give.example.org/"
    article = make_article()
    response = write(client, article, body=BODY)
    comment = Comment.objects.get()
    assert (comment.status, comment.is_urgent) == ("waiting", True)
    assert response.url.startswith(f"/news/{article.slug}/comment/help/?language=en&receipt=")
    page = text_of(client.get(response.url))
    assert page.index("988") < page.index("waits for a moderator")
    assert 'href="tel:988"' in page
    receipt = re.search(r'href="(/receipt/[^"]+)"', page)
    assert receipt
    assert "Your comment waits for a moderator" in text_of(client.get(receipt[1]))
    assert DONATE not in page
    assert DONATE in text_of(client.get(article.get_absolute_url()))


def test_nobody_is_turned_away_from_help(client):
    """Cookies may be refused, the page reloaded, the address mistyped."""
    article = make_article()
    for query in ("", "?receipt=x", "?receipt=WzEsMF0:1a:x"):
        page = text_of(client.get(f"/news/{article.slug}/comment/help/{query}"))
        assert "988" in page
        assert "please do not wait for our answer" in page
        assert "/receipt/" not in page


def test_no_question_stands_between_somebody_in_distress_and_a_person(client):
    """They may close the page at any question; whatever else was seen waits for a moderator too."""
    write(client, make_article(), body=f"{BODY} My number is 212-555-0142.")
    comment = Comment.objects.get()
    assert (comment.status, comment.is_urgent) == ("waiting", True)
    assert comment.findings.filter(type="PHONE").exists()


def test_help_is_there_while_the_comment_is_being_written(client):
    article = make_article()
    response = client.post(f"/news/{article.slug}/comment/look/", {"name": "A", "body": BODY})
    assert 'href="tel:988"' in text_of(response)


def help_page(client):
    return text_of(client.get(f"/news/{make_article().slug}/comment/help/"))


def test_lines_stand_by_country_and_a_hidden_one_is_not_shown(client, line):
    HelpLine.objects.create(
        country="Nederland", name="113", how="Bel 113.", phone="113", position=3
    )
    HelpLine.objects.create(country="Elsewhere", name="Gone", phone="1", is_shown=False)
    page = help_page(client)
    assert page.index(">United States<") < page.index("tel:988") < page.index(">Nederland<")
    assert "Gone" not in page


def test_each_country_has_its_emergency_number_below_its_own_lines(client):
    HelpLine.objects.create(country="nederland ", name="113", how="Bel 113.", phone="113")
    page = help_page(client)
    places = [page.index(f'"tel:{number}"') for number in ("988", "911", "113", "112", "999")]
    assert places == sorted(places)
    assert page.count("Nederland") == 0, "said once, as the help line has it"


def test_a_number_that_staff_hide_or_a_country_without_one_leaves_the_sentence(client):
    EmergencyNumber.objects.update(is_shown=False)
    page = help_page(client)
    assert "911" not in page
    assert "please call the emergency number of your country." in page


def test_a_site_without_any_line_tells_the_emergency_numbers(client):
    HelpLine.objects.all().delete()
    page = help_page(client)
    assert "the emergency number of your country:" in page
    assert 'href="tel:911"' in page


def test_the_emergency_number_is_there_while_a_comment_is_being_written(client):
    address = f"/news/{make_article().slug}/comment/look/"
    assert 'href="tel:911"' in text_of(client.post(address, {"name": "A", "body": BODY}))


def test_the_guide_stands_beside_a_comment_in_distress_and_no_other(moderator_client):
    urgent = make_comment(status="waiting", queue="general", is_urgent=True)
    other = make_comment(status="waiting", queue="general")
    guide = "Do not remove it because of the distress."
    assert guide in text_of(moderator_client.get(f"/moderation/comments/{urgent.pk}/"))
    assert guide not in text_of(moderator_client.get(f"/moderation/comments/{other.pk}/"))


def test_staff_add_a_line(moderator_client, line):
    sent = values_of(line, country="México", name="Línea de la Vida", phone="800 911 2000")
    response = moderator_client.post("/moderation/help-lines/new/", sent | {"seen": ""})
    assert response.status_code == 302
    assert "Línea de la Vida" in text_of(moderator_client.get("/moderation/help-lines/"))


def test_a_line_without_a_way_to_reach_it_is_refused_with_what_was_typed(moderator_client, line):
    sent = values_of(line, name="Nobody answers", phone="", website="")
    response = moderator_client.post("/moderation/help-lines/new/", sent)
    assert response.status_code == 422
    assert "Give a number to call or a website, or both." in text_of(response)
    assert 'value="Nobody answers"' in text_of(response)


def test_two_people_change_one_line_and_neither_loses_a_word(moderator_client, line):
    address = f"/moderation/help-lines/{line.pk}/"
    seen = line.changed_at.isoformat()
    first = values_of(line, how="Call 988.", seen=seen)
    assert moderator_client.post(address, first).status_code == 302
    second = moderator_client.post(address, values_of(line, how="Text 988.", seen=seen))
    page = text_of(second)
    assert second.status_code == 409
    assert "Call 988." in page
    assert 'value="Text 988."' in page
    newer = HelpLine.objects.get().changed_at.isoformat()
    assert f'value="{newer}"' in page
    third = values_of(line, how="Text 988.", seen=newer)
    assert moderator_client.post(address, third).status_code == 302
    assert HelpLine.objects.get().how == "Text 988."


def test_staff_add_the_number_of_a_country_that_has_none(moderator_client):
    HelpLine.objects.create(country="Costa & Rica", name="Aquí estoy", how="Llame.", phone="1")
    page = moderator_client.get("/moderation/help-lines/").content.decode()
    address = re.search(r'href="([^"]+new/\?country=[^"]+)"', page)
    assert address
    assert 'value="Costa & Rica"' in text_of(moderator_client.get(html.unescape(address[1])))
    sent = {"country": "Costa & Rica", "number": "911", "position": 4, "is_shown": "on"}
    response = moderator_client.post("/moderation/help-lines/emergency/new/", sent)
    assert response.status_code == 302
    page = text_of(moderator_client.get(response.url))
    assert "Saved: Costa & Rica: 911." in page
    assert "No emergency number yet" not in page
    assert ">Costa & Rica: 911</a>" in page


@pytest.mark.parametrize(
    ("country", "number", "refused"),
    [
        ("UNITED states", "911", "This country has an emergency number already."),
        ("Japan", "one-one-nine", "Digits only"),
        ("Japan", "119\n", None),
    ],
)
def test_a_number_can_be_dialled_and_is_the_only_one_of_its_country(
    moderator_client, country, number, refused
):
    sent = {"country": country, "number": number, "position": 4, "is_shown": "on"}
    response = moderator_client.post("/moderation/help-lines/emergency/new/", sent)
    assert response.status_code == (422 if refused else 302)
    if refused:
        assert refused in text_of(response)
        assert f'value="{number}"' in text_of(response)


def test_two_people_change_one_number_and_the_second_sees_what_the_first_wrote(moderator_client):
    spain = EmergencyNumber.objects.get(country="España")
    address = f"/moderation/help-lines/emergency/{spain.pk}/"
    sent = {"country": "España", "position": 4, "seen": spain.changed_at.isoformat()}
    assert moderator_client.post(address, sent | {"number": "091"}).status_code == 302
    second = moderator_client.post(address, sent | {"number": "062"})
    assert second.status_code == 409
    assert "Theirs: España, 091." in text_of(second)
    assert 'value="062"' in text_of(second)
    assert EmergencyNumber.objects.get(pk=spain.pk).number == "091"


def test_who_may_only_look_finds_no_way_to_change(client, line):
    reader = make_user("reader")
    reader.user_permissions.add(Permission.objects.get(codename="view_helpline"))
    client.force_login(reader)
    page = text_of(client.get("/moderation/help-lines/"))
    assert line.name in page
    assert f"/moderation/help-lines/{line.pk}/" not in page
    assert client.get(f"/moderation/help-lines/{line.pk}/").status_code == 403
    assert "/emergency/" not in page
    number = EmergencyNumber.objects.get(country=line.country)
    for address in ("new/", f"{number.pk}/"):
        assert client.get(f"/moderation/help-lines/emergency/{address}").status_code == 403


def test_the_help_lines_stand_among_the_pages_of_the_desk(moderator_client):
    for address in ("/moderation/", "/moderation/help-lines/"):
        lanes = text_of(moderator_client.get(address)).partition('class="lanes"')[2]
        assert "/moderation/help-lines/" in lanes.partition("</nav>")[0]
