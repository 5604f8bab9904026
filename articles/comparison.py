"""Two revisions side by side: what was taken out, what was put in, field by field."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from django.utils.translation import gettext as _

from . import richtext
from .models import Picture, Revision

_LINK = re.compile(r'<a href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
_MARKS = [("<h2>", "## "), ("<h3>", "### "), ("<li>", "• "), ("<blockquote>", "> ")]
_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True)
class Piece:
    """Some words, and whether both texts have them ("same") or only one ("out", "in")."""

    change: str
    text: str


@dataclass(frozen=True)
class Change:
    """One field that differs, as lines of pieces."""

    label: str
    lines: list[list[Piece]]
    pictures: list[tuple[str, Picture]] = field(default_factory=list)
    """The one taken out and the one put in, to be seen rather than named."""


def compare(old: Revision, new: Revision) -> list[Change]:
    """The fields that differ, in the order in which a reader meets them."""
    before, after = dict(_readable(old)), dict(_readable(new))
    changes = []
    for label in before:
        if label == _("Picture"):
            changes += _pictures(label, old.picture, new.picture)
        elif before[label] != after[label]:
            changes.append(Change(label, list(differing_lines(before[label], after[label]))))
    return changes


def _pictures(label: str, old: Picture | None, new: Picture | None) -> list[Change]:
    """Other words about the same image are not another image."""
    if (old and old.file.name) == (new and new.file.name):
        return []
    both = [("out", old), ("in", new)]
    return [Change(label, [], [(change, picture) for change, picture in both if picture])]


def _readable(revision: Revision) -> Iterator[tuple[str, list[str]]]:
    picture = revision.picture
    yield _("Headline"), [revision.headline]
    yield _("Standfirst"), [revision.standfirst]
    yield _("Byline"), [revision.byline]
    yield _("Topic"), [str(revision.topic or "")]
    yield _("Text"), _text_lines(revision.body)
    yield _("Pull quote"), [revision.pull_quote]
    yield _("Work"), [str(revision.work or "")]
    yield _("Our verdict"), [revision.verdict]
    yield _("Picture"), []
    yield _("What the picture shows"), [picture.alt if picture else ""]
    yield _("Caption"), [picture.caption if picture else ""]
    yield _("Credit"), [picture.credit if picture else ""]
    yield _("Names made public"), revision.public_names.splitlines()


def _text_lines(html: str) -> list[str]:
    """The words with a sign for each heading and point, and each link's address."""
    html = _LINK.sub(r"\2 [\1]", html)
    for tag, mark in _MARKS:
        html = html.replace(tag, tag + mark)
    return richtext.plain_text(html).splitlines()


def differing_lines(old: list[str], new: list[str]) -> Iterator[list[Piece]]:
    """Whole lines first; words only inside lines that changed, so a long text stays quick."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            yield from ([Piece("same", line)] for line in old[i1:i2])
            continue
        pairs = min(i2 - i1, j2 - j1)
        for offset in range(pairs):
            yield list(_words(old[i1 + offset], new[j1 + offset]))
        yield from ([Piece("out", line)] for line in old[i1 + pairs : i2] if line)
        yield from ([Piece("in", line)] for line in new[j1 + pairs : j2] if line)


def _words(old: str, new: str) -> Iterator[Piece]:
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            yield Piece("same", "".join(before[i1:i2]))
            continue
        if i2 > i1:
            yield Piece("out", "".join(before[i1:i2]))
        if j2 > j1:
            yield Piece("in", "".join(after[j1:j2]))
