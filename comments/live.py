"""How often screening is right on this site, told from what moderators decided.

A decision that ends the waiting of a comment says what screening had held it for (``held_for``).
It says that screening was right when the comment was removed for such a reason, answered as a case
enquiry, or published without what was marked; wrong when it was published with it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from django.utils import timezone

from .models import Decision, Reason, Status
from .screening import Category, FindingType, model_version
from .workload import histories_since, judgements

WEEKS = 26
ENOUGH = 20
"""Of fewer right and wrong ones no share is shown: it would be mostly chance."""
BARS = {
    Category.HATE: 0.6,
    Category.CASE_ENQUIRY: 0.7,
    Category.PERSONAL_INFORMATION: 0.7,
    Category.SPAM: 0.7,
}
"""How often a hold should be right at least. Hate speech may be wrong more often, for a missed one
does more harm than one that waits. A writer in distress may be published or not, and a fault says
nothing about a text: no decision can tell whether these were right."""

_REASONS = {
    Category.HATE: {
        Reason.HATE_SPEECH,
        Reason.THREAT,
        Reason.HARASSMENT,
        Reason.PROFANITY,
    },
    Category.CASE_ENQUIRY: {Reason.CASE_ENQUIRY},
    Category.PERSONAL_INFORMATION: {Reason.PERSONAL_INFORMATION, Reason.CONFIDENTIAL},
    Category.SPAM: {Reason.ADVERTISING},
    Category.SITE_RULE: set(Reason),
}
_LABELLED = Path(__file__).parent / "measured.json"


@dataclass(slots=True)
class Live:
    """What became of the comments that were held for one type of finding."""

    decided: int = 0
    removed: int = 0
    """For a reason that says the finding was right."""
    cut: int = 0
    answered: int = 0
    published: int = 0
    """With what was marked."""
    otherwise: int = 0
    """Kept off the site for another reason, which says nothing about the finding."""
    overturned: int = 0
    """Of all these decisions: undone, or followed by one to the contrary."""

    @property
    def right(self) -> int:
        return self.removed + self.cut + self.answered

    def count(self, decision: Decision, kind: FindingType) -> None:
        self.decided += 1
        if decision.status_after == Status.PUBLISHED:
            if decision.held_for[kind]:
                self.cut += 1
            else:
                self.published += 1
        elif decision.status_after == Status.ANSWERED and kind is FindingType.CASE_ENQUIRY:
            self.answered += 1
        elif decision.reason in _REASONS.get(kind.category, ()):
            self.removed += 1
        else:
            self.otherwise += 1


@dataclass(frozen=True, slots=True)
class Labelled:
    """What a benchmark measured of one type over files that people labelled."""

    n: int
    recall: float | None
    precision: float | None
    on: date
    models: str

    @property
    def is_of_these_models(self) -> bool:
        return self.models == model_version()


@dataclass(frozen=True, slots=True)
class Measured:
    """One type of finding: live, and over the labelled files."""

    kind: FindingType
    live: Live
    labelled: Labelled | None

    @property
    def bar(self) -> float | None:
        return BARS.get(self.kind.category)

    @property
    def precision(self) -> float | None:
        judged = self.live.right + self.live.published
        return self.live.right / judged if self.bar and judged >= ENOUGH else None

    @property
    def overturned(self) -> float | None:
        decided = self.live.decided
        return self.live.overturned / decided if decided >= ENOUGH else None

    @property
    def is_under_its_bar(self) -> bool:
        shares = [self.precision, self.labelled.precision if self.labelled else None]
        return any(self.bar and share is not None and share < self.bar for share in shares)


def by_type() -> list[Measured]:
    """Every type that screening can find, but for faults."""
    found = {kind: Live() for kind in FindingType if kind is not FindingType.FAULT}
    for decisions in histories_since(timezone.now() - timedelta(weeks=WEEKS)):
        for decision, against in judgements(decisions):
            for kind, live in found.items():
                if kind in decision.held_for:
                    live.count(decision, kind)
                    live.overturned += against is not None
    labelled = _labelled()
    return [Measured(kind, live, labelled.get(kind)) for kind, live in found.items()]


@cache
def _labelled() -> dict[str, Labelled]:
    """The file is written by the programs of ``benchmarks/`` and comes with the release."""
    rows = json.loads(_LABELLED.read_text(encoding="utf-8"))
    return {
        kind: Labelled(**row | {"on": date.fromisoformat(row["on"])}) for kind, row in rows.items()
    }
