"""What belongs to the whole site: proxies, headers, log-in, errors, health, logs."""

from __future__ import annotations

import importlib
import logging
import os
import re
import subprocess
import sys
from unittest import mock

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from innocence.logs import WordlessFormatter
from innocence.middleware import trust_proxies

from .builders import make_article, make_user


def _away(*_arguments: object) -> None:
    raise OperationalError("no such table: articles_article")


def _address_seen(remote: str, forwarded: str | None) -> str:
    seen: dict[str, str] = {}

    def view(request: HttpRequest) -> HttpResponse:
        seen["address"] = request.META["REMOTE_ADDR"]
        return HttpResponse()

    headers = {"x-forwarded-for": forwarded} if forwarded is not None else {}
    trust_proxies(view)(RequestFactory().get("/", headers=headers, REMOTE_ADDR=remote))
    return seen["address"]


@pytest.mark.parametrize(
    ("remote", "forwarded", "address"),
    [
        ("127.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "198.51.100.1, 203.0.113.9, ::1", "203.0.113.9"),
        ("127.0.0.1", "not an address", "127.0.0.1"),
        ("127.0.0.1", None, "127.0.0.1"),
        ("192.0.2.7", "203.0.113.9", "192.0.2.7"),
        ("", "2001:db8::5", "2001:db8::5"),
        ("::ffff:127.0.0.1", "203.0.113.9", "203.0.113.9"),
    ],
)
def test_a_forwarded_address_is_believed_from_trusted_proxies_only(remote, forwarded, address):
    assert _address_seen(remote, forwarded) == address


def test_a_network_of_proxies_can_be_trusted(settings):
    settings.TRUSTED_PROXIES = ["10.0.0.0/8"]
    assert _address_seen("10.4.5.6", "203.0.113.9") == "203.0.113.9"
    assert _address_seen("127.0.0.1", "203.0.113.9") == "127.0.0.1"


def test_a_proxy_given_by_its_host_name_is_refused_at_the_start(settings):
    settings.TRUSTED_PROXIES = ["nginx"]
    with pytest.raises(ImproperlyConfigured, match="TRUSTED_PROXIES"):
        trust_proxies(lambda _request: HttpResponse())


@pytest.mark.django_db
def test_plain_http_is_sent_to_https_and_a_trusted_proxy_may_say_that_it_is(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/robots.txt").status_code == 301
    assert client.get("/robots.txt", HTTP_X_FORWARDED_PROTO="https").status_code == 200
    stranger = client.get("/robots.txt", HTTP_X_FORWARDED_PROTO="https", REMOTE_ADDR="192.0.2.7")
    assert stranger.status_code == 301


@pytest.mark.django_db
def test_healthz_says_ok_while_the_database_answers_and_503_when_it_is_away(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok")
    with connection.execute_wrapper(_away):
        assert client.get("/healthz").status_code == 503


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/news/", "/feed/", "/sitemap.xml", "/privacy/"])
def test_a_page_says_that_it_will_be_back_when_the_database_is_away(client, address):
    client.raise_request_exception = False
    with connection.execute_wrapper(_away):
        answer = client.get(address)
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert "Something failed on our side" in answer.content.decode()


@pytest.mark.django_db
def test_robots_and_security_txt_name_the_site(client, settings):
    settings.SITE_EMAIL = "office@example.org"
    assert b"Disallow: /moderation/" in client.get("/robots.txt").content
    security = client.get("/.well-known/security.txt").content.decode()
    assert "Contact: mailto:office@example.org" in security
    assert "Expires: " in security


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/", "/no-such-page/", "/accounts/login/", "/admin/", "/desk/"]
)
def test_every_answer_carries_the_strict_headers(client, address):
    answer = client.get(address)
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]


@pytest.mark.django_db
def test_errors_are_answered_in_the_look_of_the_site(client, settings):
    missing = client.get("/news/nothing-here/")
    assert missing.status_code == 404
    assert "There is no page at this address" in missing.content.decode()
    client.raise_request_exception = False
    with mock.patch("innocence.views.settings", new=object()):
        broken = client.get("/robots.txt")
    assert broken.status_code == 500
    assert "Something failed on our side" in broken.content.decode()
    assert "default-src 'none'" in broken["Content-Security-Policy"]


@pytest.mark.django_db
@pytest.mark.parametrize(("method", "address"), [("get", "/accounts/logout/"), ("post", "/news/")])
def test_an_address_asked_the_wrong_way_says_so_in_words(client, method, address):
    answer = getattr(client, method)(address)
    assert answer.status_code == 405
    assert "There is nothing to read at this address" in answer.content.decode()
    assert answer["Allow"]


@pytest.mark.django_db
def test_staff_are_sent_to_their_own_desk_after_logging_in(client, editor, moderator):
    for user, desk in ((editor, "/desk/"), (moderator, "/moderation/")):
        answer = client.post(
            "/accounts/login/", {"username": user.username, "password": "secret"}, follow=True
        )
        assert answer.redirect_chain[-1][0] == desk
        client.post("/accounts/logout/")


@pytest.mark.django_db
def test_the_log_in_page_stands_in_the_same_frame_as_every_other(client, settings):
    settings.SITE_NAME = "Northlight Innocence Center"
    assert '<a class="name" href="/">Northlight Innocence Center</a>' in (
        client.get("/accounts/login/").content.decode()
    )


@pytest.mark.django_db
def test_a_wrong_password_is_said_in_plain_words_where_the_focus_is(client, editor):
    page = client.get("/accounts/login/").content.decode()
    assert re.findall(r"<(\w+)[^>]* autofocus", page) == ["input"]
    answer = client.post("/accounts/login/", {"username": editor.username, "password": "wrong"})
    page = answer.content.decode()
    assert "That name and password do not belong together." in page
    assert re.findall(r"<(\w+)[^>]* autofocus", page) == ["div"]


@pytest.mark.django_db
def test_a_password_field_is_described_by_all_of_its_help(editor_client):
    page = editor_client.get("/accounts/password/").content.decode()
    help_text = page.partition('id="id_new_password1_helptext"')[2].partition("</div>")[0]
    assert help_text.count("<li>") == 4


@pytest.mark.django_db
def test_the_admin_wears_the_sites_colours_and_leads_back_to_both_desks(admin_client):
    page = admin_client.get("/admin/").content.decode()
    assert "innocence/admin.css" in page
    tools = page.partition('id="user-tools"')[2].partition("logout-form")[0]
    assert '<a href="/desk/">' in tools
    assert '<a href="/moderation/">' in tools


@pytest.mark.django_db
def test_a_moderator_who_opens_the_admin_is_told_so_and_not_sent_in_circles(moderator_client):
    answer = moderator_client.get("/admin/comments/comment/", follow=True)
    assert answer.status_code == 403
    assert "Your account may not do this" in answer.content.decode()


@pytest.mark.django_db
def test_an_account_without_a_group_is_told_so(client):
    client.force_login(make_user("nobody-yet"))
    answer = client.get("/accounts/")
    assert answer.status_code == 403
    assert "Your account has no desk yet" in answer.content.decode()


@pytest.mark.django_db
def test_logging_in_wrong_too_often_from_one_address_is_stopped(client, editor):
    wrong = {"username": editor.username, "password": "wrong"}
    answers = {client.post("/accounts/login/", wrong).status_code for _attempt in range(20)}
    assert answers == {422}
    right = {"username": editor.username, "password": "secret"}
    assert client.post("/accounts/login/", right).status_code == 429
    assert client.post("/accounts/login/", right, REMOTE_ADDR="192.0.2.8").status_code == 302


@pytest.mark.django_db
def test_the_admin_has_no_log_in_of_its_own(client):
    answer = client.get("/admin/", follow=True)
    assert answer.redirect_chain[-1][0].startswith("/accounts/login/?next=")


@pytest.mark.django_db
def test_a_stale_staff_form_gives_every_field_back(moderator):
    client = Client(enforce_csrf_checks=True)
    client.force_login(moderator)
    note = "A note about the tone of it that took ten minutes to put into these words."
    answer = client.post("/moderation/comments/1/decide/", {"decision": "remove", "note": note})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert note in page
    assert 'name="decision" value="remove"' in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "field"),
    [
        ("/accounts/login/", "password"),
        ("/accounts/password/", "old_password"),
        ("/accounts/password/", "new_password1"),
        ("/admin/auth/user/add/", "password2"),
    ],
)
def test_a_password_in_a_stale_form_is_not_written_into_the_page(editor, address, field):
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    answer = client.post(address, {field: "a long and private one"})
    assert answer.status_code == 403
    assert "a long and private one" not in answer.content.decode()
    assert "Nothing was sent." in answer.content.decode()


