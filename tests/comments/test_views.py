"""What visitors do with comments, through the browser's door, also when things go wrong."""

from __future__ import annotations

import html
import logging
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import Article
from comments import intake, receipts, visitors
from comments.models import Comment, Status
from tests.builders import make_article, make_comment
from tests.comments import screeners
from tests.comments.browsing import form_on, write

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_is_found(settings):
    settings.SCREENER = "tests.comments.screeners.finds_nothing"
    settings.COMMENT_MODE = "flagged"
    screeners.SEEN.clear()


def _address(article):
    return f"/news/{article.slug}/comment/"


def _text(response):
    return html.unescape(response.content.decode())


# Posting -------------------------------------------------------------------------------


def test_a_comment_that_is_public_at_once_is_said_to_be_and_stands_there(client):
    article = make_article()
    answer = write(client, article)
    comment = Comment.objects.get()
    assert answer.status_code == 302
    page = _text(client.get(answer["Location"]))
    assert "Your comment is public now" in page
    assert f'href="{comment.get_absolute_url()}"' in page
    page = _text(Client().get(article.get_absolute_url()))
    assert "Watched it twice." in page
    assert "1 comment" in page


def test_a_comment_that_waits_is_said_to_and_only_its_author_sees_it(client):
    article = make_article(comment_mode="all")
    page = _text(write(client, article, follow=True))
    assert "Your comment waits for a moderator" in page
    assert "Watched it twice." in page
    page = _text(client.get(article.get_absolute_url()))
    assert "Watched it twice." in page
    assert "Only you can see it." in page
    assert "No comments yet" in page
    assert "Watched it twice." not in _text(Client().get(article.get_absolute_url()))


def test_the_form_on_its_own_page_takes_a_comment_too(client):
    article = make_article()
    page = client.get(_address(article))
    assert page.status_code == 200
    filled = {"name": "Luis", "email": "luis@example.org", "body": "The silence stays with you."}
    assert client.post(_address(article), form_on(page) | filled).status_code == 302
    assert Comment.objects.get().name == "Luis"
    assert not screeners.SEEN[-1].signals.start_time_missing


def test_the_notice_stands_before_the_form(client):
    article = make_article()
    for address in (_address(article), article.get_absolute_url()):
        page = _text(client.get(address))
        assert page.index('/how-we-consider-cases/">See how') < page.index('id="comment-form"')
        assert page.index("leave out personal information") < page.index('id="comment-form"')


def test_a_reply_is_written_under_the_comment_it_answers(client):
    parent = make_comment(body="My students always say they would never sign.")
    page = client.get(f"{_address(parent.article)}?parent={parent.pk}")
    assert "My students always say they would never sign." in _text(page)
    assert f'You are answering <a href="/news/{parent.article.slug}/#comment-{parent.pk}">' in (
        page.content.decode()
    )
    assert page.content.decode().count("You are answering") == 1
    filled = {"name": "Luis", "email": "luis@example.org", "body": "Mine too."}
    client.post(_address(parent.article), form_on(page) | filled)
    reply = Comment.objects.latest("pk")
    assert (reply.parent, reply.thread) == (parent, parent)


@pytest.mark.parametrize("parent", ["999999", "x", "", "\x00", "9" * 5000])
def test_a_reply_to_what_is_not_there_becomes_an_invitation_to_write_anyway(client, parent):
    page = client.get(_address(make_article()), {"parent": parent})
    assert page.status_code == 200
    assert form_on(page)["parent"] == ""
    assert ("not public any more" in _text(page)) == bool(parent)


def test_who_sends_no_key_and_the_same_words_again_is_led_to_the_page_where_they_stand(client):
    """Without the random key it may be somebody who guesses: they get no receipt."""
    article = make_article()
    for _number in range(40):
        make_comment(article)
    assert write(client, article, key="")["Location"].startswith("/receipt/")
    comment = Comment.objects.latest("pk")
    answer = write(Client(), article, key="")
    assert answer["Location"] == f"{article.get_absolute_url()}?comments=3#comment-{comment.pk}"
    assert f'id="comment-{comment.pk}"' in _text(client.get(answer["Location"]))


