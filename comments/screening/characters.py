"""Where one character of a reader's ends and the next begins: a cut must not part one."""

from __future__ import annotations

import unicodedata

_JOINER = "\u200d"
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_TAGS = range(0xE0020, 0xE0080)
_FLAG_LETTERS = range(0x1F1E6, 0x1F200)


def parts_a_character(text: str, at: int) -> bool:
    """Whether a border before ``text[at]`` lies inside what a reader sees as one character.

    An emoji made of several, a flag, a letter with its combining marks, and CRLF are one.
    """
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    return (
        _clings(after)
        or before == _JOINER
        or (before == "\r" and after == "\n")
        or (ord(after) in _FLAG_LETTERS and _letters_of_flags_before(text, at) % 2 == 1)
    )


def _clings(character: str) -> bool:
    """To the one before it: combining marks, variation selectors, joiners, skin tones, tags."""
    return (
        unicodedata.category(character).startswith("M")
        or character == _JOINER
        or ord(character) in _SKIN_TONES
        or ord(character) in _TAGS
    )


def _letters_of_flags_before(text: str, at: int) -> int:
    count = 0
    while count < at and ord(text[at - count - 1]) in _FLAG_LETTERS:
        count += 1
    return count
