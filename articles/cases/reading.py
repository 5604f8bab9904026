"""The guide in one language, as a page shows it.

Where a translation is missing the words stand in the other language and say which one it is, so
that a browser and a screen reader know.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ..models import GuidePoint, GuideRevision
from ..places import Place, by_name
from .addresses import other_language


@dataclass(frozen=True)
class Words:
    """A text; ``lang`` is set where it is not in the language of the page."""

    text: str = ""
    lang: str = ""


@dataclass(frozen=True)
class Point:
    """A title, a sentence and, for a stage, how long it takes, all in one language."""

    title: str
    text: str
    duration: str
    lines: int
    lang: str = ""

    @property
    def lines_to_write_on(self) -> range:
        """In the letter guide."""
        return range(self.lines)


@dataclass(frozen=True)
class Guide:
    """All that one page says."""

    revision: GuideRevision
    language: str
    can: list[Point] = field(default_factory=list)
    cannot: list[Point] = field(default_factory=list)
    stages: list[Point] = field(default_factory=list)
    send: list[Point] = field(default_factory=list)
    never_send: list[Point] = field(default_factory=list)
    never_asked: list[Point] = field(default_factory=list)
    where: Words = Words()
    how_long: Words = Words()

    @property
    def address(self) -> list[str]:
        return self.revision.postal_address

    @property
    def places(self) -> list[Place]:
        return by_name(self.revision.places)

    @property
    def is_translated(self) -> bool:
        """Whether every word is in the language of the page."""
        langs = [self.where.lang, self.how_long.lang, *(point.lang for point in self.points)]
        return not any(langs)

    @property
    def points(self) -> list[Point]:
        lists = (self.can, self.cannot, self.stages, self.send, self.never_send, self.never_asked)
        return [point for points in lists for point in points]

    @property
    def named_lists(self) -> list[tuple[str, list[Point]]]:
        """Each list with what it is called, for a page that shows them all alike."""
        return [
            (str(section.label), getattr(self, section.value.replace("-", "_")))
            for section in GuidePoint.Section
        ]

    @property
    def plain_text(self) -> str:
        """A line for each thing that is said, for search."""
        lines = [f"{point.title}. {point.text}" for point in self.points]
        return "\n".join([*lines, self.where.text, self.how_long.text]).strip()


def read(revision: GuideRevision, language: str) -> Guide:
    """Asks nothing of the database where the points were fetched along."""
    lists: dict[str, list[Point]] = {}
    for point in revision.points.all():
        lists.setdefault(point.section.replace("-", "_"), []).append(_point(point, language))
    return Guide(
        revision,
        language,
        where=_words(revision, "where", language),
        how_long=_words(revision, "how_long", language),
        **lists,
    )


def _words(revision: GuideRevision, name: str, language: str) -> Words:
    other = other_language(language)
    said, elsewhere = (getattr(revision, f"{name}_{code}") for code in (language, other))
    return Words(said or elsewhere, other if elsewhere and not said else "")


def _point(point: GuidePoint, language: str) -> Point:
    """In this language when all of it is there: half a point in each helps nobody."""
    other = other_language(language)
    lang = "" if _is_said(point, language, other) else other
    said = lang or language
    title, text, duration = (
        getattr(point, f"{name}_{said}") for name in ("title", "text", "duration")
    )
    return Point(title, text, duration, point.lines, lang)


def _is_said(point: GuidePoint, language: str, other: str) -> bool:
    if not getattr(point, f"title_{other}"):
        return True
    names = ("title", "text", "duration")
    return all(
        getattr(point, f"{name}_{language}") or not getattr(point, f"{name}_{other}")
        for name in names
    )
