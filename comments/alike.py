"""Which waiting comments are alike, as groups that a moderator decides on with one press.

Who shares a trait with a comment is a candidate; what is said of one is true of its text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db.models import OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from django.utils.translation import gettext, gettext_noop, ngettext

from . import traits
from .models import Action, Comment, Finding, Likeness, Trait
from .screening import FindingType, Queue

MOST = 24
"""Others in one group: what fits on a page, and is decided in a moment."""

NEAR = 0.6
"""The share of word pairs that two texts have in common, of all that either has."""

_COUNTED = {
    Likeness.TEXT: gettext_noop("%(number)d with the same text"),
    Likeness.NEAR: gettext_noop("%(number)d with nearly the same text"),
    Likeness.LINK: gettext_noop("%(number)d with the same link"),
    Likeness.AUTHOR: gettext_noop("%(number)d by the same author"),
}


@dataclass(frozen=True)
class Member:
    """A waiting comment that is alike to the one that is shown, which stands as ``shown``."""

    comment: Comment
    shown: Comment
    likenesses: tuple[Likeness, ...]
    """The closest first."""
    open_with: str
    """The colleague who has it open now."""
    sent: frozenset[str] | None
    """What was ticked, where the page comes again."""

    @property
    def likeness(self) -> Likeness:
        return self.likenesses[0]

    @property
    def value(self) -> str:
        """For a form: stale once somebody has decided."""
        return f"{self.comment.pk}:{self.comment.version}"

    @property
    def age(self) -> str:
        return timesince(self.comment.created_at, timezone.now(), depth=1)

    @property
    def is_passed_on(self) -> bool:
        """Somebody was unsure about it, so it is not for deciding in passing."""
        last = next(reversed(self.comment.decisions.all()), None)
        return last is not None and last.action == Action.UNSURE

    @cached_property
    def is_usual(self) -> bool:
        """Whether it is decided with the one shown unless somebody says otherwise.

        A link alone says so only among spam: readers may well name one page.
        """
        is_spam = self.comment.queue == self.shown.queue == Queue.SPAM
        is_close = self.likeness in {Likeness.TEXT, Likeness.NEAR} or (
            self.likeness is Likeness.LINK and is_spam
        )
        is_free = not (self.comment.is_urgent or self.open_with or self.is_passed_on)
        return is_close and is_free

    @property
    def is_ticked(self) -> bool:
        return self.is_usual if self.sent is None else self.value in self.sent

    @cached_property
    def goes_out(self) -> bool:
        """Whether it is approved with the one that is shown, too."""
        return goes_out_with(self.comment, self.shown)


@dataclass(frozen=True)
class Group:
    """What is alike to one waiting comment, the closest first."""

    members: list[Member]
    is_more: bool = False
    """There are others, which come once these are decided."""

    @property
    def summary(self) -> str:
        number = len(self.members)
        if self.is_more:
            head = gettext("More than %(number)d alike are waiting, of which these come first:")
        else:
            head = ngettext("%(number)d alike is waiting:", "%(number)d alike are waiting:", number)
        counts = Counter(member.likeness for member in self.members)
        parts = [
            gettext(_COUNTED[one]) % {"number": counts[one]} for one in Likeness if counts[one]
        ]
        return f"{head % {'number': number}} {', '.join(parts)}"

    @cached_property
    def ticked(self) -> list[Member]:
        return [member for member in self.members if member.is_ticked]

    @cached_property
    def going_out(self) -> list[Member]:
        """Those of the ticked that are approved with the one shown."""
        return [member for member in self.ticked if member.goes_out]

    @property
    def all(self) -> int:
        """On how many comments the page decides, with the one shown."""
        return 1 + len(self.ticked)

    @property
    def out(self) -> int:
        """How many of them it approves."""
        return 1 + len(self.going_out)

    @property
    def number_all(self) -> SafeString:
        """For a button that a script keeps true."""
        return format_html("<span data-number>{}</span>", self.all)

    @property
    def number_out(self) -> SafeString:
        return format_html("<span data-number>{}</span>", self.out)

    @cached_property
    def usual(self) -> set[int]:
        return {member.comment.pk for member in self.members if member.is_usual}


def above(shown: Iterable[Comment], groups: Mapping[int, Group]) -> dict[int, Comment]:
    """Those of one page that are listed with a comment further up, which needs no second list; in
    a flood also those that come next there."""
    found: dict[int, Comment] = {}
    lists: dict[Comment, Group] = {}
    for comment in shown:
        group = groups.get(comment.pk)
        if group is None:
            continue
        for earlier, list_ in lists.items():
            is_next = list_.is_more and not list_.usual.isdisjoint(group.usual)
            if comment.pk in list_.usual or is_next:
                found[comment.pk] = earlier
                break
        else:
            lists[comment] = group
    return found


def goes_out_with(comment: Comment, shown: Comment) -> bool:
    """Whether whoever approves the one that they read knows what they approve with this one:
    the very same characters, and nothing that was found in it alone. Its name is shown to them.
    """
    return (
        comment.body == shown.body
        and not comment.is_urgent
        and _found(comment) <= _found(shown, names=comment.name == shown.name)
    )


def _found(comment: Comment, *, names: bool = True) -> set[tuple[str, str, int, int]]:
    """What and where, without the circumstances of posting: that its text came before is what
    makes it alike. What stands in another name is something else."""
    return {
        (finding.type, finding.field, finding.start, finding.end)
        for finding in comment.findings.all()
        if not _is_circumstance(finding) and (names or finding.field != "name")
    }


def _is_circumstance(finding: Finding) -> bool:
    return finding.type == FindingType.SPAM and finding.end == 0


class _Listed(Subquery):
    """What the rows of the set say in ``listed``, as one text."""

    output_field = TextField()
    template = "(SELECT %(function)s(listed, '%(separator)s') FROM (%(subquery)s) AS found)"

    def __init__(self, queryset: QuerySet[Any], separator: str) -> None:
        super().__init__(queryset.values("listed"), separator=separator)

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, function="GROUP_CONCAT", **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, function="STRING_AGG", **extra)


def with_candidates(comments: QuerySet[Comment]) -> QuerySet[Comment]:
    """Comments that know which others share a trait with them, in the same query.

    For each trait the database reads so many entries of an index and stops: a flood of the same
    text makes no page slower.
    """
    others = (
        Trait.objects.filter(value=OuterRef("value"))
        .exclude(comment=OuterRef("comment"))
        .annotate(listed=Cast("comment", TextField()))
        .order_by("comment")[: MOST + 1]
    )
    mine = Trait.objects.filter(comment=OuterRef("pk")).annotate(
        listed=Concat("likeness", Value(":"), _Listed(others, ","), output_field=TextField())
    )
    asked = {"candidates": _Listed(mine, " ")}
    return comments.annotate(**asked)


def groups(
    comments: Iterable[Comment], *, by: User, sent: frozenset[str] | None = None
) -> dict[int, Group]:
    """What is alike to each of these, as far as something is, in one query.

    Whoever may be in distress is decided on alone, so nothing is alike to them. ``sent`` are the
    values that were ticked, where a page comes again as it was left.
    """
    candidates = {one: _candidates(one) for one in comments if one.is_waiting and not one.is_urgent}
    pks = {pk for found in candidates.values() for pk in found}
    if not pks:
        return {}
    waiting = Comment.objects.waiting().filter(pk__in=pks).select_related("article", "lease__by")
    others = list(waiting.defer("article__body", "article__plain_text"))
    pairs = _Pairs()
    found = {}
    for shown, likenesses in candidates.items():
        members = [
            Member(other, shown, close, _open_with(other, by), sent)
            for other in others
            if (close := _confirmed(shown, other, likenesses.get(other.pk, set()), pairs))
        ]
        # A sort keeps the order of the queue among those that are equally close.
        members.sort(key=lambda member: list(Likeness).index(member.likeness))
        if members:
            found[shown.pk] = Group(members[:MOST], is_more=len(members) > MOST)
    return found


def _candidates(comment: Comment) -> dict[int, set[Likeness]]:
    found: dict[int, set[Likeness]] = {}
    for trait in (comment.candidates or "").split():
        likeness, _colon, pks = trait.partition(":")
        for pk in filter(None, pks.split(",")):
            found.setdefault(int(pk), set()).add(Likeness(likeness))
    return found


def _confirmed(
    shown: Comment, other: Comment, likenesses: set[Likeness], pairs: _Pairs
) -> tuple[Likeness, ...]:
    """The likenesses that there really are; of the same text nobody says that it is nearly so."""
    is_near = Likeness.NEAR in likenesses and Likeness.TEXT not in likenesses
    if not is_near or pairs.shared(shown, other) < NEAR:
        likenesses = likenesses - {Likeness.NEAR}
    return tuple(likeness for likeness in Likeness if likeness in likenesses)


class _Pairs(dict[int, frozenset[str]]):
    """The word pairs of comments, each read once."""

    def shared(self, one: Comment, other: Comment) -> float:
        """Jaccard's index: how many of all their pairs two texts share."""
        mine, theirs = self._of(one), self._of(other)
        return len(mine & theirs) / (len(mine | theirs) or 1)

    def _of(self, comment: Comment) -> frozenset[str]:
        if comment.pk not in self:
            self[comment.pk] = traits.pairs_of(comment)
        return self[comment.pk]


def _open_with(comment: Comment, by: User) -> str:
    lease = getattr(comment, "lease", None)
    return lease.by.get_username() if lease and lease.is_in_force and lease.by_id != by.pk else ""
