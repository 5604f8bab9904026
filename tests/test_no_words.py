"""What a visitor wrote stands in the comment and nowhere else, whatever is done with it."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core import serializers
from django.core.management import call_command
from django.test import Client

from comments.models import Comment, Decision
from innocence.logs import WordlessFormatter

from .builders import make_article, make_comment, make_user
from .comments.browsing import write

pytestmark = pytest.mark.django_db(transaction=True)

PLANTED = ["Thornquist", "thornquist", "lanternwort", "555-0147", "4471902"]
BODY = "The lanternwort blooms. Call (212) 555-0147, he is inmate number 4471902."


@pytest.fixture
def lines():
    """Every log line of every level, as the site would write it."""
    written: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            written.append(self.format(record))

    collector = Collector()
    collector.setFormatter(WordlessFormatter("%(name)s %(message)s"))
    root = logging.getLogger()
    loggers = [root, *(logging.getLogger(name) for name in ("django", "articles", "comments"))]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
        logger.addHandler(collector)
    # What a database is told is its business; a log of that is for development only.
    logging.getLogger("django.db.backends").propagate = False
    yield written
    logging.getLogger("django.db.backends").propagate = True
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)
        logger.removeHandler(collector)


def _elsewhere() -> str:
    """Every row of every table but that of the comments."""
    return "".join(
        serializers.serialize("json", model._default_manager.all())
        for model in apps.get_models()
        if model is not Comment
    )


def _decide(client: Client, comment: Comment, decision: str, **values: str) -> int:
    comment.refresh_from_db()
    data = {"decision": decision, "version": comment.version} | values
    return client.post(f"/moderation/comments/{comment.pk}/decide/", data).status_code


def test_no_decision_no_letter_no_log_line_holds_a_visitors_words(
    lines, client, moderator_client, settings
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    fields: dict[str, Any] = {
        "name": "Ada Thornquist",
        "email": "thornquist@example.org",
        "body": BODY,
    }
    article = make_article()
    assert write(client, article, **fields)["X-Comment-Step"] == "warning"
    assert write(client, article, **fields, choice="as_is").status_code == 302
    assert write(client, article, **fields | {"email": "thornquist at home"}).status_code == 422
    comment = Comment.objects.get()

    quoting = "The lanternwort blooms, says Ada Thornquist about 4471902."
    assert _decide(moderator_client, comment, "approve", note=quoting) == 422
    assert _decide(moderator_client, comment, "approve", version="7", note="Fine.") == 409
    for decision, values in [
        ("approve_redacted", {"note": "Two places cut."}),
        ("undo", {}),
        ("remove", {"reason": "personal_information"}),
        ("restore", {}),
        ("undo", {}),
        ("undo", {}),
        ("move", {"queue": "hate"}),
        ("approve_redacted", {}),
    ]:
        assert _decide(moderator_client, comment, decision, **values) == 302
    assert Decision.objects.count() == 8
    assert any("could not be sent" in line for line in lines)

    administrator = Client()
    administrator.force_login(make_user("admin", is_staff=True, is_superuser=True))
    assert administrator.get(f"/admin/comments/comment/{comment.pk}/change/").status_code == 200
    call_command("rescreen")
    settings.REDACTION_UNDO_HOURS = settings.KEEP_PERSONAL_DATA_DAYS = 0
    call_command("purge_personal_data")

    comment.refresh_from_db()
    assert "[phone number removed]" in comment.body
    kept = _elsewhere() + "\n".join(lines)
    assert [word for word in PLANTED if word in kept] == []
    assert "555-0147" not in comment.body
    assert comment.email == ""


def test_somebody_who_decided_cannot_be_deleted_and_neither_can_the_decision(moderator_client):
    comment = make_comment()
    assert _decide(moderator_client, comment, "remove", reason="other") == 302
    administrator = Client()
    administrator.force_login(make_user("admin", is_staff=True, is_superuser=True))
    moderator = User.objects.get(username="moderator")
    pages = [
        (f"/admin/auth/user/{moderator.pk}/delete/", {"post": "yes"}),
        (
            "/admin/auth/user/",
            {"action": "delete_selected", "_selected_action": moderator.pk, "post": "yes"},
        ),
        (f"/admin/comments/decision/{Decision.objects.get().pk}/delete/", {"post": "yes"}),
        (f"/admin/comments/comment/{comment.pk}/delete/", {"post": "yes"}),
    ]
    for address, data in pages:
        administrator.post(address, data)
    assert Decision.objects.get().by == moderator
