"""Screeners for tests, named by the setting SCREENER; those of a site that brings its own."""

from __future__ import annotations

import time
from dataclasses import replace

from comments.screening import (
    Finding,
    FindingType,
    Queue,
    Screening,
    Submission,
    Verdict,
    policy,
)

SEEN: list[Submission] = []


def finds_nothing(submission: Submission) -> Screening:
    """Leaves it to the mode who waits."""
    SEEN.append(submission)
    return Screening((), policy.judge((), submission.signals))


def finds_a_phone_number(submission: Submission) -> Screening:
    start = submission.text.index("020")
    why = "Eleven digits grouped like a telephone number."
    finding = Finding(FindingType.PHONE, start, start + 13, 0.97, why)
    return Screening((finding,), policy.judge([finding], submission.signals))


def finds_distress(submission: Submission) -> Screening:
    verdict = Verdict(Queue.GENERAL, "Its writer may be in distress.", urgent=True)
    return Screening((), verdict)


def raises(submission: Submission) -> Screening:
    raise RuntimeError(f"could not read {submission.text}")


def answers_nothing(submission: Submission) -> None:
    return None


def answers_with_a_word(submission: Submission) -> str:
    return "publish"


def names_no_queue(submission: Submission) -> Screening:
    return Screening((), Verdict("nowhere", "It says so."))  # type: ignore[arg-type]


def points_outside(submission: Submission) -> Screening:
    finding = Finding(FindingType.PHONE, 0, len(submission.text) + 1, 0.9, "Too far.")
    return Screening((finding,), policy.judge([finding], submission.signals))


def is_surer_than_sure(submission: Submission) -> Screening:
    finding = Finding(FindingType.PHONE, 0, 1, float("nan"), "Not a number.")
    return Screening((finding,), policy.judge([finding], submission.signals))


def knows_a_field_of_its_own(submission: Submission) -> Screening:
    finding = Finding(FindingType.PHONE, 0, 1, 0.9, "A field nobody fills in.", field="subject")  # type: ignore[arg-type]
    return Screening((finding,), policy.judge([finding], submission.signals))


def does_not_say_why(submission: Submission) -> Screening:
    finding = Finding(FindingType.PHONE, 0, 1, 0.9, None)  # type: ignore[arg-type]
    return Screening((finding,), policy.judge([finding], submission.signals))


def knows_a_type_of_its_own(submission: Submission) -> Screening:
    finding = Finding(FindingType.PHONE, 0, 1, 0.9, "A type nobody knows.")
    return Screening((replace(finding, type="SHOE_SIZE"),), policy.judge([], submission.signals))  # type: ignore[arg-type]


def hangs(submission: Submission) -> Screening:
    while True:
        time.sleep(0.01)


def ends_the_program(submission: Submission) -> Screening:
    raise SystemExit(submission.text)


def finds_hate_and_a_hint(submission: Submission) -> Screening:
    findings = (
        Finding(FindingType.HATE, 0, 1, 0.9, "Reads so."),
        Finding(FindingType.PHONE, 0, 1, 0.3, "Perhaps a number."),
    )
    return Screening(findings, policy.judge(findings, submission.signals))
