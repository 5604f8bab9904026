"""The admin shows everything and changes nothing."""

from __future__ import annotations

import pytest
from django.test import Client

from comments import moderation
from tests.builders import make_comment, make_finding, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin_desk():
    client = Client()
    client.force_login(make_user("root", is_staff=True, is_superuser=True))
    return client


def test_lists_name_no_address_and_no_words(admin_desk, moderator):
    comment = make_comment(email="secret@example.org", body="Private words.")
    make_finding(comment, "Private")
    moderation.remove(comment, by=moderator, reason="off_topic")
    for model in ("comment", "finding", "decision", "notice"):
        page = admin_desk.get(f"/admin/comments/{model}/")
        assert page.status_code == 200
        assert b"secret@example.org" not in page.content
        assert b"Private words." not in page.content


@pytest.mark.parametrize("what", ["add/", "{pk}/delete/"])
def test_nothing_is_added_or_deleted_in_the_admin(admin_desk, what):
    comment = make_comment()
    address = f"/admin/comments/comment/{what.format(pk=comment.pk)}"
    assert admin_desk.get(address).status_code == 403
    assert admin_desk.post(address, {"post": "yes"}).status_code == 403


def test_nothing_is_changed_in_the_admin(admin_desk):
    comment = make_comment(body="As it was.")
    address = f"/admin/comments/comment/{comment.pk}/change/"
    assert admin_desk.get(address).status_code == 200
    assert admin_desk.post(address, {"body": "Not as it was."}).status_code == 403
    comment.refresh_from_db()
    assert comment.body == "As it was."


def test_the_admin_carries_the_name_and_the_icon_of_the_site(admin_desk, settings):
    settings.SITE_NAME = "Northlight"
    page = admin_desk.get("/admin/").content.decode()
    assert "Northlight · Administration" in page
    assert 'rel="icon"' in page
    assert "Django" not in page
