"""Gone for good: after a destruction the whole database and the cache are searched byte by byte."""

from __future__ import annotations

import pickle
import shutil
import subprocess
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from comments import erasure, moderation
from comments.models import Comment, Decision, Finding, Notice, Status
from tests.builders import make_article, make_comment, make_finding, make_user
from tests.comments.browsing import without_chance

from .browsing import write

SSN, PHONE, NAME, BY_HAND = "517-22-8841", "(602) 555-0147", "Oswin Tarquel", "zyxomma"
PLANTED = [SSN, PHONE, NAME, BY_HAND]
FILLER = "The lanterns on the pier were lit again, and nobody asked why. " * 70
BODY = f"{FILLER}\n\nMy number is {SSN}, call {PHONE}. {NAME} knows the {BY_HAND}."


# What can be searched ---------------------------------------------------------------------


def _everything() -> dict[str, bytes]:
    """Every byte that the site has written, by where it stands."""
    searched = {
        "cache": pickle.dumps(list(getattr(cache, "_cache", {}).items())),
        "mail": "".join(str(letter.message()) for letter in mail.outbox).encode(),
    }
    if connection.vendor == "sqlite":
        file = Path(connection.settings_dict["NAME"])
        for path in file.parent.glob(f"{file.name}*"):
            searched[path.name] = path.read_bytes()
    else:
        searched["dump"] = _dump()
    return searched


def _dump() -> bytes:
    settings = connection.settings_dict
    command = ["pg_dump", "--no-password", "--dbname", settings["NAME"]]
    for option, name in (("--host", "HOST"), ("--port", "PORT"), ("--username", "USER")):
        command += [option, str(settings[name])] if settings[name] else []
    environment = {"PGPASSWORD": settings["PASSWORD"] or "", "PATH": "/usr/bin:/bin"}
    return subprocess.run(command, env=environment, check=True, capture_output=True).stdout


def _holders(words: str) -> list[str]:
    digits = "".join(char for char in words if char.isdigit())
    needles = {words.lower().encode()} | ({digits.encode()} if len(digits) > 6 else set())
    return [
        place
        for place, content in _everything().items()
        if any(needle in content.lower() for needle in needles)
    ]


needs_a_dump = pytest.mark.skipif(
    connection.vendor != "sqlite" and shutil.which("pg_dump") is None,
    reason="pg_dump is not installed",
)


def _crowd(number: int = 60) -> None:
    """Other comments before and after, so that pages of the database fill and split."""
    article = make_article()
    for index in range(number):
        comment = make_comment(article, body=f"{FILLER[: 200 + 61 * index]}")
        make_finding(comment, "lanterns")


# Through the door, to the end -----------------------------------------------------------------


@needs_a_dump
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("how", ["when its time is over", "at once", "removed and at once"])
def test_nothing_of_what_was_cut_is_left_anywhere(client, how):
    _crowd()
    article = make_article()
    answer = write(client, article, body=BODY, name=NAME, email="o@example.org", choice="as_is")
    assert answer.status_code == 302
    comment = Comment.objects.get(email="o@example.org")
    _crowd()
    make_user("moderator", "Moderators")
    client.login(username="moderator", password="secret")
    for _look in range(2):
        client.get(reverse("comments:show", args=[comment.pk]))
        client.get("/moderation/all/")

    values = {"version": comment.version, "cuts_given": "1"}
    values |= {"cuts": [finding.pk for finding in comment.findings.all() if finding.can_be_cut]}
    for words in (SSN, PHONE, NAME):
        at = reverse("comments:cut", args=[comment.pk])
        client.post(at, values | {"cut_words": words, "cut_type": "OTHER_ID"})
    spans = [
        f"{field}:{text.index(words)}:{text.index(words) + len(words)}:OTHER_ID"
        for field, text in (("body", comment.body), ("name", comment.name))
        for words in PLANTED
        if words in text
    ]
    decided = client.post(
        reverse("comments:decide", args=[comment.pk]),
        {
            "version": comment.version,
            "cuts_given": "1",
            "spans": spans,
            "decision": "approve_redacted",
        },
    )
    assert decided.status_code == 302
    client.get(article.get_absolute_url())
    client.get(f"/news/{article.slug}/feed/")
    client.get("/search/", {"q": "lanterns"})
    if connection.vendor == "sqlite":
        for words in PLANTED:
            assert _holders(words), "the search finds nothing at all"

    if how == "when its time is over":
        hours = timedelta(hours=25)
        with time_machine.travel(timezone.now() + hours):
            call_command("purge_personal_data", stdout=StringIO())
    else:
        comment.refresh_from_db()
        if how.startswith("removed"):
            client.post(
                reverse("comments:decide", args=[comment.pk]),
                {"version": comment.version, "decision": "remove", "reason": "other"},
            )
            comment.refresh_from_db()
        client.post(reverse("comments:destroy", args=[comment.pk]), {"version": comment.version})

    comment.refresh_from_db()
    assert comment.original_destroyed_at
    for words in PLANTED:
        assert _holders(words) == [], words


