"""The public pages: what they show, what they hide, and how many queries they need."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import Article, Work
from articles.pictures import store_picture
from tests.articles.test_pictures import picture_file
from tests.builders import make_article, make_topic, make_work

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def page_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def structured_data(html: str):
    blocks = re.findall(r'<script type="application/ld\+json" nonce="[^"]+">(.*?)</script>', html)
    assert len(blocks) == 1
    return json.loads(blocks[0])


def hidden_articles():
    now = timezone.now()
    for kind in Article.Kind.values:
        yield make_article(kind=kind, headline="Hidden Zither", published_at=None)
        yield make_article(
            kind=kind, headline="Hidden Zither", published_at=now + timedelta(days=1)
        )
        yield make_article(kind=kind, headline="Hidden Zither", withdrawn_at=now)


def test_what_is_not_published_answers_404_on_every_address(client):
    for article in hidden_articles():
        for address in (
            f"/news/{article.slug}/",
            f"/{article.slug}/",
            f"/news/{article.slug}/feed/",
            f"/news/{article.slug}/comment/",
        ):
            assert client.get(address).status_code == 404, address


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/news/",
        "/reviews/",
        "/news/topic/false-confessions/",
        "/search/?q=zither",
        "/feed/",
        "/sitemap.xml",
    ],
)
def test_what_is_not_published_stands_in_no_list(client, address):
    for article in hidden_articles():
        Article.objects.filter(pk=article.pk).update(topic=make_topic())
    html = page_of(client, address)
    assert "Hidden Zither" not in html
    hidden = Article.objects.filter(headline="Hidden Zither").values_list("slug", flat=True)
    assert not any(f"/{slug}/" in html for slug in hidden)


def test_a_page_is_no_article_and_an_article_is_no_page(client):
    make_article(kind="page", slug="our-house")
    make_article(slug="our-story")
    assert client.get("/our-house/").status_code == 200
    assert client.get("/our-story/").status_code == 404
    assert client.get("/news/our-house/").status_code == 404
    assert "our-house" not in page_of(client, "/news/")


def test_the_front_page_leads_with_the_newest_and_shows_the_way_for_cases(client):
    make_article(headline="The older one", published_at=timezone.now() - timedelta(days=9))
    make_article(headline="The newest one", published_at=timezone.now() - timedelta(hours=1))
    html = page_of(client, "/")
    assert html.index("The newest one") < html.index("The older one")
    assert "Are you writing about a case?" in html
    assert 'href="/how-we-consider-cases/"' in html
    assert html.count("<h1") == 1


def test_a_site_without_articles_has_every_page(client):
    Article.objects.entries().delete()
    for address in (
        "/",
        "/news/",
        "/reviews/",
        "/search/",
        "/search/?q=x",
        "/feed/",
        "/sitemap.xml",
    ):
        page_of(client, address)


@pytest.mark.parametrize("address", ["/news/", "/reviews/", "/news/topic/false-confessions/"])
def test_lists_show_ten_and_lead_to_the_next_page(client, address):
    for _number in range(11):
        make_article(kind="review", topic=make_topic())
    first, second = page_of(client, address), page_of(client, f"{address}?page=2")
    assert first.count('class="item') - first.count('class="item__') == 10
    assert '<link rel="next" href="?page=2">' in first
    assert re.search(r'<a class="btn" rel="next" href="\?page=2">', first)
    assert 'rel="next"' not in second
    assert 'rel="prev"' in second
    for number in ("3", "0", "-1", "x", "1e9", "9" * 40):
        assert client.get(address, {"page": number}).status_code == 404


def test_the_date_and_byline_read_as_in_a_newspaper(client):
    article = make_article(
        published_at=datetime(2017, 9, 12, 15, 0, tzinfo=UTC), topic=make_topic()
    )
    text = re.sub(r"<[^>]+>", "", page_of(client, article.get_absolute_url()))
    assert "September 12, 2017 · By Innocence Staff · 1 minute to read" in text
    assert "Updated" not in text


def test_a_revised_article_says_when(client):
    article = make_article(revised_at=timezone.now())
    assert "Updated" in page_of(client, article.get_absolute_url())


def test_a_review_shows_the_facts_of_its_work_and_our_verdict(client):
    work = make_work(where_to_watch="A streaming service", running_time="Seven episodes")
    article = make_article(
        kind="review", work=work, verdict="Watch it twice.", pull_quote="Silence is loud."
    )
    html = page_of(client, article.get_absolute_url())
    for words in ("The Confession Tapes", "season 1", "2017", "A streaming service"):
        assert words in html
    for words in ("Seven episodes", "Our verdict", "Watch it twice.", "Silence is loud."):
        assert words in html


def test_the_picture_comes_in_widths_with_its_words(client):
    picture = store_picture(picture_file(), alt='A "blue" field', caption="Seen", credit="By us")
    article = make_article(picture=picture)
    html = page_of(client, article.get_absolute_url())
    assert 'alt="A &quot;blue&quot; field"' in html
    assert 'width="1600" height="1000"' in html
    assert f"{picture.rendition(640)} 640w, {picture.rendition(1280)} 1280w" in html
    assert 'fetchpriority="high"' in html
    assert re.search(r"<figcaption>\s*Seen <span class=\"credit\">By us</span></figcaption>", html)
    assert f'<meta property="og:image" content="http://127.0.0.1:8000{picture.file.url}">' in html
    for address in (picture.file.url, picture.rendition(640), picture.rendition(1280)):
        response = client.get(address)
        assert response.status_code == 200
        response.close()


def test_related_articles_share_the_topic(client):
    topic, other = make_topic(), make_topic("DNA", "dna")
    article = make_article(topic=topic)
    make_article(topic=topic, headline="A near relation")
    make_article(topic=other, headline="No relation")
    html = page_of(client, article.get_absolute_url())
    assert "More about False confessions" in html
    assert "A near relation" in html
    assert "No relation" not in html


def test_sharing_needs_nobody_elses_script(client):
    article = make_article(headline="Silence & tapes")
    html = page_of(client, article.get_absolute_url())
    assert "mailto:?subject=Silence%20%26%20tapes&amp;body=http%3A%2F%2F127.0.0.1%3A8000" in html
    assert not re.findall(r'<(?:script|img|link|iframe)[^>]*(?:src|href)="https?://(?!127)', html)


def test_the_organisations_name_and_address_stand_in_its_pages(client, settings):
    settings.SITE_NAME = "A & B Project"
    settings.SITE_POSTAL_ADDRESS = ["1 Main Street", "Springfield"]
    make_article(kind="page", slug="where", body="<p>{{ site_name }}: {{ postal_address }}</p>")
    assert "<p>A &amp; B Project: 1 Main Street<br>Springfield</p>" in page_of(client, "/where/")


@pytest.mark.parametrize("address", ["/", "/news/", "/search/?q=standfirst", "/standing/"])
def test_a_standfirst_is_shown_as_the_characters_it_has(client, address):
    make_article(standfirst="5 < 6, a standfirst")
    make_article(standfirst="5 < 6, a standfirst")
    make_article(kind="page", slug="standing", standfirst="5 < 6, a standfirst of {{ site_name }}")
    html = page_of(client, address)
    assert "5 &lt; 6, a standfirst" in html
    assert "5 < 6" not in html
    assert "{{" not in html.partition("</head>")[2]


def test_an_article_writes_about_braces_without_being_filled_in(client):
    article = make_article(body="<p>{{ site_name }} {% now %}</p>")
    assert "<p>{{ site_name }} {% now %}</p>" in page_of(client, article.get_absolute_url())


def test_search_finds_and_keeps_what_was_typed(client):
    for number in range(11):
        make_article(headline=f"Zither <b> {number}")
    html = page_of(client, "/search/?q=zither%20%3Cb%3E")
    assert 'value="zither &lt;b&gt;"' in html
    assert 'href="?q=zither+%3Cb%3E&amp;page=2"' in html
    assert 'name="robots" content="noindex' in html
    assert "Try fewer or other words" in page_of(client, "/search/?q=nothinglikethis")


@pytest.mark.parametrize("query", ["%00", "%ff%fe", "a" * 5000, "%F0%9F%8E%89" * 500])
def test_search_answers_whatever_it_is_asked(client, query):
    assert client.get(f"/search/?q={query}").status_code == 200


@pytest.mark.parametrize(
    "address", ["/", "/news/", "/reviews/", "/search/", "/feed/", "/sitemap.xml", "{article}"]
)
def test_head_is_answered_and_post_is_not(client, address):
    address = address.format(article=make_article().get_absolute_url())
    response = client.head(address)
    assert (response.status_code, response.content) == (200, b"")
    assert client.post(address).status_code == 405


def test_public_lists_know_no_session(client):
    for address in ("/", "/news/", "/reviews/", "/search/?q=x", "/feed/", "/sitemap.xml"):
        response = client.get(address)
        assert not response.cookies
        assert "Cookie" not in response.headers.get("Vary", "")


def test_structured_data_of_a_post(client):
    article = make_article(
        headline='Quote " & </script><script>alert(1)</script>', topic=make_topic()
    )
    html = page_of(client, article.get_absolute_url())
    data = structured_data(html)
    assert data["@type"] == "NewsArticle"
    assert data["headline"] == article.headline
    assert data["url"] == f"http://127.0.0.1:8000/news/{article.slug}/"
    assert data["author"] == {"@type": "Organization", "name": "Innocence Staff"}
    assert datetime.fromisoformat(data["datePublished"]) == article.published_at
    assert "<script>alert" not in html


@pytest.mark.parametrize(
    ("values", "kind", "name"),
    [
        ({"kind": Work.Kind.SERIES, "season": 1}, "TVSeason", "Title, season 1 (2017)"),
        ({"kind": Work.Kind.SERIES, "season": None}, "TVSeries", "Title"),
        ({"kind": Work.Kind.FILM, "season": None}, "Movie", "Title"),
        ({"kind": Work.Kind.BOOK, "season": None}, "Book", "Title"),
        ({"kind": Work.Kind.PODCAST, "season": None}, "PodcastSeries", "Title"),
        ({"kind": Work.Kind.REPORT, "season": None}, "Report", "Title"),
    ],
)
def test_structured_data_of_a_review_names_its_work(client, values, kind, name):
    article = make_article(kind="review", work=make_work("Title", **values), byline="A. Writer")
    data = structured_data(page_of(client, article.get_absolute_url()))
    assert data["@type"] == "Review"
    assert (data["itemReviewed"]["@type"], data["itemReviewed"]["name"]) == (kind, name)
    assert data["author"] == {"@type": "Person", "name": "A. Writer"}


def test_every_kind_of_work_has_its_word_in_structured_data():
    from articles.seo import _ITEM_TYPES

    assert set(_ITEM_TYPES) == set(Work.Kind)


def test_addresses_for_others_are_those_of_the_site_whatever_host_was_asked(client, settings):
    settings.SITE_URL = "https://www.example.org"
    article = make_article(slug="one", topic=make_topic())
    html = client.get("/news/one/", headers={"host": "localhost"}).content.decode()
    assert '<link rel="canonical" href="https://www.example.org/news/one/">' in html
    assert '<meta property="og:url" content="https://www.example.org/news/one/">' in html
    for address in ("/feed/", "/sitemap.xml"):
        text = client.get(address, headers={"host": "localhost"}).content.decode()
        assert f"https://www.example.org{article.get_absolute_url()}" in text
        assert "localhost" not in text


def test_the_feed_is_valid_and_newest_first(client):
    old = make_article(headline="Old & <b>", published_at=timezone.now() - timedelta(days=9))
    revised_at = timezone.now()
    new = make_article(kind="review", topic=make_topic(), revised_at=revised_at)
    make_article(kind="page", headline="A page")
    response = client.get("/feed/")
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(response.content)
    titles = [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]
    assert titles == [new.headline, old.headline]
    entry = next(feed.iter(f"{ATOM}entry"))
    assert entry.findtext(f"{ATOM}summary") == new.standfirst
    updated = datetime.fromisoformat(entry.findtext(f"{ATOM}updated", ""))
    assert abs(updated - revised_at) < timedelta(seconds=1)
    terms = [category.get("term") for category in entry.iter(f"{ATOM}category")]
    assert terms == ["False confessions"]


@pytest.mark.parametrize("address", ["/feed/", "/sitemap.xml"])
def test_a_reader_that_has_the_newest_feed_gets_nothing_again(client, address):
    make_article()
    etag = client.get(address)["ETag"]
    assert client.get(address, headers={"if-none-match": etag}).status_code == 304


def test_the_sitemap_lists_articles_pages_topics_and_lists(client):
    article = make_article(topic=make_topic())
    page = make_article(kind="page")
    make_topic("Unused", "unused")
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)
    places = {place.text for place in tree.iter(f"{SITEMAP}loc")}
    wanted = ["/", "/news/", "/reviews/", "/news/topic/false-confessions/"]
    wanted += [article.get_absolute_url(), page.get_absolute_url()]
    assert {f"http://127.0.0.1:8000{address}" for address in wanted} <= places
    assert "http://127.0.0.1:8000/news/topic/unused/" not in places


def test_lists_name_the_feed(client):
    for address in ("/", "/news/", "/reviews/"):
        assert 'type="application/atom+xml"' in page_of(client, address)


@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/", 2),
        ("/news/", 4),
        ("/reviews/", 3),
        ("/news/topic/false-confessions/", 5),
        ("/search/?q=silent", 2),
        ("/feed/", 1),
        ("/sitemap.xml", 4),
    ],
)
def test_a_list_needs_the_same_few_queries_however_long_it_is(
    client, django_assert_num_queries, address, queries
):
    picture = store_picture(picture_file((640, 400)), alt="A field")
    for _number in range(25):
        make_article(kind="review", topic=make_topic(), picture=picture)
    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200


def test_an_article_needs_at_most_eight_queries(client, django_assert_max_num_queries):
    article = make_article(topic=make_topic())
    for _number in range(25):
        make_article(topic=make_topic())
    with django_assert_max_num_queries(8):
        page_of(client, article.get_absolute_url())


def test_a_standing_page_needs_one_query(client, django_assert_num_queries):
    make_article(kind="page", slug="our-house")
    with django_assert_num_queries(1):
        page_of(client, "/our-house/")


@pytest.mark.parametrize(("kind", "section"), [("post", "/news/"), ("review", "/reviews/")])
def test_the_navigation_says_in_which_section_an_article_stands(client, kind, section):
    page = page_of(client, make_article(kind=kind).get_absolute_url())
    assert re.findall(r'<a href="([^"]*)" aria-current="true"', page) == [section]


def test_a_topic_is_a_part_of_the_news(client):
    topic = make_topic()
    make_article(topic=topic)
    page = page_of(client, topic.get_absolute_url())
    assert re.findall(r'<a href="([^"]*)" aria-current="true"', page) == ["/news/"]


def test_related_articles_and_the_donate_call_come_before_the_comments(client):
    topic = make_topic()
    make_article(topic=topic, headline="A second tape")
    page = page_of(client, make_article(topic=topic).get_absolute_url())
    related, donate = page.index('id="related"'), page.index('class="give-band"')
    assert related < donate < page.index('id="comments"')


def test_the_way_for_people_with_a_case_comes_before_the_list_of_stories(client):
    make_article()
    page = page_of(client, "/")
    assert page.index('id="case-card"') < page.index('id="latest"')


def test_a_search_that_finds_nothing_says_so(client):
    page = page_of(client, "/search/?q=zither")
    assert "Nothing was found for “zither”." in page


def test_the_footer_names_the_organisation_once(client, settings):
    settings.SITE_POSTAL_ADDRESS = [settings.SITE_NAME, "P.O. Box 0000"]
    foot = page_of(client, "/news/").partition("<footer")[2]
    assert "Write to us by post" in foot
    assert foot.count(settings.SITE_NAME) == 1
