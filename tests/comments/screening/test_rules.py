"""The site's own rules over a text: whole words in any script, hosts, and no time to waste."""

from __future__ import annotations

from time import thread_time

import pytest

from comments.screening import (
    Field,
    Finding,
    FindingType,
    Queue,
    Rule,
    RuleKind,
    Screening,
    Submission,
    Verdict,
    rules,
)

NOTHING = Screening((), Verdict(None, "Nothing was found that needs a person."))


def found(kind, lines, text):
    span = rules.wanted(kind, lines).first_in(rules.read(text))
    return span and text[slice(*span)]


@pytest.mark.parametrize(
    ("lines", "text", "expected"),
    [
        ("parole", "About PAROLE, then.", "PAROLE"),
        ("parole", "He was paroled.", None),
        ("cat", "concatenate, cat's", "cat"),
        ("acme legal help", "Try Acme,\nLegal  Help now", "Acme,\nLegal  Help"),
        ("acme legal help", "Acme help legal", None),
        ("acme legal", "acme acme legal", "acme legal"),
        ("acme legal", "the end is acme", None),
        ("acme legal\nacme", "the end is acme", "acme"),
        ("parole", "par\u200bo\u00adle", "par\u200bo\u00adle"),
        ("parole", "ｐａｒｏｌｅ", "ｐａｒｏｌｅ"),
        ("parole", "pаrole with a Cyrillic а", "pаrole"),
        ("café", "CAFE\u0301", "CAFE\u0301"),
        ("café", "cafe", None),
        ("cafe", "café", None),
        ("straße", "STRASSE", "STRASSE"),
        ("हिन्दी", "यह हिन्दी है", "हिन्दी"),
        ("हिन्द", "यह हिन्दी है", None),
        ("суд", "Суд решил", "Суд"),
        ("(.*)+$", "whatever", None),
        ("a.b", "axb", None),
    ],
)
def test_words_are_found_whole_and_as_they_are_typed(lines, text, expected):
    assert found(RuleKind.WORDS, lines, text) == expected


@pytest.mark.parametrize(
    ("lines", "text", "expected"),
    [
        ("shop.example", "see http://shop.example/a?b", "shop.example"),
        ("shop.example", "see https://WWW.Shop.Example.", "WWW.Shop.Example"),
        ("https://shop.example/path", "shop.example", "shop.example"),
        ("shop.example", "workshop.example", None),
        ("shop.example", "shop.example.org", None),
        ("shop.example", "www.not-shop.example", None),
        ("www.shop.example", "shop.example", None),
        ("shop.example", "write to me@shop.example", "shop.example"),
        ("shop.example", "https://news.example@shop.example/", "shop.example"),
        ("shop.example", "sho\u200bp。example", "sho\u200bp。example"),
        ("shop.example", "_shop.example_", "_shop.example_"),
        ("bücher.example", "xn--bcher-kva.example", "xn--bcher-kva.example"),
        ("xn--bcher-kva.example", "http://Bücher.example", "Bücher.example"),
        ("shop.example", "xn--\u00e9.shop.example", "xn--\u00e9.shop.example"),
        ("one.example\ntwo.example", "a.two.example", "a.two.example"),
    ],
)
def test_a_host_is_found_with_all_that_lies_below_it(lines, text, expected):
    assert found(RuleKind.HOST, lines, text) == expected


@pytest.mark.parametrize("text", ["a" * 200_000, "a." * 100_000, "a-" * 100_000, "é a " * 50_000])
@pytest.mark.parametrize(("kind", "lines"), [(RuleKind.WORDS, "a a b"), (RuleKind.HOST, "a.b")])
def test_the_longest_text_takes_no_longer_than_its_length(kind, lines, text):
    before = thread_time()
    assert found(kind, lines, text) is None
    assert thread_time() - before < 3


@pytest.mark.parametrize(
    ("kind", "line", "is_of_use"),
    [
        (RuleKind.WORDS, "word", True),
        (RuleKind.WORDS, "?!", False),
        (RuleKind.HOST, "shop.example", True),
        (RuleKind.HOST, "https://shop.example/", True),
        (RuleKind.HOST, "example", False),
    ],
)
def test_a_line_that_could_find_nothing_is_told(kind, line, is_of_use):
    assert rules.is_of_use(kind, line) is is_of_use


def test_a_hit_holds_in_general_and_names_the_rule_without_the_visitors_words():
    rule = Rule(3, 2, RuleKind.WORDS, "parole")
    result = rules.apply([rule], Submission("About parole.", "Parole fan"), NOTHING)
    because = "Rule no. 3 of this site asks for it, in its version 2."
    assert result.findings == (
        Finding(FindingType.SITE_RULE, 6, 12, 1.0, because, Field.BODY),
        Finding(FindingType.SITE_RULE, 0, 6, 1.0, because, Field.NAME),
    )
    assert result.verdict.queue is Queue.GENERAL


def test_what_else_holds_a_comment_keeps_its_queue_and_its_findings():
    phone = Finding(FindingType.PHONE, 0, 1, 0.9, "Digits.")
    seen = Screening((phone,), Verdict(Queue.PII, "It may hold.", urgent=True))
    rule = Rule(1, 1, RuleKind.WORDS, "parole")
    result = rules.apply([rule], Submission("1 parole"), seen)
    assert result.verdict == seen.verdict
    assert [f.type for f in result.findings] == [FindingType.PHONE, FindingType.SITE_RULE]


def test_without_a_hit_nothing_changes():
    rule = Rule(1, 1, RuleKind.HOST, "shop.example")
    assert rules.apply([rule], Submission("A calm text."), NOTHING) == NOTHING
