"""How long comments wait, how many, and which decisions did not stand: the last twelve weeks.

Nothing is recorded for it. When a comment waited, and where, follows from when it was written and
from its decisions, so the past can be asked about too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import F
from django.utils import timezone
from django.utils.functional import Promise

from .figures import middle, nine_in_ten
from .models import SILENT, Action, Comment, Decision, Reason, Status
from .models.comment import QUEUES

WEEKS = 12
_WEEK = timedelta(weeks=1)
_HOUR = timedelta(hours=1)
_NO_JUDGEMENT = (*SILENT, Action.UNDO)


@dataclass(slots=True)
class Spell:
    """One stay of a comment in a queue."""

    queue: str
    written: datetime
    since: datetime
    until: datetime | None = None
    """None while it still waits there."""

    def covers(self, moment: datetime) -> bool:
        return self.since <= moment and (self.until is None or moment < self.until)


@dataclass(slots=True)
class Week:
    """Seven days, and how the desk stood at their end."""

    ends: datetime
    waiting: dict[str, int] = field(default_factory=lambda: dict.fromkeys(dict(QUEUES), 0))
    oldest: dict[str, float] = field(default_factory=lambda: dict.fromkeys(dict(QUEUES), 0.0))
    """By queue, the hours since the oldest of the waiting comments was written; 0 if none waits."""
    hours: list[float] = field(default_factory=list)
    """From beginning to wait to a decision, one for each comment decided in these days."""

    @property
    def median(self) -> float | None:
        return middle(self.hours)

    @property
    def nine_in_ten(self) -> float | None:
        return nine_in_ten(self.hours)


@dataclass(slots=True)
class Kind:
    """Decisions of one action, removals of one reason."""

    action: Action
    reason: str
    count: int = 0
    overturned: int = 0
    """By somebody else: undone, or followed by one that says the contrary."""
    taken_back: int = 0
    """The same by the person who had decided."""

    @property
    def label(self) -> str | Promise:
        return Reason(self.reason).label if self.reason else self.action.label


@dataclass(frozen=True, slots=True)
class Workload:
    weeks: list[Week]
    """Oldest first; the last one ends now."""
    kinds: list[Kind]
    """The most frequent first."""


def last_weeks() -> Workload:
    now = timezone.now()
    weeks = [Week(now - back * _WEEK) for back in range(WEEKS - 1, -1, -1)]
    since = weeks[0].ends - _WEEK
    histories = histories_since(since)
    spells = list(_spells(histories))
    for week in weeks:
        _count_waiting(week, spells)
    for decisions in histories:
        for began, decided in _waits(decisions):
            week = weeks[-1 - int((now - decided) / _WEEK)]
            week.hours.append((decided - began) / _HOUR)
    return Workload(weeks, _kinds(histories))


def histories_since(since: datetime) -> list[list[Decision]]:
    """By comment, its decisions since then, in order; each says when the comment was written."""
    decisions = Decision.objects.filter(at__gt=since).annotate(written=F("comment__created_at"))
    found: dict[int, list[Decision]] = defaultdict(list)
    for decision in decisions.order_by("version"):
        found[decision.comment_id].append(decision)
    return list(found.values())


def _spells(histories: list[list[Decision]]) -> Iterator[Spell]:
    """What waits now and was not decided on lately has waited since it was written."""
    touched = {decisions[0].comment_id for decisions in histories}
    waiting = Comment.objects.filter(status=Status.WAITING).order_by()
    for pk, queue, written in waiting.values_list("pk", "queue", "created_at"):
        if pk not in touched:
            yield Spell(queue, written, written)
    for decisions in histories:
        written = since = _written(decisions)
        status, queue = decisions[0].status_before, decisions[0].queue_before
        for decision in decisions:
            if status == Status.WAITING:
                yield Spell(queue, written, since, decision.at)
            since, status, queue = decision.at, decision.status_after, decision.queue_after
        if status == Status.WAITING:
            yield Spell(queue, written, since)


def _count_waiting(week: Week, spells: list[Spell]) -> None:
    for spell in spells:
        if spell.covers(week.ends):
            week.waiting[spell.queue] += 1
            age = (week.ends - spell.written) / _HOUR
            week.oldest[spell.queue] = max(week.oldest[spell.queue], age)


def _waits(decisions: list[Decision]) -> Iterator[tuple[datetime, datetime]]:
    """When it began to wait and when a moderator decided. A move decides nothing."""
    began = _written(decisions)
    for decision in decisions:
        if decision.status_after == Status.WAITING:
            began = began if decision.status_before == Status.WAITING else decision.at
        elif decision.status_before == Status.WAITING and decision.by_id:
            yield began, decision.at


def _written(decisions: list[Decision]) -> datetime:
    written: datetime = decisions[0].written  # type: ignore[attr-defined]
    return written


def _kinds(histories: list[list[Decision]]) -> list[Kind]:
    kinds: dict[tuple[str, str], Kind] = {}
    for decisions in histories:
        for decision, against in judgements(decisions):
            action = Action(decision.action)
            kind = kinds.setdefault((action, decision.reason), Kind(action, decision.reason))
            kind.count += 1
            if against and against.by_id == decision.by_id:
                kind.taken_back += 1
            elif against:
                kind.overturned += 1
    return sorted(kinds.values(), key=lambda kind: (-kind.count, kind.action, kind.reason))


def judgements(decisions: list[Decision]) -> Iterator[tuple[Decision, Decision | None]]:
    """What moderators decided on a comment, each with the later decision that overturned it.

    What its author did with it judges nothing.
    """
    ours = [decision for decision in decisions if decision.by_id]
    undone = {decision.undoes_id for decision in ours}
    for at, decision in enumerate(ours):
        if decision.action not in _NO_JUDGEMENT:
            later = [other for other in ours[at + 1 :] if other.pk not in undone]
            yield decision, next((other for other in later if _contradicts(other, decision)), None)


def _contradicts(later: Decision, decision: Decision) -> bool:
    """Undoes it, or puts on the site what it kept off, or the other way round."""
    if later.action in _NO_JUDGEMENT:
        return later.undoes_id == decision.pk
    return _publishes(later) != _publishes(decision)


def _publishes(decision: Decision) -> bool:
    return decision.status_after == Status.PUBLISHED
