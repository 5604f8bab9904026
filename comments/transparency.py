"""What became of the comments of each quarter, in numbers that give nobody away.

A comment counts in the quarter in which it was written, and a quarter is shown once it is over. A
number from one to four is not shown, nor is one from which such a number could be worked out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median

from django.core.cache import cache
from django.db.models import Case, Count, IntegerField, Min, Q, Value, When
from django.utils import timezone

from .models import Action, Comment, Decision, Reason, SecondLook, Status

QUARTERS = 8
FEWEST = 5
"""The smallest number that is shown, besides zero, which is about nobody."""

AS_WRITTEN, REDACTED = "published_as_written", "published_redacted"
_OFF_THE_SITE = [
    *(status.value for status in Status if status not in {Status.PUBLISHED, Status.WAITING}),
    Status.WAITING.value,
]
FATES = [AS_WRITTEN, REDACTED, *_OFF_THE_SITE]
"""What a comment can have become; each became one of these."""

STANDS, CHANGED, UNANSWERED = "stands", "changed", "unanswered"
OUTCOMES = [STANDS, CHANGED, UNANSWERED]
"""What can have come of a second look; one that nobody answers any more is among the last."""

_CACHED_FOR = 24 * 60 * 60
_HOUR = 3600

Counts = dict[str, int]
Shown = dict[str, int | None]
"""Counts for everybody; None stands for one that is not shown."""


@dataclass(frozen=True, slots=True)
class Quarter:
    """One quarter, as the public may see it."""

    first_day: date
    received: int | None
    fates: Shown
    reasons: Shown
    """Of those that are removed now."""
    median_hours: float | None
    """From writing to a person's first decision, over the comments that waited for one."""
    looks: int | None
    """Second looks that were asked for."""
    outcomes: Shown

    @property
    def number(self) -> int:
        return (self.first_day.month + 2) // 3

    @property
    def code(self) -> str:
        return f"{self.first_day.year}-Q{self.number}"


def by_quarter() -> list[Quarter]:
    """Newest first, as far back as there were comments; worked out once a day."""
    return cache.get_or_set("transparency.2", _by_quarter, _CACHED_FOR) or []


def _by_quarter() -> list[Quarter]:
    starts = _starts()
    fates, reasons, hours = _fates(starts), _reasons(starts), _hours(starts)
    outcomes = _outcomes(starts)
    oldest = max(fates, default=-1)
    return [
        _for_everybody(
            timezone.localdate(start), fates[back], reasons[back], hours[back], outcomes[back]
        )
        for back, start in enumerate(starts[1 : oldest + 2])
    ]


