"""Screening: a comment in, findings and a verdict out.

Pure Python: no Django, no database, no network. The rest of the project may use what is
named here and nothing below it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

from . import encoder, rules, sealed
from .characters import parts_a_character
from .deadline import within
from .detectors import case_enquiry, hate
from .detectors import distress as distress_detector
from .detectors.case_enquiry import case_enquiries
from .detectors.distress import distress
from .detectors.hate import hate_speech, threats
from .detectors.pii import personal_information, tagger
from .detectors.spam import spam
from .minors import is_beside, minors
from .pipeline import ask
from .redaction import Cut, InvalidCut, mark, moved, redact
from .rules import Rule, RuleKind
from .sealed import DataError
from .types import (
    HELD_FROM,
    Category,
    Detector,
    Field,
    Finding,
    FindingType,
    Mode,
    Queue,
    Screening,
    Severity,
    Signals,
    Submission,
    Verdict,
)

LOOK_FOR: dict[Detector, Category] = {
    personal_information: Category.PERSONAL_INFORMATION,
    hate_speech: Category.HATE,
    threats: Category.HATE,
    case_enquiries: Category.CASE_ENQUIRY,
    distress: Category.DISTRESS,
    spam: Category.SPAM,
}
"""Every detector, and the one thing that it looks for."""
DETECTORS = tuple(LOOK_FOR)
"""All of them see every comment, always."""


def damages() -> list[str]:
    """What is wrong with the data that detectors need, one sentence each. Loads none of it."""
    found = sealed.damaged(Path(__file__).parent)
    if find_spec("onnxruntime") is None:
        found.append("onnxruntime is not installed")
    return found


def model_version() -> str:
    """Which models decide; figures measured with others say little about these."""
    return sealed.version(Path(__file__).parent)


_TELLING_WORDS: dict[FindingType, Callable[[str, int, int], list[tuple[int, int]]]] = {
    FindingType.HATE: hate.carrying_words,
    FindingType.CASE_ENQUIRY: case_enquiry.telling_words,
    FindingType.DISTRESS: distress_detector.telling_words,
}


def telling_words(kind: FindingType, text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The spans of the words within a finding for which it was made, found out anew.

    None for a type whose whole span tells it. Raises :class:`DataError` where the model that
    knows cannot be read.
    """
    asked = _TELLING_WORDS.get(kind)
    return asked(text, start, end) if asked else []


def get_ready(*, seconds: float = 60.0) -> None:
    """Read the networks beforehand, for a program that screens many texts and can wait for them.

    Where one cannot be read, each text says so with a fault.
    """
    for network in (encoder, tagger):
        with suppress(DataError):
            network.load(network.HERE, seconds=seconds)


def screen(submission: Submission) -> Screening:
    """Ask every detector and judge; see :func:`comments.screening.pipeline.ask`."""
    return ask(DETECTORS, submission, look_for=LOOK_FOR)


__all__ = [
    "DETECTORS",
    "HELD_FROM",
    "Category",
    "Cut",
    "DataError",
    "Field",
    "Finding",
    "FindingType",
    "InvalidCut",
    "Mode",
    "Queue",
    "Rule",
    "RuleKind",
    "Screening",
    "Severity",
    "Signals",
    "Submission",
    "Verdict",
    "damages",
    "get_ready",
    "is_beside",
    "mark",
    "minors",
    "model_version",
    "moved",
    "parts_a_character",
    "redact",
    "rules",
    "screen",
    "telling_words",
    "within",
]
