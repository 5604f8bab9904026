"""A moderator says that a name is public: what waited for it alone is let out. And the way back."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from articles import publishing
from articles.models import Article

from . import intake, moderation
from .models import Action, Comment, Decision, Finding
from .screening import FindingType, Queue

AT_ONCE = 50
"""Comments that are let out in one request; each may have to be screened, which takes its time."""


class LetOut(NamedTuple):
    """What a public name let out, and how many comments still wait for it alone."""

    decisions: list[Decision]
    left: int


def make_public(finding: Finding, *, by: User) -> LetOut:
    """Add a name to the article's public names and let out what waited for that name alone.

    All of it in one transaction; each comment that is let out has a decision of its own. One that a
    person reads anyway, because every comment or its author's first one waits, moves to *general*.
    The comment in which the name was found stays: somebody is looking at it. What needs a person
    for any other reason goes on waiting. More than ``AT_ONCE`` take another call.
    """
    if not (finding.can_be_made_public or finding.is_public_here):
        raise moderation.NotAllowed(_("Only a private name can be made public."), field="cuts")
    article, name = finding.comment.article, finding.listed_words
    names = article.names | {name}
    held = [
        comment
        for comment in _undecided(article).exclude(pk=finding.comment_id)
        if _is_held_for_alone(name, comment)
    ]
    # Screening takes its time, so it looks before anything is locked.
    read_anyway = {comment.pk: intake.is_read_anyway(comment) for comment in held[:AT_ONCE]}
    free = [
        comment
        for comment in held[:AT_ONCE]
        if read_anyway[comment.pk] or not intake.needs_a_person(comment, names=names)
    ]
    with transaction.atomic():
        moderation.lock_all(free)
        publishing.make_name_public(article, name, by=by)
        decisions = [
            decision
            for comment in free
            if (decision := _let_out(comment, is_read_anyway=read_anyway[comment.pk], by=by))
        ]
    return LetOut(decisions, left=len(held[AT_ONCE:]))


class TakenBack(NamedTuple):
    """The undone decisions, and how many stay because somebody decided again."""

    undone: list[Decision]
    left: int


@transaction.atomic
def take_back(finding: Finding, *, by: User, along: Collection[int] = ()) -> TakenBack:
    """Take the name out of the article's public names again, and back what it let out.

    ``along`` are the decisions that let it out: of those only what waited for this name is
    undone, and what somebody decided on since stays as it is.
    """
    if not finding.is_listed:
        raise moderation.NotAllowed(_("The article does not make this name public."), field="cuts")
    article, name = finding.comment.article, finding.listed_words
    decisions = (
        Decision.objects.filter(pk__in=along, comment__article=article, undone_by=None)
        .filter(action__in=[Action.APPROVE, Action.MOVE])
        .select_related("comment__article")
        .prefetch_related("comment__findings")
        .order_by("comment")
    )
    let_out = [decision for decision in decisions if _is_held_for_alone(name, decision.comment)]
    moderation.lock_all(decision.comment for decision in let_out)
    publishing.make_name_private(article, name, by=by)
    undone = []
    for decision in let_out:
        try:
            undone.append(moderation.undo(decision, by=by))
        except (moderation.Stale, moderation.Refused):
            continue
    return TakenBack(undone, left=len(let_out) - len(undone))


def _undecided(article: Article) -> QuerySet[Comment]:
    """What waits for personal information, and nobody has touched yet."""
    return (
        Comment.objects.in_queue(Queue.PII)
        .filter(article=article, version=1)
        .select_related("article")
        .prefetch_related("findings")
    )


def _is_held_for_alone(name: str, comment: Comment) -> bool:
    """Whether each finding that counts is this name."""
    counting = [
        finding
        for finding in comment.findings.all()
        if not finding.is_hint or finding.kind is FindingType.FAULT
    ]
    return bool(counting) and all(
        finding.kind is FindingType.PERSON_PRIVATE and finding.is_part_of(name)
        for finding in counting
    )


def _let_out(comment: Comment, *, is_read_anyway: bool, by: User) -> Decision | None:
    note = _("It waited only for a name that the article makes public now.")
    try:
        if is_read_anyway:
            return moderation.move(comment, by=by, queue=Queue.GENERAL, note=note)
        return moderation.approve(comment, by=by, note=note)
    except moderation.Stale:  # somebody decided meanwhile, and theirs stands
        return None
