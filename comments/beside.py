"""What stands beside a comment at the desk: its thread, and what its author wrote else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects

from .models import Comment, Decision, Status
from .models.comment import NEWEST_FIRST

BEFORE = 5
"""So many comments of the thread, of those that were written just before."""
ANSWERS = 5
OTHERS = 5
OTHERS_COUNTED = 50
_OLDEST_FIRST = ("created_at", "pk")


@dataclass(frozen=True, slots=True)
class Other:
    """Another comment of the same author, and what was decided about it last."""

    comment: Comment
    decision: Decision | None


@dataclass(frozen=True, slots=True)
class Beside:
    thread: list[Comment]
    """In the order of writing, with the comment itself among them; empty where it is alone."""
    others: list[Other]
    """The newest, known by the digest of the address."""
    counts: list[tuple[str, int]]
    """How many there are in each state, as far as they are counted."""
    total: int
    is_more: bool


def of(comment: Comment, *, alike: Iterable[Comment] = ()) -> Beside:
    """Asks for everything that the page of a comment shows of others, and of the comment itself
    and those ``alike`` what they do not have yet: four queries at most.
    """
    thread = _around(comment)
    others = _by_the_same_author(comment)
    shown = others[:OTHERS]
    parents = [comment.parent] if comment.parent else []
    prefetch_related_objects([comment, *alike, *parents, *thread, *shown], *with_all())
    counted = Counter(other.status for other in others[:OTHERS_COUNTED])
    return Beside(
        thread=sorted([*thread, comment], key=attrgetter(*_OLDEST_FIRST)) if thread else [],
        others=[Other(other, next(reversed(other.decisions.all()), None)) for other in shown],
        counts=[(str(Status(status).label), number) for status, number in counted.items()],
        total=counted.total(),
        is_more=len(others) > OTHERS_COUNTED,
    )


def with_all() -> tuple[Any, ...]:
    """What was found in comments and decided about them, in one query each."""
    with_them = ("by", "case_reply", "second_look__outcome", "along_with")
    decisions = Decision.objects.with_number().select_related(*with_them).order_by("version")
    return "findings", Prefetch("decisions", decisions)


def _around(comment: Comment) -> list[Comment]:
    """What it answers, how its thread began, what was said just before, and who answered it."""
    around: dict[int, Comment] = {}
    for one in (comment.thread, comment.parent):
        if one is not None:
            around[one.pk] = one
    if comment.thread_id:
        thread = Comment.objects.filter(thread=comment.thread_id).order_by(*_OLDEST_FIRST)
        before = thread.behind((comment.created_at, comment.pk), back=True)
        around |= {one.pk: one for one in before[:BEFORE]}
    if not comment.is_waiting:  # nobody can have answered what was never public
        answers = Comment.objects.filter(parent=comment.pk).order_by(*_OLDEST_FIRST)
        around |= {one.pk: one for one in answers[:ANSWERS]}
    return list(around.values())


def _by_the_same_author(comment: Comment) -> list[Comment]:
    if not comment.author_digest:
        return []
    others = Comment.objects.filter(author_digest=comment.author_digest).exclude(pk=comment.pk)
    newest = others.select_related("article").defer("article__body", "article__plain_text")
    return list(newest.order_by(*NEWEST_FIRST)[: OTHERS_COUNTED + 1])
