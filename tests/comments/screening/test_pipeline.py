"""The pipeline: every detector is heard, a broken one holds the comment, nothing is lost."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from comments.screening import DETECTORS, LOOK_FOR, get_ready, screen
from comments.screening.pipeline import ask
from comments.screening.types import (
    Category,
    Detector,
    Field,
    Finding,
    FindingType,
    Queue,
    Screening,
    Signals,
    Submission,
)

# The exception that ends a hanging worker may strike while Python tidies up in that thread.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

DEADLINE = 0.25
TEXT = "A kind and thoughtful word."


def greeter(submission: Submission) -> Iterator[Finding]:
    """A sound detector: it finds the word “kind”, a hint of spam."""
    start = submission.text.find("kind")
    if start >= 0:
        yield Finding(FindingType.SPAM, start, start + 4, 0.3, "It says kind.")


def broken(submission: Submission) -> Iterator[Finding]:
    raise RuntimeError(f"could not read {submission.text}")


def broken_half_way(submission: Submission) -> Iterator[Finding]:
    yield Finding(FindingType.SPAM, 0, 1, 0.9, "Something.")
    raise LookupError


def without_its_data(submission: Submission) -> list[Finding]:
    raise FileNotFoundError("model.bin")


def sleeper(submission: Submission) -> list[Finding]:
    time.sleep(DEADLINE * 20)
    return []


def spinner(submission: Submission) -> list[Finding]:
    while True:
        pass


def endless(submission: Submission) -> Iterator[Finding]:
    while True:
        yield Finding(FindingType.SPAM, 0, 1, 0.1, "Again.")


def mess(*values: Any) -> Finding:
    """A finding that no type checker would let pass."""
    return Finding(*values)


def faults(screening: Screening) -> list[str]:
    return [f.because for f in screening.findings if f.type is FindingType.FAULT]


@pytest.mark.parametrize(
    ("detector", "because"),
    [
        (broken, "The detector “broken” stopped with RuntimeError."),
        (broken_half_way, "The detector “broken half way” stopped with LookupError."),
        (without_its_data, "The detector “without its data” stopped with FileNotFoundError."),
        (sleeper, "The detector “sleeper” took longer than 0.25 seconds."),
        (spinner, "The detector “spinner” took longer than 0.25 seconds."),
    ],
)
def test_a_broken_detector_is_a_fault_and_the_others_are_still_heard(detector, because):
    screening = ask([greeter, detector, greeter], Submission(TEXT), deadline=DEADLINE)
    assert faults(screening) == [because]
    assert screening.verdict.queue is Queue.GENERAL
    assert [f.because for f in screening.findings if f.type is not FindingType.FAULT] == [
        "It says kind.",
        "It says kind.",
    ]


def test_personal_information_beside_a_child_says_so_and_nothing_else_does():
    text = "Her son, 9, is at 4 Elm Row. Buy now.\n\nMind the office: 9 Elm Row."
    places = {"4 Elm Row": FindingType.ADDRESS, "Buy now": FindingType.SPAM}
    places |= {"9 Elm Row": FindingType.ADDRESS}

    def finds(submission: Submission) -> Iterator[Finding]:
        for words, kind in places.items():
            if (start := submission.text.find(words)) >= 0:
                yield Finding(kind, start, start + len(words), 0.9, "It stands there.")

    found = ask([finds], Submission(text, author_name="Son, 9, 4 Elm Row")).findings
    beside = [text[f.start : f.end] for f in found if f.beside_child]
    assert beside == ["4 Elm Row"]
    assert len(found) == 4


@pytest.mark.parametrize(
    "nonsense",
    [
        None,
        5,
        ["a finding"],
        [None],
        [mess("SPAM", 0, 1, 0.5, "The type is a plain text.")],
        [mess(FindingType.SPAM, -1, 1, 0.5, "It begins before the text.")],
        [mess(FindingType.SPAM, 3, 2, 0.5, "It ends before it begins.")],
        [mess(FindingType.SPAM, 0, len(TEXT) + 1, 0.5, "It ends after the text.")],
        [mess(FindingType.SPAM, 0, 1, 1.01, "Surer than sure.")],
        [mess(FindingType.SPAM, 0, 1, -0.01, "Less than nothing.")],
        [mess(FindingType.SPAM, 0, 1, float("nan"), "Not a number.")],
        [mess(FindingType.SPAM, 0, 1, float("inf"), "No number either.")],
        [mess(FindingType.SPAM, "0", 1, 0.5, "A text for an offset.")],
        [mess(FindingType.SPAM, 0, 1, "0.5", "A text for a score.")],
    ],
)
def test_an_answer_that_is_no_finding_is_a_fault(nonsense):
    screening = ask([lambda submission: nonsense, greeter], Submission(TEXT))
    assert len(faults(screening)) == 1
    assert screening.verdict.holds
    assert screening.score(Category.SPAM) == 0.3


def test_a_fault_never_repeats_the_text():
    screening = ask([broken], Submission("My secret name is Barnaby."))
    assert "Barnaby" not in " ".join(faults(screening))


def test_two_hanging_detectors_cost_a_deadline_each_and_end():
    before = threading.active_count()
    screening = ask([spinner, greeter, spinner], Submission(TEXT), deadline=DEADLINE)
    assert len(faults(screening)) == 2
    assert screening.score(Category.SPAM) == 0.3
    patience = time.monotonic() + 5
    while threading.active_count() > before and time.monotonic() < patience:
        time.sleep(0.01)
    assert threading.active_count() <= before


def test_a_detector_that_never_stops_finding_is_stopped():
    assert len(faults(ask([endless], Submission(TEXT), deadline=DEADLINE))) == 1


def test_the_name_is_screened_too_and_its_findings_say_so():
    screening = ask([greeter], Submission(TEXT, author_name="One of a kind"))
    places = [(f.field, f.start, f.end) for f in screening.findings]
    assert places == [(Field.BODY, 2, 6), (Field.NAME, 9, 13)]


def test_a_name_tells_no_story_and_circumstances_count_once():
    def teller(submission: Submission) -> Iterator[Finding]:
        for kind in (FindingType.PERSON_PRIVATE, FindingType.CASE_ENQUIRY, FindingType.DISTRESS):
            yield Finding(kind, 0, 1, 0.9, "A story.")
        yield Finding(FindingType.SPAM, 0, 0, 0.9, "A circumstance.")

    screening = ask([teller], Submission(TEXT, author_name="Ann"))
    assert {f.field for f in screening.findings} == {Field.BODY}
    assert len(screening.findings) == 4


def test_a_detector_that_breaks_over_the_name_only_is_a_fault():
    def shy(submission: Submission) -> list[Finding]:
        if submission.text != TEXT:
            raise ValueError
        return []

    screening = ask([shy], Submission(TEXT, author_name="Ann"))
    assert [f.field for f in screening.findings] == [Field.NAME]
    assert screening.verdict.queue is Queue.GENERAL


def test_findings_come_in_the_order_of_the_text():
    def backwards(submission: Submission) -> list[Finding]:
        return [
            Finding(FindingType.SPAM, start, start + length, 0.4, "A piece.")
            for start, length in [(5, 1), (0, 2), (0, 5)]
        ]

    found = ask([backwards], Submission(TEXT)).findings
    assert [(f.start, f.end) for f in found] == [(0, 5), (0, 2), (5, 6)]


def test_without_detectors_nothing_is_found_and_the_comment_may_go_out():
    assert ask([], Submission(TEXT)) == ask([], Submission(""))
    assert not ask([], Submission(TEXT)).verdict.holds


@pytest.mark.parametrize(
    "text",
    ["", " ", "a", "\x00", "\ud800\udfff", "😀" * 3000, "مرحبا" * 500, "٣" * 500, "a\u0301" * 999],
)
def test_every_text_is_screened_without_a_fault(text):
    """However long a busy machine takes: how fast each detector is, its own tests say."""
    get_ready()
    asked = Submission(text, author_name=text[:80])
    screening = ask(DETECTORS, asked, look_for=LOOK_FOR, deadline=30.0)
    assert faults(screening) == []


def test_the_shipped_detectors_are_each_heard():
    text = (
        "My brother is innocent and in prison, please look at his case. "
        "Call me on (312) 555-0142. Watch out, I will kill you, judge. "
        "I want to die. Play at the best online casino, 100 free spins."
    )
    assert len(DETECTORS) == 6
    screening = screen(Submission(text, signals=Signals(honeypot_filled=True)))
    found = {finding.type for finding in screening.findings}
    assert found >= {
        FindingType.CASE_ENQUIRY,
        FindingType.PHONE,
        FindingType.THREAT,
        FindingType.DISTRESS,
        FindingType.SPAM,
    }
    assert screening.verdict.queue is Queue.HATE
    assert screening.verdict.urgent


@pytest.mark.parametrize(
    ("detector", "missed"), [(broken, False), (sleeper, False), (spinner, True), (endless, True)]
)
def test_a_fault_says_what_was_not_looked_for_where_that_is_known(detector, missed):
    look_for: dict[Detector, Category] = {
        broken: Category.HATE,
        sleeper: Category.SPAM,
        spinner: Category.PERSONAL_INFORMATION,
    }
    screening = ask([detector], Submission(TEXT), look_for=look_for, deadline=DEADLINE)
    assert [finding.looked_for for finding in screening.findings] == [look_for.get(detector)]
    assert screening.may_have_missed_personal_information is missed


def test_what_found_nothing_without_a_fault_has_missed_nothing():
    assert not screen(Submission(TEXT)).may_have_missed_personal_information