def test_a_bot_is_told_nothing_and_leaves_signals(client):
    assert write(client, make_article(), website="x", started="forged").status_code == 302
    signals = screeners.SEEN[-1].signals
    assert (signals.honeypot_filled, signals.start_time_missing) == (True, True)


# The visitor's cookie ------------------------------------------------------------------


def test_only_posting_sets_the_cookie(client):
    article = make_article()
    client.get(article.get_absolute_url())
    client.get(_address(article))
    write(client, article, body="")
    assert visitors.COOKIE not in client.cookies
    write(client, article)
    cookie = client.cookies[visitors.COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["secure"]) == (True, "Lax", "")
    assert cookie["max-age"] == 180 * 24 * 3600
    first = Comment.objects.get().visitor
    write(client, article, body="A second one.")
    assert Comment.objects.latest("pk").visitor == first


def test_the_cookie_stays_on_https_where_the_site_does(client, settings):
    settings.PLAIN_HTTP = False
    write(client, make_article())
    assert client.cookies[visitors.COOKIE]["secure"]


@pytest.mark.parametrize("forged", ["", "x", "{own}", "{own}:forged", "\x00"])
def test_a_cookie_that_we_did_not_sign_shows_nothing(client, forged):
    own = uuid4()
    comment = make_comment(status=Status.WAITING, visitor=own, body="Not for everybody.")
    client.cookies[visitors.COOKIE] = forged.replace("{own}", own.hex)
    assert "Not for everybody." not in _text(client.get(comment.article.get_absolute_url()))


# Bad input -----------------------------------------------------------------------------


def test_an_empty_form_comes_back_with_a_sentence_beside_each_field(client):
    answer = write(client, make_article(), name="", email="", body="")
    page = _text(answer)
    assert answer.status_code == 422
    for field in ("name", "email", "body"):
        beside = re.search(rf'id="id_{field}_error">(.*?)</div>', page, re.DOTALL)
        assert beside
        assert "This field is required." in beside.group(1)
        assert f'href="#id_{field}"' in page
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"body": "a" * 5001},
        {"body": "🙂" * 10_000},
        {"email": "nobody"},
        {"name": "n" * 200},
        {"parent": "999999"},
    ],
)
def test_what_is_not_valid_comes_back_with_its_text(client, fields):
    article = make_article()
    answer = write(client, article, **fields)
    assert answer.status_code == 422
    assert article.headline in _text(answer)
    kept = form_on(answer)
    sent = {"name": "Marguerite D.", "email": "m@example.org", "body": "Watched it twice."} | fields
    assert {name: kept[name] for name in ("name", "email", "body")} == {
        name: sent[name] for name in ("name", "email", "body")
    }
    assert not Comment.objects.exists()


def test_a_parent_under_another_article_is_refused_and_a_second_press_posts_it_alone(client):
    elsewhere, article = make_comment(), make_article()
    answer = write(client, article, parent=elsewhere.pk)
    assert answer.status_code == 422
    assert "cannot be answered any more" in _text(answer)
    assert client.post(_address(article), form_on(answer)).status_code == 302
    assert Comment.objects.latest("pk").parent is None


def test_a_parent_removed_at_the_last_moment_keeps_the_text(client, monkeypatch):
    parent = make_comment()

    def gone(**_values):
        raise intake.ParentGoneError

    monkeypatch.setattr(intake, "receive", gone)
    answer = write(client, parent.article, parent=parent.pk)
    assert answer.status_code == 422
    assert "cannot be answered any more" in _text(answer)
    assert form_on(answer)["body"] == "Watched it twice."
    assert form_on(answer)["parent"] == ""


def test_control_characters_disappear(client):
    write(client, make_article(), name="Lu\x00is", body="one\x07\x1b[31m\x00 two")
    comment = Comment.objects.get()
    assert (comment.name, comment.body) == ("Luis", "one[31m two")


FORM = "application/x-www-form-urlencoded"
PARTS = b'--x\r\nContent-Disposition: form-data; name="body"\r\n\r\nhello\r\n--x--\r\n'


