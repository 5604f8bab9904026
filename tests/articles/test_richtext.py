"""What may stand in an article, and what an attacker or a careless paste leaves behind."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import nh3
import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from articles import richtext


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("<p>One</p><p>Two</p>", "<p>One</p><p>Two</p>"),
        (
            "<h2>Head</h2><h3>Sub</h3><hr><p>a<br>b</p>",
            "<h2>Head</h2><h3>Sub</h3><hr><p>a<br>b</p>",
        ),
        ("<ul><li>a</li></ul><ol><li>b</li></ol>", "<ul><li>a</li></ul><ol><li>b</li></ol>"),
        ("<blockquote><p>Said</p></blockquote>", "<blockquote><p>Said</p></blockquote>"),
        ("<p><b>bold</b> <i>slanted</i></p>", "<p><strong>bold</strong> <em>slanted</em></p>"),
        ("<h1>Big</h1><p>a</p>", "<h2>Big</h2><p>a</p>"),
        ("<div>pasted</div>", "<p>pasted</p>"),
        ("<p>a</p><p></p><p> </p>", "<p>a</p>"),
        ("<p></p>", ""),
        ("", ""),
        ("First.\n\nSecond,\nsame paragraph.", "<p>First.</p>\n<p>Second,<br>same paragraph.</p>"),
        ("5 < 6 & 7 > 3", "<p>5 &lt; 6 &amp; 7 &gt; 3</p>"),
        ("<p>{{ site_name }}</p>", "<p>{{ site_name }}</p>"),
        ("<p>a\x00b\x07c</p>", "<p>abc</p>"),
        ('<p><a href="/a/" title="">x</a></p>', '<p><a href="/a/">x</a></p>'),
        ('<p><a href="/a/" title="A">x</a></p>', '<p><a href="/a/" title="A">x</a></p>'),
        ('<p class="x" style="color:red" id="y">a</p>', "<p>a</p>"),
    ],
)
def test_the_tags_of_an_article_stay_and_pasted_ones_become_them(typed, kept):
    assert richtext.clean(typed) == kept


@pytest.mark.parametrize(
    ("href", "kept"),
    [
        ("/news/", '<a href="/news/">x</a>'),
        ("#top", '<a href="#top">x</a>'),
        ("mailto:office@example.org", '<a href="mailto:office@example.org">x</a>'),
        ("https://example.org/", '<a href="https://example.org/" rel="noopener">x</a>'),
        ("HTTP://example.org/", '<a href="HTTP://example.org/" rel="noopener">x</a>'),
        ("//example.org/", '<a href="//example.org/" rel="noopener">x</a>'),
        ("javascript:alert(1)", "<a>x</a>"),
        ("JaVaScRiPt:alert(1)", "<a>x</a>"),
        ("java\tscript:alert(1)", "<a>x</a>"),
        ("&#106;avascript:alert(1)", "<a>x</a>"),
        (" javascript:alert(1)", "<a>x</a>"),
        ("\x01javascript:alert(1)", "<a>x</a>"),
        ("data:text/html,x", "<a>x</a>"),
        ("vbscript:x", "<a>x</a>"),
        ("tel:5550100", "<a>x</a>"),
        ("ftp://example.org/", "<a>x</a>"),
    ],
)
def test_links_lead_to_pages_and_letters_only(href, kept):
    assert (
        richtext.clean(f'<p><a href="{href}" rel="x" target="_top">x</a></p>') == f"<p>{kept}</p>"
    )


ATTACKS = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//example.org/x.js></sCrIpT >",
    "<script>alert(1)",
    "<p>a<script><p>b",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    '<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">',
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=x></object><embed src=x><base href=//example.org>",
    "<p onclick=alert(1)>a</p>",
    '<a href="x" onmouseover="alert(1)">a</a>',
    "<style>@import '//example.org/x.css';</style>",
    "<meta http-equiv=refresh content='0;url=//example.org'>",
    "<template><script>alert(1)</script></template>",
    "<textarea></textarea><img src=x onerror=alert(1)>",
    "<xmp><img src=x onerror=alert(1)></xmp>",
    "<plaintext><img src=x onerror=alert(1)>",
    "<title><img src=x onerror=alert(1)></title>",
    "<input autofocus onfocus=alert(1)><button formaction=javascript:alert(1)>a",
    "<video><source onerror=alert(1)></video><details open ontoggle=alert(1)>",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_old_attacks_leave_only_tags_of_ours(attack):
    cleaned = richtext.clean(attack)
    assert set(re.findall(r"<\s*/?\s*([a-zA-Z!]+)", cleaned)) <= richtext.ALLOWED_TAGS
    assert not re.search(r"<[^>]*\son\w+\s*=", cleaned)
    assert "javascript:" not in cleaned


@pytest.mark.parametrize("attack", ["<script>", "<style>"])
def test_what_stood_in_a_script_or_style_is_not_shown_as_text(attack):
    closed = attack.replace("<", "</")
    assert richtext.clean(f"<p>a</p>{attack}let secret = 1{closed}<p>b</p>") == "<p>a</p><p>b</p>"


@given(st.text(alphabet=st.sampled_from(list("<>/=\"' apbscriptli&;#x:-!\n")), max_size=200))
def test_cleaning_twice_changes_nothing_more(text):
    once = richtext.clean(text)
    assert richtext.clean(once) == once
    assert nh3.clean(once, tags=set(richtext.ALLOWED_TAGS), link_rel=None) == once


def test_an_over_long_text_is_refused_before_it_is_parsed():
    with pytest.raises(ValidationError, match="100,001 characters"):
        richtext.clean("<" * (richtext.MAX_LENGTH + 1))


def test_threads_share_the_parser_without_mixing_their_texts():
    texts = [f"<p>{number} <b>bold</b></p>" * 20 for number in range(40)]
    alone = [richtext.clean(text) for text in texts]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(richtext.clean, texts)) == alone


def test_plain_text_has_a_line_for_each_paragraph_and_no_tags():
    html = "<h2>Head</h2><p>One &amp; <em>two</em>.<br>More</p><ul><li>Point</li></ul>"
    assert richtext.plain_text(html) == "Head\nOne & two.\nMore\nPoint"


def test_the_organisations_words_are_put_in_as_text_and_never_as_tags_or_templates():
    html = "<p>{{ site_name }} and {{site_name}}</p><p>{{ postal_address }}</p><p>{{ other }}</p>"
    words: dict[str, str | list[str]] = {
        "site_name": "A <b> & \\1",
        "postal_address": ["1 Main St", "{{ site_name }}<i>"],
    }
    assert richtext.with_words_in_place(html, words) == (
        "<p>A &lt;b&gt; &amp; \\1 and A &lt;b&gt; &amp; \\1</p>"
        "<p>1 Main St<br>{{ site_name }}&lt;i&gt;</p><p>{{ other }}</p>"
    )
