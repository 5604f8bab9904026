"""Folding: plainer characters, and the way back to where they stood."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.screening.text import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("plain ASCII\r\n\tstays", "plain ASCII\r\n\tstays"),
        ("“Don’t” — he said…", '"Don\'t" - he said…'),
        ("a\u00a0b\u2003c", "a b c"),
        ("s\u00ado\u200bf\u2060t\ufeff", "soft"),
        ("\u202eabc\u202c", "abc"),
        ("０１２３ ٤٥٦", "0123 456"),
        ("3️⃣1️⃣2️⃣", "312"),
        ("ｆｕｌｌｗｉｄｔｈ＠ｅｘａｍｐｌｅ．ｏｒｇ", "fullwidth@example.org"),
        ("cafe\u0301", "café"),
        ("s\u0336t\u0336r\u0336uck", "struck"),
        ("h\u0430te", "hate"),
        ("ρen αnd ink", "pen and ink"),
        ("Это по-русски", "Это по-русски"),
        ("José Ñandú", "José Ñandú"),
        ("𝐛𝐨𝐥𝐝", "bold"),
        ("½ ﬁve", "½ ﬁve"),
    ],
)
def test_look_alikes_become_plain_and_other_scripts_stay(text, folded):
    assert fold(text).text == folded


def test_a_span_covers_the_marks_of_its_last_letter_and_what_was_dropped_inside():
    text = "x a\u200bbe\u0301 y"
    folded = fold(text)
    start = folded.text.index("ab")
    assert text[slice(*folded.span(start, start + 3))] == "a\u200bbe\u0301"


def test_an_empty_span_stays_empty():
    folded = fold("a\u200bé")
    assert folded.span(1, 1) == (2, 2)
    assert folded.span(2, 2) == (3, 3)


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_ascii_is_left_as_it_is(text):
    folded = fold(text)
    assert folded.text == text
    assert all(folded.span(at, at + 1) == (at, at + 1) for at in range(len(text)))


@given(st.text(), st.data())
def test_every_span_lies_inside_the_text_and_keeps_its_order(text, data):
    folded = fold(text)
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))
    first, last = folded.span(start, end)
    assert 0 <= first <= last <= len(text)
    assert (first < last) == (start < end)
    assert len(folded.text) <= len(text)


@given(st.text())
def test_folding_twice_changes_nothing_more_than_look_alikes_already_did(text):
    once = fold(text).text
    assert len(fold(once).text) <= len(once)


@pytest.mark.parametrize("unit", ["é", "e\u0301", "\u0301", "\u200b", "\u0430a", "a \u0430", "😀"])
def test_folding_a_long_text_takes_no_longer_than_reading_it(unit):
    start = time.thread_time()
    fold(unit * 20_000)
    assert time.thread_time() - start < 2.0