@pytest.mark.parametrize(
    ("sent", "kind", "status"),
    [
        (b"name=Caf%E9&email=a%40example.org&body=caf%E9", FORM, 302),
        (b"name=Caf\xe9&email=a%40example.org&body=caf\xe9", FORM, 302),
        (b"name=A&email=a%40example.org&body=%ED%A0%BD%C0%80%FF", FORM, 302),
        (b"name=A&email=a%40example.org&body=x", f"{FORM}; charset=no-such", 302),
        (b"name=A&email=a%40example.org&body=x", f"{FORM}; charset=utf-16", 302),
        (b"name=A&email=a%40example.org&body=x", f"{FORM}; charset=rot13", 302),
        (PARTS, "multipart/form-data; boundary=x; charset=base64", 422),
        (PARTS, "multipart/form-data; boundary=x; charset=utf-16", 422),
        (b"name=A&email=a%40example.org&body=x", "text/plain", 422),
        (b'{"name": "A"}', "application/json", 422),
        (b"broken", "multipart/form-data; boundary=x", 422),
        (b"broken", "multipart/form-data", 400),
        (b"&".join(b"a=1" for _number in range(2000)), FORM, 400),
        (b"", FORM, 422),
    ],
)
def test_strange_encodings_get_a_clear_answer(sent, kind, status):
    # As the real server would: an error is answered, not raised into the test.
    client = Client(raise_request_exception=False)
    answer = client.generic("POST", _address(make_article()), sent, content_type=kind)
    assert answer.status_code == status


def test_tags_stay_visible_as_text(client):
    article = make_article()
    write(client, article, name="<b>Luis</b>", body="<script>alert(1)</script>")
    page = client.get(article.get_absolute_url()).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "&lt;b&gt;Luis&lt;/b&gt;" in page
    assert "<script>alert" not in page


