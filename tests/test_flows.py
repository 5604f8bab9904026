"""The four flows of the house, end to end through the browser's door."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.test import Client

from articles.models import Article
from comments.models import Comment, Decision

from .builders import make_article, make_comment

pytestmark = pytest.mark.django_db(transaction=True)


def _hidden_fields(page: str) -> dict[str, str]:
    """Every hidden field and the honeypot of the comment form, as a browser would send them."""
    form = re.search(r'<form[^>]*action="[^"]*/comment/[^"]*"[^>]*>.*?</form>', page, re.DOTALL)
    assert form, "no comment form on the page"
    fields = {}
    for tag in re.findall(r"<input[^>]*>", form.group()):
        name = re.search(r'name="([^"]+)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        if name and ('type="hidden"' in tag or name.group(1) not in {"name", "email"}):
            fields[name.group(1)] = value.group(1) if value else ""
    return fields


def _post_comment(client: Client, article: str, **fields: str):
    page = client.get(f"/news/{article}/").content.decode()
    address = f"/news/{article}/comment/"
    return client.post(address, _hidden_fields(page) | {"choice": "as_is"} | fields, follow=True)


def _version(page: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found
    return found.group(1)


def _decide(client: Client, comment: Comment, **fields: str):
    page = client.get(f"/moderation/comments/{comment.pk}/").content.decode()
    return client.post(
        f"/moderation/comments/{comment.pk}/decide/", {"version": _version(page)} | fields
    )


def test_staff_publish_a_visitor_comments_a_moderator_redacts_and_the_public_sees_just_that(
    client, editor_client, moderator_client
):
    # staff publish
    written = editor_client.post(
        "/desk/new/?kind=post",
        {
            "headline": "What the tapes show",
            "standfirst": "Six cases, six recorded interrogations.",
            "byline": "Innocence Staff",
            "slug": "",
            "body": "<p>The first tape is silent.</p><script>alert(1)</script>",
            "action": "publish",
        },
        follow=True,
    )
    assert written.status_code == 200
    article = Article.objects.get(slug="what-the-tapes-show")
    assert article.is_published
    assert "<script" not in article.body

    # a visitor comments
    said = "Thank you for this. Call me at (212) 555-0147 if you want the worksheet."
    answer = _post_comment(
        client, article.slug, name="Dolores", email="dolores@example.org", body=said
    )
    assert "waits" in answer.content.decode()
    comment = Comment.objects.get()
    assert (comment.status, comment.queue) == ("waiting", "pii")
    public = Client().get(f"/news/{article.slug}/").content.decode()
    assert "worksheet" not in public

    # a moderator decides
    queue = moderator_client.get("/moderation/pii/").content.decode()
    assert "worksheet" in queue
    assert _decide(moderator_client, comment, decision="approve_redacted").status_code == 302
    public = Client().get(f"/news/{article.slug}/").content.decode()
    assert "[phone number removed]" in public
    assert "555-0147" not in public
    assert "dolores@example.org" not in public

    # the author is told, without the words
    letter = mail.outbox[-1]
    assert letter.to == ["dolores@example.org"]
    assert "phone number" in letter.body
    assert "555-0147" not in letter.body

    # and it can be undone
    assert _decide(moderator_client, comment, decision="undo").status_code == 302
    assert "worksheet" not in Client().get(f"/news/{article.slug}/").content.decode()
    assert [d.action for d in Decision.objects.all()] == ["approve_redacted", "undo"]


def test_a_removed_comment_leaves_a_tombstone_over_its_replies_and_can_be_put_back(
    client, editor_client, moderator_client
):
    article = make_article()
    parent = make_comment(article, body="Nothing of this was ever proven.")
    make_comment(parent=parent, body="The court found otherwise.")
    answer = _decide(moderator_client, parent, decision="remove", reason="misleading")
    assert answer.status_code == 302
    page = client.get(article.get_absolute_url()).content.decode()
    assert "Nothing of this was ever proven." not in page
    assert "Removed by a moderator" in page
    assert "The court found otherwise." in page
    _decide(moderator_client, parent, decision="restore")
    page = client.get(article.get_absolute_url()).content.decode()
    assert "Nothing of this was ever proven." in page
