"""Hate speech against a group, and threats against a person.

``model.score`` says how hateful a text reads; this module finds the sentence that carries
the score and explains it. Another kind of model only has to replace ``model.score``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from comments.screening.text import fold
from comments.screening.types import HELD_FROM, Finding, FindingType, Submission, gettext_noop

from . import model
from .features import classes, patterns, tokens
from .splitting import packed, sentences
from .threat_rules import threats

__all__ = ["hate_speech", "passages", "threats"]

HINT = 0.2
"""Below this nothing is said; from here to 0.5 the finding is a hint that holds nothing."""
ENOUGH_WORDS = 4
"""Fewer words than this say too little for the model, unless they are plain anyway."""
PASSAGE = 250
"""Characters that are judged and marked together; a longer text is cut between sentences."""

_PLAIN_TURNS = frozenset(
    {"turn: said of a group", "turn: do that to a group", "turn: do it to all", "turn: not human"}
)
_ALSO_NAMES = frozenset(
    {"abo", "coon", "cracker", "dyke", "fagg", "groomer", "haji", "heeb", "homo", "jogger"}
    | {"kaffir", "kebab", "prieto", "sambo", "spook", "tinker", "tinkers", "turk", "yid"}
    | {"zambo", "zorra"}
)
"""Slurs that people, places and dishes are also called; the author's name is screened too."""
_WORD = re.compile(r"[^\W\d_]+")


def hate_speech(submission: Submission) -> Iterator[Finding]:
    """Attacks on people for race, religion, origin, gender, sexuality or disability.

    A long comment is scored a few sentences at a time, so that one hateful sentence is
    found among many harmless ones.
    """
    folded = fold(submission.text)
    scored = [(_score(folded.text[start:end]), start, end) for start, end in passages(folded.text)]
    best = max((score for score, _, _ in scored), default=0.0)
    for score, start, end in scored:
        if score >= HELD_FROM or (score == best and score >= HINT):
            span = folded.span(*_carrier(folded.text, start, end))
            yield Finding(FindingType.HATE, *span, score=score, because=_because(score))


def passages(text: str) -> list[tuple[int, int]]:
    """The whole of a short text, else neighbouring sentences together."""
    return packed(sentences(text), PASSAGE)


def _carrier(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence of a passage that would be held alone, else the whole passage."""
    inside = [(start + a, start + b) for a, b in sentences(text[start:end])]
    score, span = max((_score(text[a:b]), (a, b)) for a, b in inside)
    return span if score >= HELD_FROM else (start, end)


def _score(passage: str) -> float:
    if len(_WORD.findall(passage)) < ENOUGH_WORDS and not _is_plain_anyway(tokens(passage)):
        return 0.0
    return round(model.score(passage), 4)


def _is_plain_anyway(words: list[str]) -> bool:
    """Two or three words that can only be meant one way; a name is not among them."""
    slur = any("slur" in classes(word) and word not in _ALSO_NAMES for word in words)
    return slur or not _PLAIN_TURNS.isdisjoint(patterns(words))


def _because(score: float) -> str:
    return gettext_noop(
        "Reads like hate speech: score {}, held from {}. "
        "Quoting abuse, naming a group or describing a crime is not hate."
    ).format(f"{score:.2f}", f"{HELD_FROM:.2f}")
