"""What staff wrote comes back to them, whatever keeps it from being stored."""

from __future__ import annotations

import html

import pytest
from django.db import OperationalError
from django.test import Client

from articles.models import Article
from tests.builders import make_comment

pytestmark = pytest.mark.django_db

ARTICLE = {
    "headline": "Six hours & eleven seconds",
    "body": f"<p>{'A long text that took all morning. ' * 5}</p>",
    "byline": "Innocence Staff",
    "action": "save",
}


def text_of(response):
    return html.unescape(response.content.decode())


def test_an_article_sent_after_the_log_in_ended_comes_back_whole(client):
    response = client.post("/desk/new/", ARTICLE)
    page = text_of(response)
    assert response.status_code == 403
    assert "You are not logged in any more" in page
    assert "/accounts/login/" in page
    assert all(value in page for value in ARTICLE.values())


def test_it_can_be_sent_again_from_that_page_once_logged_in(editor):
    browser = Client(enforce_csrf_checks=True)
    browser.get("/accounts/login/")
    page = browser.post(
        "/desk/new/", ARTICLE | {"csrfmiddlewaretoken": browser.cookies["csrftoken"].value}
    )
    assert page.status_code == 403
    browser.force_login(editor)
    again = ARTICLE | {"csrfmiddlewaretoken": browser.cookies["csrftoken"].value}
    assert browser.post("/desk/new/", again).status_code == 302
    assert Article.objects.get(headline=ARTICLE["headline"]).state == "draft"


def test_a_note_sent_after_the_log_in_ended_comes_back(client):
    comment = make_comment()
    address = f"/moderation/comments/{comment.pk}/decide/"
    fields = {"decision": "remove", "reason": "other", "note": "Talked to the team.", "version": 1}
    response = client.post(address, fields)
    assert response.status_code == 403
    assert "Talked to the team." in text_of(response)
    comment.refresh_from_db()
    assert comment.is_published


@pytest.mark.parametrize(("error", "status"), [(OperationalError, 503), (RuntimeError, 500)])
def test_an_article_that_could_not_be_stored_comes_back(editor_client, monkeypatch, error, status):
    def broken(*args, **kwargs):
        raise error("away")

    monkeypatch.setattr("articles.publishing.save_draft", broken)
    editor_client.raise_request_exception = False
    response = editor_client.post("/desk/new/", ARTICLE)
    page = text_of(response)
    assert response.status_code == status
    assert "It could not be stored" in page
    assert all(value in page for value in ARTICLE.values())
    assert ("Retry-After" in response) == (status == 503)


def test_what_another_site_sends_here_is_not_offered_to_be_sent_again(client):
    response = client.post("/desk/new/", ARTICLE, headers={"origin": "https://evil.example"})
    assert response.status_code == 403
    assert ARTICLE["headline"] not in text_of(response)


def test_reading_a_page_of_the_desk_still_leads_to_the_log_in(client):
    assert client.get("/desk/").status_code == 302


def test_a_long_field_that_comes_back_is_named_in_words(client):
    long = "A remark of mine, which goes on for longer than a line of a page has room for, and on."
    page = client.post("/moderation/comments/1/decide/", {"note": long, "odd_name": long})
    page = page.content.decode()
    for label in ("Note for the log", "What you wrote"):
        assert f">{label}</label>" in page
    assert "odd_name</label>" not in page
