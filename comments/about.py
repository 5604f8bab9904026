"""What staff keep about comments and their authors, for a page of the desk: notes, mutes, blocks.

Most comments have none of it, so the query that finds them tells whether there is any.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet

from .models import Comment, Note, Restriction

Comments = TypeVar("Comments", bound=QuerySet[Comment])


def flagged(comments: Comments) -> Comments:
    """Each with ``had_notes`` and ``had_restrictions``."""
    author = OuterRef("author_digest")
    on_either = Exists(Note.objects.on(OuterRef("pk"))) | Exists(Note.objects.on_author(author))
    restricted = Exists(Restriction.objects.of(author))
    return comments.annotate(had_notes=on_either, had_restrictions=restricted)


def attach(comments: Iterable[Comment]) -> None:
    """Give each its ``kept_notes`` and ``restrictions``: two queries at most, and mostly none."""
    comments = list(comments)
    _attach_notes([comment for comment in comments if comment.had_notes])
    _attach_restrictions([comment for comment in comments if comment.had_restrictions])


def _attach_notes(comments: list[Comment]) -> None:
    if not comments:
        return
    authors = _authors(comments)
    asked = Q(comment__in=comments, author_digest="") | Q(author_digest__in=authors)
    notes = list(Note.objects.filter(asked).select_related("by"))
    for comment in comments:
        author = comment.author_digest
        comment.kept_notes = [
            note
            for note in notes
            if (
                note.author_digest == author if note.is_on_author else note.comment_id == comment.pk
            )
        ]


def _attach_restrictions(comments: list[Comment]) -> None:
    if not comments:
        return
    known: dict[str, list[Restriction]] = defaultdict(list)
    for restriction in Restriction.objects.filter(
        author_digest__in=_authors(comments)
    ).with_entry():
        known[restriction.author_digest].append(restriction)
    for comment in comments:
        comment.restrictions = known[comment.author_digest]


def _authors(comments: list[Comment]) -> set[str]:
    return {comment.author_digest for comment in comments} - {""}
