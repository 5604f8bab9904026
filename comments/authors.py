"""What the author of a comment does with it: edit, withdraw, put back, delete, take a copy."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import transaction

from . import erasure, intake, moderation, notices
from .models import Comment, Decision, Note, Reason, Restriction

COPIED = ("decisions", "earlier_texts", "second_looks")
"""What :func:`copy_of` reads beside the comments themselves."""


@transaction.atomic
def edit(comment: Comment, looked: intake.Preview, *, version: int) -> Decision:
    """Replace the text by one that was looked at; what needs a person waits for one."""
    current = Comment.objects.select_for_update().get(pk=comment.pk)
    status, queue = intake.replace_text(current, looked)
    return moderation.record_edit(comment, status=status, queue=queue, version=version)


def delete_all(comment: Comment, *, is_proven: bool) -> int:
    """Destroy everything its author wrote, at once; how many comments that were.

    Copies that a database keeps of overwritten rows go with the next ``purge_personal_data``:
    a visitor must not be able to make it write itself anew.
    """
    with transaction.atomic():
        all_of_theirs = Comment.objects.by_author_of(comment, is_proven=is_proven)
        comments = list(all_of_theirs.select_for_update().order_by("pk"))
        for one in comments:
            if one.is_waiting or one.is_published:
                moderation.withdraw(one)
            if one.body:
                moderation.record_destruction(one, by=None)
            erasure.erase_all(one)
        return len(comments)


def copy_of(comments: list[Comment]) -> list[dict[str, Any]]:
    """All that is kept of these comments, for their author: no moderator is named."""
    return [
        {
            "number": comment.pk,
            "article": comment.article.headline,
            "address": settings.SITE_URL + comment.get_absolute_url(),
            "written": comment.created_at,
            "name": comment.name,
            "email": comment.email,
            "text": comment.body,
            "text_as_readers_see_it": comment.public_body if comment.is_published else "",
            "earlier_texts": [
                {"text": earlier.body, "replaced": earlier.replaced_at}
                for earlier in comment.earlier_texts.all()
            ],
            "second_looks": [
                {"asked": look.asked_at, "your_words": look.words, "answer": look.answer}
                for look in comment.second_looks.all()
            ],
            "state": str(comment.get_status_display()),
            "history": [_entry(decision) for decision in comment.decisions.all()],
        }
        for comment in comments
    ]


def kept_about(comment: Comment) -> dict[str, Any]:
    """What moderators keep about the author of this comment, for who has proven to be that: their
    notes, and whether they muted or blocked. No moderator is named here either.
    """
    author = comment.author_digest
    theirs = Comment.objects.filter(author_digest=author) if author else [comment]
    notes = Note.objects.filter(comment__in=theirs, author_digest="")
    notes |= Note.objects.on_author(author)
    restrictions = Restriction.objects.of(author).with_entry()
    return {
        "notes": [
            {
                "at": note.at,
                "comment": None if note.is_on_author else note.comment_id,
                "text": note.text,
            }
            for note in notes
        ],
        "restrictions": [
            {
                "at": restriction.entry.at,
                "what": str(restriction.entry.get_action_display()),
                "until": restriction.entry.last_day,
                "why": restriction.entry.public_wording,
                "lifted": restriction.closed_at if restriction.lifting else None,
            }
            for restriction in restrictions
        ],
    }


def _entry(decision: Decision) -> dict[str, Any]:
    reason = notices.reason_in_force(decision)
    return {
        "at": decision.at,
        "what": str(decision.get_action_display()),
        "by": "moderator" if decision.by_id else "author",
        "why": Reason(reason).public_wording if reason else "",
    }