@needs_a_dump
@pytest.mark.django_db(transaction=True)
def test_a_short_comment_among_many_leaves_nothing_either(moderator):
    planted = [f"Zorbell Quix{number:03} 602-555-{number:04}" for number in range(40)]
    comments = []
    for words in planted:
        _crowd(1)
        comment = make_comment(body=f"See {words}.", name=words, status=Status.WAITING, queue="pii")
        make_finding(comment, words, type="PERSON_PRIVATE")
        make_finding(comment, words, type="PERSON_PRIVATE", field="name")
        comments.append(comment)
    for comment in comments:
        moderation.approve_redacted(comment, by=moderator)
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        call_command("purge_personal_data", stdout=StringIO())
    for words in ("Zorbell", "602-555-"):
        assert _holders(words) == []


# Destroy now ------------------------------------------------------------------------------


@pytest.fixture
def redacted(moderator):
    comment = make_comment(body=f"Call {PHONE} soon.", status=Status.WAITING, queue="pii")
    make_finding(comment, PHONE)
    moderation.approve_redacted(comment, by=moderator)
    return comment


def destroy(client, comment, **values):
    path = reverse("comments:destroy", args=[comment.pk])
    return client.post(path, {"version": comment.version} | values)


@pytest.mark.django_db
def test_the_page_asks_first_and_names_kinds_only(moderator_client, redacted):
    path = reverse("comments:destroy", args=[redacted.pk])
    page = moderator_client.get(path).content.decode()
    assert "phone number" in page
    assert "555" not in without_chance(page)
    assert "Backups made before now" in page
    redacted.refresh_from_db()
    assert PHONE in redacted.body


@pytest.mark.django_db
def test_what_was_cut_is_gone_and_the_history_says_by_whom(moderator_client, moderator, redacted):
    digest, changed_at = redacted.submission_digest, redacted.changed_at
    answer = destroy(moderator_client, redacted)
    assert answer.status_code == 302
    redacted.refresh_from_db()
    last = redacted.decisions.last()
    assert redacted.is_published
    assert redacted.body == redacted.public_body == "Call [phone number removed] soon."
    assert redacted.changed_at == changed_at
    assert redacted.submission_digest != digest
    assert (last.action, last.by) == ("destroy", moderator)
    assert not Finding.objects.exists()
    page = moderator_client.get(answer["Location"]).content.decode()
    assert "Destroyed for good" in page
    assert "data-undo" not in page
    assert "Destroy what was cut now" not in page


@pytest.mark.django_db
def test_an_undo_after_that_brings_back_the_state_and_no_characters(moderator, redacted):
    erasure.destroy_now(redacted, by=moderator)
    redacted.refresh_from_db()
    moderation.undo(redacted.decisions.get(action="approve_redacted"), by=moderator)
    redacted.refresh_from_db()
    assert redacted.is_waiting
    assert "555" not in redacted.body


@pytest.mark.django_db
def test_where_an_undo_would_bring_back_nothing_it_is_not_offered(moderator_client, moderator):
    comment = make_comment(body=f"Call {PHONE} soon.", status=Status.PUBLISHED)
    make_finding(comment, PHONE)
    moderation.approve_redacted(comment, by=moderator)
    letters = Notice.objects.count()
    destroy(moderator_client, comment)
    comment.refresh_from_db()
    page = moderator_client.get(reverse("comments:show", args=[comment.pk])).content.decode()
    assert 'value="undo"' not in page
    answer = moderator_client.post(
        reverse("comments:decide", args=[comment.pk]),
        {"decision": "undo", "version": comment.version},
    )
    assert answer.status_code == 422
    assert "nothing is left to bring back" in answer.content.decode()
    assert Notice.objects.count() == letters