def _starts() -> list[datetime]:
    """When the running quarter began, and each of those before it that are shown."""
    today = timezone.localdate()
    running = today.year * 4 + (today.month - 1) // 3
    return [
        timezone.make_aware(datetime(quarter // 4, quarter % 4 * 3 + 1, 1))  # noqa: DTZ001
        for quarter in range(running, running - QUARTERS - 1, -1)
    ]


def _between(starts: list[datetime], written: str) -> Q:
    """In one of these quarters; ``written`` names the moment of writing, seen from a query."""
    return Q((f"{written}__gte", starts[-1]), (f"{written}__lt", starts[0]))


def _back(starts: list[datetime], written: str) -> Case:
    """How many quarters ago: 0 for the one that ended last. The database counts, row by row."""
    return Case(
        *(When(Q((f"{written}__gte", at)), then=Value(back)) for back, at in enumerate(starts[1:])),
        output_field=IntegerField(),
    )


def _fates(starts: list[datetime]) -> dict[int, Counts]:
    found: dict[int, Counts] = defaultdict(lambda: dict.fromkeys(FATES, 0))
    # Once the original is destroyed, that it was is all that tells a redacted comment.
    redacted = ~Q(redacted_body="", redacted_name="", original_destroyed_at=None)
    rows = (
        Comment.objects.filter(_between(starts, "created_at"))
        .annotate(back=_back(starts, "created_at"), redacted=Case(When(redacted, 1), default=0))
        .values_list("back", "status", "redacted")
        .annotate(count=Count("pk"))
    )
    for back, status, is_redacted, count in rows.order_by():
        public = REDACTED if is_redacted else AS_WRITTEN
        found[back][public if status == Status.PUBLISHED else status] += count
    return found


def _reasons(starts: list[datetime]) -> dict[int, Counts]:
    """The last removal of each comment that is removed now."""
    rows = (
        Decision.objects.filter(
            _between(starts, "comment__created_at"),
            comment__status=Status.REMOVED,
            action=Action.REMOVE,
        )
        .annotate(back=_back(starts, "comment__created_at"))
        .order_by("version")
    )
    standing = {pk: (back, why) for pk, back, why in rows.values_list("comment", "back", "reason")}
    found: dict[int, Counts] = defaultdict(lambda: dict.fromkeys(Reason.values, 0))
    for back, reason in standing.values():
        found[back][reason] += 1
    return found


def _hours(starts: list[datetime]) -> dict[int, list[float]]:
    rows = (
        Decision.objects.filter(
            _between(starts, "comment__created_at"),
            status_before=Status.WAITING,
            by__isnull=False,
        )
        .exclude(status_after=Status.WAITING)
        .annotate(back=_back(starts, "comment__created_at"))
        .order_by()
        .values_list("comment", "back", "comment__created_at")
        .annotate(first=Min("at"))
    )
    found: dict[int, list[float]] = defaultdict(list)
    for _pk, back, written, decided in rows:
        found[back].append((decided - written).total_seconds() / _HOUR)
    return found


def _outcomes(starts: list[datetime]) -> dict[int, Counts]:
    """A comment can have had several second looks: one for each decision about it."""
    found: dict[int, Counts] = defaultdict(lambda: dict.fromkeys(OUTCOMES, 0))
    outcome = Case(
        When(outcome__isnull=True, then=Value(UNANSWERED)),
        When(outcome__action=Action.UPHOLD, then=Value(STANDS)),
        default=Value(CHANGED),
    )
    rows = (
        SecondLook.objects.filter(_between(starts, "comment__created_at"))
        .annotate(back=_back(starts, "comment__created_at"), what=outcome)
        .order_by()
        .values_list("back", "what")
        .annotate(count=Count("pk"))
    )
    for back, what, count in rows:
        found[back][what] += count
    return found


def _for_everybody(
    day: date, fates: Counts, reasons: Counts, hours: list[float], outcomes: Counts
) -> Quarter:
    """Without the numbers under five, and without what would tell them.

    Sums could tell: all fates together are what was received, all reasons what was removed, all
    outcomes the second looks.
    Besides, whoever likes can count on the site what is published, so only what is off the site
    can hide what is off the site.
    """
    received = sum(fates.values())
    hidden_reasons = _hidden(reasons, set())
    secret = {Status.REMOVED.value} if hidden_reasons is None else set()
    hidden = _hidden({fate: fates[fate] for fate in _OFF_THE_SITE}, secret)
    if hidden is not None:
        hidden = _hidden(fates, hidden)
    tells = hidden is not None and received >= FEWEST
    if hidden is None:
        hidden = _small(fates) | secret
    if Status.REMOVED in hidden or hidden_reasons is None:
        hidden_reasons = set(reasons)
    looks = sum(outcomes.values())
    hidden_outcomes = _hidden(outcomes, set())
    return Quarter(
        first_day=day,
        received=received if tells else None,
        fates=_without(hidden if received >= FEWEST else FATES, fates),
        reasons=_without(hidden_reasons, reasons),
        median_hours=median(hours) if len(hours) >= FEWEST else None,
        looks=None if hidden_outcomes is None else looks,
        outcomes=_without(OUTCOMES if hidden_outcomes is None else hidden_outcomes, outcomes),
    )


def _hidden(parts: Counts, hidden: set[str]) -> set[str] | None:
    """Which parts of a known sum must not be shown; None if the sum must not be shown either.

    What is hidden has to be several parts, five or more in all, and more than one for each part:
    otherwise the sum would tell them.
    """
    hidden = hidden | _small(parts)
    spare = sorted(parts.keys() - hidden, key=lambda part: (parts[part], part), reverse=True)
    spare = [part for part in spare if parts[part]]
    while hidden:
        rest = sum(parts[part] for part in hidden)
        if len(hidden) > 1 and rest >= FEWEST and rest > len(hidden):
            break
        if not spare:
            return None
        hidden.add(spare.pop())
    return hidden


def _small(parts: Counts) -> set[str]:
    return {part for part, count in parts.items() if 0 < count < FEWEST}


def _without(hidden: Iterable[str], parts: Counts) -> Shown:
    return {part: None if part in hidden else count for part, count in parts.items()}
