"""The writing desk: who may enter, what the form says, and that no words are lost."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils import timezone

from articles import publishing
from articles.forms import RESERVED_FOR_PAGES
from articles.models import Article, Picture, Revision, Topic, Work
from tests.articles.test_pictures import picture_file
from tests.builders import make_article, make_topic, make_user, make_work

pytestmark = pytest.mark.django_db

TEXT = {"headline": "What the tape shows", "byline": "Innocence Staff", "body": "<p>Silence.</p>"}


def desk_addresses():
    """Every address of the desk, read from the routes, so a new one cannot be forgotten."""
    article = make_article(slug="guarded")
    pks = {"desk-topic": make_topic().pk, "desk-work": make_work().pk}
    names = [
        name
        for name in get_resolver("articles.urls").reverse_dict
        if isinstance(name, str) and name.startswith("desk")
    ]
    assert len(names) > 10
    for name in names:
        try:
            yield reverse(f"articles:{name}")
        except NoReverseMatch:
            yield reverse(f"articles:{name}", args=[pks.get(name, article.pk)])


def post(client: Client, address: str, **values):
    return client.post(address, {"action": "save", **TEXT, **values})


def write_address(article: Article) -> str:
    return reverse("articles:desk-write", args=[article.pk])


def new_draft(editor, **content):
    content = {"headline": "What the tape shows", "body": "<p>Silence.</p>"} | content
    return publishing.save_draft(None, by=editor, content=content)


def upload(**values):
    return SimpleUploadedFile("tape.jpg", picture_file(**values).getvalue(), "image/jpeg")


# Who may enter --------------------------------------------------------------------------


# Strangers and moderators: tests/test_house.py asks every staff address.


def test_no_page_of_the_desk_is_kept_by_a_browser(editor_client):
    for address in desk_addresses():
        response = editor_client.get(address)
        if response.status_code == 200:
            assert "no-store" in response["Cache-Control"], address


@pytest.fixture
def writer_client(db):
    """Somebody who may write and not publish."""
    user = make_user("writer")
    user.user_permissions.add(Permission.objects.get(codename="write_articles"))
    client = Client()
    client.force_login(user)
    return client


def test_a_writer_without_the_right_to_publish_saves_drafts_only(writer_client):
    assert post(writer_client, "/desk/new/").status_code == 302
    article = Article.objects.get(slug="what-the-tape-shows")
    html = writer_client.get(write_address(article)).content.decode()
    assert 'value="publish"' not in html
    assert 'value="schedule"' not in html
    for action in ("publish", "schedule", "withdraw", "restore"):
        response = post(writer_client, write_address(article), action=action, headline="Out")
        assert response.status_code == 403
    assert article.revisions.count() == 1


# Writing --------------------------------------------------------------------------------


def test_a_post_from_the_empty_form_to_the_site(editor_client, client):
    response = post(
        editor_client,
        "/desk/new/",
        standfirst="In one sentence.",
        topic=make_topic().pk,
        public_names="A. Person\nB. Person",
        picture_file=upload(),
        picture_alt="A blue field",
        picture_credit="By us",
        action="publish",
    )
    article = Article.objects.published().get(slug="what-the-tape-shows")
    assert response["Location"] == write_address(article)
    assert article.names == {"A. Person", "B. Person"}
    picture = Picture.objects.get()
    assert (article.picture, picture.alt, picture.credit) == (picture, "A blue field", "By us")
    assert article.revisions.filter(saved_by__username="editor").count() == 1
    assert "In one sentence." in client.get("/news/what-the-tape-shows/").content.decode()
    assert "Published." in editor_client.get(response["Location"]).content.decode()


def test_saving_keeps_a_draft_and_preview_shows_it_to_staff_only(editor_client, client):
    response = post(editor_client, "/desk/new/", action="preview")
    article = Article.objects.get(slug="what-the-tape-shows")
    assert response["Location"] == reverse("articles:desk-preview", args=[article.pk])
    shown = editor_client.get(response["Location"])
    html = shown.content.decode()
    assert "Silence." in html
    assert '<meta name="robots" content="noindex' in html
    assert shown["X-Robots-Tag"] == "noindex"
    assert "comment-form" not in html
    assert 'name="email"' not in html
    assert client.get("/news/what-the-tape-shows/").status_code == 404


def test_the_preview_of_a_live_article_shows_the_draft_and_changes_nothing(editor, editor_client):
    revision = new_draft(editor)
    publishing.publish(revision, by=editor)
    article = Article.objects.get(pk=revision.article_id)
    post(editor_client, write_address(article), headline="A newer headline")
    html = editor_client.get(reverse("articles:desk-preview", args=[article.pk])).content.decode()
    assert "A newer headline" in html
    assert "1 minute to read" in html
    post(editor_client, write_address(article), body=f"<p>{'word ' * 700}</p>")
    html = editor_client.get(reverse("articles:desk-preview", args=[article.pk])).content.decode()
    assert "3 minutes to read" in html
    article.refresh_from_db()
    assert article.headline == "What the tape shows"


def test_a_page_is_written_with_its_own_few_fields(editor_client, client):
    html = editor_client.get("/desk/new/?kind=page").content.decode()
    for name in ("work", "topic", "public_names", "verdict"):
        assert f'name="{name}"' not in html
    post(editor_client, "/desk/new/?kind=page", slug="visiting", action="publish")
    assert "Silence." in client.get("/visiting/").content.decode()


def test_a_review_names_its_work(editor_client):
    response = post(editor_client, "/desk/new/?kind=review")
    assert response.status_code == 422
    assert "A review names its work." in response.content.decode()
    response = post(editor_client, "/desk/new/?kind=review", work=make_work().pk, verdict="See it.")
    assert response.status_code == 302
    assert Article.objects.get(kind="review").verdict == "See it."


def test_scheduling_takes_the_sites_own_time(editor_client, client, settings):
    response = post(editor_client, "/desk/new/", action="schedule", publish_at="2031-01-02T03:04")
    article = Article.objects.get(slug="what-the-tape-shows")
    assert article.state == Article.State.SCHEDULED
    assert article.published_at == datetime(2031, 1, 2, 8, 4, tzinfo=UTC)
    html = editor_client.get(response["Location"]).content.decode()
    assert 'value="2031-01-02T03:04"' in html
    assert "America/New York" in html
    assert client.get("/news/what-the-tape-shows/").status_code == 404


@pytest.mark.parametrize("publish_at", ["", "2001-01-02T03:04", "tomorrow"])
def test_scheduling_without_a_time_to_come_says_so(editor_client, publish_at):
    response = post(editor_client, "/desk/new/", action="schedule", publish_at=publish_at)
    assert response.status_code == 422
    assert 'href="#id_publish_at"' in response.content.decode()
    assert not Article.objects.filter(slug="what-the-tape-shows").exists()


@pytest.mark.parametrize("year", ["0001", "9999"])
def test_a_year_that_no_database_keeps_is_refused(editor_client, year):
    moment = f"{year}-12-31T23:59"
    answer = post(editor_client, "/desk/new/", action="schedule", publish_at=moment)
    assert answer.status_code == 422
    assert "from 1900 to 2199" in answer.content.decode()
    settings = {"comments-comments_close_at": moment, "comments-comment_mode": ""}
    answer = post(editor_client, write_address(make_article()), **settings)
    assert answer.status_code == 422
    assert "from 1900 to 2199" in answer.content.decode()


def test_scheduling_what_somebody_published_meanwhile_keeps_the_text_and_says_so(editor_client):
    article = make_article()
    answer = post(
        editor_client,
        write_address(article),
        headline="A second look at the tape",
        action="schedule",
        publish_at="2100-01-01T10:00",
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "it cannot be scheduled" in page
    assert 'value="A second look at the tape"' in page


def test_an_empty_form_says_what_is_missing_and_keeps_the_rest(editor_client):
    response = post(
        editor_client, "/desk/new/", headline="", standfirst="Kept words", body="<p>Kept text</p>"
    )
    html = response.content.decode()
    assert response.status_code == 422
    assert 'href="#id_headline"' in html
    assert 'id="id_headline_error"' in html
    assert re.search(r'<input[^>]*aria-invalid="true"[^>]*id="id_headline"', html)
    assert "Kept words" in html
    assert "&lt;p&gt;Kept text&lt;/p&gt;" in html


def test_an_article_without_text_can_be_saved_and_not_published(editor_client):
    assert post(editor_client, "/desk/new/", body="<p></p>").status_code == 302
    response = post(editor_client, "/desk/new/", body="<p></p>", action="publish")
    assert response.status_code == 422
    assert "There is no text to publish yet." in response.content.decode()


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"headline": "h" * 161}, "at most 160 characters"),
        ({"standfirst": "s" * 401}, "at most 400 characters"),
        ({"body": "b" * 100_001}, "100,001 characters"),
        ({"slug": "not an address"}, "valid “slug”"),
        ({"topic": "999999"}, "Select a valid choice"),
        ({"topic": "x"}, "Select a valid choice"),
        ({"headline": "a\x00b"}, "Null characters are not allowed"),
        ({"picture": "999999"}, "Select a valid choice"),
        ({"base": "x"}, "Enter a whole number"),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field(editor_client, values, says):
    response = post(editor_client, "/desk/new/", **values)
    assert response.status_code == 422
    assert says in response.content.decode()


@pytest.mark.parametrize("slug", sorted(RESERVED_FOR_PAGES))
def test_a_page_cannot_take_an_address_of_the_site(editor_client, slug):
    for values in ({"slug": slug}, {"slug": slug.upper()}, {"headline": slug.title()}):
        response = post(editor_client, "/desk/new/?kind=page", **values)
        assert response.status_code == 422
        assert "Please choose another address." in response.content.decode()
    assert not Article.objects.filter(slug__iexact=slug).exists()


def test_every_first_part_of_an_address_in_use_is_reserved():
    taken = {str(pattern.pattern).split("/")[0] for pattern in get_resolver().url_patterns}
    for route in ("articles.urls", "comments.urls"):
        taken |= {str(p.pattern).split("/")[0] for p in get_resolver(route).url_patterns}
    slugs = {part for part in taken if re.fullmatch(r"[-\w]+", part)} | {"static"}
    assert slugs == RESERVED_FOR_PAGES


def test_a_post_cannot_be_called_topic_and_no_two_share_an_address(editor_client):
    assert post(editor_client, "/desk/new/", slug="topic").status_code == 422
    make_article(slug="taken")
    response = post(editor_client, "/desk/new/", slug="taken")
    assert response.status_code == 422
    assert "Another article has this address." in response.content.decode()


def test_the_address_is_fixed_once_published(editor, editor_client):
    revision = new_draft(editor)
    publishing.publish(revision, by=editor)
    address = write_address(revision.article)
    assert 'name="slug"' not in editor_client.get(address).content.decode()
    post(editor_client, address, headline="Other", slug="other")
    assert Article.objects.get(pk=revision.article_id).slug == "what-the-tape-shows"


# Pictures -------------------------------------------------------------------------------


def test_a_picture_needs_words_for_those_who_cannot_see_it(editor_client):
    response = post(editor_client, "/desk/new/", picture_file=upload())
    html = response.content.decode()
    assert response.status_code == 422
    assert "Please say in a few words what the picture shows." in html
    assert "Please choose the picture again." in html
    assert not Picture.objects.exists()


def test_what_is_no_picture_is_refused_kindly(editor_client):
    file = SimpleUploadedFile("tape.jpg", b"not a picture", "image/jpeg")
    response = post(editor_client, "/desk/new/", picture_file=file, picture_alt="x")
    assert response.status_code == 422
    assert "could not read this file as a picture" in response.content.decode()


def test_a_picture_is_kept_reworded_and_taken_out(editor_client):
    post(editor_client, "/desk/new/", picture_file=upload(), picture_alt="A blue field")
    article = Article.objects.get(slug="what-the-tape-shows")
    picture = Picture.objects.get()
    kept = {"picture": picture.pk, "picture_alt": "A blue field"}
    post(editor_client, write_address(article), headline="Other", **kept)
    article.refresh_from_db()
    assert (article.headline, article.picture) == ("Other", picture)

    post(editor_client, write_address(article), **(kept | {"picture_alt": "Water"}))
    article.refresh_from_db()
    picture.refresh_from_db()
    reworded = Picture.objects.get(alt="Water")
    assert (article.picture, picture.alt) == (reworded, "A blue field")
    assert reworded.file.name == picture.file.name

    response = post(editor_client, write_address(article), picture=reworded.pk)
    assert response.status_code == 422
    post(editor_client, write_address(article), picture=reworded.pk, remove_picture="on")
    article.refresh_from_db()
    assert article.picture is None


# Two editors, history -------------------------------------------------------------------


def test_the_second_of_two_editors_keeps_the_text_and_chooses(editor, editor_client):
    first = new_draft(editor)
    address = write_address(first.article)
    other = make_user("other-editor", "Editors")
    theirs = publishing.save_draft(
        first.article, by=other, content={"headline": "Theirs", "body": "<p>Their text</p>"}
    )
    response = post(
        editor_client,
        address,
        base=first.pk,
        headline="Mine",
        body="<p>My text</p>",
        picture_file=upload(),
        picture_alt="Mine too",
        action="publish",
    )
    html = response.content.decode()
    assert response.status_code == 409
    assert "Somebody has saved a newer text meanwhile" in html
    assert "other-editor" in html
    assert f"?revision={theirs.pk}" in html
    assert "Save mine as the newest" in html
    assert "&lt;p&gt;My text&lt;/p&gt;" in html
    assert first.article.revisions.first() == theirs

    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="(\d+)"', html))
    response = post(
        editor_client,
        address,
        base=hidden["base"],
        headline="Mine",
        body="<p>My text</p>",
        picture=hidden["picture"],
        picture_alt="Mine too",
    )
    assert response.status_code == 302
    newest = first.article.revisions.first()
    assert (newest.headline, newest.picture.alt) == ("Mine", "Mine too")
    assert set(first.article.revisions.all()) == {first, theirs, newest}


def test_the_form_carries_the_revision_it_was_made_from(editor, editor_client):
    revision = new_draft(editor)
    html = editor_client.get(write_address(revision.article)).content.decode()
    assert f'<input type="hidden" name="base" value="{revision.pk}"' in html


def test_history_compares_and_brings_back(editor, editor_client):
    first = new_draft(editor)
    publishing.publish(first, by=editor)
    second = publishing.save_draft(
        first.article, by=editor, content={"headline": "Changed", "body": "<p>Noise.</p>"}
    )
    pk = first.article_id
    html = editor_client.get(reverse("articles:desk-history", args=[pk])).content.decode()
    assert "Changed" in html
    assert "Published" in html

    compare = reverse("articles:desk-compare", args=[pk])
    for values in ({"old": first.pk, "new": second.pk}, {"old": second.pk, "new": first.pk}):
        html = editor_client.get(compare, values).content.decode()
        assert "<del>Silence</del><ins>Noise</ins>" in html

    response = editor_client.post(
        reverse("articles:desk-bring-back", args=[pk]), {"revision": first.pk}
    )
    assert response["Location"] == write_address(first.article)
    assert first.article.revisions.first().body == "<p>Silence.</p>"
    assert first.article.revisions.count() == 3


@pytest.mark.parametrize("number", ["", "x", "0", "-1", "9" * 30, "٣", "\x00"])
def test_a_revision_that_is_not_of_this_article_is_not_found(editor, editor_client, number):
    revision = new_draft(editor)
    pk = revision.article_id
    other = new_draft(editor)
    for value in (number, str(other.pk)):
        compare = reverse("articles:desk-compare", args=[pk])
        assert editor_client.get(compare, {"old": value, "new": value}).status_code == 404
        preview = reverse("articles:desk-preview", args=[pk])
        assert editor_client.get(preview, {"revision": value}).status_code == 404
        bring_back = reverse("articles:desk-bring-back", args=[pk])
        assert editor_client.post(bring_back, {"revision": value}).status_code == 404


def test_withdrawing_and_putting_back_from_the_desk(editor, editor_client, client):
    revision = new_draft(editor)
    publishing.publish(revision, by=editor)
    address = write_address(revision.article)
    response = post(editor_client, address, action="withdraw")
    assert "off the site" in editor_client.get(response["Location"]).content.decode()
    assert client.get("/news/what-the-tape-shows/").status_code == 404
    response = post(editor_client, address, action="restore")
    assert "on the site again" in editor_client.get(response["Location"]).content.decode()
    assert client.get("/news/what-the-tape-shows/").status_code == 200
    response = post(editor_client, address, action="restore", headline="Unsaved words")
    html = response.content.decode()
    assert response.status_code == 422
    assert "Only a withdrawn article can be put back." in html
    assert 'value="Unsaved words"' in html


def test_cancelling_a_schedule_makes_a_draft_of_it(editor, editor_client):
    revision = new_draft(editor)
    publishing.publish(revision, by=editor, at=timezone.now() + timedelta(days=1))
    address = write_address(revision.article)
    response = post(editor_client, address, action="withdraw", headline="Not yet")
    assert "The article is a draft again." in (
        editor_client.get(response["Location"]).content.decode()
    )
    article = Article.objects.get(pk=revision.article_id)
    assert (article.state, article.headline) == (Article.State.DRAFT, "Not yet")


@pytest.mark.parametrize("action", ["withdraw", "restore"])
def test_the_buttons_at_the_side_lose_no_words(editor, editor_client, action):
    revision = new_draft(editor)
    publishing.publish(revision, by=editor)
    if action == "restore":
        publishing.withdraw(revision.article, by=editor)
    address = write_address(revision.article)
    html = editor_client.get(address).content.decode()
    form = html.partition('<form id="writing"')[2].partition("</form>")[0]
    assert f'name="action" value="{action}"' in form
    post(editor_client, address, action=action, headline="Written for an hour", base=revision.pk)
    assert revision.article.revisions.first().headline == "Written for an hour"
    assert Article.objects.get(pk=revision.article_id).headline == "What the tape shows"


@pytest.mark.parametrize(("base", "status"), [(None, 422), (0, 409)], ids=["invalid", "outdated"])
def test_an_article_comes_off_the_site_even_where_the_text_cannot_be_saved_yet(
    editor, editor_client, client, base, status
):
    revision = new_draft(editor)
    publishing.publish(revision, by=editor)
    values = {"headline": "Mine", "body": "<p>Kept text</p>"}
    values |= {"headline": ""} if base is None else {"base": base}
    response = post(editor_client, write_address(revision.article), action="withdraw", **values)
    html = response.content.decode()
    assert response.status_code == status
    assert "The article is off the site." in html
    assert "Put back on the site" in html
    assert "&lt;p&gt;Kept text&lt;/p&gt;" in html
    assert client.get("/news/what-the-tape-shows/").status_code == 404
    assert revision.article.revisions.count() == 1


def test_return_in_a_field_presses_none_of_the_buttons_at_the_side(editor, editor_client):
    revision = new_draft(editor)
    publishing.publish(revision, by=editor)
    html = editor_client.get(write_address(revision.article)).content.decode()
    form = html.partition('<form id="writing"')[2].partition("</form>")[0]
    assert re.findall(r'type="submit" name="action" value="(\w+)"', form)[:2] == [
        "save",
        "withdraw",
    ]


def settings_on(html: str) -> dict[str, str]:
    """What the page says of the comment settings that it was made with."""
    return dict(re.findall(r'name="(initial-[-\w]+)"(?: value="([^"]*)")?', html))


@pytest.mark.parametrize("action", ["save", "preview", "publish", "schedule"])
def test_comment_settings_are_stored_with_the_text_whatever_the_button(
    editor, editor_client, action
):
    revision = new_draft(editor)
    address = write_address(revision.article)
    carried = settings_on(editor_client.get(address).content.decode())
    chosen = {
        "comments-comments_open": "on",
        "comments-comments_close_at": "2031-01-02T03:04",
        "comments-comment_mode": "all",
    }
    answer = post(
        editor_client,
        address,
        action=action,
        publish_at="2031-01-01T10:00",
        **carried | chosen,
    )
    assert answer.status_code == 302
    article = Article.objects.get(pk=revision.article_id)
    assert (article.comment_mode, article.comments_open) == ("all", True)
    assert article.comments_close_at == datetime(2031, 1, 2, 8, 4, tzinfo=UTC)
    page = editor_client.get(address).content.decode()
    assert "The comment settings are changed." in page
    carried = settings_on(page)
    del chosen["comments-comments_open"]
    post(editor_client, address, **carried | chosen)
    assert not Article.objects.get(pk=revision.article_id).comments_open


def test_saving_does_not_bring_back_comment_settings_that_a_colleague_changed_meanwhile(
    editor, editor_client
):
    revision = new_draft(editor)
    address = write_address(revision.article)
    carried = settings_on(editor_client.get(address).content.decode())
    publishing.set_comments(revision.article, by=editor, changes={"comments_open": False})
    unchanged = {"comments-comments_open": "on", "comments-comments_close_at": ""}
    post(editor_client, address, **carried, **unchanged, **{"comments-comment_mode": ""})
    assert not Article.objects.get(pk=revision.article_id).comments_open
    post(editor_client, address, **carried, **unchanged, **{"comments-comment_mode": "all"})
    article = Article.objects.get(pk=revision.article_id)
    assert (article.comments_open, article.comment_mode) == (False, "all")


@pytest.mark.parametrize(
    ("values", "status"),
    [({"headline": ""}, 422), ({"comments-comment_mode": "none"}, 422), ({"base": "0"}, 409)],
)
def test_comment_settings_come_back_with_a_text_that_could_not_be_saved(
    editor, editor_client, values, status
):
    revision = new_draft(editor)
    address = write_address(revision.article)
    carried = settings_on(editor_client.get(address).content.decode())
    sent = carried | {
        "comments-comments_close_at": "2031-01-02T03:04",
        "comments-comment_mode": "all",
    }
    answer = post(editor_client, address, **sent | values)
    html = answer.content.decode()
    assert answer.status_code == status
    assert 'value="2031-01-02T03:04"' in html
    assert settings_on(html) == carried
    article = Article.objects.get(pk=revision.article_id)
    assert (article.comments_open, article.comment_mode) == (True, "")


# Lists, topics, works -------------------------------------------------------------------


def test_the_desk_lists_each_state_and_filters_by_words(editor, editor_client):
    now = timezone.now()
    make_article(headline="A draft zither", published_at=None)
    make_article(headline="A scheduled zither", published_at=now + timedelta(days=1))
    make_article(headline="A published zither")
    make_article(headline="A withdrawn zither", withdrawn_at=now)
    for state in Article.State.values:
        html = editor_client.get("/desk/", {"state": state, "q": "ZITHER"}).content.decode()
        assert re.findall(r"A (\w+) zither", html) == [state]
        html = editor_client.get("/desk/", {"state": state, "q": "marimba"}).content.decode()
        assert "zither" not in html
    assert editor_client.get("/desk/", {"state": "lost"}).status_code == 404
    assert editor_client.get("/desk/", {"q": "\x00"}).status_code == 200


def test_the_pages_of_a_filtered_list_stay_filtered(editor_client):
    for number in range(31):
        make_article(headline=f"Zither {number}")
        make_article(headline=f"Marimba {number}")
    html = editor_client.get("/desk/?state=published&q=zither").content.decode()
    onward = re.search(r'rel="next" href="([^"]+)"', html)
    assert onward
    html = editor_client.get("/desk/" + onward[1].replace("&amp;", "&")).content.decode()
    assert re.findall(r">(Zither|Marimba) \d+<", html) == ["Zither"]


def test_a_live_article_with_a_newer_draft_is_marked(editor, editor_client):
    revision = new_draft(editor)
    publishing.publish(revision, by=editor)
    assert "newer draft" not in editor_client.get("/desk/?state=published&q=tape").content.decode()
    publishing.save_draft(revision.article, by=editor, content={"headline": "The tape, again"})
    assert "newer draft" in editor_client.get("/desk/?state=published&q=tape").content.decode()


@pytest.mark.parametrize("state", Article.State.values)
def test_the_list_needs_the_same_queries_however_long_it_is(
    editor_client, django_assert_num_queries, state
):
    now = timezone.now()
    dates: dict[str, dict[str, Any]] = {
        "draft": {"published_at": None},
        "scheduled": {"published_at": now + timedelta(days=1)},
        "published": {},
        "withdrawn": {"withdrawn_at": now},
    }
    for _number in range(40):
        make_article(topic=make_topic(), **dates[state])
    # The session, the user, two for permissions, the numbers in the lanes, the count, the page.
    with django_assert_num_queries(7):
        assert editor_client.get("/desk/", {"state": state}).status_code == 200


def test_the_history_needs_the_same_queries_however_long_it_is(
    editor, editor_client, django_assert_num_queries
):
    revision = new_draft(editor)
    for number in range(20):
        content = {"headline": f"Version {number}", "body": "<p>a</p>"}
        publishing.publish(
            publishing.save_draft(revision.article, by=editor, content=content), by=editor
        )
    with django_assert_num_queries(8):
        editor_client.get(reverse("articles:desk-history", args=[revision.article_id]))


def test_topics_and_works_are_made_and_changed_at_the_desk(editor_client):
    editor_client.post("/desk/topics/new/", {"name": "DNA & labs", "description": "On evidence."})
    topic = Topic.objects.get(name="DNA & labs")
    assert topic.slug == "dna-labs"
    editor_client.post(f"/desk/topics/{topic.pk}/", {"name": "DNA", "slug": "dna-labs"})
    topic.refresh_from_db()
    assert topic.name == "DNA"
    assert editor_client.post("/desk/topics/new/", {"name": "DNA"}).status_code == 422

    values = {"title": "A Book", "kind": "book", "year": "2014"}
    editor_client.post("/desk/works/new/", values)
    work = Work.objects.get(title="A Book")
    editor_client.post(f"/desk/works/{work.pk}/", values | {"creators": "A. Writer"})
    work.refresh_from_db()
    assert work.creators == "A. Writer"
    response = editor_client.post("/desk/works/new/", values | {"season": "2"})
    assert response.status_code == 422
    assert "Only a series has seasons." in response.content.decode()
    assert editor_client.post("/desk/works/new/", {}).status_code == 422
    for address in ("/desk/topics/", "/desk/works/"):
        assert editor_client.get(address).status_code == 200


def test_the_editors_scripts_and_styles_carry_the_nonce_of_the_page(editor_client):
    response = editor_client.get("/desk/new/")
    nonce = re.findall(r"'nonce-([^']+)'", response["Content-Security-Policy"])[0]
    html = response.content.decode()
    inline = re.findall(r"<(?:script|style)(?![^>]*\bsrc=)[^>]*>", html)
    assert len(inline) == 2
    assert all(f'nonce="{nonce}"' in tag for tag in inline)


def test_wrong_kinds_and_actions_are_not_found(editor_client):
    assert editor_client.get("/desk/new/?kind=poem").status_code == 404
    assert post(editor_client, "/desk/new/", action="explode").status_code == 404
    assert editor_client.get("/desk/articles/999999/").status_code == 404
    assert editor_client.delete("/desk/new/").status_code == 405


# All of a form or nothing ---------------------------------------------------------------


NEW_WORK = {
    "new_work-title": "The Long Tape",
    "new_work-kind": "film",
    "new_work-year": "2021",
}


def stored():
    """How much of everything there is, files too."""
    _folders, files = default_storage.listdir("pictures")
    return [len(files), *(model.objects.count() for model in (Article, Revision, Picture, Work))]


@pytest.fixture
def before():
    default_storage.save("pictures/somebody-elses.jpg", ContentFile(b"kept"))
    return stored()


@pytest.mark.parametrize("step", ["save_draft", "set_comments", "publish"])
@pytest.mark.parametrize(("error", "status"), [(OperationalError, 503), (RuntimeError, 500)])
def test_what_fails_halfway_leaves_nothing_behind_and_hands_everything_back(
    editor_client, monkeypatch, before, step, error, status
):
    def broken(*args, **kwargs):
        raise error("away")

    monkeypatch.setattr(f"articles.publishing.{step}", broken)
    editor_client.raise_request_exception = False
    response = post(
        editor_client,
        "/desk/new/?kind=review",
        action="publish",
        picture_file=upload(),
        picture_alt="A blue field",
        **{"comments-comment_mode": "all", "comments-comments_close_at": ""},
        **NEW_WORK,
    )
    page = response.content.decode()
    assert response.status_code == status
    assert "so nothing was stored" in page
    assert "A file cannot be kept here." in page
    for words in ("What the tape shows", "&lt;p&gt;Silence.&lt;/p&gt;", "The Long Tape"):
        assert f'value="{words}"' in page
    assert stored() == before


@pytest.mark.parametrize("name", ["-1280.webp", ".jpg"])
def test_a_picture_that_could_not_be_kept_leaves_no_file(editor_client, monkeypatch, before, name):
    save = default_storage.save

    def full(path, content):
        if path.endswith(name):
            raise OSError("no space left")
        return save(path, content)

    monkeypatch.setattr(default_storage, "save", full)
    editor_client.raise_request_exception = False
    response = post(editor_client, "/desk/new/", picture_file=upload(), picture_alt="A blue field")
    assert response.status_code == 500
    assert stored() == before


def test_a_text_that_cannot_go_out_is_not_half_stored_either(editor_client, monkeypatch, before):
    def refused(*args, **kwargs):
        raise publishing.NotPossible("It has been public before.")

    monkeypatch.setattr("articles.publishing.publish", refused)
    response = post(
        editor_client,
        "/desk/new/",
        action="publish",
        picture_file=upload(),
        picture_alt="A blue field",
    )
    page = response.content.decode()
    assert response.status_code == 422
    assert "It has been public before." in page
    assert "Please choose the picture again." in page
    assert 'value="What the tape shows"' in page
    assert stored() == before


# At the side ----------------------------------------------------------------------------


def test_a_review_brings_its_work_along_when_the_list_does_not_have_it(editor_client):
    response = post(editor_client, "/desk/new/?kind=review", **NEW_WORK)
    assert response.status_code == 302
    assert str(Article.objects.get(kind="review").work) == "The Long Tape (2021)"


def test_an_unfinished_new_work_is_said_to_be_and_nothing_typed_is_lost(editor_client):
    unfinished = NEW_WORK | {"new_work-year": ""}
    response = post(editor_client, "/desk/new/?kind=review", **unfinished)
    html = response.content.decode()
    assert response.status_code == 422
    assert "The new work is not complete yet." in html
    assert 'value="The Long Tape"' in html
    assert "Silence." in html
    assert '<details class="new-work" open>' in html
    assert not Work.objects.exists()


def test_a_review_is_of_one_work(editor_client):
    work = make_work()
    response = post(editor_client, "/desk/new/?kind=review", work=work.pk, **NEW_WORK)
    assert "Choose a work from the list or describe a new one, not both." in (
        response.content.decode()
    )
    assert Work.objects.get() == work


def test_a_work_that_is_in_the_list_already_is_not_added_again(editor_client):
    make_work("The Long Tape", kind="film", season=None, year=2021)
    response = post(editor_client, "/desk/new/?kind=review", **NEW_WORK)
    assert "This work is in the list already." in response.content.decode()
    assert Work.objects.count() == 1


def test_who_may_not_add_works_is_not_asked_to(writer_client):
    html = writer_client.get("/desk/new/?kind=review").content.decode()
    assert "new_work-title" not in html
    response = post(writer_client, "/desk/new/?kind=review", **NEW_WORK)
    assert response.status_code == 422
    assert not Work.objects.exists()


def test_a_new_work_survives_a_colleague_who_saved_first(editor, editor_client):
    review = publishing.save_draft(
        None,
        by=editor,
        kind="review",
        content={"headline": "On tape", "body": "<p>One.</p>", "work": make_work()},
    )
    publishing.save_draft(
        review.article,
        by=editor,
        content={"headline": "On tape", "body": "<p>Two.</p>", "work": make_work()},
    )
    response = post(
        editor_client, write_address(review.article), base=review.pk, work="", **NEW_WORK
    )
    page = response.content.decode()
    assert response.status_code == 409
    assert '<details class="new-work" open>' in page
    assert 'value="The Long Tape"' in page
    assert not Work.objects.filter(title="The Long Tape").exists()


def test_words_about_a_picture_are_not_dropped_when_there_is_none(editor_client):
    response = post(editor_client, "/desk/new/", picture_credit="By us")
    html = response.content.decode()
    assert response.status_code == 422
    assert "These words have no picture." in html
    assert 'value="By us"' in html


def test_an_article_is_signed_with_the_organisations_own_name(editor_client, settings):
    settings.SITE_NAME = "Northlight"
    assert 'value="Northlight Staff"' in editor_client.get("/desk/new/").content.decode()


def test_whether_an_article_takes_comments_can_be_said_before_it_is_saved(editor_client):
    settings = settings_on(editor_client.get("/desk/new/").content.decode())
    settings |= {"comments-comments_close_at": "2030-01-01T12:00", "comments-comment_mode": "all"}
    post(editor_client, "/desk/new/", action="publish", **settings)
    article = Article.objects.get(slug="what-the-tape-shows")
    assert not article.comments_open
    assert article.comment_mode == "all"
    assert article.comments_close_at == datetime(2030, 1, 1, 17, tzinfo=UTC)


def test_comment_settings_that_make_no_sense_keep_a_new_text(editor_client):
    settings = {"comments-comments_close_at": "someday", "comments-comment_mode": ""}
    response = post(editor_client, "/desk/new/", **settings)
    assert response.status_code == 422
    assert "Silence." in response.content.decode()
    assert not Article.objects.filter(slug="what-the-tape-shows").exists()


def test_no_form_of_the_editors_page_stands_inside_another(editor, editor_client):
    html = editor_client.get(write_address(new_draft(editor).article)).content.decode()
    depth = 0
    for tag in re.findall(r"</?form\b", html):
        depth += 1 if tag == "<form" else -1
        assert depth in {0, 1}
    assert html.count("<form") == 2
    assert ' form="' not in html


def test_the_two_texts_of_a_withdrawn_article_are_told_apart(editor, editor_client):
    revision = new_draft(editor)
    publishing.publish(revision, by=editor)
    publishing.withdraw(revision.article, by=editor)
    address = write_address(revision.article)
    assert "Readers will see the text that they had last." in (
        editor_client.get(address).content.decode()
    )
    publishing.save_draft(
        revision.article, by=editor, content={"headline": "Newer", "body": "<p>New.</p>"}
    )
    assert "“Publish now” shows them this newer one." in (
        editor_client.get(address).content.decode()
    )


def test_two_saves_within_a_minute_can_be_told_apart(editor, editor_client):
    revision = new_draft(editor)
    moment = datetime(2026, 5, 3, 14, 7, 9, tzinfo=UTC)
    revision.article.revisions.update(saved_at=moment)
    address = reverse("articles:desk-history", args=[revision.article.pk])
    assert "May 3, 2026, 10:07:09 a.m." in editor_client.get(address).content.decode()


def test_comparing_shows_pictures_instead_of_their_file_names(editor, editor_client):
    post(editor_client, "/desk/new/", picture_file=upload(), picture_alt="A blue field")
    article = Article.objects.get(slug="what-the-tape-shows")
    old = article.revisions.get()
    post(
        editor_client,
        write_address(article),
        picture_file=upload(),
        picture_alt="A red field",
        base=old.pk,
    )
    new = article.revisions.latest()
    address = reverse("articles:desk-compare", args=[article.pk])
    html = editor_client.get(address, {"old": old.pk, "new": new.pk}).content.decode()
    assert html.index('alt="A blue field"') < html.index('alt="A red field"')
    assert "pictures/" not in re.sub(r'(src|srcset)="[^"]*"', "", html)
