"""The demonstration content and the standing pages are whole, and nothing in them is private.

These tests read the files alone; loading them is the business of ``manage.py demo``.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from articles.models import Article, Work
from comments import moderation
from comments.models import Comment, Reason
from comments.screening import Queue

ROOT = Path(__file__).resolve().parents[2]
CONTENT = ROOT / "comments" / "management" / "demo_content"
PICTURES = CONTENT / "pictures"
FLAGSHIP = "new-netflix-series-explores-false-confessions"

Record = dict[str, Any]


def load(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


ARTICLES: list[Record] = load(CONTENT / "articles.json")
PAGES: list[Record] = load(ROOT / "articles" / "standing_pages.json")
TOPICS: list[Record] = load(CONTENT / "topics.json")
WORKS: dict[str, Record] = load(CONTENT / "works.json")
COMMENTS: list[Record] = load(CONTENT / "comments.json")

OUTCOMES = {"published", "waiting", "approved_redacted", "removed", "answered"}
BY_SLUG = {record["slug"]: record for record in ARTICLES}
BY_KEY = {record["key"]: record for record in COMMENTS}

ALLOWED_TAGS = {"p", "h2", "h3", "ul", "ol", "li", "blockquote", "a", "strong", "em"}
PLACEHOLDERS = {"site_name", "postal_address"}
RESERVED_DOMAIN = re.compile(r"example\.(?:org|net|com)", re.IGNORECASE)
ADDRESS_DOMAIN = re.compile(r"@([\w.-]+\w)|(?:https?://(?:www\.)?|www\.)([\w.-]+\w)")
NORTH_AMERICAN_PHONE = re.compile(r"\d{3}[) .-]{1,2}(\d{3}[ -]\d{4})\b")
RESERVED_PHONE = re.compile(r"555[ -]01\d\d")


class Markup(HTMLParser):
    """Which tags, attributes and links a text has, and whether its tags are balanced."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()
        assert not self.open, f"left open: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.open.append(tag)
        self.attributes.update(name for name, _value in attrs)
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def all_strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for item in value.values() for text in all_strings(item)]
    if isinstance(value, list):
        return [text for item in value for text in all_strings(item)]
    return []


def addresses_of_the_site() -> set[str]:
    public = [record for record in ARTICLES if record["state"] == "published"]
    return (
        {"/news/", "/reviews/"}
        | {f"/news/{record['slug']}/" for record in public}
        | {f"/news/topic/{topic['slug']}/" for topic in TOPICS}
        | {f"/{page['slug']}/" for page in PAGES}
    )


def hours_before_now(record: Record) -> float:
    """How long ago a comment was written; the flagship is older than any of them."""
    if "hours_ago" in record:
        return float(record["hours_ago"])
    if record["article"] == FLAGSHIP:
        return 1e6 - float(record["hours_after"])
    return float(BY_SLUG[record["article"]]["days_ago"]) * 24 - float(record["hours_after"])


def depth(record: Record) -> int:
    return 1 + depth(BY_KEY[record["parent"]]) if record["parent"] else 1


# What staff write


def test_the_articles_that_the_contract_names_are_there():
    flagship = BY_SLUG[FLAGSHIP]
    assert flagship["headline"] == "New Netflix Series Explores False Confessions"
    assert flagship["published"] == "2017-09-12T14:00:00+00:00"
    assert flagship["byline"] == "Innocence Staff"
    assert flagship["topic"] == "false-confessions"
    review = BY_SLUG["review-the-confession-tapes"]
    assert (review["kind"], review["work"]) == ("review", "the-confession-tapes")
    assert BY_SLUG["draft-demo-article"]["state"] == "draft"
    assert BY_SLUG["scheduled-demo-article"]["state"] == "scheduled"


def test_there_are_enough_posts_over_enough_topics():
    posts = [record for record in ARTICLES if record["state"] == "published"]
    assert sum(record["kind"] == "post" for record in posts) >= 9
    assert sum(record["kind"] == "review" for record in posts) >= 2
    assert len({record["topic"] for record in posts}) >= 8
    assert len(BY_SLUG) == len(ARTICLES)


