"""What a linear model sees of a comment: its words, how cues and persons stand together, the cues.

The detectors that weigh cues with a model share this, each with its own cues and kinds of words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import combinations, pairwise

from . import linear
from .cues import Cues, Tally, plain

TELLING_CUES = 4
"""As many are named in the reason of a finding."""

Kinds = Mapping[str, str]
"""Which words are of one kind: "brother" and "aunt" are both ``<relative>``."""

_PERSONS = {
    "i": frozenset({"i", "im", "ive", "me", "yo"}),
    "my": frozenset({"my", "our", "mi", "nuestro", "nuestra"}),
    "you": frozenset({"you", "your", "u", "ya", "yall", "ustedes", "usted"}),
    "he": frozenset({"he", "she", "his", "her", "him", "hes", "shes"}),
    "we": frozenset({"we", "us"}),
    "?": frozenset({"?"}),
    "!": frozenset({"!"}),
}


def kinds_of(words: Mapping[str, str]) -> dict[str, str]:
    """The kind of each word, from the words of each kind as one line."""
    return {word: kind for kind, line in words.items() for word in line.split()}


def features(tally: Tally, kinds: Kinds) -> linear.Features:
    """The words, the turns of the comment, and the cues with their points."""
    words = linear.tokens(plain(tally.folded.text))
    cues = {hit.group.says: 1.0 for hit in tally.hits}
    return linear.Features(
        hashed=(linear.pieces(words, kinds), linear.hashes(_turns(tally, words, kinds))),
        named=cues | {"points": tally.points},
    )


def carrier(tally: Tally, margin: Callable[[str], float]) -> tuple[int, int]:
    """The sentence that, alone, has the highest margin."""
    text = tally.folded.text
    sentences = tally.sentences() or [(0, len(text))]
    best = max(sentences, key=lambda place: margin(text[place[0] : place[1]]))
    return tally.original(*best)


def telling_words(cues: Cues, text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The spans between ``start`` and ``end`` where the heaviest cues are met, in order, apart."""
    tally = cues.tally(text[start:end])
    telling = [hit for hit in tally.hits if hit.group.weight > 0]
    groups = sorted({hit.group for hit in telling}, key=lambda group: (-group.weight, group.says))
    spans = sorted(
        tally.folded.span(hit.start, hit.end)
        for hit in telling
        if hit.group in groups[:TELLING_CUES]
    )
    apart: list[tuple[int, int]] = []
    for first, last in spans:
        if apart and first <= apart[-1][1]:
            apart[-1] = apart[-1][0], max(last, apart[-1][1])
        else:
            apart.append((first, last))
    return [(start + first, start + last) for first, last in apart]


def _turns(tally: Tally, words: list[str], kinds: Kinds) -> Iterator[str]:
    """How cues and persons stand together: a story that ends in a question reads differently."""
    sentences = [tally.folded.text[start:end] for start, end in tally.sentences()]
    cues = [sorted({hit.group.says for hit in hits}) for hits in tally.by_sentence()]
    for sentence, met in zip(sentences, cues, strict=True):
        yield from (f"{one} & {two}" for one, two in combinations(met, 2))
        if "?" in sentence:
            yield from (f"asked: {cue}" for cue in met)
    if sentences:
        yield from (f"first: {cue}" for cue in cues[0])
        yield from (f"last: {cue}" for cue in cues[-1])
        yield from _end(linear.tokens(plain(sentences[-1])), kinds)
    for one, two in pairwise(hit.group.says for hit in tally.hits):
        if one != two:
            yield f"{one} > {two}"
    yield from _persons(words)


def _end(words: list[str], kinds: Kinds) -> Iterator[str]:
    """The last sentence, which often says what it was all for."""
    general = [kinds.get(word, word) for word in words]
    yield from (f"end: {word}" for word in general)
    yield from (f"end: {one} {two}" for one, two in pairwise(general))


def _persons(words: list[str]) -> Iterator[str]:
    """Who is spoken of and to, how often, and how long the comment is."""
    for person, forms in _PERSONS.items():
        often = sum(word in forms for word in words)
        yield f"{person}: {min(often, 3)}"
        yield f"{person}, share: {min(12 * often // max(len(words), 1), 4)}"
    yield f"length: {min(len(words) // 10, 6)}"
