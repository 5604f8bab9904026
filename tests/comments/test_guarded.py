"""What could do the worst harm is hidden even at the desk, until somebody asks to see it."""

from __future__ import annotations

from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from comments import moderation
from comments.models import Comment, Decision, Finding, Reveal, Status
from comments.screening import is_beside, minors
from tests.builders import make_comment, make_finding, make_user
from tests.comments.browsing import without_chance

pytestmark = pytest.mark.django_db

SSN = "517-22-8841"
BODY = f"My number is {SSN}, call 555-0147."
LISTS = ["/moderation/pii/", "/moderation/all/"]


@pytest.fixture
def comment():
    comment = make_comment(body=BODY, status=Status.WAITING, queue="pii")
    make_finding(comment, SSN, type="SSN")
    make_finding(comment, "555-0147")
    return comment


def own_page(comment: Comment) -> str:
    return reverse("comments:show", args=[comment.pk])


def reveal(client: Client, finding: Finding, **values):
    path = reverse("comments:reveal", args=[finding.comment_id])
    return client.post(
        path,
        {"finding": finding.pk, "version": finding.comment.version, "cuts_given": "1"} | values,
    )


def test_the_characters_of_a_critical_finding_stand_on_no_page(moderator_client, comment):
    reply = make_comment(parent=comment, status=Status.WAITING, queue="pii")
    for path in (*LISTS, own_page(comment), own_page(reply)):
        page = moderator_client.get(path).content.decode()
        assert SSN not in page
        assert "•••-••-••••".replace("-", "•") in page
    for path in (*LISTS, own_page(comment)):
        page = moderator_client.get(path).content.decode()
        assert "555-0147" in page
        assert "social security number" in page
        assert "Show the characters" in page


def test_a_critical_number_in_the_name_stands_on_no_page_either(moderator_client, moderator):
    comment = make_comment(name=f"Jo {SSN}", status=Status.WAITING, queue="pii")
    make_finding(comment, SSN, type="SSN", field="name")
    reply = make_comment(parent=comment, status=Status.WAITING, queue="pii")
    decision = moderation.move(comment, by=moderator, queue="hate")
    pages = ["/moderation/", "/moderation/all/", "/moderation/hate/"]
    for path in (*pages, own_page(comment), own_page(reply), f"/moderation/?decided={decision.pk}"):
        assert SSN not in moderator_client.get(path).content.decode()


def test_asking_shows_them_keeps_the_form_and_is_written_down(moderator_client, moderator, comment):
    finding = comment.findings.get(type="SSN")
    answer = reveal(moderator_client, finding, note="Read twice.")
    page = unescape(answer.content.decode())
    assert answer.status_code == 200
    assert SSN in page
    assert "Read twice." in page
    assert "Looked at: social security number" in page
    row = Reveal.objects.get()
    assert (row.comment, row.by, row.type) == (comment, moderator, "SSN")
    assert SSN not in str(Reveal.objects.values().get())
    assert not Decision.objects.exists()


def test_they_stay_shown_for_ten_minutes_on_that_page_to_that_moderator(
    moderator_client, other_moderator, comment
):
    reveal(moderator_client, comment.findings.get(type="SSN"))
    assert SSN in moderator_client.get(own_page(comment)).content.decode()
    for path in LISTS:
        assert SSN not in moderator_client.get(path).content.decode()
    colleague = Client()
    colleague.force_login(other_moderator)
    assert SSN not in colleague.get(own_page(comment)).content.decode()
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert SSN not in moderator_client.get(own_page(comment)).content.decode()


@pytest.mark.parametrize("finding", ["", "0", "x", "9" * 30])
def test_an_unknown_finding_shows_nothing(moderator_client, comment, finding):
    path = reverse("comments:reveal", args=[comment.pk])
    answer = moderator_client.post(path, {"finding": finding, "version": 1})
    assert answer.status_code == 422
    assert SSN not in answer.content.decode()
    assert not Reveal.objects.exists()


def test_what_is_not_hidden_needs_no_look(moderator_client, comment):
    answer = reveal(moderator_client, comment.findings.get(type="PHONE"))
    assert answer.status_code == 422
    assert not Reveal.objects.exists()


def test_only_a_moderator_may_look_and_only_by_pressing(
    client, editor_client, moderator_client, comment
):
    finding = comment.findings.get(type="SSN")
    assert SSN not in reveal(client, finding).content.decode()
    assert reveal(editor_client, finding).status_code == 403
    path = reverse("comments:reveal", args=[comment.pk])
    assert moderator_client.get(path, {"finding": finding.pk}).status_code == 405
    assert not Reveal.objects.exists()


