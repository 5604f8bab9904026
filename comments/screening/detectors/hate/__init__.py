"""Hate speech against a group, and threats against a person.

The encoder says how hateful a passage reads; this module makes a score of it, finds the sentence
that carries the score, and says which words of it do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from comments.screening import encoder, scale
from comments.screening.sealed import read_sealed
from comments.screening.splitting import sentences
from comments.screening.types import (
    HELD_FROM,
    SURE_FROM,
    Finding,
    FindingType,
    Submission,
    gettext_noop,
)

from .threat_rules import threats

__all__ = ["carrying_words", "hate_speech", "threats"]

SCALES = Path(__file__).parent / "scales.json"
"""One for passages, one for sentences read alone."""
HINT = 0.25
"""Below this nothing is said; from here to 0.5 the finding is a hint that holds nothing."""
READ_AGAIN_FROM = -3.5
"""The logit of a passage from which its sentences are read one by one: on development text with
praise around it no hateful one was below, and three in four harmless ones were."""
CARRYING_WORDS = 4
"""The most words that are named as those that carry a score."""
LEAST_CARRIED = 0.1
"""By how much the logit of a passage must fall without a word that carries it."""
_MOST_GROUPS = 9
"""Many words are first tried in so many groups, to find the one worth trying word by word."""

_WORD = re.compile(r"[^\W_]+(?:['’*@$!-][^\W_]+)*")

_CHECK = gettext_noop(
    "May be hate speech, please check: score {}, held from {}. "
    "Quoting abuse, naming a group or describing a crime is not hate."
)
_SURE = gettext_noop(
    "Most surely hate speech: score {}, held from {}. "
    "Quoting abuse, naming a group or describing a crime is not hate."
)


def hate_speech(submission: Submission) -> Iterator[Finding]:
    """Attacks on people for race, religion, origin, gender, sexuality or disability.

    A comment is read a few sentences at a time, and then sentence by sentence on a stricter scale:
    praise before or after a hateful sentence does not hide it.
    """
    found = [_judged(submission.text, passage) for passage in encoder.passages(submission.text)]
    best = max((score for score, _, _ in found), default=0.0)
    for score, start, end in found:
        if score >= HELD_FROM or (score == best and score >= HINT):
            yield Finding(FindingType.HATE, start, end, score=score, because=_because(score))


def _judged(text: str, passage: encoder.Passage) -> tuple[float, int, int]:
    """The score of a passage, and the sentence that carries it or else the whole passage."""
    start, end, logits, _gist = passage
    score = _scales()["passage"].score(logits.hate)
    inside = [(start + a, start + b) for a, b in sentences(text[start:end])]
    if len(inside) > 1 and logits.hate > READ_AGAIN_FROM:
        found = encoder.logits([text[a:b] for a, b in inside])
        logit, sentence = max((one.hate, place) for one, place in zip(found, inside, strict=True))
        score = max(score, _scales()["sentence"].score(logit))
        if _scales()["passage"].score(logit) >= HELD_FROM:
            start, end = sentence
    return round(score, 4), start, end


def carrying_words(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The spans of the words between ``start`` and ``end`` that carry their score most.

    These are the words without which it falls furthest; none where there is hardly a score. Where
    there are many, neighbours are tried together first, and then one by one in the group that tells
    most.
    """
    whole = encoder.logits([text[start:end]])[0].hate
    if _scales()["passage"].score(whole) < HINT:
        return []
    words = [(start + word.start(), start + word.end()) for word in _WORD.finditer(text[start:end])]
    size = max(1, -(-len(words) // _MOST_GROUPS))
    if size > 1:
        groups = [words[at : at + size] for at in range(0, len(words), size)]
        spans = [(group[0][0], group[-1][1]) for group in groups]
        falls = _falls_without(spans, text, start, end, whole)
        _, words = max(zip(falls, groups, strict=True))
    falls = _falls_without(words, text, start, end, whole)
    ranked = sorted(zip(falls, words, strict=True), reverse=True)[:CARRYING_WORDS]
    return sorted(word for fall, word in ranked if fall >= LEAST_CARRIED)


def _falls_without(
    spans: list[tuple[int, int]], text: str, start: int, end: int, whole: float
) -> list[float]:
    """By how much the logit of a passage falls without each of these spans of it."""
    texts = [f"{text[start:a]} {text[b:end]}" for a, b in spans]
    return [whole - found.hate for found in encoder.logits(texts)]


def _because(score: float) -> str:
    sentence = _SURE if score >= SURE_FROM else _CHECK
    return sentence.format(f"{score:.2f}", f"{HELD_FROM:.2f}")


@cache
def _scales() -> dict[str, scale.Scale]:
    return scale.parsed(read_sealed(SCALES), ("passage", "sentence"))
