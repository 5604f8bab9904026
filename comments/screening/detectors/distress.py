"""Comments whose writer, or somebody they ask help for, may come to harm now."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from ..cues import Cues, load
from ..types import Finding, FindingType, Submission

_CUES = Path(__file__).parent / "data" / "distress.cues"
_THRESHOLD = 2.6
"""Points at which a comment counts as urgent: the policy's 0.5."""
_HINT = 0.25
"""Below this score nothing is said; from here to 0.5 it is a hint for the moderator."""


def distress(submission: Submission) -> Iterator[Finding]:
    """A wish, a means, a time, despair: added up, less figures of speech, the past, films."""
    tally = _cues().tally(submission.text)
    score = tally.score(_THRESHOLD)
    if score >= _HINT:
        yield Finding(FindingType.DISTRESS, *tally.span(), score, because=tally.says())


@cache
def _cues() -> Cues:
    return load(_CUES)