def test_a_look_is_never_changed_and_never_deleted(moderator, comment):
    row = moderation.reveal(comment.findings.get(type="SSN"), by=moderator)
    for change in (row.save, row.delete):
        with pytest.raises(TypeError):
            change()


def test_the_preview_and_what_readers_see_guard_what_is_not_cut(
    moderator_client, moderator, comment
):
    phone = comment.findings.get(type="PHONE")
    moderation.approve_redacted(comment, by=moderator, cuts=[phone])
    for path in ("/moderation/all/", own_page(comment)):
        page = moderator_client.get(path).content.decode()
        assert "[phone number removed]" in page
        assert SSN not in page


def test_a_cut_by_hand_over_hidden_characters_shows_none(moderator_client, moderator, comment):
    start = BODY.index(SSN)
    cut = {"field": "body", "start": start - 3, "end": start + 5, "type": "SSN"}
    moderation.approve_redacted(comment, by=moderator, cuts=[], by_hand=[cut])
    page = moderator_client.get(own_page(comment)).content.decode()
    assert SSN[:5] not in page
    assert SSN[-4:] not in without_chance(page)


def test_the_admin_guards_them_too(comment):
    admin = Client()
    admin.force_login(make_user("root", is_staff=True, is_superuser=True))
    page = admin.get(f"/admin/comments/comment/{comment.pk}/change/").content.decode()
    assert SSN not in page
    assert "555-0147" in page


@pytest.mark.parametrize(
    ("kind", "score", "is_critical"),
    [
        ("SSN", 0.9, True),
        ("SSN", 0.4, True),
        ("CREDIT_CARD", 0.9, True),
        ("IBAN", 0.9, True),
        ("OTHER_ID", 0.9, True),
        ("OTHER_ID", 0.4, False),
        ("PHONE", 0.9, False),
        ("INMATE_ID", 0.9, False),
        ("PERSON_PRIVATE", 0.9, False),
        ("HATE", 0.9, False),
    ],
)
def test_which_findings_are_critical(kind, score, is_critical):
    comment = make_comment(body="It says 12345678 here.")
    assert make_finding(comment, "12345678", type=kind, score=score).is_critical is is_critical


def test_whatever_stands_beside_a_child_is_critical():
    comment = make_comment(
        body="Her 9-year-old daughter Mia Brandt lives at 4 Elm Row.\n\nAsk for Jo Lind."
    )
    name = make_finding(comment, "Mia Brandt", type="PERSON_PRIVATE")
    place = make_finding(comment, "4 Elm Row", type="ADDRESS")
    other = make_finding(comment, "Jo Lind", type="PERSON_PRIVATE")
    assert [f.is_critical for f in (name, place, other)] == [True, True, False]
    assert comment.guarded_body.endswith("Jo Lind.")
    assert "Mia" not in comment.guarded_body


def test_the_desk_says_what_stands_beside_a_child(moderator_client):
    comment = make_comment(
        body="The 9-year-old Mia Brandt.\n\nAsk Jo Lind.", status=Status.WAITING, queue="pii"
    )
    make_finding(comment, "Mia Brandt", type="PERSON_PRIVATE")
    make_finding(comment, "Jo Lind", type="PERSON_PRIVATE")
    page = moderator_client.get(own_page(comment)).content.decode()
    assert page.count("beside a child:") == 1


@pytest.mark.parametrize(
    "text",
    [
        "my 9-year-old daughter",
        "her son, 12, walks",
        "Mia is aged 7",
        "our daughter Mia (8) sings",
        "a 6 y/o",
        "he is a minor",
        "the toddler",
        "in third-floor elementary school",
        "su hija Mía de 9 años",
        "el niño tiene 5 años",
        "es menor de edad",
        "het 9-jarige meisje",
        "zij is minderjarig",
    ],
)
def test_a_child_is_known_by_its_age_or_by_its_name(text):
    assert minors(text)


@pytest.mark.parametrize(
    "text",
    [
        "He served 9 years.",
        "She was 16 years old when they convicted her.",
        "My son has done 12 years.",
        "a 45-year-old man",
        "una condena de 9 años de prisión",
        "My daughter is a lawyer.",
        "a minor error, 12 jurors",
        "his brother 3 times",
        "a kind 9 letters",
    ],
)
def test_a_grown_person_is_no_child(text):
    assert minors(text) == []


def test_beside_means_near_and_in_the_same_paragraph():
    text = "a toddler, then " + "x" * 80 + " far\n\nnext"
    found = minors(text)
    assert is_beside(11, 15, found, text)
    assert not is_beside(text.index("far"), text.index("far") + 3, found, text)
    assert not is_beside(text.index("next"), text.index("next") + 4, [(90, 95)], text)
