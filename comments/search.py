"""Comments that hold certain words, or that come from one address; newest first."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db.models import Q

from . import intake
from .models import AddressSearch, Comment, CommentQuerySet
from .models.comment import NEWEST_FIRST

MOST_WORDS = 8


def by_words(text: str) -> CommentQuerySet:
    """Those that hold every word, in the text or in the name, as parts of words too."""
    comments = Comment.objects.order_by(*NEWEST_FIRST)
    for word in text.split()[:MOST_WORDS]:
        comments = comments.filter(Q(body__icontains=word) | Q(name__icontains=word))
    return comments


def shows_words(comment: Comment, text: str) -> bool:
    """Whether the words stand in what the desk shows: a guarded number is not found by guessing."""
    shown = f"{comment.guarded_body}\n{comment.guarded_name}".casefold()
    return all(word.casefold() in shown for word in text.split()[:MOST_WORDS])


def by_address(email: str, *, by: User) -> CommentQuerySet:
    """Those that were written from this address; that somebody looked is written down."""
    digest = intake.author_digest(email)
    found = Comment.objects.filter(author_digest=digest).order_by(*NEWEST_FIRST)
    AddressSearch.objects.create(comment=found.first(), by=by)
    return found
