"""The only way to mute or block the author of a comment, and to lift that again.

Whoever is muted can write; a person reads it first. Whoever is blocked is told so, until when and
why, and gets the text back. Each act is one transaction with a row of the log.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import partial

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import moderation, restriction_letters
from .models import Comment, Reason, Restriction, RestrictionAction, RestrictionEntry
from .models.restriction import LONGEST_BLOCK


class Outdated(Exception):
    """Somebody muted, blocked or lifted after the moderator's page was made."""


def mute(
    comment: Comment,
    *,
    by: User,
    reason: Reason | str,
    until: date | None = None,
    note: str = "",
    seen: int | None = None,
) -> Restriction:
    """Let new comments of its author wait for a person, through the last day or until lifted."""
    action = RestrictionAction.MUTE
    return _restrict(comment, action, by=by, reason=reason, until=until, note=note, seen=seen)


def block(
    comment: Comment,
    *,
    by: User,
    reason: Reason | str,
    until: date,
    note: str = "",
    seen: int | None = None,
) -> Restriction:
    """Take no new comments of its author through the last day, and tell them so by letter."""
    action = RestrictionAction.BLOCK
    return _restrict(comment, action, by=by, reason=reason, until=until, note=note, seen=seen)


@transaction.atomic
def lift(restriction: Restriction, *, by: User, note: str = "") -> RestrictionEntry:
    """End it now, which is also how it is undone."""
    current = Restriction.objects.select_for_update().get(pk=restriction.pk)
    if not current.is_in_force:
        raise Outdated
    comment = current.entry.comment
    moderation.refuse_quotes(note, comment)
    return _lift(current, by=by, note=note)


def _restrict(
    comment: Comment,
    action: RestrictionAction,
    *,
    by: User,
    reason: Reason | str,
    until: date | None,
    note: str,
    seen: int | None,
) -> Restriction:
    moderation.refuse_quotes(note, comment)
    _refuse_last_day(until, action)
    with transaction.atomic():
        author = Comment.objects.get(pk=comment.pk).author_digest
        if not author:
            raise moderation.NotAllowed(_("Nothing tells any more who wrote this comment."))
        _lock(author)
        before = Restriction.objects.of(author).filter(closed_at__isnull=True).first()
        in_force = before if before and before.is_in_force else None
        if seen is not None and seen != (in_force.pk if in_force else 0):
            raise Outdated
        if in_force:
            _lift(in_force, by=by, note="")
        elif before:
            Restriction.objects.filter(pk=before.pk).update(closed_at=before.entry.ends_at)
        entry = RestrictionEntry.objects.create(
            comment=comment,
            action=action,
            reason=reason,
            note=note,
            ends_at=_end_of(until) if until else None,
            by=by,
        )
        restriction = Restriction.objects.create(entry=entry, author_digest=author)
        _tell_after_commit(restriction)
    return restriction


def _lift(restriction: Restriction, *, by: User, note: str) -> RestrictionEntry:
    began = restriction.entry
    entry = RestrictionEntry.objects.create(
        comment=began.comment, action=RestrictionAction.LIFT, note=note, by=by, lifts=began
    )
    Restriction.objects.filter(pk=restriction.pk).update(closed_at=entry.at)
    _tell_after_commit(restriction)
    return entry


def _lock(author: str) -> None:
    """Of two people who do this from two comments one comes later: the first comment is locked."""
    theirs = Comment.objects.select_for_update().filter(author_digest=author)
    theirs.order_by("created_at", "pk").first()


def _tell_after_commit(restriction: Restriction) -> None:
    if restriction.is_block:
        send = partial(restriction_letters.deliver_now, restriction.pk)
        transaction.on_commit(send, robust=True)


def _refuse_last_day(until: date | None, action: RestrictionAction) -> None:
    today = timezone.localdate()
    if action is RestrictionAction.BLOCK and until is None:
        raise moderation.NotAllowed(_("A block needs its last day."), field="until")
    if until and until < today:
        raise moderation.NotAllowed(_("This day is over."), field="until")
    if action is RestrictionAction.BLOCK and until and until > today + LONGEST_BLOCK:
        raise moderation.NotAllowed(_("A block lasts a year at most."), field="until")


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))