def test_the_same_form_sent_twice_is_one_comment(client):
    article = make_article()
    filled = {"name": "Luis", "email": "luis@example.org", "body": "The silence."}
    form = form_on(client.get(article.get_absolute_url())) | filled
    answers = [client.post(_address(article), form) for _time in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    tokens = [answer["Location"].split("/")[2] for answer in answers]
    assert {receipts.read(token) for token in tokens} == {
        receipts.Receipt(Comment.objects.get().pk, is_proven=False, is_over=False)
    }


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_other_methods_are_not_allowed(client, method):
    assert getattr(client, method)(_address(make_article())).status_code == 405


def test_looking_at_the_address_of_the_form_stores_nothing(client):
    article = make_article()
    said = {"name": "Luis", "email": "luis@example.org", "body": "The silence."}
    assert client.get(_address(article), said).status_code == 200
    assert client.head(_address(article), said).status_code == 200
    assert not Comment.objects.exists()


# A stale page --------------------------------------------------------------------------


def test_a_stale_token_gives_the_text_back_and_one_more_press_sends_it():
    client = Client(enforce_csrf_checks=True)
    article = make_article()
    form = form_on(client.get(article.get_absolute_url()))
    form |= {"name": "Luis", "email": "luis@example.org", "body": "Written\n\nfor two days."}
    answer = client.post(_address(article), form | {"csrfmiddlewaretoken": "x" * 64})
    assert answer.status_code == 403
    assert "This page was open for a long time, so nothing was sent yet." in _text(answer)
    again = form_on(answer)
    assert (again["body"], again["key"]) == (form["body"], form["key"])
    assert client.post(_address(article), again).status_code == 302
    assert Comment.objects.get().body == "Written\n\nfor two days."


def test_a_stale_token_without_any_cookie_works_the_same():
    article = make_article()
    reader = Client(enforce_csrf_checks=True)
    form = form_on(Client().get(article.get_absolute_url()))
    form |= {"name": "Luis", "email": "luis@example.org", "body": "Cookies were cleared."}
    answer = reader.post(_address(article), form)
    assert answer.status_code == 403
    assert "Your browser sent no cookie along" in _text(answer)
    assert reader.post(_address(article), form_on(answer)).status_code == 302


def test_a_stale_reply_stays_a_reply():
    parent = make_comment()
    client = Client(enforce_csrf_checks=True)
    form = form_on(client.get(f"{_address(parent.article)}?parent={parent.pk}"))
    form |= {"name": "Luis", "email": "luis@example.org", "body": "Mine too."}
    answer = client.post(_address(parent.article), form | {"csrfmiddlewaretoken": ""})
    assert answer.status_code == 403
    client.post(_address(parent.article), form_on(answer))
    assert Comment.objects.latest("pk").parent == parent


# Closed, and not there -----------------------------------------------------------------


@pytest.mark.parametrize(
    "closed",
    [
        {"comments_open": False},
        {"comments_close_at": timezone.now() - timedelta(minutes=1)},
    ],
    ids=["switched off", "time is over"],
)
def test_a_closed_article_says_so_and_the_text_can_still_be_copied(client, closed):
    article = make_article(**closed)
    assert client.get(_address(article)).status_code == 403
    said = {"name": "Luis", "email": "luis@example.org", "body": "Too <late>."}
    answer = client.post(_address(article), said)
    assert answer.status_code == 403
    assert "This article takes no more comments" in _text(answer)
    assert "Too <late>." in _text(answer)
    assert not Comment.objects.exists()
    page = client.get(article.get_absolute_url())
    assert "takes no more comments" in _text(page)
    assert form_on(page) == {}


def test_a_closed_article_says_so_to_a_stale_page_too():
    article = make_article(comments_open=False)
    answer = Client(enforce_csrf_checks=True).post(_address(article), {"body": "Too late."})
    assert answer.status_code == 403
    assert "Too late." in _text(answer)


@pytest.mark.parametrize(
    "values",
    [
        {"published_at": None},
        {"published_at": timezone.now() + timedelta(days=7)},
        {"withdrawn_at": timezone.now() - timedelta(hours=1)},
        {"kind": Article.Kind.PAGE},
    ],
    ids=["draft", "scheduled", "withdrawn", "page"],
)
@pytest.mark.parametrize("name", ["submit", "thread", "permalink", "feed"])
def test_what_is_not_public_has_no_comments_on_any_address(client, values, name):
    article = make_article(**values)
    comment = make_comment(article)
    args = [article.slug, comment.pk] if name == "permalink" else [article.slug]
    address = reverse(f"comments:{name}", args=args)
    assert client.get(address).status_code == 404
    if name == "submit":
        said = {"name": "Luis", "email": "luis@example.org", "body": "The silence."}
        assert client.post(address, said).status_code == 404
        strict = Client(enforce_csrf_checks=True)
        assert strict.post(address, said).status_code == 404


# Too many, too fast --------------------------------------------------------------------


def _send(client, article, number, **extra):
    said = {"name": "Luis", "email": "luis@example.org", "body": f"Number {number}."}
    return client.post(_address(article), said, **extra)


def test_ten_comments_pass_and_sixty_do_not(client):
    article = make_article()
    statuses = [_send(client, article, number).status_code for number in range(60)]
    assert statuses[:10] == [302] * 10
    assert 429 in statuses
    assert statuses[-1] == 429
    assert Comment.objects.count() == statuses.count(302)


def test_who_is_too_fast_keeps_the_text_and_hears_when_to_come_back(client, settings):
    settings.COMMENTS_PER_TEN_MINUTES = 1
    article = make_article()
    _send(client, article, 1)
    answer = _send(client, article, 2)
    assert answer.status_code == 429
    assert answer["Retry-After"] == "600"
    assert form_on(answer)["body"] == "Number 2."
    assert "wait ten minutes" in _text(answer)


def test_only_what_was_new_and_valid_counts(client, settings):
    settings.COMMENTS_PER_TEN_MINUTES = 2
    article = make_article()
    for _time in range(5):
        assert client.post(_address(article), {"body": "no name"}).status_code == 422
        assert _send(client, article, 1).status_code == 302
    assert _send(client, article, 2).status_code == 302
    assert _send(client, article, 3).status_code == 429
    assert _send(client, article, 1).status_code == 302  # here already, so still no offence


def test_behind_our_proxy_every_visitor_has_a_limit_of_their_own(client, settings):
    settings.COMMENTS_PER_TEN_MINUTES = 1
    article = make_article()
    first, second = "203.0.113.5", "203.0.113.6"
    assert _send(client, article, 1, headers={"x-forwarded-for": first}).status_code == 302
    assert _send(client, article, 2, headers={"x-forwarded-for": first}).status_code == 429
    assert _send(client, article, 3, headers={"x-forwarded-for": second}).status_code == 302
    spoofed = f"198.51.100.1, {first}"
    assert _send(client, article, 4, headers={"x-forwarded-for": spoofed}).status_code == 429


def test_a_stranger_cannot_name_an_address_of_their_own_choice(client, settings):
    settings.COMMENTS_PER_TEN_MINUTES = 1
    article = make_article()
    statuses = [
        _send(
            client,
            article,
            number,
            REMOTE_ADDR="198.51.100.7",
            headers={"x-forwarded-for": f"203.0.113.{number}"},
        ).status_code
        for number in range(3)
    ]
    assert statuses == [302, 429, 429]


# The database is away ------------------------------------------------------------------


def _away(*_arguments):
    raise OperationalError("could not connect to server")


def test_when_the_database_is_away_the_text_comes_back(client, caplog):
    article = make_article()
    form = form_on(client.get(article.get_absolute_url()))
    form |= {"name": "Luis", "email": "luis@example.org", "body": "My <words>.", "parent": "1"}
    with connection.execute_wrapper(_away), caplog.at_level(logging.ERROR):
        answer = client.post(_address(article), form)
    assert answer.status_code == 503
    assert answer["Retry-After"] == "60"
    kept = form_on(answer)
    assert {name: kept[name] for name in ("name", "email", "body", "parent", "key")} == {
        name: form[name] for name in ("name", "email", "body", "parent", "key")
    }
    assert "words" not in caplog.text
    assert client.post(_address(article), kept | {"parent": ""}).status_code == 302


@pytest.mark.parametrize("error", [OperationalError, InterfaceError, DatabaseError])
def test_a_database_that_goes_away_at_the_last_moment_is_the_same(client, monkeypatch, error):
    def lost(**_values):
        raise error("the connection is closed")

    monkeypatch.setattr(intake, "receive", lost)
    answer = write(client, make_article())
    assert answer.status_code == 503
    assert form_on(answer)["body"] == "Watched it twice."


def test_a_defect_of_ours_gives_the_text_back_too(client, monkeypatch, caplog):
    def broken(**_values):
        raise RuntimeError("could not store Watched it twice.")

    monkeypatch.setattr(intake, "receive", broken)
    answer = write(client, make_article())
    assert answer.status_code == 500
    assert form_on(answer)["body"] == "Watched it twice."
    assert [record.exc_info[0] for record in caplog.records if record.exc_info] == [RuntimeError]


def test_a_stale_page_survives_a_database_that_is_away():
    article = make_article()
    client = Client(enforce_csrf_checks=True)
    with connection.execute_wrapper(_away):
        answer = client.post(_address(article), {"body": "Kept."})
    assert answer.status_code == 503
    assert form_on(answer)["body"] == "Kept."


# Permalinks and further threads --------------------------------------------------------


def test_a_permalink_leads_to_the_page_of_the_thread(client):
    article = make_article()
    tops = [make_comment(article) for _number in range(21)]
    reply = make_comment(parent=tops[20])
    first = client.get(tops[0].get_absolute_url())
    assert (first.status_code, first["Location"]) == (
        302,
        f"/news/{article.slug}/#comment-{tops[0].pk}",
    )
    late = client.get(reply.get_absolute_url())
    assert late["Location"] == f"/news/{article.slug}/?comments=2#comment-{reply.pk}"
    assert f'id="comment-{reply.pk}"' in _text(client.get(late["Location"]))


def test_a_permalink_shows_nobody_what_they_may_not_see(client):
    article = make_article()
    waiting = make_comment(article, status=Status.WAITING)
    removed = make_comment(article, status=Status.REMOVED)
    tombstone = make_comment(article, status=Status.REMOVED)
    make_comment(parent=tombstone)
    assert client.get(waiting.get_absolute_url()).status_code == 404
    assert client.get(removed.get_absolute_url()).status_code == 404
    answer = client.get(tombstone.get_absolute_url())
    assert answer["Location"].endswith(f"#comment-{tombstone.pk}")
    elsewhere = f"/news/{make_article().slug}/comments/{tombstone.pk}/"
    assert client.get(elsewhere).status_code == 404


def test_a_permalink_leads_authors_to_their_own_waiting_comment(client):
    article = make_article(comment_mode="all")
    write(client, article)
    comment = Comment.objects.get()
    assert client.get(comment.get_absolute_url()).status_code == 302
    assert Client().get(comment.get_absolute_url()).status_code == 404


def test_htmx_gets_the_next_threads_and_a_browser_the_whole_page(client):
    article = make_article()
    comments = [make_comment(article) for _number in range(25)]
    address = f"/news/{article.slug}/comments/?comments=2"
    part = client.get(address, headers={"hx-request": "true"})
    assert re.findall(r'id="comment-(\d+)"', _text(part)) == [str(c.pk) for c in comments[20:]]
    assert "<html" not in _text(part)
    assert {"HX-Request", "Cookie"} <= set(part["Vary"].split(", "))
    whole = client.get(address)
    assert whole["Location"] == f"/news/{article.slug}/?comments=2#thread"
    assert "HX-Request" in whole["Vary"]


def test_htmx_gets_no_threads_a_second_time_when_the_next_page_is_gone(client):
    article = make_article()
    comment = make_comment(article)
    address = reverse("comments:thread", args=[article.slug])
    part = client.get(f"{address}?comments=2", headers={"hx-request": "true"})
    assert part.status_code == 200
    assert f"comment-{comment.pk}" not in _text(part)


# Privacy -------------------------------------------------------------------------------


def test_no_address_of_a_visitor_is_on_any_public_page(client):
    article = make_article(comment_mode="all")
    write(client, article, email="secret-writer@example.org")
    make_comment(article, email="secret-reader@example.org")
    parent = make_comment(article, email="secret-parent@example.org", status=Status.REMOVED)
    make_comment(parent=parent, email="secret-child@example.org")
    published = Comment.objects.filter(status=Status.PUBLISHED).latest("pk")
    pages = [
        article.get_absolute_url(),
        _address(article),
        f"{_address(article)}?parent={published.pk}",
        f"/news/{article.slug}/comments/",
        f"/news/{article.slug}/feed/",
        "/",
        "/news/",
        "/search/?q=secret",
        "/feed/",
    ]
    for page in pages:
        answer = client.get(page, headers={"hx-request": "true"}, follow=True)
        assert answer.status_code == 200
        assert "secret-" not in _text(answer)


def test_a_comment_costs_the_same_number_of_queries_however_many_there_are(
    client, django_assert_max_num_queries
):
    article = make_article()
    with django_assert_max_num_queries(16):
        _send(client, article, 1)
    for _number in range(30):
        make_comment(article)
    with django_assert_max_num_queries(16):
        _send(client, article, 2)


def test_a_form_sent_twice_before_the_first_answer_leaves_its_writer_in_sight_of_it(client):
    article = make_article(comment_mode="all")
    page = client.get(article.get_absolute_url())
    filled = form_on(page) | {"name": "Ana", "email": "ana@example.org", "body": "Twice."}
    token = client.cookies["csrftoken"].value
    answers = []
    for browser in (Client(), Client()):  # neither POST carries the cookie that the other is given
        browser.cookies["csrftoken"] = token
        answers.append(browser.post(_address(article), filled))
        last = browser
    assert Comment.objects.count() == 1
    assert [answer.status_code for answer in answers] == [302, 302]
    assert "Only you can see it." in _text(last.get(article.get_absolute_url()))


def test_what_only_its_writer_sees_is_kept_from_shared_caches(client):
    article = make_article(comment_mode="all")
    write(client, article)
    comment = Comment.objects.get()
    article.comments_open = False
    article.save()
    page = client.get(article.get_absolute_url())
    assert "Only you can see it." in _text(page)
    assert "Cookie" in page["Vary"]
    answer = client.get(comment.get_absolute_url())
    assert "Cookie" in answer["Vary"]
    assert "private" in answer["Cache-Control"]
