"""The only writer of the site's rules, and the trial of one over comments that people decided.

Each change is one transaction that writes the next version, so that whatever held a comment can
be read as it stood then. A rule is switched off, never deleted.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from time import monotonic

from django.contrib.auth.models import User
from django.db import transaction

from .models import Comment, Decision, SiteRule, SiteRuleVersion, Status
from .screening import RuleKind, rules

TRIED_ON = 1000
"""Comments that a trial looks at: the last that a person decided."""
DECISIONS_EACH = 3
"""Looked through for each of them, since a comment can be decided several times."""
EXAMPLES = 5
SECONDS = 5.0
"""A trial ends after so long, and says over how many comments it came."""
AROUND = 80
"""Characters that an example shows on either side."""
TOO_MANY = 10
"""A rule that would have held more than one in so many published comments is warned of."""


class Outdated(Exception):
    """Somebody saved a newer version after the writer's page was made."""

    def __init__(self, rule: SiteRule) -> None:
        super().__init__(f"rule {rule.pk} is at version {rule.number}")
        self.rule = rule


@transaction.atomic
def create(*, by: User, kind: str, lines: str, note: str, is_on: bool) -> SiteRule:
    """A new rule, with its first version."""
    rule = SiteRule.objects.create(kind=kind, lines=lines, note=note, is_on=is_on)
    _write_down(rule, by)
    return rule


@transaction.atomic
def save(
    rule: SiteRule, *, by: User, kind: str, lines: str, note: str, is_on: bool, number: int
) -> SiteRule:
    """The next version; ``number`` is that of the version that the writer began with."""
    current = SiteRule.objects.select_for_update().get(pk=rule.pk)
    if current.number != number:
        raise Outdated(current)
    content = (kind, lines, note, is_on)
    if (current.kind, current.lines, current.note, current.is_on) == content:
        return current
    current.kind, current.lines, current.note, current.is_on = content
    current.number += 1
    current.save()
    _write_down(current, by)
    return current


def _write_down(rule: SiteRule, by: User) -> None:
    SiteRuleVersion.objects.create(
        rule=rule,
        number=rule.number,
        kind=rule.kind,
        lines=rule.lines,
        note=rule.note,
        is_on=rule.is_on,
        by=by,
    )


@dataclass(frozen=True, slots=True)
class Example:
    """A comment that the rule would have held, and where in it; as guarded as on the desk."""

    comment: Comment
    before: str
    words: str
    after: str


@dataclass(slots=True)
class Trial:
    """What a rule would have done to comments that people decided."""

    looked_at: int = 0
    published: int = 0
    """Of those that were looked at, how many people published."""
    held: int = 0
    held_needlessly: int = 0
    """People had published them."""
    needless: list[Example] = field(default_factory=list)
    others: list[Example] = field(default_factory=list)

    @property
    def held_rightly(self) -> int:
        return self.held - self.held_needlessly

    @property
    def holds_too_many(self) -> bool:
        return self.held_needlessly * TOO_MANY > self.published


def tried(kind: str, lines: str) -> Trial:
    """Try a rule, newest decisions first.

    Only what the desk shows is counted: a rule must not find out a guarded number by guessing.
    """
    trial, ends = Trial(), monotonic() + SECONDS
    wanted = rules.wanted(RuleKind(kind), lines)
    for comment in _decided():
        if monotonic() > ends:
            break
        is_published = comment.status == Status.PUBLISHED
        trial.looked_at += 1
        trial.published += is_published
        if example := _found(wanted, comment):
            trial.held += 1
            trial.held_needlessly += is_published
            examples = trial.needless if is_published else trial.others
            if len(examples) < EXAMPLES:
                examples.append(example)
    return trial


def _decided() -> list[Comment]:
    """The last that people decided, found by their decisions: these have an index by time."""
    decisions = Decision.objects.filter(by__isnull=False).order_by("-at", "-pk")
    recent = set(decisions.values_list("comment", flat=True)[: TRIED_ON * DECISIONS_EACH])
    comments = Comment.objects.filter(
        pk__in=recent,
        decided_by_person=True,
        status__in=[Status.PUBLISHED, Status.REMOVED, Status.ANSWERED],
    ).exclude(body="")
    return list(
        comments.order_by("-changed_at", "-pk")
        .select_related("article")
        .prefetch_related("findings")[:TRIED_ON]
    )


def _found(wanted: rules.Wanted, comment: Comment) -> Example | None:
    for field_name in ("body", "name"):
        if not wanted.first_in(rules.read(getattr(comment, field_name))):
            continue
        shown = comment.guarded(field_name)
        if span := wanted.first_in(rules.read(shown)):
            start, end = span
            before, after = shown[max(0, start - AROUND) : start], shown[end : end + AROUND]
            before = f"…{before}" if start > AROUND else before
            after = f"{after}…" if end + AROUND < len(shown) else after
            return Example(comment, before, shown[start:end], after)
    return None
