"""One press for several alike comments: each has a decision of its own, and they are undone
together.

All of them are locked before the first is decided, in one order, so that two moderators whose
groups overlap do not wait for one another. The comment that the moderator reads is decided as if
it were alone: where that is refused or came second, nothing happens to any. Of the others each
that cannot be decided so any more is left as it is, and named.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Protocol

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from . import alike, moderation
from .models import Action, Comment, Decision, Status

GROUPED = {Action.APPROVE, Action.REMOVE, Action.ANSWER}
"""All else is for the comment that is read, alone: a cut is a span of its own text."""


class Taken(NamedTuple):
    """What was decided on the comment that was read, and which others were left alone."""

    decision: Decision
    left: list[int]


class Take(Protocol):
    """Takes one and the same decision on whichever comment it is given."""

    def __call__(
        self, comment: Comment, *, version: int, along_with: Decision | None = None
    ) -> Decision: ...


@transaction.atomic
def decide(comment: Comment, take: Take, *, version: int, others: Mapping[int, int]) -> Taken:
    """Decide on a comment, and on the others that its page named with their versions."""
    pks = [pk for pk in others if pk != comment.pk][: alike.MOST]
    moderation.lock_all([comment, *(Comment(pk=pk) for pk in pks)])
    decision = take(comment, version=version)
    is_alone = comment.is_urgent or decision.status_before != Status.WAITING
    if not pks or is_alone or decision.action not in GROUPED:
        return Taken(decision, [])
    found = Comment.objects.filter(pk__in=pks).select_related("article")
    left = []
    for other in found.prefetch_related("findings").order_by("pk"):
        is_as_shown = other.is_waiting and other.version == others[other.pk]
        if is_as_shown and not _is_meant(other, decision, shown=comment):
            continue
        try:
            if not is_as_shown:
                raise moderation.Stale(other)
            take(other, version=others[other.pk], along_with=decision)
        except (moderation.Stale, moderation.Refused):
            left.append(other.pk)
    return Taken(decision, left)


def _is_meant(comment: Comment, decision: Decision, *, shown: Comment) -> bool:
    """Nothing is decided in passing on somebody in distress, nor goes out that nobody has read."""
    if decision.action == Action.APPROVE:
        return alike.goes_out_with(comment, shown)
    return not comment.is_urgent


@transaction.atomic
def undo(comment: Comment, *, by: User, note: str, version: int) -> Taken:
    """Undo the last decision on a comment, and those that were taken together with it."""
    standing = moderation.standing_decision(comment)
    if standing is None:
        raise moderation.CannotUndo(_("There is no decision to take back."))
    group = standing.along_with_id or standing.pk
    others = Decision.objects.filter(Q(pk=group) | Q(along_with=group), undone_by=None)
    others = others.exclude(pk=standing.pk).select_related("comment").order_by("comment")
    moderation.lock_all([comment, *(other.comment for other in others)])
    undone = moderation.undo(standing, by=by, note=note, version=version)
    left = []
    for other in others:
        try:
            moderation.undo(other, by=by, note=note, along_with=undone)
        except (moderation.Stale, moderation.Refused):
            left.append(other.comment_id)
    return Taken(undone, left)
