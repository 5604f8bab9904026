"""Visitors' text: stored plain, shown as it was typed, and never as markup."""

from __future__ import annotations

import html
import re
import unicodedata
from time import thread_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments import plaintext

MARKS = ("[phone number removed]", "[e-mail address removed]")
REL = 'rel="nofollow ugc noopener"'


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Watched it twice.", "Watched it twice."),
        ("  one\r\ntwo\rthree  ", "one\ntwo\nthree"),
        ("one\n\n\n\n \n\ntwo", "one\n\ntwo"),
        ("one\n\ntwo\n\n\n", "one\n\ntwo"),
        ("one\u2028two\x0bthree", "one\ntwo\nthree"),
        ("bell\x07 null\x00 escape\x1b[31m", "bell null escape[31m"),
        ("half \ud83d of a pair", "half  of a pair"),
        ("turned \u202eround", "turned round"),
        ("no character \uffff\ufdd0", "no character"),
        ("cafe\u0301", "caf\u00e9"),
        ("tab\tstays", "tab\tstays"),
        (
            "\U0001f468\u200d\U0001f469\u200d\U0001f467",
            "\U0001f468\u200d\U0001f469\u200d\U0001f467",
        ),
        ("<b>not bold</b> & so on", "<b>not bold</b> & so on"),
        ("\u200b\u200d \n\t\u2060", ""),
        ("", ""),
    ],
)
def test_text_is_stored_plain_and_otherwise_as_it_was_typed(typed, stored):
    assert plaintext.clean(typed) == stored


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text):
    once = plaintext.clean(text)
    assert plaintext.clean(once) == once
    assert not any(
        unicodedata.category(char) in {"Cc", "Cs"} for char in once if char not in "\n\t"
    )


def test_a_line_is_one_line():
    assert plaintext.clean_line("  Marguerite \n\n D.\x00\t") == "Marguerite D."


def test_paragraphs_and_line_breaks_are_kept():
    assert plaintext.to_html("one\ntwo\n\nthree") == "<p>one<br>two</p><p>three</p>"


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "<a href='https://example.org/'>x</a>",
        "https://example.org/<script>alert(1)</script>",
        'https://example.org/"onmouseover="alert(1)',
        "www.example.org/'onclick='alert(1)",
        "&lt;script&gt; &amp;amp; &#60;b&#62;",
        "https://example.org/&lt;script&gt;",
        "javascript:alert(1) data:text/html,x",
        "</p></div><h1>big</h1>",
        '<bdi class="cut" dir="ltr">[phone number removed]</bdi>',
    ],
)
def test_tags_that_a_visitor_types_stay_visible_as_text(typed):
    page = plaintext.to_html(typed)
    tags = {tag.split()[0] for tag in re.findall(r"<([^>]+)>", page)}
    assert tags <= {"p", "/p", "a", "/a", "br"}
    for attributes in re.findall(r"<a ([^>]*)>", page):
        assert re.fullmatch(rf'href="https?://[^"<>]*" {REL}', attributes)
    assert _read(page) == typed


@given(st.text(alphabet=st.sampled_from("htps:/w.exampl<>&\"'()[] \n;#xé🙂")) | st.text())
def test_a_reader_sees_exactly_what_was_typed(text):
    text = plaintext.clean(text)
    assert _read(plaintext.to_html(text, set_apart=MARKS)) == text


@pytest.mark.parametrize(
    ("typed", "addresses"),
    [
        ("See https://example.org/a?b=1&c=2!", ["https://example.org/a?b=1&c=2"]),
        ("(see www.example.org)", ["http://www.example.org"]),
        ("http://example.org/x_(y).", ["http://example.org/x_(y)"]),
        ("(http://example.org/x_(y)), and", ["http://example.org/x_(y)"]),
        ("HTTPS://EXAMPLE.ORG", ["HTTPS://EXAMPLE.ORG"]),
        ("“https://example.org/news/”", ["https://example.org/news/"]),
        ("two: http://a.example http://b.example", ["http://a.example", "http://b.example"]),
        ("https://example.org/[phone number removed]", ["https://example.org/"]),
        ("example.org, http:// www. ftp://example.org javascript:alert(1)", []),
        ("name@www.example.org", []),
    ],
)
def test_web_addresses_become_links_that_lend_no_weight(typed, addresses):
    page = plaintext.to_html(typed)
    assert [html.unescape(a) for a in re.findall(r'href="([^"]*)"', page)] == addresses
    assert page.count(REL) == len(addresses)


def test_redacted_places_are_set_apart_only_where_somebody_redacted():
    text = "Call [phone number removed], not [shoe size removed]."
    assert '<bdi class="cut" dir="ltr">[phone number removed]</bdi>' in plaintext.to_html(
        text, set_apart=MARKS
    )
    assert "shoe size removed]</span>" not in plaintext.to_html(text, set_apart=MARKS)
    assert "<span" not in plaintext.to_html(text)


def test_a_name_with_any_number_is_set_apart():
    read = plaintext.to_html(
        "[name 1] wrote to [name 12], not [name x] or [name #].", set_apart=["[name #]"]
    )
    assert read.count('<bdi class="cut" dir="ltr">') == 2
    assert '<bdi class="cut" dir="ltr">[name 12]</bdi>' in read


@pytest.mark.parametrize(
    "text",
    [
        "http://" * 700,
        "www.a.b " * 625,
        "http://a" + ")" * 5000,
        "http://a" + "(" * 5000,
        "http://" + "." * 5000,
        "http://a/" + "&" * 5000,
        "<" * 5000,
        " " * 5000,
        "[" * 5000,
    ],
)
def test_no_comment_holds_a_page_up(text):
    begin = thread_time()
    plaintext.to_html(text, set_apart=MARKS)
    assert thread_time() - begin < 2.0


def test_a_thousand_comments_are_ready_at_once():
    text = "The silence on the tapes stays with you. " * 10
    begin = thread_time()
    for number in range(1000):
        plaintext.to_html(f"{text} https://example.org/{number}")
    assert thread_time() - begin < 5.0


def _read(page: str) -> str:
    """What a browser shows of it."""
    page = page.removeprefix("<p>").removesuffix("</p>").replace("</p><p>", "\n\n")
    return html.unescape(re.sub(r"<[^>]+>", "", page.replace("<br>", "\n")))
