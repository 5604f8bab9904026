"""Readers report a published comment; whom it is about has what is personal in it hidden at once.

Hidden is only what screening sees as personal, and only until a moderator has decided. So that
nobody can empty the site that way, few comments are hidden at a time, and one about which a
moderator has decided for such a report is not hidden for another.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_noop

from . import hiding, intake, moderation
from .models import Comment, Finding, Report, ReportReason
from .screening import Field, FindingType

MOST_HIDDEN = 20
"""Comments of which something is hidden at a time. What is reported beyond waits as it is."""

CLAIMED = gettext_noop("A reader says that it is their name, and that they did not write this.")
"""Why a name is marked that no detector saw. A hint: nobody has shown whose name it is."""


class Outcome(StrEnum):
    """What became of a report, as whoever wrote it is told."""

    WAITS = "waits"
    HIDDEN = "hidden"
    """What is personal in the comment."""
    ALL_HIDDEN = "all-hidden"
    """All of it: screening failed, so nobody can tell what is personal."""
    NOTHING_SEEN = "nothing-seen"
    SEEN_BEFORE = "seen-before"
    """Somebody said earlier that it is about them, and a moderator has decided since."""
    TOO_MANY = "too-many"
    GONE = "gone"
    """The comment, meanwhile."""


class Taken(NamedTuple):
    outcome: Outcome
    is_urgent: bool = False
    """Whoever wrote the report may be in distress."""


class _Look(NamedTuple):
    """What screening sees in a comment that somebody says is about them."""

    hides: moderation.Cuts
    found: list[Finding]
    outcome: Outcome


def take(
    comment: Comment,
    *,
    reason: ReportReason | str,
    about_me: bool = False,
    words: str = "",
    key: UUID | None = None,
    may_hide: bool = True,
) -> Taken:
    """Let a report wait for a moderator, with what it hides until then hidden.

    The same ``key`` a second time is the same report. ``may_hide`` is false for somebody who had
    more hidden lately than anybody needs.
    """
    report = Report(comment=comment, reason=reason, about_me=about_me, words=words)
    report.is_urgent = intake.reads_as_distress(words)
    if key:
        report.key = key
    # Screening takes its time, so it looks before anything is locked.
    look = _look_at(comment, reason) if about_me and may_hide else None
    with transaction.atomic():
        outcome = _store(report, look)
    return Taken(outcome, report.is_urgent)


def _store(report: Report, look: _Look | None) -> Outcome:
    current = Comment.objects.select_for_update().get(pk=report.comment_id)
    if earlier := Report.objects.filter(key=report.key).first():
        return Outcome.HIDDEN if earlier.hides else Outcome.WAITS
    if not current.is_published:
        return Outcome.GONE
    cuts = moderation.cuts_in_force(current)
    outcome = Outcome.WAITS
    if report.about_me:
        outcome, report.hides = _what_to_hide(report.comment, current, cuts, look)
    report.save()
    if report.hides and look:
        _keep_new(look.found, current)
    current.version += 1  # a page that does not show this report is stale
    current.save(update_fields=["version"])
    hiding.refresh(current, cuts)
    return outcome


def _what_to_hide(
    seen: Comment, current: Comment, cuts: moderation.Cuts, look: _Look | None
) -> tuple[Outcome, moderation.Cuts]:
    if Report.objects.settled().filter(comment=current, about_me=True).exists():
        return Outcome.SEEN_BEFORE, []
    is_full = not current.is_hidden and Comment.objects.partly_hidden().count() >= MOST_HIDDEN
    if look is None or is_full:
        return Outcome.TOO_MANY, []
    if (seen.body, seen.name) != (current.body, current.name):
        look = _blind(current)
    hides = [cut for cut in look.hides if not any(moderation.lies_within(cut, c) for c in cuts)]
    return (look.outcome, hides) if hides else (Outcome.NOTHING_SEEN, [])


def _look_at(comment: Comment, reason: str) -> _Look:
    try:
        seen = [*comment.findings.all(), *intake.personal_in(comment)]
    except intake.ScreeningFault:
        return _blind(comment)
    found = {
        (finding.field, finding.start, finding.end, finding.type): finding
        for finding in reversed(seen)
        if finding.can_be_cut and not finding.is_public_here
    }
    if reason == ReportReason.IMPERSONATION and comment.name:
        cut = _all_of(comment, Field.NAME, FindingType.PERSON_PRIVATE)
        claim = Finding(comment=comment, score=0.4, because=CLAIMED, **cut)
        found.setdefault((claim.field, claim.start, claim.end, claim.type), claim)
    return _Look(moderation.spans(found.values()), list(found.values()), Outcome.HIDDEN)


def _blind(comment: Comment) -> _Look:
    """Nobody could look, so all of it is hidden rather than nothing."""
    hides = [_all_of(comment, field, FindingType.FAULT) for field in Field]
    return _Look([cut for cut in hides if cut["end"]], [], Outcome.ALL_HIDDEN)


def _all_of(comment: Comment, field: Field, kind: FindingType) -> moderation.Cut:
    end = len(getattr(comment, field))
    return {"field": field.value, "start": 0, "end": end, "type": kind.value}


def _keep_new(found: list[Finding], comment: Comment) -> None:
    """What nobody had seen before is marked for whoever decides."""
    known = set(comment.findings.values_list("field", "start", "end", "type"))
    Finding.objects.bulk_create(
        finding
        for finding in found
        if (finding.field, finding.start, finding.end, finding.type) not in known
    )