@pytest.mark.parametrize("record", ARTICLES, ids=lambda record: record["slug"])
def test_an_article_refers_only_to_what_exists(record):
    assert record["kind"] in Article.Kind.values
    assert record["topic"] in {topic["slug"] for topic in TOPICS}
    assert record["state"] in {"published", "draft", "scheduled"}
    assert record["comments"] in {"open", "closed"}
    assert record["work"] is None or record["work"] in WORKS
    assert (record["kind"] == "review") == (record["work"] is not None)
    assert "published" in record or isinstance(record["days_ago"], int)
    if record["kind"] == "review":
        assert record["pull_quote"]
        assert record["verdict"]


@pytest.mark.parametrize("record", ARTICLES, ids=lambda record: record["slug"])
def test_an_article_fits_its_fields_and_has_a_readable_length(record):
    names = ("slug", "kind", "headline", "standfirst", "byline", "body", "pull_quote", "verdict")
    article = Article(**{name: record[name] for name in names})
    article.clean_fields(exclude={field.name for field in Article._meta.fields} - set(names))
    words = re.sub(r"<[^>]+>", " ", record["body"]).split()
    assert 300 <= len(words) <= 700


@pytest.mark.parametrize("record", ARTICLES + PAGES, ids=lambda record: record["slug"])
def test_texts_have_only_our_tags_and_link_only_to_this_site(record):
    markup = Markup(record["body"])
    assert markup.tags <= ALLOWED_TAGS
    assert markup.attributes <= {"href"}
    assert set(markup.links) <= addresses_of_the_site()


@pytest.mark.parametrize("record", ARTICLES, ids=lambda record: record["slug"])
def test_every_article_has_a_picture_with_words_for_those_who_cannot_see_it(record):
    assert (PICTURES / record["picture"]).is_file()
    assert 40 <= len(record["picture_alt"]) <= 250
    assert len(record["picture_caption"]) <= 300
    assert record["picture_credit"]


def test_pictures_are_wide_and_light_and_none_lies_about_unused():
    files = sorted(PICTURES.iterdir())
    assert {file.name for file in files} == {record["picture"] for record in ARTICLES}
    for file in files:
        assert file.stat().st_size <= 90_000
        with Image.open(file) as image:
            assert image.width >= 1400
            assert abs(image.width / image.height - 16 / 9) < 0.01
    assert sum(file.stat().st_size for file in files) <= 900_000


def test_works_fit_their_fields():
    for work in WORKS.values():
        Work(**work).clean_fields()
    assert WORKS["the-confession-tapes"]["year"] == 2017
    assert WORKS["the-confession-tapes"]["season"] == 1


def test_the_standing_pages_are_the_ones_that_the_site_links_to():
    slugs = {"how-we-consider-cases", "comment-policy", "privacy", "about", "donate"}
    assert {page["slug"] for page in PAGES} == slugs
    assert all(page["headline"] and page["standfirst"] for page in PAGES)


def test_standing_pages_leave_room_for_the_organisations_own_name_and_address():
    for page in PAGES:
        used = set(re.findall(r"\{\{ (\w+) \}\}", page["body"]))
        assert used <= PLACEHOLDERS
        assert page["body"].count("{{") == len(re.findall(r"\{\{ \w+ \}\}", page["body"]))
        assert "{{" not in page["headline"] + page["standfirst"]
        # How we consider cases has the address in its guide.
        is_guided = page["slug"] == "how-we-consider-cases"
        assert ("{{ postal_address }}" in page["body"]) is not is_guided


def test_the_comment_policy_names_every_reason_for_removal():
    policy = next(page for page in PAGES if page["slug"] == "comment-policy")
    words = policy["body"].lower()
    for stem in (
        "personal information",
        "hate speech",
        "threats",
        "harassment",
        "profanity",
        "misleading",
        "advertising",
        "copyright",
        "confidential",
        "electioneering",
        "off topic",
        "case enquiries",
        "other",
    ):
        assert f"<strong>{stem}" in words


