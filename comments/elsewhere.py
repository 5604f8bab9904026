"""Where else the characters stand that a redaction cut: replies that quote them, other comments,
authors' names, articles. The values are read from the comment itself and kept nowhere."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, Value

from articles.models import Article, Revision

from . import moderation
from .models import Comment, Decision, Finding
from .models.finding import CUT_ELSEWHERE
from .screening import Field, FindingType, Severity

MOST = 100
"""Places on one page; cutting them brings up the rest."""

AROUND = 40
"""Characters shown on both sides of a place."""

_GAP = r"[\s()./·–—-]{0,3}"
_BETWEEN_WORDS = r"[\W_]{1,4}"
_SHORTEST = 4
"""Letters and figures; anything shorter stands everywhere."""

_WRITTEN_AS_THEY_LIKE = {
    FindingType.PHONE,
    FindingType.SSN,
    FindingType.CREDIT_CARD,
    FindingType.IBAN,
    FindingType.INMATE_ID,
    FindingType.CASE_NUMBER,
    FindingType.LICENSE_PLATE,
    FindingType.OTHER_ID,
}
"""Figures that people group with blanks, dots and dashes as they please."""


@dataclass(frozen=True, slots=True)
class Place:
    """One place that holds the same characters; all it shows is guarded as the desk guards."""

    comment: Comment
    cut: moderation.Cut

    @property
    def value(self) -> str:
        """For a form. Numbers only, so that it can be logged by whoever logs forms."""
        return f"{self.comment.pk}:{self.cut['field']}:{self.cut['start']}:{self.cut['end']}"

    @property
    def before(self) -> str:
        """Whole words only, as far as there is a blank in it at all."""
        start = self.cut["start"]
        shown = self._text[max(0, start - AROUND) : start]
        if start <= AROUND:
            return shown
        _part, _blank, whole = shown.partition(" ")
        return f"… {whole}" if whole else f"…{shown}"

    @property
    def words(self) -> str:
        words = self._text[self.cut["start"] : self.cut["end"]]
        is_critical = FindingType(
            self.cut["type"]
        ).severity is Severity.CRITICAL or self.comment.is_beside_child(
            self.cut["field"], self.cut["start"], self.cut["end"]
        )
        return "•" * len(words) if is_critical else words

    @property
    def after(self) -> str:
        end = self.cut["end"]
        shown = self._text[end : end + AROUND]
        if len(self._text) <= end + AROUND:
            return shown
        whole, _blank, _part = shown.rpartition(" ")
        return f"{whole} …" if whole else f"{shown}…"

    @property
    def is_in_name(self) -> bool:
        return bool(self.cut["field"] == Field.NAME)

    @property
    def _text(self) -> str:
        return self.comment.guarded(self.cut["field"])


@dataclass(frozen=True, slots=True)
class _Value:
    """What was cut, as something to look for."""

    kind: str
    pattern: re.Pattern[str]
    like: str
    """A pattern of SQL that every text with it matches: the database looks through far more texts
    in a second than we can read."""
    article: int | None
    """Looked for below this article only: a first name alone means somebody else elsewhere."""


class _Like(Func):
    """``text LIKE pattern``, whatever the case."""

    template = "%(expressions)s"
    arg_joiner = " LIKE "
    output_field = BooleanField()

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, arg_joiner=" ILIKE ", **extra)


class Elsewhere(NamedTuple):
    """Where the characters of a comment's cuts stand besides."""

    places: list[Place]
    """In a comment or its author's name, and no decision has cut them there."""
    covered: list[Comment]
    """Other comments in which they are cut already, or marked for whoever decides on them: no
    reader sees them, but they exist."""


def search(comment: Comment) -> Elsewhere:
    """No index helps here: a number can be written in too many ways."""
    values = list(_values(comment))
    if not values:
        return Elsewhere([], [])
    hits: dict[int, moderation.Cuts] = {}
    holding = Comment.objects.exclude(body="").filter(_may_hold(values, "body", "name"))
    rows = holding.values_list("pk", "article_id", "body", "name")
    for pk, article, body, name in rows.order_by("-pk").iterator():
        here = [
            {"field": field.value, "start": start, "end": end, "type": value.kind}
            for field, text in ((Field.BODY, body), (Field.NAME, name))
            for value in values
            if value.article in (None, article)
            for start, end in _spans(value, text)
        ]
        if here:
            hits[pk] = here
        if len(hits) >= MOST:
            break
    holders = list(
        Comment.objects.filter(pk__in=list(hits))
        .select_related("article")
        .prefetch_related("findings", "decisions")
        .order_by("pk")
    )
    places, covered = [], []
    for holder in holders:
        hidden = _hidden(holder)
        hits_left = [cut for cut in hits[holder.pk] if not _is_among(cut, hidden)]
        places += [Place(holder, cut) for cut in _apart(hits_left)]
        if len(hits_left) < len(hits[holder.pk]) and holder != comment:
            covered.append(holder)
    return Elsewhere(places[:MOST], covered)


def articles(comment: Comment) -> list[Article]:
    """Articles whose text, published or draft, holds such characters: an editor's to change."""
    values = list(_values(comment))
    if not values:
        return []
    written = Revision.objects.filter(
        _may_hold(values, "headline", "standfirst", "body"), article=OuterRef("pk")
    )
    candidates = Article.objects.filter(
        Exists(written) | _may_hold(values, "headline", "standfirst", "plain_text")
    )
    holding = []
    for article in candidates.order_by("-pk"):
        draft = article.revisions.first()
        texts = [article.headline, article.standfirst, article.plain_text]
        texts += [draft.headline, draft.standfirst, draft.body] if draft else []
        if any(_spans(value, text) for value in values for text in texts):
            holding.append(article)
    return holding


