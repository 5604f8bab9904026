"""Texts as numbers of word pieces, the way the encoder was trained to see them.

This is BERT's scheme (Devlin et al., 2019): accents and case go, punctuation stands alone, and a
word is cut greedily into the longest pieces that the vocabulary has.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

PADDING, UNKNOWN, FIRST, LAST = "[PAD]", "[UNK]", "[CLS]", "[SEP]"
_LONGEST_WORD = 100
"""Letters; what is longer is no word."""


@dataclass(frozen=True)
class WordPieces:
    """A vocabulary: each piece has its place as its number; ``##`` begins those inside a word."""

    pieces: Sequence[str]
    longest: int
    """Numbers of one text, with the one that begins and the one that ends it."""
    _numbers: dict[str, int] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._numbers.update({piece: number for number, piece in enumerate(self.pieces)})

    def numbers(self, text: str) -> list[int]:
        found = [self._numbers[FIRST]]
        for word in _words(text):
            found += self._cut(word)
            if len(found) >= self.longest:
                break
        return [*found[: self.longest - 1], self._numbers[LAST]]

    def _cut(self, word: str) -> list[int]:
        if len(word) > _LONGEST_WORD:
            return [self._numbers[UNKNOWN]]
        found: list[int] = []
        start = 0
        while start < len(word):
            prefix = "##" if start else ""
            for end in range(len(word), start, -1):
                number = self._numbers.get(prefix + word[start:end])
                if number is not None:
                    found.append(number)
                    start = end
                    break
            else:
                return [self._numbers[UNKNOWN]]
        return found


def _words(text: str) -> Iterator[str]:
    letters: list[str] = []
    for character in unicodedata.normalize("NFD", text.lower()):
        kind = _kind(character)
        if kind == "letter":
            letters.append(character)
        elif kind != "nothing":
            if letters:
                yield "".join(letters)
                letters.clear()
            if kind == "alone":
                yield character
    if letters:
        yield "".join(letters)


@lru_cache(maxsize=4096)
def _kind(character: str) -> str:
    """What a character does: part of a word, a word by itself, a space, or nothing."""
    category = unicodedata.category(character)
    if character.isspace() or category == "Zs":
        return "space"
    if category in {"Mn", "Cc", "Cf", "Co", "Cs", "Cn"} or character == "\ufffd":
        return "nothing"
    is_symbol = character.isascii() and not character.isalnum()
    if is_symbol or category.startswith("P") or _is_ideograph(character):
        return "alone"
    return "letter"


def _is_ideograph(character: str) -> bool:
    """Chinese characters, which are written without spaces."""
    point = ord(character)
    return 0x3400 <= point <= 0x9FFF or 0xF900 <= point <= 0xFAFF or 0x20000 <= point <= 0x2FA1F