# What visitors write


def test_comments_are_enough_to_show_the_site_at_work():
    assert len(COMMENTS) >= 140
    assert len(BY_KEY) == len(COMMENTS)
    under_flagship = [record for record in COMMENTS if record["article"] == FLAGSHIP]
    shown = {"published", "approved_redacted"}
    top = [r for r in under_flagship if not r["parent"] and r["outcome"] in shown]
    assert len(under_flagship) >= 70
    assert len(top) > 25
    assert max(depth(record) for record in under_flagship) >= 5


def test_comments_are_complete():
    for record in COMMENTS:
        key = record["key"]
        assert ("hours_after" in record) != ("hours_ago" in record), key
        assert record["outcome"] in OUTCOMES, key
        assert record["expect_queue"] in {None, *Queue}, key
        assert (record["reason"] in Reason.values) == (record["outcome"] == "removed"), key
        assert 0 < len(record["name"]) <= 80, key
        assert 0 < len(record["body"]) <= 3000, key
        assert len(record["note"]) <= 500, key
        assert BY_SLUG[record["article"]]["state"] == "published", key


def test_a_comment_was_written_after_its_article_and_after_what_it_answers():
    for position, record in enumerate(COMMENTS):
        key = record["key"]
        assert hours_before_now(record) >= 0, key
        if record["article"] != FLAGSHIP:
            assert hours_before_now(record) <= BY_SLUG[record["article"]]["days_ago"] * 24, key
        if record["parent"]:
            parent = BY_KEY[record["parent"]]
            assert parent["article"] == record["article"], key
            assert COMMENTS.index(parent) < position, key
            assert hours_before_now(parent) > hours_before_now(record), key
            assert parent["outcome"] != "waiting", key


def test_one_address_is_one_person():
    names: dict[str, set[str]] = {}
    for record in COMMENTS:
        names.setdefault(record["email"], set()).add(record["name"])
    assert all(len(same) == 1 for same in names.values())
    assert max(Counter(record["email"] for record in COMMENTS).values()) >= 5


def test_every_queue_has_comments_that_wait():
    waiting = [record for record in COMMENTS if record["outcome"] == "waiting"]
    queues = Counter(record["expect_queue"] for record in waiting)
    assert set(queues) == set(Queue)
    assert all(4 <= count <= 12 for count in queues.values())
    assert len({record["article"] for record in waiting}) >= 6


def test_removed_comments_show_every_reason_and_some_left_answers_behind():
    removed = [record for record in COMMENTS if record["outcome"] == "removed"]
    assert {record["reason"] for record in removed} == set(Reason.values)
    answered = {record["parent"] for record in COMMENTS if record["outcome"] == "published"}
    assert sum(record["key"] in answered for record in removed) >= 2


@pytest.mark.django_db
def test_every_note_is_one_that_the_log_accepts():
    for record in COMMENTS:
        comment = Comment(pk=1, body=record["body"], name=record["name"], email=record["email"])
        moderation.refuse_quotes(record["note"], comment)
    assert any(record["note"] for record in COMMENTS)


def test_no_address_is_anybodys():
    for text in all_strings([ARTICLES, PAGES, TOPICS, WORKS, COMMENTS]):
        for match in ADDRESS_DOMAIN.finditer(text):
            assert RESERVED_DOMAIN.fullmatch(match[1] or match[2]), text
    assert all(RESERVED_DOMAIN.search(record["email"].split("@")[1]) for record in COMMENTS)


def test_no_telephone_number_is_anybodys():
    found = [
        number for record in COMMENTS for number in NORTH_AMERICAN_PHONE.findall(record["body"])
    ]
    assert len(found) >= 5
    assert all(RESERVED_PHONE.fullmatch(number) for number in found)