@pytest.mark.django_db
def test_a_form_from_another_site_is_not_offered_again(moderator):
    client = Client(enforce_csrf_checks=True)
    client.force_login(moderator)
    answer = client.post(
        "/moderation/comments/1/decide/",
        {"decision": "approve"},
        headers={"origin": "https://elsewhere.example"},
    )
    assert answer.status_code == 403
    assert "approve" not in answer.content.decode()


def test_a_traceback_in_the_log_has_no_message():
    words = "reader@example.org wants to be called on 555-0134"
    try:
        try:
            raise ValueError(words)
        except ValueError as cause:
            raise RuntimeError(words) from cause
    except RuntimeError:
        record = logging.LogRecord("x", logging.ERROR, __file__, 1, "failed", None, sys.exc_info())
    line = WordlessFormatter("{message}", style="{").format(record)
    assert "RuntimeError" in line
    assert "ValueError" in line
    assert words not in line


@pytest.mark.django_db
def test_uploaded_files_outside_the_folder_are_not_served(client):
    assert client.get("/media/../settings.py").status_code == 400
    assert client.get("/media/pictures/none.jpg").status_code == 404


@pytest.mark.django_db
def test_public_pages_do_not_touch_the_session(client):
    article = make_article()
    for address in ("/", "/news/", article.get_absolute_url(), "/search/?q=tape"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert "sessionid" not in answer.cookies


@pytest.mark.parametrize("url", ["filemail:///srv/mail", "filemail:////srv/mail"])
def test_letters_to_a_folder_go_to_the_folder_that_was_named(url):
    values = os.environ | {"EMAIL_URL": url}
    code = "from innocence import settings; print(settings.EMAIL_FILE_PATH)"
    answer = subprocess.run(
        [sys.executable, "-c", code], env=values, capture_output=True, text=True, check=True
    )
    assert answer.stdout == "/srv/mail\n"


@pytest.mark.parametrize("hosts", ["*", "", "."])
def test_a_site_that_cannot_tell_its_own_address_asks_for_it(hosts):
    values = os.environ | {"ALLOWED_HOSTS": hosts, "PLAIN_HTTP": "0"}
    values.pop("SITE_URL", None)
    answer = subprocess.run(
        [sys.executable, "-c", "import innocence.settings"],
        env=values,
        capture_output=True,
        text=True,
    )
    assert "Set SITE_URL" in answer.stderr


@pytest.mark.parametrize("door", ["wsgi", "asgi"])
def test_damaged_screening_is_reported_at_the_start_of_every_server(door, monkeypatch, caplog):
    monkeypatch.setattr("django.setup", lambda **_values: None)
    monkeypatch.setattr("comments.screening.damages", lambda: ["encoder.onnx is not the file"])
    module = importlib.import_module(f"innocence.{door}")
    caplog.clear()
    importlib.reload(module)
    assert "Screening is not whole: encoder.onnx is not the file." in caplog.text
