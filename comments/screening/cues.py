"""Lists of weighted phrases, kept as text files that a moderator can read, and their tally.

A file holds groups. A group counts once, however often its phrases occur, and says in
words what it stands for::

    <relative> = brother|sister|son
    [2.0] a relative of the writer
    my (own )?<relative>
    the <relative> of … neighbor

A phrase is a regular expression in a small dress: a space stands for whatever separates
two words of one sentence, ``…`` for up to five words in between, an apostrophe may be
missing in the comment, letters are compared without case and accents. A phrase begins with a
word, a group of words or a figure, so that a comment is read once and not once for each phrase.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from .text import Folded, fold
from .types import gettext_noop

_SEPARATOR = r"[^\w.!?]{1,4}"
_GAP = _SEPARATOR + r"(?:\w{1,30}" + _SEPARATOR + r"){0,5}?"
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_SENTENCE = re.compile(r"[^.!?…\n]+[.!?…\n]*")
_WHOLE = re.compile(r"(?:[^.!?…\n]|[.?](?=\w))+[.!?…\n]*")
"""A sentence as a person reads it: the dots of an address and of a figure end none.

What the detectors count stays with ``_SENTENCE``, which the model of case enquiries learned with.
"""
_MACRO = re.compile(r"<([^<>]+)>")
_DEFINITION = re.compile(r"<([^<>]+)> = (.+)")
_PLAIN = str.maketrans("áàâäãéèêëíìîïóòôöõúùûüñç`´", "aaaaaeeeeiiiiooooouuuunc''")


class CueError(ValueError):
    """A cue file that says something that cannot be read."""


@dataclass(frozen=True, slots=True)
class Group:
    """Phrases that stand for the same thing."""

    weight: float
    says: str


@dataclass(frozen=True, slots=True)
class Hit:
    """The place where a group was met, in the folded text."""

    group: Group
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Tally:
    """What a comment holds of a cue file."""

    points: float
    hits: tuple[Hit, ...]
    folded: Folded

    def score(self, threshold: float, *, more: float = 0.0) -> float:
        """Points, and ``more`` from elsewhere, from 0 to 1; ``threshold`` points are 0.5."""
        return 1.0 / (1.0 + math.exp(min(threshold - self.points - more, 700.0)))

    def says(self, most: int = 4) -> str:
        """The heaviest groups in words: "Signs of it: a relative, a plea for help."."""
        groups = {hit.group for hit in self.hits if hit.group.weight > 0}
        heaviest = sorted(groups, key=lambda group: (-group.weight, group.says))[:most]
        signs = ", ".join(group.says for group in heaviest)
        return gettext_noop("Signs of it: {}.").format(signs)

    def sentences(self) -> list[tuple[int, int]]:
        """The sentences of the folded text, each with the space that follows it."""
        return [match.span() for match in _SENTENCE.finditer(self.folded.text)]

    def by_sentence(self) -> list[list[Hit]]:
        """What was met in each sentence."""
        starts = [start for start, _ in self.sentences()]
        met: list[list[Hit]] = [[] for _ in starts]
        for hit in self.hits:
            if (place := bisect_right(starts, hit.start) - 1) >= 0:
                met[place].append(hit)
        return met

    def span(self) -> tuple[int, int]:
        """The sentences that carry the points, as a span of the text before folding."""
        sentences = self.sentences()
        carried = [sum(max(hit.group.weight, 0) for hit in hits) for hits in self.by_sentence()]
        if not any(carried):
            return 0, 0
        first = last = max(range(len(carried)), key=carried.__getitem__)
        while first > 0 and carried[first - 1]:
            first -= 1
        while last + 1 < len(carried) and carried[last + 1]:
            last += 1
        return self.original(sentences[first][0], sentences[last][1])

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span in the text before folding: whole sentences, without the space around them."""
        whole = [match.span() for match in _WHOLE.finditer(self.folded.text)]
        start = max((first for first, _ in whole if first <= start), default=start)
        end = min((last for _, last in whole if last >= end), default=end)
        words = self.folded.text[start:end]
        return self.folded.span(
            start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
        )


@dataclass(slots=True)
class Cues:
    """The phrases of one file, ready to be looked for."""

    _phrases: dict[str, list[tuple[Group, re.Pattern[str]]]] = field(default_factory=dict)

    def tally(self, text: str) -> Tally:
        folded = fold(text)
        hits = tuple(self._hits(plain(folded.text)))
        # Summed exactly: a set has another order in every process, and a threshold is a border.
        points = math.fsum(group.weight for group in {hit.group for hit in hits})
        return Tally(points, hits, folded)

    def add(self, group: Group, phrase: str) -> None:
        expression = phrase.replace("(", "(?:").replace("'", "'?")
        expression = expression.replace(" … ", _GAP).replace(" ", _SEPARATOR)
        pattern = re.compile(expression + r"(?!\w)")
        for key in _keys(phrase):
            self._phrases.setdefault(key, []).append((group, pattern))

    def _hits(self, text: str) -> Iterator[Hit]:
        for word in _WORD.finditer(text):
            letters = word.group()
            keys = {_key(letters.replace("'", "")), _key(letters.partition("'")[0])}
            for key in keys:
                for group, pattern in self._phrases.get(key, ()):
                    if match := pattern.match(text, word.start()):
                        yield Hit(group, *match.span())


def load(path: Path) -> Cues:
    """Read a cue file; raise :class:`CueError` when a line cannot be read."""
    cues, macros, group = Cues(), dict[str, str](), None
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        try:
            if definition := _DEFINITION.fullmatch(line):
                macros[definition[1]] = _expand(definition[2], macros)
            elif line.startswith("["):
                group = _group(line)
            elif group is not None:
                cues.add(group, _expand(line, macros))
            else:
                raise CueError("a phrase before the first group")
        except (KeyError, ValueError, re.error) as error:
            raise CueError(f"{path.name}, line {number}: {error}") from error
    return cues


def _expand(phrase: str, macros: dict[str, str]) -> str:
    return _MACRO.sub(lambda match: f"({macros[match[1]]})", phrase)


def _group(line: str) -> Group:
    weight, _, says = line[1:].partition("] ")
    return Group(float(weight), says)


def plain(text: str) -> str:
    """Lower case without accents, and accents that stand for an apostrophe; as long as before."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return lower.translate(_PLAIN)


def _key(word: str) -> str:
    return "0" if word[:1].isdigit() else word[:2]


def _keys(phrase: str) -> set[str]:
    """The beginnings of the words that a phrase may begin with."""
    if phrase.startswith("("):
        options, rest = _first_group(phrase)
        keys = {key for option in options for key in _keys(option)}
        return keys | _keys(rest[1:]) if rest.startswith("?") else keys
    if phrase.startswith("\\d"):
        return {"0"}
    word = re.match(r"[a-z0-9']+", phrase)
    letters = word.group().replace("'", "") if word else ""
    rest = phrase[word.end() :] if word else phrase
    if not letters or (len(letters) < 2 and rest[:1] not in {"", " "}):
        raise CueError("a phrase must begin with plain letters or a figure")
    return {_key(letters), _key(letters[:-1])} if rest.startswith("?") else {_key(letters)}


def _first_group(phrase: str) -> tuple[list[str], str]:
    """The alternatives of the group that a phrase begins with, and what follows the group."""
    options, depth, start = [], 0, 1
    for position, character in enumerate(phrase):
        depth += (character == "(") - (character == ")")
        if (character == "|" and depth == 1) or depth == 0:
            options.append(phrase[start:position])
            start = position + 1
        if depth == 0:
            return options, phrase[start:]
    raise CueError("a parenthesis is not closed")