@pytest.mark.django_db
def test_other_comments_with_the_same_characters_are_named_and_go_with_it(
    moderator_client, moderator, redacted
):
    other = make_comment(body=f"He said {PHONE}.")
    make_finding(other, PHONE)
    moderation.approve_redacted(other, by=moderator)
    waiting = make_comment(body=f"It is {PHONE}.", status=Status.WAITING, queue="pii")
    make_finding(waiting, PHONE)
    page = moderator_client.get(reverse("comments:destroy", args=[redacted.pk])).content.decode()
    assert f'name="also" value="{other.pk}:{other.version}"' in page
    assert f'value="{waiting.pk}:' not in page
    assert "Decide on it first" in page
    answer = destroy(moderator_client, redacted, also=[f"{other.pk}:{other.version}"])
    assert answer.status_code == 302
    other.refresh_from_db()
    assert other.body == "He said [phone number removed]."
    assert [d.action for d in other.decisions.all()] == ["approve_redacted", "destroy"]


@pytest.mark.django_db
def test_when_one_of_the_others_has_changed_nothing_is_destroyed(moderator_client, redacted):
    other = make_comment(body="Nothing of the kind.")
    answer = destroy(moderator_client, redacted, also=[f"{other.pk}:{other.version}"])
    assert answer.status_code == 409
    redacted.refresh_from_db()
    assert PHONE in redacted.body


@pytest.mark.django_db
def test_a_removed_comment_goes_whole(moderator_client, moderator):
    comment = make_comment(body="Words.", author_digest="d" * 64)
    moderation.remove(comment, by=moderator, reason="threat")
    destroy(moderator_client, comment)
    comment.refresh_from_db()
    kept = (comment.body, comment.name, comment.email, comment.author_digest)
    assert kept == ("", "", "", "")
    assert [d.action for d in comment.decisions.all()] == ["remove", "destroy"]


@pytest.mark.django_db
def test_its_author_hears_nothing_new_and_an_unsent_letter_still_goes_out(moderator, redacted):
    letters = list(Notice.objects.values_list("pk", "given_up_at"))
    erasure.destroy_now(redacted, by=moderator)
    assert list(Notice.objects.values_list("pk", "given_up_at")) == letters


@pytest.mark.django_db
@pytest.mark.parametrize("status", [Status.WAITING, Status.PUBLISHED])
def test_what_is_whole_cannot_be_destroyed(moderator_client, status):
    comment = make_comment(status=status, queue="pii")
    answer = destroy(moderator_client, comment)
    assert answer.status_code == 409
    assert "nothing to destroy" in answer.content.decode()
    assert not Decision.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("version", ["1", "", "x", "9" * 30])
def test_a_stale_page_destroys_nothing(moderator_client, redacted, version):
    answer = destroy(moderator_client, redacted, version=version)
    assert answer.status_code == 409
    redacted.refresh_from_db()
    assert PHONE in redacted.body


@pytest.mark.django_db
def test_it_needs_a_permission_of_its_own(client, editor_client, moderator, redacted):
    path = reverse("comments:destroy", args=[redacted.pk])
    assert client.get(path).status_code == 302
    assert editor_client.post(path, {"version": redacted.version}).status_code == 403
    moderator.groups.first().permissions.filter(codename="destroy").get()
    moderator.groups.first().permissions.remove(
        moderator.groups.first().permissions.get(codename="destroy")
    )
    client.force_login(moderator)
    assert client.post(path, {"version": redacted.version}).status_code == 403
    page = client.get(reverse("comments:show", args=[redacted.pk])).content.decode()
    assert "Destroy what was cut" not in page
    redacted.refresh_from_db()
    assert PHONE in redacted.body


@pytest.mark.django_db
def test_the_form_to_decide_destroys_nothing(moderator_client, redacted):
    answer = moderator_client.post(
        reverse("comments:decide", args=[redacted.pk]),
        {"decision": "destroy", "version": redacted.version},
    )
    assert answer.status_code == 422
    redacted.refresh_from_db()
    assert PHONE in redacted.body
