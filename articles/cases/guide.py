"""The only writer of the guide: save a part, publish, bring an older state back.

A state is saved whole, with the parts that did not change: so it can be read, compared and brought
back as it stood. Readers see the one that was published last.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..comparison import Piece, differing_lines
from ..models import Article, GuidePoint, GuideRevision
from ..places import by_name
from .addresses import LANGUAGES, slug_of
from .reading import read

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Part = GuideRevision.Part
Content = dict[str, Any]

FIELDS: dict[str, tuple[str, ...]] = {
    Part.PLACES: ("places",),
    Part.STAGES: ("how_long_en", "how_long_es"),
    Part.WHERE: ("address", "where_en", "where_es"),
    Part.CHECK: ("needs_conviction", "needs_appeal_over", "needs_evidence", "needs_prison"),
}
"""What a part has besides its points."""
POINT_FIELDS = (
    "title_en",
    "text_en",
    "title_es",
    "text_es",
    "duration_en",
    "duration_es",
    "lines",
)
_BEGINNING = Path(__file__).with_name("guide.json")


class NotPossible(Exception):
    """The guide is in no state for this; the message says so to the person at the desk."""


class Outdated(Exception):
    """Somebody saved this part meanwhile."""

    def __init__(self, newest: GuideRevision) -> None:
        super().__init__(newest.pk)
        self.newest = newest


def current() -> GuideRevision | None:
    """What readers see."""
    return GuideRevision.objects.published().with_points().first()


def newest() -> GuideRevision | None:
    """What staff saved last, whether readers see it or not."""
    return GuideRevision.objects.with_points().select_related("saved_by").first()


def content(revision: GuideRevision, part: str) -> Content:
    """All that this part says, to compare it or copy it."""
    said: Content = {name: getattr(revision, name) for name in FIELDS.get(part, ())}
    if part in GuidePoint.Section.values:
        said["points"] = [
            {name: getattr(point, name) for name in POINT_FIELDS}
            for point in revision.points.all()
            if point.section == part
        ]
    return said


def changed_parts(old: GuideRevision, new: GuideRevision) -> list[GuideRevision.Part]:
    return [part for part in Part if content(old, part) != content(new, part)]


def compare(
    old: GuideRevision, new: GuideRevision
) -> list[tuple[GuideRevision.Part, list[list[Piece]]]]:
    """The parts that differ, each with its lines: what was taken out, what was put in."""
    return [
        (part, list(differing_lines(_lines(old, part), _lines(new, part))))
        for part in changed_parts(old, new)
    ]


def _lines(revision: GuideRevision, part: str) -> list[str]:
    """All that a part says, a line for each thing, in both languages."""
    said = content(revision, part)
    points = said.pop("points", [])
    if part == Part.PLACES:
        return [str(place) for place in by_name(said["places"])]
    if part == Part.CHECK:
        return [name.replace("_", " ") for name, is_needed in said.items() if is_needed]
    texts = [*said.values(), *(value for point in points for value in point.values())]
    return [line for text in map(str, texts) for line in text.splitlines() if line]


def beginning() -> Content:
    """What an installation begins with, by part: plain words that fit most organisations."""
    said = json.loads(_BEGINNING.read_text(encoding="utf-8"))
    points = said.pop("points")
    parts: Content = {
        part: {name: said[name] for name in FIELDS.get(part, ()) if name in said} for part in Part
    }
    for section, listed in points.items():
        parts[section]["points"] = listed
    return parts


@transaction.atomic
def save(
    parts: dict[str, Content], *, by: User | None, base: GuideRevision | None = None
) -> GuideRevision:
    """Keep a new state, in which these parts are new; the public sees nothing of it.

    ``base`` is the state that the writer had before them: where one of these parts has changed
    since, nothing is saved and ``Outdated`` is raised. Saving without a change returns the newest.
    """
    last = _hold_newest()
    if last is not None and base is not None:
        # Another part may have changed meanwhile: nobody's words are lost by that.
        changed = changed_parts(base, last)
        if any(part in changed for part in parts):
            raise Outdated(last)
    before = _whole(last)
    after = before | parts
    revision = GuideRevision(saved_by=by, part=next(iter(parts)) if len(parts) == 1 else "")
    return _keep(revision, last, before, after)


@transaction.atomic
def bring_back(older: GuideRevision, *, by: User | None) -> GuideRevision:
    """Make an older state the newest draft; everything in between stays in the history."""
    last = _hold_newest()
    return _keep(GuideRevision(saved_by=by), last, _whole(last), _whole(older))


@transaction.atomic
def publish(revision: GuideRevision, *, by: User | None) -> GuideRevision:
    """Show this state to readers, at once; search learns its words."""
    last = _hold_newest()
    if last is not None and last.pk != revision.pk:
        raise NotPossible(
            _("Somebody has saved a newer text meanwhile. Please read it before you publish.")
        )
    if revision.is_published:
        raise NotPossible(_("Readers see this text already."))
    revision.published_at = timezone.now()
    revision.published_by = by
    revision.save(update_fields=["published_at", "published_by"])
    index_words(revision)
    return revision


def index_words(revision: GuideRevision) -> None:
    """Let search find the page by what the guide says, in each language."""
    for language in LANGUAGES:
        pages = Article.objects.select_for_update().pages().filter(slug=slug_of(language))
        for article in pages:
            article.words_beside = read(revision, language).plain_text
            article.index_words()
            article.save(update_fields=["words_beside", "plain_text"])


def _hold_newest() -> GuideRevision | None:
    """The newest state, with every other writer waiting until the transaction ends.

    The first one ever saved is the lock: it is always the same row.
    """
    GuideRevision.objects.select_for_update().order_by("pk").first()
    return newest()


def _whole(revision: GuideRevision | None) -> Content:
    return {part.value: content(revision, part) for part in Part} if revision else {}


def _keep(
    revision: GuideRevision, last: GuideRevision | None, before: Content, after: Content
) -> GuideRevision:
    if last is not None and _same(before, after):
        return last
    for said in after.values():
        for name, value in said.items():
            if name != "points":
                setattr(revision, name, value)
    revision.save(force_insert=True)
    GuidePoint.objects.bulk_create(
        GuidePoint(revision=revision, section=section, position=position, **point)
        for section, said in after.items()
        for position, point in enumerate(said.get("points", []), start=1)
    )
    return revision


def _same(before: Content, after: Content) -> bool:
    return all(before.get(part) == said for part, said in after.items())
