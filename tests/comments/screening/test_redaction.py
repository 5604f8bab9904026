"""Redaction: the span goes, its label comes, nothing else changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.screening.redaction import Cut, InvalidCut, moved, redact
from comments.screening.types import Finding, FindingType

PHONE, EMAIL, NAME, SSN = (
    FindingType.PHONE,
    FindingType.EMAIL,
    FindingType.PERSON_PRIVATE,
    FindingType.SSN,
)
NUMBERS = ("555-0142", "555-0143")


@pytest.mark.parametrize(
    ("text", "cuts", "redacted"),
    [
        ("Call 555-0142 now.", [Cut(5, 13, PHONE)], "Call [phone number removed] now."),
        ("nothing here", [], "nothing here"),
        ("555-0142", [Cut(0, 8, PHONE)], "[phone number removed]"),
        (
            "ab cd ef",
            [Cut(6, 8, EMAIL), Cut(0, 2, NAME)],
            "[name removed] cd [e-mail address removed]",
        ),
        ("🙏 555-0142 🙏", [Cut(2, 10, PHONE)], "🙏 [phone number removed] 🙏"),
        ("a\r\nb", [Cut(0, 1, NAME)], "[name removed]\r\nb"),
    ],
)
def test_a_span_is_replaced_by_its_label(text, cuts, redacted):
    assert redact(text, cuts) == redacted


def _names(text, *names):
    return [Cut(at, at + len(name), NAME) for name in names for at in _places_of(name, text)]


def _places_of(words, text):
    return [at for at in range(len(text)) if text.startswith(words, at)]


@pytest.mark.parametrize(
    ("text", "names", "redacted"),
    [
        (
            "Ann Roe saw Bo Lind. ann  roe waved, Bo Lind did not.",
            ["Ann Roe", "Bo Lind", "ann  roe"],
            "[name 1] saw [name 2]. [name 1] waved, [name 2] did not.",
        ),
        (
            "Ann Roe's car and Bo Lind, that Lind.",
            ["Ann Roe's", "Bo Lind", "Lind."],
            "[name 1] car and [name 2], that [name 2]",
        ),
        ("Ann Roe, once more Ann Roe.", ["Ann Roe"], "[name removed], once more [name removed]."),
        (
            "Ann Roe, Cy Roe and one more: Roe;",
            ["Ann Roe", "Cy Roe", "Roe;"],
            "[name 1], [name 2] and one more: [name 3]",
        ),
    ],
)
def test_the_names_of_several_people_are_told_apart(text, names, redacted):
    cuts = {(cut.start, cut.end): cut for cut in _names(text, *names)}
    longest = [
        cut
        for cut in cuts.values()
        if not any(
            a <= cut.start and cut.end <= b and (a, b) != (cut.start, cut.end) for a, b in cuts
        )
    ]
    assert redact(text, longest) == redacted


def test_other_things_than_names_have_no_numbers():
    text = "555-0142 or 555-0143, Ann Roe"
    cuts = [Cut(0, 8, PHONE), Cut(12, 20, PHONE), Cut(22, 29, NAME)]
    assert redact(text, cuts) == "[phone number removed] or [phone number removed], [name removed]"


def test_overlapping_cuts_become_one_with_the_most_severe_label():
    assert redact("0123456789", [Cut(2, 5, NAME), Cut(4, 8, SSN)]) == (
        "01[social security number removed]89"
    )


def test_among_equally_severe_cuts_the_longest_gives_the_label():
    assert (
        redact("0123456789", [Cut(2, 4, EMAIL), Cut(3, 8, PHONE)]) == "01[phone number removed]89"
    )


def test_cuts_of_one_type_that_touch_become_one_place():
    assert (
        redact("0123456789", [Cut(2, 4, PHONE), Cut(4, 6, PHONE)]) == "01[phone number removed]6789"
    )


def test_cuts_of_two_types_that_touch_are_told_apart():
    assert (
        redact("0123456789", [Cut(2, 4, EMAIL), Cut(4, 6, PHONE)])
        == "01[e-mail address removed][phone number removed]6789"
    )


@pytest.mark.parametrize(("start", "end"), [(3, 3), (5, 2), (-1, 2), (0, 11), (10, 12)])
def test_a_cut_outside_the_text_is_refused_without_its_words(start, end):
    with pytest.raises(InvalidCut) as refusal:
        redact("0123456789", [Cut(start, end, PHONE)])
    assert "0123456789" not in str(refusal.value)


@given(st.data())
def test_no_character_of_any_cut_survives_and_all_others_do(data):
    length = data.draw(st.integers(1, 40))
    text = "".join(chr(0x4E00 + at) for at in range(length))  # all different, none in a label
    starts = data.draw(st.lists(st.integers(0, length - 1), max_size=8))
    cuts = [
        Cut(
            start,
            data.draw(st.integers(start + 1, length)),
            data.draw(st.sampled_from(FindingType)),
        )
        for start in starts
    ]
    gone = {at for cut in cuts for at in range(cut.start, cut.end)}
    kept = [character for character in redact(text, cuts) if character in text]
    assert kept == [character for at, character in enumerate(text) if at not in gone]


@pytest.mark.parametrize(
    ("words", "stands_over"),
    [
        ("before", "before"),
        ("after", "after"),
        ("555-0142", None),
        ("0142", None),
        ("Call 555-0142 now", "Call [phone number removed] now"),
        ("Call 555", "Call [phone number removed]"),
        ("0143, after", "[phone number removed], after"),
        ("", ""),
    ],
)
def test_a_finding_moves_with_its_words_when_others_are_cut(words, stands_over):
    text = "before. Call 555-0142 now or 555-0143, after"
    cuts = [Cut(text.index(number), text.index(number) + 8, PHONE) for number in NUMBERS]
    start = text.index(words)
    finding = Finding(FindingType.HATE, start, start + len(words), 0.9, "It says so.")
    found = moved([finding], text, cuts)
    redacted = redact(text, cuts)
    assert [redacted[f.start : f.end] for f in found] == (
        [] if stands_over is None else [stands_over]
    )


@given(st.text(max_size=30), st.data())
def test_what_moves_stays_inside_the_redacted_text(text, data):
    offsets = st.integers(0, len(text))
    spans = st.lists(st.tuples(offsets, offsets).map(lambda span: (min(span), max(span))))
    cuts = [Cut(start, end, PHONE) for start, end in data.draw(spans) if start < end]
    findings = [
        Finding(FindingType.HATE, start, end, 0.9, "It says so.") for start, end in data.draw(spans)
    ]
    redacted = redact(text, cuts)
    for finding in moved(findings, text, cuts):
        assert 0 <= finding.start <= finding.end <= len(redacted)
