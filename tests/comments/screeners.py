"""Screeners for tests, named by the setting SCREENER; those of a site that brings its own."""

from __future__ import annotations

import time
from dataclasses import replace

from comments.screening import (
    LOOK_FOR,
    Finding,
    FindingType,
    Queue,
    Screening,
    Submission,
    Verdict,
    pipeline,
    policy,
)
from comments.screening.detectors.hate import hate_speech
from comments.screening.detectors.pii import personal_information
from comments.screening.types import Detector

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


def finds_a_case(submission: Submission) -> Screening:
    """Where somebody asks for help for a brother, and nowhere else."""
    plea = "help my brother"
    start = submission.text.find(plea)
    if start < 0:
        return finds_nothing(submission)
    why = "Signs of it: a relative of the writer."
    finding = Finding(FindingType.CASE_ENQUIRY, start, start + len(plea), 0.9, why)
    return Screening((finding,), policy.judge([finding], submission.signals))


def finds_distress(submission: Submission) -> Screening:
    verdict = Verdict(Queue.GENERAL, "Its writer may be in distress.", urgent=True)
    return Screening((), verdict)


def raises(submission: Submission) -> Screening:
    SEEN.append(submission)
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


def _broken(submission: Submission) -> list[Finding]:
    raise RuntimeError(f"could not read {submission.text}")


def cannot_find_hate(submission: Submission) -> Screening:
    return _without(hate_speech, submission)


def cannot_find_personal_information(submission: Submission) -> Screening:
    return _without(personal_information, submission)


def _without(broken: Detector, submission: Submission) -> Screening:
    """Ours, with one detector of it broken."""
    SEEN.append(submission)
    look_for = {_broken if one is broken else one: what for one, what in LOOK_FOR.items()}
    return pipeline.ask(tuple(look_for), submission, look_for=look_for)


def finds_a_phone_number_and_is_not_whole(submission: Submission) -> Screening:
    """A screener of a site's own: nobody knows what it could not do."""
    found = finds_a_phone_number(submission).findings
    findings = (*found, Finding(FindingType.FAULT, 0, 0, 1.0, "The other half is down."))
    return Screening(findings, policy.judge(findings, submission.signals))


def finds_hate_and_a_hint(submission: Submission) -> Screening:
    findings = (
        Finding(FindingType.HATE, 0, 1, 0.9, "Reads so."),
        Finding(FindingType.PHONE, 0, 1, 0.3, "Perhaps a number."),
    )
    return Screening(findings, policy.judge(findings, submission.signals))
