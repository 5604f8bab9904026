"""The only writer of the saved replies: save, archive, bring back, restore.

Each is one transaction that writes the next version, so that what was sent can always be read.
"""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction

from .models import CaseReply, CaseReplyVersion

_Action = CaseReplyVersion.Action


class Outdated(Exception):
    """Somebody saved a newer version after the writer's page was made."""

    def __init__(self, reply: CaseReply) -> None:
        super().__init__(f"saved reply {reply.pk} is at version {reply.number}")
        self.reply = reply


@transaction.atomic
def create(*, by: User, title: str, language: str, text: str) -> CaseReply:
    """A new saved reply, with its first version."""
    reply = CaseReply.objects.create(title=title, language=language, text=text)
    _write_down(reply, _Action.SAVED, by)
    return reply


@transaction.atomic
def save(
    reply: CaseReply, *, by: User, title: str, language: str, text: str, number: int
) -> CaseReply:
    """The next version; ``number`` is that of the version that the writer began with."""
    current = _lock(reply, number=number)
    if (current.title, current.language, current.text) == (title, language, text):
        return current
    current.title, current.language, current.text = title, language, text
    return _next(current, _Action.SAVED, by)


@transaction.atomic
def archive(reply: CaseReply, *, by: User) -> CaseReply:
    """Moderators are not offered it any more; nothing of it is lost."""
    current = _lock(reply)
    if current.is_archived:
        return current
    current.is_archived = True
    return _next(current, _Action.ARCHIVED, by)


@transaction.atomic
def bring_back(reply: CaseReply, *, by: User) -> CaseReply:
    """Out of the archive, as it stood."""
    current = _lock(reply)
    if not current.is_archived:
        return current
    current.is_archived = False
    return _next(current, _Action.BROUGHT_BACK, by)


@transaction.atomic
def restore(version: CaseReplyVersion, *, by: User) -> CaseReply:
    """Make an older version the newest; an archived reply stays in the archive."""
    current = _lock(version.reply)
    current.title, current.language = version.title, version.language
    current.text = version.text
    return _next(current, _Action.RESTORED, by)


def _lock(reply: CaseReply, *, number: int | None = None) -> CaseReply:
    current = CaseReply.objects.select_for_update().get(pk=reply.pk)
    if number is not None and current.number != number:
        raise Outdated(current)
    return current


def _next(reply: CaseReply, action: CaseReplyVersion.Action, by: User) -> CaseReply:
    reply.number += 1
    reply.save()
    _write_down(reply, action, by)
    return reply


def _write_down(reply: CaseReply, action: CaseReplyVersion.Action, by: User) -> None:
    CaseReplyVersion.objects.create(
        reply=reply,
        number=reply.number,
        action=action,
        title=reply.title,
        language=reply.language,
        text=reply.text,
        is_archived=reply.is_archived,
        by=by,
    )
