"""Cue files: the language they are written in, and what counting them gives."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.screening.cues import CueError, Cues, load
from comments.screening.detectors import case_enquiry

FILE = """
# a comment
<animal> = dog|cat|cats?

[2.0] an animal
my (own )?<animal>
(un|una) (gato|gata)

[1.0] a movement
ran … home
couldn't sleep

[-1.5] a doubt
not sure
"""


@pytest.fixture
def cues(tmp_path: Path) -> Cues:
    path = tmp_path / "some.cues"
    path.write_text(FILE, encoding="utf-8")
    return load(path)


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("My dog.", 2.0),
        ("MY OWN CATS!", 2.0),
        ("my dog, my cat, my dog", 2.0),
        ("my dogma", 0.0),
        ("My. Dog.", 0.0),
        ("my\ndog", 2.0),
        ("ran home", 1.0),
        ("he ran all the way home", 1.0),
        ("he ran and ran and ran and ran and ran home", 1.0),
        ("I couldnt sleep, I couldn’t sleep", 1.0),
        ("una gáta ran slowly home", 3.0),
        ("my cat, not sure", 0.5),
        ("", 0.0),
    ],
)
def test_a_group_counts_once_and_only_whole_words_of_one_sentence(cues, text, points):
    assert cues.tally(text).points == points


def test_points_are_added_up_exactly(tmp_path):
    """Ten tenths are one, or a comment on the border of the threshold would be held by chance."""
    animals = ["ant", "bee", "cow", "doe", "elk", "fox", "gnu", "hen", "ibis", "jay"]
    path = tmp_path / "tenths.cues"
    path.write_text("\n".join(f"[0.1] the {animal}\n{animal}" for animal in animals))
    assert load(path).tally(" ".join(animals)).points == 1.0


def test_the_threshold_is_half_and_more_points_score_higher(cues):
    tally = cues.tally("my dog")
    assert tally.score(2.0) == 0.5
    assert tally.score(2.0, more=1.0) > 0.5 > tally.score(5000.0)


def test_the_reason_names_the_heaviest_groups_first(cues):
    assert cues.tally("my dog ran slowly home").says() == "Signs of it: an animal, a movement."
    assert cues.tally("my dog ran slowly home").says(most=1) == "Signs of it: an animal."


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Good. See www.dogs.example/my-dog now. Bye.", "See www.dogs.example/my-dog now."),
        ("See www.dogs.example/?q=my dog now. Bye.", "See www.dogs.example/?q=my dog now."),
        ("Good. It weighed 3.5 kg, my dog did. Bye.", "It weighed 3.5 kg, my dog did."),
        ("Good. My dog... Bye.", "My dog..."),
    ],
)
def test_a_mark_cuts_no_address_and_no_figure_in_two(cues, text, marked):
    start, end = cues.tally(text).span()
    assert text[start:end] == marked


def test_without_a_cue_there_is_no_span(cues):
    assert cues.tally("not sure about it").span() == (0, 0)


@given(st.text(alphabet=st.sampled_from("my dogcat.\n é\u200b😀’'İ"), max_size=60))
def test_the_span_lies_inside_the_text(text):
    start, end = _shipped().tally(text).span()
    assert 0 <= start <= end <= len(text)


@cache
def _shipped() -> Cues:
    return load(Path(case_enquiry.__file__).parent / "data" / "case_enquiry.cues")


@pytest.mark.parametrize(
    "lines",
    [
        "a phrase before any group",
        "[much] a group",
        "[1.0] a group\n<unknown> thing",
        "[1.0] a group\n(one|two",
        "[1.0] a group\nbroken [range",
        "[1.0] a group\n.* anything",
        "[1.0] a group\na? dog",
    ],
)
def test_a_file_that_cannot_be_read_says_where(tmp_path, lines):
    path = tmp_path / "bad.cues"
    path.write_text(lines, encoding="utf-8")
    with pytest.raises(CueError, match=r"bad\.cues, line \d"):
        load(path)


def test_a_missing_file_is_an_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        load(tmp_path / "gone.cues")
