"""The labelled texts that the encoder learns from, and the noise that visitors' texts have."""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

HERE = Path(__file__).parent
HANDS = HERE / "hands"
NOISY = 0.12
"""The share of texts, of either label, that meet some disguise in a pass."""
SURROUNDED = 0.25
"""The share of texts that a harmless one stands before or after in a pass."""
PASSAGE = 330
"""Characters of two texts together, so that the network sees the end of both."""

Label = bool | None
"""None where nobody answered that question for a text."""


@dataclass(frozen=True, slots=True)
class Example:
    """A text with its answers: is it hateful, is it a case enquiry; and what it counts."""

    text: str
    hateful: Label = None
    case: Label = None
    weight: float = 1.0


class Corpus:
    """Files read once each, named by their checksums."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.checksums: dict[str, str] = {}

    def rows(self, path: Path) -> list[dict[str, object]]:
        content = path.read_bytes()
        self.checksums[path.name] = hashlib.sha256(content).hexdigest()
        return [json.loads(line) for line in content.decode().splitlines()]

    def public(self, name: str, *, weight: float = 1.0) -> list[Example]:
        """A public file without the class "offensive": collected by a lexicon, it says neither."""
        return [
            Example(str(row["text"]), hateful=bool(row["hateful"]), weight=weight)
            for row in self.rows(self.data / "hate" / f"{name}.jsonl")
            if row.get("label3") != "offensive"
        ]

    def hand(self, name: str) -> list[Example]:
        """Comments about hate by one hand; the harmless ones are no case enquiries either."""
        return [
            Example(
                str(row["text"]),
                hateful=bool(row["hateful"]),
                case=None if _asks_for_help(row) else False,
            )
            for row in self.rows(HANDS / f"{name}.jsonl")
        ]

    def case_hand(self, name: str, folder: Path = HANDS) -> list[Example]:
        return [
            Example(str(row["text"]), hateful=False, case=bool(row["case"]))
            for row in self.rows(folder / f"{name}.jsonl")
        ]


def _asks_for_help(row: dict[str, object]) -> bool:
    """Whether a harmless comment of a hate hand could well be an enquiry: nobody looked."""
    text = str(row["text"]).lower()
    return not row["hateful"] and ("?" in text or "help" in text or "ayud" in text)


def surrounded(
    examples: Sequence[Example], harmless: Sequence[Example], chance: random.Random
) -> list[Example]:
    """The examples, some with a harmless text before or after them that changes no answer.

    People praise the article and bless the family before they say the worst; without this, the
    praise outweighs it.
    """
    return [
        _beside(example, chance.choice(harmless), chance)
        if chance.random() < SURROUNDED
        else example
        for example in examples
    ]


def _beside(example: Example, other: Example, chance: random.Random) -> Example:
    if len(example.text) + len(other.text) >= PASSAGE:
        return example
    both = [example.text, other.text]
    chance.shuffle(both)
    return replace(example, text=" ".join(both), case=_either(example.case, other.case))


def _either(one: Label, other: Label) -> Label:
    return True if one or other else (None if None in (one, other) else False)


def noisy(text: str, chance: random.Random) -> str:
    """The text as somebody writes who is careless, loud, or hides from filters."""
    return chance.choice(NOISES)(text, chance)


def _leet(text: str, chance: random.Random) -> str:
    swapped = str.maketrans({k: v for k, v in _LEET.items() if chance.random() < 0.6})
    return _some_words(text, chance, lambda word: word.translate(swapped))


def _spaced(text: str, chance: random.Random) -> str:
    mark = chance.choice(" .-_ ")
    return _some_words(text, chance, mark.join, most=2)


def _starred(text: str, chance: random.Random) -> str:
    def star(word: str) -> str:
        at = chance.randrange(1, len(word) - 1)
        return word[:at] + "*" + word[at + 1 :]

    return _some_words(text, chance, star, most=3)


def _typos(text: str, chance: random.Random) -> str:
    def typo(word: str) -> str:
        at = chance.randrange(len(word) - 1)
        kind = chance.randrange(4)
        if kind == 0:
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        if kind == 1:
            return word[:at] + word[at + 1 :]
        if kind == 2:
            return word[:at] + word[at] * 2 + word[at + 1 :]
        return word[:at] + chance.choice("abcdefghijklmnopqrstuvwxyz") + word[at + 1 :]

    return _some_words(text, chance, typo, most=4)


def _joined(text: str, chance: random.Random) -> str:
    words = text.split(" ")
    if len(words) < 3:
        return text
    at = chance.randrange(len(words) - 1)
    count = chance.randint(2, 4)
    return " ".join([*words[:at], "".join(words[at : at + count]), *words[at + count :]])


def _unspaced(text: str, chance: random.Random) -> str:
    return text.replace(" ", "") if len(text) < 80 else _joined(text, chance)


def _loud(text: str, chance: random.Random) -> str:
    return text.upper() + chance.choice(["", "!!!", "!!", "?!"])


def _bare(text: str, chance: random.Random) -> str:
    return re.sub(r"[^\w\s]", "", text).lower()


def _some_words(
    text: str, chance: random.Random, change: Callable[[str], str], most: int = 6
) -> str:
    words = text.split(" ")
    long = [at for at, word in enumerate(words) if len(word) > 3 and word.isalpha()]
    for at in chance.sample(long, min(len(long), chance.randint(1, most))):
        words[at] = change(words[at])
    return " ".join(words)


_LEET = {"a": "4", "e": "3", "i": "1", "o": "0", "s": "5", "t": "7", "A": "4", "E": "3", "I": "1"}
NOISES = (_leet, _spaced, _starred, _typos, _typos, _joined, _unspaced, _loud, _bare)


def batches(lengths: Sequence[int], size: int, chance: random.Random) -> Iterator[list[int]]:
    """Every place once, in batches of texts of like length, in random order."""
    order = list(range(len(lengths)))
    chance.shuffle(order)
    pool = size * 50
    groups: list[list[int]] = []
    for start in range(0, len(order), pool):
        near = sorted(order[start : start + pool], key=lengths.__getitem__)
        groups += [near[at : at + size] for at in range(0, len(near), size)]
    chance.shuffle(groups)
    yield from groups
