"""What the encoder reads of a text: plain words, with disguises undone.

Training and screening share this module, so the network always meets what it was trained on.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ..text import fold

_URL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_HANDLE = re.compile(r"(?<!\w)@\w+")
_HASHTAG = re.compile(r"#(\w+)")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|_")
_SPACED = re.compile(r"(?<![^\W_])(?:[^\W_][ .\-_*]{1,2}){3,}[^\W_](?![^\W_])")
"""Four or more letters that stand alone, as in "v e r m i n"."""
_SURELY_SPACED = 6
"""So many of them are a word even when we do not know it."""
_GAPS = re.compile(r"[ .\-_*]+")
_REPEATED = re.compile(r"([^\W\d_])\1{2,}")
_DOUBLED = re.compile(r"([^\W\d_])\1")
_TOKEN = re.compile(r"[@$]{0,3}[^\W_]+(?:[*@$!]+[^\W_]+)*\**")
_LEET = str.maketrans("013457@$!", "oieastasi")
_DISGUISED = re.compile(r"[^\W\d_][^\W_]*[\d@$!*]|[\d@$!]+[^\W_]*[^\W\d_]")
_LONGEST_WORD = 60
_JOINED_FROM = 10
"""Letters from which an unknown word may be several that were joined."""
_SHORTEST_PARTS = 3.4
"""Letters that the parts of a joined word must have on average."""
_COMMON_PAIRS = frozenset(
    [
        "am",
        "an",
        "as",
        "at",
        "be",
        "by",
        "do",
        "go",
        "he",
        "if",
        "in",
        "is",
        "it",
        "me",
        "my",
        "no",
        "of",
        "on",
        "or",
        "so",
        "to",
        "up",
        "us",
        "we",
        "el",
        "es",
        "la",
        "lo",
        "un",
    ]
)
"""Words of two letters that a joined word may hold; others would cut any word to shreds."""


@dataclass(slots=True)
class Words:
    """The words that are known: all, the most frequent ones first, and those often disguised."""

    frequent: Iterable[str]
    disguised: Iterable[str]
    _cost: dict[str, float] = field(init=False, default_factory=dict)
    _longest: int = field(init=False, default=0)
    _by_shape: dict[tuple[str, int], list[str]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        disguised = list(self.disguised)
        words = list(dict.fromkeys([*self.frequent, *disguised]))
        spread = math.log(len(words) + 2)
        for rank, word in enumerate(words):
            self._cost[word] = math.log((rank + 1) * spread)
        for word in dict.fromkeys(disguised + words):
            self._by_shape.setdefault((word[:1], len(word)), []).append(word)
        self._longest = max(map(len, words), default=0)

    def __contains__(self, word: str) -> bool:
        return word in self._cost

    def starred(self, word: str) -> str | None:
        """The likeliest word of this length with a letter at each star."""
        letters = word.translate(_LEET)
        pattern = re.compile(re.escape(letters).replace(r"\*", r"[^\W\d_]"))
        for known in self._by_shape.get((letters[:1], len(letters)), ()):
            if pattern.fullmatch(known):
                return known
        return None

    def apart(self, joined: str) -> list[str] | None:
        """The likeliest known words that make up this one; None when there are none."""
        best: list[tuple[float, int]] = [(0.0, 0)]
        for end in range(1, len(joined) + 1):
            best.append(
                min(
                    (best[start][0] + self._cost_within(joined[start:end]), start)
                    for start in range(max(0, end - self._longest), end)
                )
            )
        if math.isinf(best[-1][0]):
            return None
        parts: list[str] = []
        end = len(joined)
        while end:
            start = best[end][1]
            parts.insert(0, joined[start:end])
            end = start
        is_an_ending = len(parts[-1]) < 3
        return None if is_an_ending or len(joined) < _SHORTEST_PARTS * len(parts) else parts

    def _cost_within(self, part: str) -> float:
        if len(part) > 2 or part in _COMMON_PAIRS or part in {"a", "i"}:
            return self._cost.get(part, math.inf)
        return math.inf


def read(text: str, words: Words) -> str:
    """The text in lower case with links gone, addresses and emoji named, disguises undone."""
    plain = fold(text).text.encode("utf-8", "replace").decode()
    plain = _HANDLE.sub(" user ", _EMAIL.sub(" user ", _URL.sub(" ", plain)))
    plain = _HASHTAG.sub(lambda tag: " " + _HUMP.sub(" ", tag[1]) + " ", plain)
    plain = "".join(map(_named, plain)) if not plain.isascii() else plain
    plain = _SPACED.sub(lambda run: _together(run.group(), words), plain.lower())
    plain = _REPEATED.sub(r"\1\1", plain)
    plain = _TOKEN.sub(lambda token: " ".join(_plain(token.group(), words)), plain)
    return " ".join(plain.split())


def _together(spaced: str, words: Words) -> str:
    """Letters that stand apart as the word they make, where they make one."""
    letters = _GAPS.sub("", spaced)
    known = letters in words or letters.removesuffix("s") in words
    return letters if known or len(letters) >= _SURELY_SPACED else spaced


def _named(character: str) -> str:
    """An emoji as its name, anything else as it is."""
    if unicodedata.category(character) not in {"So", "Sk"} or character < "\u2100":
        return character
    name = unicodedata.name(character, "").lower()
    if "fitzpatrick" in name:
        return ""
    if name.startswith("regional indicator"):
        return name[-1]
    return f" {name.removeprefix('black ').removeprefix('white ')} "


def _plain(word: str, words: Words) -> Iterator[str]:
    if word in words or len(word) > _LONGEST_WORD:
        yield word
    elif _DISGUISED.search(word):
        yield _undisguised(word, words)
    elif (once := _DOUBLED.sub(r"\1", word)) != word and once in words:
        yield once
    elif len(word) >= _JOINED_FROM and (parts := words.apart(word)):
        yield from parts
    else:
        yield word


def _undisguised(word: str, words: Words) -> str:
    """Digits for letters and stars for letters undone, where a known word comes out."""
    if "*" in word:
        return (words.starred(word) if len(word.rstrip("*")) > 1 or len(word) > 3 else None) or word
    letters = word.translate(_LEET)
    for candidate in (letters, word.replace("1", "l").translate(_LEET), letters.rstrip("i")):
        known = candidate in words or candidate.removesuffix("s") in words
        if len(candidate) > 2 and candidate.isalpha() and known:
            return candidate
    return word
