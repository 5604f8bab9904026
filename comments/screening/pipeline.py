"""Ask every detector, survive a broken one, judge once."""

from __future__ import annotations

import queue
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from types import MappingProxyType

from . import policy
from .deadline import start
from .minors import beside_minors
from .types import (
    Category,
    Detector,
    Field,
    Finding,
    FindingType,
    Screening,
    Submission,
    gettext_noop,
)

DEADLINE = 2.0
"""Seconds one detector may take before it counts as broken."""

_BROKEN = gettext_noop("The detector “{}” stopped with {}.")
_TOO_LONG = gettext_noop("The detector “{}” took longer than {} seconds.")
_NOT_ABOUT_NAMES = {FindingType.PERSON_PRIVATE, FindingType.CASE_ENQUIRY, FindingType.DISTRESS}
"""The author's own name is no private name of somebody else, and tells no story."""


LookFor = Mapping[Detector, Category]
"""What each detector looks for, so that a fault can say what was not looked for."""


def ask(
    detectors: Sequence[Detector],
    submission: Submission,
    *,
    look_for: LookFor = MappingProxyType({}),
    deadline: float = DEADLINE,
) -> Screening:
    """Run every detector over the text and over the author's name, then judge once.

    A detector that raises, yields something that is not a :class:`Finding` inside the
    text, or takes longer than ``deadline`` seconds becomes a finding of type ``FAULT``.
    The fault names the detector and the kind of error, never the text.
    """
    findings = beside_minors(_run(detectors, submission, look_for, deadline), submission.text)
    if submission.author_name:
        name = replace(submission, text=submission.author_name, author_name="")
        findings += [
            replace(finding, field=Field.NAME)
            for finding in _run(detectors, name, look_for, deadline)
            if finding.type not in _NOT_ABOUT_NAMES and not _is_only_about_signals(finding)
        ]
    findings.sort(key=lambda finding: (finding.field, finding.start, -finding.end))
    return Screening(tuple(findings), policy.judge(findings, submission.signals))


def _is_only_about_signals(finding: Finding) -> bool:
    """A finding without a span speaks of the circumstances: once is enough."""
    return finding.start == finding.end and finding.type is not FindingType.FAULT


def _run(
    detectors: Sequence[Detector], submission: Submission, look_for: LookFor, deadline: float
) -> list[Finding]:
    findings: list[Finding] = []
    waiting = list(detectors)
    while waiting:
        answers: queue.SimpleQueue[list[Finding]] = queue.SimpleQueue()
        worker = start(partial(_answer, tuple(waiting), submission, look_for, answers))
        while waiting:
            try:
                findings += answers.get(timeout=deadline)
            except queue.Empty:
                findings.append(_fault(waiting.pop(0), look_for, _TOO_LONG, f"{deadline:g}"))
                worker.stop()
                break
            waiting.pop(0)
    return findings


def _answer(
    detectors: Sequence[Detector],
    submission: Submission,
    look_for: LookFor,
    answers: queue.SimpleQueue[list[Finding]],
) -> None:
    for detector in detectors:
        try:
            answers.put([_sound(finding, submission) for finding in detector(submission)])
        except Exception as error:  # whatever breaks in a detector, the comment waits
            answers.put([_fault(detector, look_for, _BROKEN, type(error).__name__)])


def _sound(finding: object, submission: Submission) -> Finding:
    """The finding itself, if it can be one."""
    if not isinstance(finding, Finding) or not isinstance(finding.type, FindingType):
        raise TypeError("not a finding")
    if not 0 <= finding.start <= finding.end <= len(submission.text):
        raise ValueError("a span outside the text")
    if not 0.0 <= finding.score <= 1.0:
        raise ValueError("a score outside 0 to 1")
    return finding


def _fault(detector: Detector, look_for: LookFor, because: str, what: str) -> Finding:
    name = getattr(detector, "__name__", type(detector).__name__).replace("_", " ")
    return Finding(
        FindingType.FAULT,
        0,
        0,
        1.0,
        because.format(name, what),
        looked_for=look_for.get(detector),
    )
