"""Findings -> verdict, as a table that a moderator can read.

The first row that applies names the queue. Every finding is stored all the same, so the
moderator sees what else was found.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .types import (
    HELD_FROM,
    SURE_FROM,
    Category,
    Finding,
    FindingType,
    Mode,
    Queue,
    Severity,
    Signals,
    Verdict,
    gettext_noop,
)


@dataclass(frozen=True, slots=True)
class Row:
    """Hold in ``queue`` when a finding of ``category`` reaches ``score`` and ``severity``."""

    category: Category
    queue: Queue
    because: str
    score: float = HELD_FROM
    severity: Severity = Severity.NOTE

    def applies(self, findings: Sequence[Finding]) -> bool:
        return any(
            finding.category is self.category
            and finding.score >= self.score
            and finding.severity >= self.severity
            for finding in findings
        )


TABLE: tuple[Row, ...] = (
    Row(Category.HATE, Queue.HATE, gettext_noop("It may be hateful or threatening.")),
    Row(Category.CASE_ENQUIRY, Queue.CASES, gettext_noop("It may ask us to look at a case.")),
    Row(
        Category.PERSONAL_INFORMATION,
        Queue.PII,
        gettext_noop("It may hold personal information."),
        severity=Severity.MEDIUM,
    ),
    Row(Category.SPAM, Queue.SPAM, gettext_noop("It may be spam.")),
    Row(Category.DISTRESS, Queue.GENERAL, gettext_noop("Its writer may be in distress.")),
    Row(
        Category.SITE_RULE,
        Queue.GENERAL,
        gettext_noop("A rule of this site asks that somebody reads it."),
    ),
    Row(Category.FAULT, Queue.GENERAL, gettext_noop("Screening could not finish."), score=0.0),
)


def judge(findings: Sequence[Finding], signals: Signals) -> Verdict:
    """The verdict over all findings of one submission."""
    urgent = any(
        finding.category is Category.DISTRESS and not finding.is_hint for finding in findings
    )
    serious = any(map(_is_serious, findings))
    for row in TABLE:
        if row.applies(findings):
            return Verdict(row.queue, row.because, urgent=urgent, serious=serious)
    if signals.mode is Mode.ALL:
        return Verdict(Queue.GENERAL, gettext_noop("Every comment here waits for a moderator."))
    if signals.mode is Mode.NEWCOMERS and signals.newcomer:
        return Verdict(Queue.GENERAL, gettext_noop("It is the first comment from this visitor."))
    return Verdict(None, gettext_noop("Nothing was found that needs a person."))


def _is_serious(finding: Finding) -> bool:
    """What harms most for as long as nobody has looked: it comes before what else waits."""
    if finding.type is FindingType.HATE:
        return finding.score >= SURE_FROM
    is_critical = finding.severity >= Severity.CRITICAL
    return not finding.is_hint and (is_critical or finding.type is FindingType.THREAT)
