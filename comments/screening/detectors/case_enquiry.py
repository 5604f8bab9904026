"""Comments that ask us to look at a person's case, or tell one hoping for help."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from ..cues import Cues, load
from ..types import Finding, FindingType, Submission

_CUES = Path(__file__).parent / "data" / "case_enquiry.cues"
_THRESHOLD = 2.75
"""Points at which a comment counts as a case enquiry: the policy's 0.5."""
_HINT = 0.25
"""Below this score nothing is said; from here to 0.5 it is a hint for the moderator."""


def case_enquiries(submission: Submission) -> Iterator[Finding]:
    """Whose case, what happened, what is asked: added up, less what speaks against it."""
    tally = _cues().tally(submission.text)
    score = tally.score(_THRESHOLD)
    if score >= _HINT:
        yield Finding(FindingType.CASE_ENQUIRY, *tally.span(), score, because=tally.says())


@cache
def _cues() -> Cues:
    return load(_CUES)
