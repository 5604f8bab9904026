"""Nobody's case ends up in public by way of the lane of case enquiries.

One is planted and taken through everything that can happen to it; after each step we look at
every public page, feed and letter, into the cache, the log, and every table but its own.
"""

from __future__ import annotations

import logging
import pickle
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib.messages import get_messages
from django.core import mail, serializers
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from comments.models import Comment, Status
from innocence.logs import WordlessFormatter
from tests.builders import make_article, make_case_reply, make_comment, make_user

from . import screeners
from .browsing import step, write

pytestmark = pytest.mark.django_db(transaction=True)

PLANTED = ["tamarind", "wheelwright", "Quillfeather", "quillfeather@example.org"]
"""Words of the comment, of its author's name and address."""
BODY = (
    "Please help my brother, the tamarind man. He is innocent and has been in prison for nine "
    "years because the wheelwright lied."
)
FIELDS: dict[str, Any] = {
    "name": "Ruth Quillfeather",
    "email": "quillfeather@example.org",
    "body": BODY,
}


@pytest.fixture
def lines() -> Iterator[list[str]]:
    """Every log line of every level, as the site would write it."""
    written: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            written.append(self.format(record))

    collector = Collector()
    collector.setFormatter(WordlessFormatter("%(name)s %(message)s"))
    loggers = [logging.getLogger(name) for name in ("", "django", "articles", "comments")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
        logger.addHandler(collector)
    logging.getLogger("django.db.backends").propagate = False
    yield written
    logging.getLogger("django.db.backends").propagate = True
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)
        logger.removeHandler(collector)


@pytest.fixture(autouse=True)
def _sees_cases(settings):
    settings.SCREENER = f"{screeners.__name__}.finds_a_case"


@pytest.fixture
def article():
    return make_article(headline="Nine years", comment_mode="all")


@pytest.fixture
def elsewhere(article):
    """Somebody else, in the same thread, who gets letters too."""
    return make_comment(
        article, name="Other", email="other@example.org", status=Status.WAITING, queue="general"
    )


def public_addresses(article) -> list[str]:
    return [
        "/",
        "/news/",
        "/reviews/",
        article.get_absolute_url(),
        f"{article.get_absolute_url()}?comments=1",
        f"/news/{article.slug}/comment/",
        f"/news/{article.slug}/feed/",
        "/feed/",
        "/sitemap.xml",
        "/robots.txt",
        "/how-we-consider-cases/",
        "/comment-policy/",
        "/healthz",
        *(f"/search/?q={word}" for word in ("tamarind", "brother", "Ruth")),
        *(f"/news/{article.slug}/comments/{comment.pk}/" for comment in Comment.objects.all()),
    ]


def read(client: Client, address: str, **headers: str) -> str:
    answer = client.get(address, headers=headers)
    body = b"".join(answer) if answer.streaming else answer.content
    said = " ".join(str(message) for message in get_messages(answer.wsgi_request))
    return f"{answer.headers}{answer.cookies}{said}{body.decode()}"


def leaks(words: str) -> list[str]:
    return [word for word in PLANTED if word.lower() in words.lower()]


def assert_nowhere(article, lines: list[str], *, is_public: bool = False) -> None:
    stranger = Client()
    for address in public_addresses(article):
        page = read(stranger, address)
        if "tamarind" in address:  # what somebody searches for stands in the search box
            page = page.replace("tamarind", "")
        # What a moderator let out is public where comments are, and still nowhere else.
        is_its_place = article.slug in address and is_public
        assert is_its_place or leaks(page) == [], address
    part = read(stranger, f"/news/{article.slug}/comments/", **{"HX-Request": "true"})
    assert is_public or leaks(part) == []
    assert leaks(_cache()) == []
    assert leaks("\n".join(lines)) == []
    assert leaks(_every_table_but_that_of_comments()) == []
    for letter in mail.outbox:
        own = letter.to == [FIELDS["email"]]
        text = letter.message().as_string() + letter.body
        found = set(leaks(text))
        # The author's own letter greets them by name; nobody else's letter has a word of it.
        assert found <= ({"Quillfeather", "quillfeather@example.org"} if own else set())
    for account in (None, make_user(f"editor-{Comment.objects.count()}-{len(lines)}", "Editors")):
        client = Client()
        if account:
            client.force_login(account)
        for name in ("overview", "all", "replies", "figures", "figures-csv"):
            assert leaks(read(client, reverse(f"comments:{name}"))) == []
        assert leaks(read(client, "/moderation/cases/")) == []
        for comment in Comment.objects.all():
            for name in ("show", "decide", "letter"):
                assert leaks(read(client, reverse(f"comments:{name}", args=[comment.pk]))) == []


