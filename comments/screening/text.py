"""Folding: a plainer reading of a text for the detectors, with the way back to its offsets.

Visitors write, and evaders exploit, many characters that look like one: detectors search the
folded text and point their findings into the original through :meth:`Folded.span`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; ``starts`` and ``ends`` say where each character stood in the original."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    original_length: int

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original span of a span of the folded text; an empty one stays empty."""
        first = self.starts[start] if start < len(self.starts) else self.original_length
        return (first, self.ends[end - 1]) if end > start else (first, first)


def fold(text: str) -> Folded:
    """Plain letters, digits, quotes, dashes and spaces for their look-alikes; case is kept.

    Every character becomes one or none: those without a one-to-one form stay as they are,
    invisible ones go, and a combining mark joins its letter or goes. ASCII text is unchanged.
    """
    if text.isascii():
        return Folded(text, range(len(text)), range(1, len(text) + 1), len(text))
    folded: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for position, character in enumerate(text):
        plain = character if character < "\x80" else _plain(character)
        if not plain:
            continue
        if plain == _MARK:
            if folded:
                folded[-1] = _joined(folded[-1], character)
                ends[-1] = position + 1
            continue
        folded.append(plain)
        starts.append(position)
        ends.append(position + 1)
    return Folded(_latin_words("".join(folded)), starts, ends, len(text))


_MARK = "combining mark"

_REPLACED = str.maketrans(
    dict.fromkeys("‘’‚‛′´ʼʹ`＇ˈ‹›", "'")
    | dict.fromkeys("“”„‟″«»〝〞＂", '"')
    | dict.fromkeys("−⁃˗─━ー", "-")
    | dict.fromkeys("\u2028\u2029\x85", "\n")
    | dict.fromkeys("\u2800", " ")
    | dict.fromkeys("⁄∕", "/")
    | dict.fromkeys("。", ".")
    | {"∶": ":", "ı": "i"}
    | dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘǫʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnopqrstuvwyz", strict=True))
)
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180e\u3164\uffa0")


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    """One plain character for this one, ``""`` for an invisible one, or ``_MARK``."""
    if character in _INVISIBLE or unicodedata.category(character) == "Cf":
        return ""
    if unicodedata.category(character) in {"Mn", "Me"} and _belongs_to_its_letter(character):
        return _MARK
    replaced = character.translate(_REPLACED)
    if replaced != character:
        return replaced
    digit = unicodedata.digit(character, None)
    if digit is not None:
        return str(digit)
    compatible = unicodedata.normalize("NFKC", character)
    if len(compatible) == 1:
        character = compatible.translate(_REPLACED)
    category = unicodedata.category(character)
    return {"Zs": " ", "Zl": "\n", "Zp": "\n", "Pd": "-"}.get(category, character)


def _belongs_to_its_letter(mark: str) -> bool:
    """Accents, strokes and enclosing keycaps of Latin text and emoji, not vowel signs."""
    point = ord(mark)
    return 0x300 <= point <= 0x36F or 0x20D0 <= point <= 0x20FF or 0xFE00 <= point <= 0xFE0F


def _joined(letter: str, mark: str) -> str:
    composed = unicodedata.normalize("NFC", letter + mark)
    return composed if len(composed) == 1 else letter


_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[A-Za-z]")
_LOOK_ALIKES = str.maketrans(
    "аеорсухіјѕһԁԛԝѵгткмнвАВЕКМНОРСТХУІЈЅԌԚԜαοεινρτυχκγηωΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "aeopcyxijshdqwvrtkmnbABEKMHOPCTXYIJSGQWaoeivptuxkynwABEZHIKMNOPTYX",
)


def _latin_words(text: str) -> str:
    """Cyrillic and Greek look-alikes to Latin, in words that also hold Latin letters."""

    def latin(word: re.Match[str]) -> str:
        letters = word.group()
        if letters.isascii() or not _LATIN.search(letters):
            return letters
        return letters.translate(_LOOK_ALIKES)

    return _WORD.sub(latin, text)
