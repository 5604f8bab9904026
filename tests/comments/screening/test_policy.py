"""The policy table, row by row: which finding leads to which queue, and who waits anyway."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from comments.screening.policy import TABLE, judge
from comments.screening.types import (
    HELD_FROM,
    SURE_FROM,
    Category,
    Finding,
    FindingType,
    Mode,
    Queue,
    Severity,
    Signals,
)

ANYBODY = Signals()


def finding(kind: FindingType, score: float = 0.9) -> Finding:
    return Finding(kind, 0, 1, score, "A reason.")


@pytest.mark.parametrize(
    ("kind", "queue"),
    [
        (FindingType.HATE, Queue.HATE),
        (FindingType.THREAT, Queue.HATE),
        (FindingType.CASE_ENQUIRY, Queue.CASES),
        (FindingType.SSN, Queue.PII),
        (FindingType.PHONE, Queue.PII),
        (FindingType.PERSON_PRIVATE, Queue.PII),
        (FindingType.CASE_NUMBER, Queue.PII),
        (FindingType.SPAM, Queue.SPAM),
        (FindingType.DISTRESS, Queue.GENERAL),
        (FindingType.FAULT, Queue.GENERAL),
    ],
)
def test_each_kind_of_finding_has_its_queue(kind, queue):
    verdict = judge([finding(kind)], ANYBODY)
    assert verdict.queue is queue
    assert verdict.holds


@pytest.mark.parametrize("kind", [k for k in FindingType if k is not FindingType.FAULT])
def test_half_sure_holds_and_less_is_a_hint(kind):
    assert judge([finding(kind, 0.5)], ANYBODY).holds
    assert not judge([finding(kind, 0.499)], ANYBODY).holds


def test_a_fault_holds_however_unsure():
    assert judge([finding(FindingType.FAULT, 0.0)], ANYBODY).queue is Queue.GENERAL


def test_personal_information_that_holds_is_at_least_of_medium_severity():
    (row,) = [row for row in TABLE if row.category is Category.PERSONAL_INFORMATION]
    kinds = [kind for kind in FindingType if kind.category is Category.PERSONAL_INFORMATION]
    assert row.severity is Severity.MEDIUM
    assert all(row.applies([finding(kind)]) is (kind.severity >= Severity.MEDIUM) for kind in kinds)


ORDER = [
    (FindingType.HATE, Queue.HATE),
    (FindingType.CASE_ENQUIRY, Queue.CASES),
    (FindingType.EMAIL, Queue.PII),
    (FindingType.SPAM, Queue.SPAM),
    (FindingType.DISTRESS, Queue.GENERAL),
]


@pytest.mark.parametrize(("first", "second"), list(itertools.combinations(ORDER, 2)))
def test_the_first_row_that_applies_names_the_queue(first, second):
    findings = [finding(second[0]), finding(first[0])]
    assert judge(findings, ANYBODY).queue is first[1]
    assert judge(findings[::-1], ANYBODY).queue is first[1]


def test_a_hint_for_an_earlier_row_does_not_take_the_comment_there():
    findings = [finding(FindingType.HATE, 0.4), finding(FindingType.SPAM, 0.6)]
    assert judge(findings, ANYBODY).queue is Queue.SPAM


@pytest.mark.parametrize("kind", [None, *(kind for kind, _queue in ORDER)])
def test_distress_is_urgent_in_whatever_queue(kind):
    findings = [finding(FindingType.DISTRESS)] + ([finding(kind)] if kind else [])
    assert judge(findings, ANYBODY).urgent


@pytest.mark.parametrize(
    ("kind", "score", "serious"),
    [
        (FindingType.HATE, SURE_FROM, True),
        (FindingType.HATE, SURE_FROM - 0.01, False),
        (FindingType.THREAT, 0.5, True),
        (FindingType.THREAT, 0.4, False),
        (FindingType.SSN, 0.9, True),
        (FindingType.SSN, 0.4, False),
        (FindingType.PHONE, 0.9, False),
        (FindingType.SPAM, 1.0, False),
    ],
)
def test_what_harms_most_is_serious(kind, score, serious):
    held_anyway = finding(FindingType.SPAM)
    assert judge([finding(kind, score), held_anyway], ANYBODY).serious is serious


@pytest.mark.parametrize("kind", [FindingType.PERSON_PRIVATE, FindingType.PHONE])
def test_beside_a_child_everything_is_serious_but_a_hint(kind):
    there, hint = (
        replace(finding(kind, score), beside_child=True) for score in (0.6, HELD_FROM - 0.1)
    )
    assert there.severity is Severity.CRITICAL
    assert judge([there], ANYBODY).serious
    assert not judge([hint], ANYBODY).serious


@pytest.mark.parametrize("findings", [[], [finding(FindingType.HATE)]])
def test_nothing_else_is_urgent(findings):
    assert not judge([*findings, finding(FindingType.DISTRESS, 0.4)], ANYBODY).urgent


@pytest.mark.parametrize(
    ("mode", "newcomer", "queue"),
    [
        (Mode.ALL, False, Queue.GENERAL),
        (Mode.ALL, True, Queue.GENERAL),
        (Mode.NEWCOMERS, True, Queue.GENERAL),
        (Mode.NEWCOMERS, False, None),
        (Mode.FLAGGED, True, None),
        (Mode.FLAGGED, False, None),
    ],
)
def test_who_waits_when_nothing_was_found(mode, newcomer, queue):
    verdict = judge([], Signals(mode=mode, newcomer=newcomer))
    assert verdict.queue is queue
    assert verdict.because


@pytest.mark.parametrize("mode", list(Mode))
def test_a_finding_leads_to_its_queue_in_every_mode(mode):
    signals = Signals(mode=mode, newcomer=True)
    assert judge([finding(FindingType.EMAIL)], signals).queue is Queue.PII


def test_every_queue_can_be_reached_and_every_category_has_a_row():
    assert {row.queue for row in TABLE} == set(Queue)
    assert {row.category for row in TABLE} == set(Category)