def _cache() -> str:
    """Everything in the cache of this process, keys and values."""
    held = {key: pickle.loads(value) for key, value in cache._cache.items()}  # type: ignore[attr-defined]
    return f"{held!r}"


def _every_table_but_that_of_comments() -> str:
    return "".join(
        serializers.serialize("json", model._default_manager.all())
        for model in apps.get_models()
        if model is not Comment
    )


def decide(client: Client, comment: Comment, decision: str, **values: Any) -> None:
    comment.refresh_from_db()
    data = {"decision": decision, "version": comment.version} | values
    address = reverse("comments:decide", args=[comment.pk])
    assert client.post(address, data).status_code == 302


def test_a_case_is_in_public_in_no_state_of_its_lane(
    client, moderator_client, article, elsewhere, lines, settings
):
    reply = make_case_reply()

    # Warned: nothing is stored yet, and what was typed is on this one page only.
    warning = write(client, article, **FIELDS)
    assert warning["X-Comment-Step"] == "warning"
    assert "no-store" in warning.get("Cache-Control", "no-store")
    assert_nowhere(article, lines)

    # Held.
    assert step(client, warning, choice="as_is").status_code == 302
    enquiry = Comment.objects.get(queue="cases")
    assert_nowhere(article, lines)

    # A moderator looks at it, and another letter; somebody else is told of a decision.
    looked = moderator_client.post(
        reverse("comments:letter", args=[enquiry.pk]),
        {"case_reply": reply.pk, "version": enquiry.version},
        headers={"X-Part": "letter"},
    )
    assert set(leaks(looked.content.decode())) == {"Quillfeather"}
    decide(moderator_client, elsewhere, "approve")
    assert_nowhere(article, lines)

    # Answered, undone, answered again.
    for decision in ("answer", "undo", "answer"):
        decide(moderator_client, enquiry, decision, case_reply=reply.pk)
        assert_nowhere(article, lines)
    assert [letter.to for letter in mail.outbox].count([FIELDS["email"]]) == 3
    assert client.get(article.get_absolute_url()).status_code == 200
    assert leaks(read(client, article.get_absolute_url())) == []

    # A moderator lets it out: then, and only then, it is where comments are.
    decide(moderator_client, enquiry, "approve")
    assert leaks(read(Client(), article.get_absolute_url())) != []
    assert_nowhere(article, lines, is_public=True)

    # And takes it off again; with a reply below, a line without a word of it stays.
    below = make_comment(parent=enquiry, body="I am so sorry.")
    decide(moderator_client, enquiry, "remove", reason="case_enquiry")
    assert_nowhere(article, lines)
    decide(moderator_client, enquiry, "restore")
    decide(moderator_client, enquiry, "answer", case_reply=reply.pk)
    assert_nowhere(article, lines)
    page = read(Client(), article.get_absolute_url())
    assert "I am so sorry." in page
    assert "Removed by a moderator." in page
    assert "answered" not in page.lower()
    assert below.pk

    # Erased.
    settings.CASE_ENQUIRIES_KEPT_DAYS = 0
    call_command("purge_personal_data")
    enquiry.refresh_from_db()
    assert (enquiry.body, enquiry.name, enquiry.email) == ("", "", "")
    assert_nowhere(article, lines)
    administrator = Client()
    administrator.force_login(make_user("admin", is_staff=True, is_superuser=True))
    address = f"/admin/comments/comment/{enquiry.pk}/change/"
    assert leaks(read(administrator, address)) == []


def test_the_author_of_an_answered_enquiry_does_not_find_it_on_the_site(
    client, moderator_client, article
):
    reply = make_case_reply()
    write(client, article, **FIELDS, choice="as_is")
    enquiry = Comment.objects.get()
    assert "tamarind" in read(client, article.get_absolute_url())
    decide(moderator_client, enquiry, "answer", case_reply=reply.pk)
    assert leaks(read(client, article.get_absolute_url())) == []
    assert client.get(enquiry.get_absolute_url()).status_code == 404


def test_the_same_submission_after_the_answer_says_that_it_was_answered(
    client, moderator_client, article
):
    reply = make_case_reply()
    warning = write(client, article, **FIELDS)
    step(client, warning, choice="as_is")
    decide(moderator_client, Comment.objects.get(), "answer", case_reply=reply.pk)
    again = step(client, warning, choice="as_is")
    assert again.status_code == 302
    assert Comment.objects.count() == 1
    assert "We answered you by e-mail" in read(client, again["Location"].partition("#")[0])
