"""A flat list of comments -> trees that a template can walk. Asks the database nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from .models import Comment, Reason

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

DEEPEST = 2
"""Replies indent twice; what lies deeper stands in the second level and says whom it answers."""


@dataclass(slots=True)
class Node:
    """One place in a thread: a comment, or the tombstone of one that readers may not see.

    A tombstone carries nothing of the comment but its number and whether it was removed or
    withdrawn, so no template can show its text by mistake.
    """

    pk: int
    comment: Comment | None
    depth: int = 0
    is_removed: bool = False
    is_withdrawn: bool = False
    """By its author."""
    removed_for: StrOrPromise = ""
    """The reason in words; empty where none can be given to all readers."""
    in_reply_to: Node | None = None
    """Set where the indentation no longer shows it."""
    replies: list[Node] = field(default_factory=list)

    @property
    def is_gone(self) -> bool:
        return self.comment is None

    @property
    def is_waiting(self) -> bool:
        """Waits for a moderator, and is the reader's own."""
        return self.comment is not None and self.comment.is_waiting


def grow(comments: Iterable[Comment], *, visitor: UUID | None = None) -> list[Node]:
    """Trees of whole threads, in the order of the list.

    A removed comment may carry the reason for it as an annotation, ``removal_reason``.

    Readers see published comments and their own waiting ones. Anything else becomes a
    tombstone when something visible hangs below it, and otherwise nothing.
    """
    below: dict[int | None, list[Comment]] = defaultdict(list)
    for comment in comments:
        below[comment.parent_id].append(comment)
    order = list(_parents_first(below))
    shown = _shown(order, visitor)
    roots: list[Node] = []
    nodes: dict[int, Node] = {}
    homes: dict[int, Node] = {}
    for comment in order:
        if comment.pk not in shown:
            continue
        node = nodes[comment.pk] = _node(comment, visitor)
        parent = nodes.get(comment.parent_id or 0)
        if parent is None:
            roots.append(node)
            continue
        home = parent if parent.depth < DEEPEST else homes[parent.pk]
        node.depth = home.depth + 1
        node.in_reply_to = None if home is parent else parent
        home.replies.append(node)
        homes[node.pk] = home
    return roots


def walk(nodes: Iterable[Node]) -> Iterator[Node]:
    """Every node, in the order in which it is read."""
    waiting = list(reversed(list(nodes)))
    while waiting:
        node = waiting.pop()
        yield node
        waiting += reversed(node.replies)


def _parents_first(below: dict[int | None, list[Comment]]) -> Iterator[Comment]:
    # A loop, not recursion: a chain of replies may be longer than Python's stack.
    waiting = list(reversed(below[None]))
    while waiting:
        comment = waiting.pop()
        yield comment
        waiting += reversed(below[comment.pk])


def _shown(order: list[Comment], visitor: UUID | None) -> set[int]:
    """What is visible itself, and all that stands above such a comment."""
    shown: set[int] = set()
    for comment in reversed(order):
        if comment.pk in shown or _is_visible(comment, visitor):
            shown.add(comment.pk)
            if comment.parent_id is not None:
                shown.add(comment.parent_id)
    return shown


def _is_visible(comment: Comment, visitor: UUID | None) -> bool:
    own = visitor is not None and comment.visitor == visitor
    return comment.is_published or (comment.is_waiting and own)


def _node(comment: Comment, visitor: UUID | None) -> Node:
    if _is_visible(comment, visitor):
        return Node(comment.pk, comment)
    reason = getattr(comment, "removal_reason", "") if comment.is_removed else ""
    words = Reason(reason).label if reason and reason != Reason.OTHER else ""
    # That somebody was answered by letter is nothing for readers: it would say what they wrote.
    is_removed = comment.is_removed or comment.is_answered
    return Node(
        comment.pk,
        None,
        is_removed=is_removed,
        is_withdrawn=comment.is_withdrawn,
        removed_for=words,
    )