class Done(NamedTuple):
    """What one press cut in other places: numbers only, so that a session may keep them."""

    places: int
    decisions: list[int]
    marks: list[int]


@transaction.atomic
def cut(places: Iterable[Place], *, by: User) -> Done:
    """Make the same cut in these places.

    A comment that somebody decided on meanwhile is left alone, and its places are found again.
    """
    of_comment = defaultdict(list)
    for place in places:
        of_comment[place.comment].append(place.cut)
    moderation.lock_all(of_comment)
    count, decisions, marks = 0, [], []
    for comment, cuts in of_comment.items():
        try:
            made = moderation.cut_more(comment, cuts, by=by)
        except moderation.Stale:
            continue
        if isinstance(made, Decision):
            decisions.append(made.pk)
        else:
            marks += [mark.pk for mark in made]
        count += len(cuts)
    return Done(count, decisions, marks)


@transaction.atomic
def undo(done: Done, *, by: User) -> int:
    """Take back all that one press cut; in how many comments that is too late.

    Where somebody has decided since, that stands, with what it cuts or shows.
    """
    decisions = Decision.objects.filter(pk__in=done.decisions, undone_by=None)
    decisions = decisions.select_related("comment").order_by("comment")
    moderation.lock_all(decision.comment for decision in decisions)
    left = 0
    for decision in decisions:
        try:
            moderation.undo(decision, by=by)
        except (moderation.Stale, moderation.Refused):
            left += 1
    Finding.objects.filter(pk__in=done.marks, because=CUT_ELSEWHERE).delete()
    return left


def holds_what_was_cut(decision: Decision) -> bool:
    """Whether there is any place to offer after this decision."""
    return bool(decision.cuts) and bool(search(Comment.objects.get(pk=decision.comment_id)).places)


def _values(comment: Comment) -> Iterator[_Value]:
    seen = set()
    for cut in moderation.cuts_in_force(comment):
        words = getattr(comment, cut["field"])[cut["start"] : cut["end"]]
        sought = _sought(words, FindingType(cut["type"]))
        if sought is None or sought in seen:
            continue
        seen.add(sought)
        pattern, like = sought
        is_one_name = cut["type"] == FindingType.PERSON_PRIVATE and len(words.split()) == 1
        article = comment.article_id if is_one_name else None
        yield _Value(cut["type"], pattern, like, article)


def _may_hold(values: list[_Value], *fields: str) -> Q:
    """Rows whose texts one of the patterns may match, and few others."""
    found = Q()
    for field in fields:
        for value in values:
            found |= Q(_Like(F(field), Value(value.like)))
    return found


def _sought(words: str, kind: FindingType) -> tuple[re.Pattern[str], str] | None:
    """The same characters whatever their case and spacing; a number whatever its grouping."""
    if kind is FindingType.PHONE and (digits := _national(words)):
        number = _GAP.join(digits)
        pattern = rf"(?<![\d])(?:\+?[\d]{{1,3}}{_GAP})?\(?{number}(?!\d)"
        return re.compile(pattern), _in_this_order(digits)
    tokens = re.findall(r"[^\W_]+", words)
    if kind is FindingType.PERSON_PRIVATE:
        tokens = [token for token in tokens if token.lower() != "s"] or tokens
    joined = "".join(tokens)
    if len(joined) < _SHORTEST:
        return None
    if kind in _WRITTEN_AS_THEY_LIKE:
        pattern, like = _GAP.join(joined), _in_this_order(joined)
    else:
        pattern, like = _BETWEEN_WORDS.join(tokens), _in_this_order(tokens)
    return re.compile(rf"(?<!\w){pattern}(?!\w)", re.IGNORECASE), like


def _in_this_order(parts: Iterable[str]) -> str:
    """For ``LIKE``. SQLite knows the two cases of plain letters only: others may be anything."""
    plain = ("".join(char if char.isascii() else "_" for char in part) for part in parts)
    return f"%{'%'.join(plain)}%"


def _national(words: str) -> str:
    """The figures of a phone number without what dials a country or a long distance."""
    digits = "".join(char for char in words if char.isdecimal() and char.isascii())
    if len(digits) < 7:
        return ""
    digits = digits.lstrip("0")
    if len(digits) == 11 and digits[0] == "1":
        return digits[1:]
    return digits[-9:] if len(digits) > 10 else digits


def _spans(value: _Value, text: str) -> list[tuple[int, int]]:
    return [match.span() for match in value.pattern.finditer(text)]


def _hidden(comment: Comment) -> moderation.Cuts:
    """What is cut, or is marked for a cut by whoever decides on it next."""
    cut = moderation.cuts_in_force(comment)
    if comment.is_published:
        return cut
    return cut + moderation.spans(moderation.proposed_cuts(comment))


def _apart(cuts: moderation.Cuts) -> moderation.Cuts:
    """Without what overlaps an earlier one."""
    apart: moderation.Cuts = []
    for cut in cuts:
        if not _is_among(cut, apart):
            apart.append(cut)
    return apart


def _is_among(cut: moderation.Cut, others: moderation.Cuts) -> bool:
    return any(moderation.overlaps(cut, other) for other in others)
