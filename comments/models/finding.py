"""What screening saw in a comment, kept for the moderator."""

from __future__ import annotations

import re
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from .. import screening, wording
from .comment import Comment

LONGEST_BECAUSE = 400

FIELDS = [(screening.Field.BODY.value, _("comment")), (screening.Field.NAME.value, _("name"))]
TYPES = [(kind.value, _(kind.label)) for kind in screening.FindingType]
TYPES_TO_CUT = [
    (kind.value, _(kind.label))
    for kind in sorted(
        screening.FindingType, key=lambda kind: kind is not screening.FindingType.PERSON_PRIVATE
    )
    if kind.category is screening.Category.PERSONAL_INFORMATION
]
"""What a moderator may cut something as: names first, since programs miss them most."""


CUT_ELSEWHERE = gettext_noop("A moderator cut the same characters in another place.")
"""Why a place is marked that no detector saw; another screening leaves such a mark alone."""

_WORD = re.compile(r"[^\W\d_]+(?:[-.'’][^\W\d_]+)*")
_GENITIVE = re.compile(r"['’]s?$")


def bare_name(words: str) -> str:
    """A name as it stands in a list: without the genitive of its sentence, on one line."""
    return _GENITIVE.sub("", " ".join(words.split())).strip(" .,;:!?")


def _name_words(name: str) -> set[str]:
    return {_GENITIVE.sub("", word) for word in _WORD.findall(name.casefold())}


class FindingQuerySet(models.QuerySet["Finding"]):
    def surely(self, kind: str, *, of: Any) -> FindingQuerySet:
        """Those of one type in a comment that are more than a hint."""
        return self.filter(comment=of, type=kind, score__gte=screening.HELD_FROM)


class Finding(models.Model):
    """One span of one field, its type, how sure the detector was and why.

    Holds offsets into ``Comment.body``, never the characters themselves. A finding about
    the circumstances has an empty span (0, 0).
    """

    is_revealed = False
    """Set for one page, where a moderator asked to see the characters."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="findings")
    type = models.CharField(max_length=20, choices=TYPES)
    field = models.CharField(max_length=4, choices=FIELDS, default=screening.Field.BODY.value)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    score = models.FloatField()
    because = models.CharField(max_length=LONGEST_BECAUSE)

    objects = FindingQuerySet.as_manager()

    class Meta:
        ordering = ["field", "start", "-end", "pk"]
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        constraints = [
            models.CheckConstraint(condition=Q(start__lte=F("end")), name="finding_span_in_order"),
            models.CheckConstraint(
                condition=Q(score__gte=0, score__lte=1), name="finding_score_is_a_share"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.start}-{self.end}"

    @property
    def kind(self) -> screening.FindingType:
        return screening.FindingType(self.type)

    @property
    def label(self) -> str:
        return wording.label(self.kind)

    @property
    def explanation(self) -> str:
        """``because`` in the language of the site."""
        return wording.explanation(self.because)

    @property
    def category(self) -> screening.Category:
        return self.kind.category

    @property
    def is_hint(self) -> bool:
        """Too weak to hold a comment by itself; shown to whoever looks at it anyway."""
        return self.score < screening.HELD_FROM

    @property
    def is_critical(self) -> bool:
        """Of the kind that does the worst harm; its characters are guarded even at the desk.

        Numbers of cards, accounts and papers, but for one that nothing explains; and whatever
        stands beside a child.
        """
        if self.is_beside_child:
            return True
        is_explained = self.kind is not screening.FindingType.OTHER_ID or not self.is_hint
        is_worst = self.kind.severity is screening.Severity.CRITICAL
        return self.can_be_cut and is_worst and is_explained

    @property
    def is_beside_child(self) -> bool:
        return self.can_be_cut and self.comment.is_beside_child(self.field, self.start, self.end)

    @property
    def words(self) -> str:
        """What stands there."""
        return str(getattr(self.comment, self.field))[self.start : self.end]

    @property
    def is_public_here(self) -> bool:
        """A name, or a part of one, that the article makes public by now."""
        is_name = self.kind is screening.FindingType.PERSON_PRIVATE
        return is_name and any(self.is_part_of(name) for name in self.comment.article.names)

    @property
    def is_listed(self) -> bool:
        """Whether the article makes public exactly what stands here, and not only as a part."""
        return self.is_public_here and self.listed_words.casefold() in {
            " ".join(name.split()).casefold() for name in self.comment.article.names
        }

    @property
    def listed_words(self) -> str:
        """A name as it stands among the public names of an article."""
        return bare_name(self.words)

    @property
    def can_be_made_public(self) -> bool:
        """A private name that a moderator may know to be public; never one beside a child."""
        is_name = self.kind is screening.FindingType.PERSON_PRIVATE
        return is_name and self.can_be_cut and not self.is_critical and not self.is_public_here

    def is_part_of(self, name: str) -> bool:
        """Whether every word of it is one of this name's."""
        mine = _name_words(self.words)
        return bool(mine) and mine <= _name_words(name)

    @property
    def guarded_words(self) -> str:
        """The same for a moderator who chooses among several such places."""
        return self.comment.guarded(self.field)[self.start : self.end]

    @cached_property
    def carriers(self) -> list[tuple[int, int]]:
        """The spans of the words for which it was made, found out when asked.

        None where the whole span tells it, and none while the model cannot be asked.
        """
        if self.field != screening.Field.BODY or not self.end <= len(self.comment.body):
            return []
        try:
            return screening.telling_words(self.kind, self.comment.body, self.start, self.end)
        except screening.DataError:  # the overview says so; a comment can be read all the same
            return []

    @property
    def carrying_words(self) -> list[str]:
        return [self.comment.guarded_body[start:end] for start, end in self.carriers]

    @property
    def can_be_cut(self) -> bool:
        """A span of personal information: what "approve redacted" may take out."""
        return self.category is screening.Category.PERSONAL_INFORMATION and self.end > self.start
