"""Notes of moderators on a comment or its author: written, and deleted by whoever wrote them."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from . import moderation
from .models import Comment, Note


@transaction.atomic
def write(comment: Comment, *, text: str, by: User, on_author: bool = False) -> Note:
    """Add one. Like what is written for the log it repeats nothing of the comment."""
    moderation.refuse_quotes(text, comment, field="text")
    current = Comment.objects.select_for_update().get(pk=comment.pk)
    if on_author and not current.author_digest:
        raise moderation.NotAllowed(
            _("Nothing tells any more who wrote this comment."), field="about"
        )
    digest = current.author_digest if on_author else ""
    return Note.objects.create(comment=current, author_digest=digest, text=text, by=by)


def delete(note: Note, *, by: User) -> None:
    if note.by_id != by.pk:
        raise PermissionDenied
    note.delete()
