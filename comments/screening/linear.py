"""Linear models over hashed features: what a detector learned from labelled texts.

A model is one JSON file of 8-bit weights, verified against the ``SHA256SUMS`` beside it. Nothing
in it can run, and it holds no text. Training and screening share the features.
"""

from __future__ import annotations

import base64
import json
import math
import re
import zlib
from array import array
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any
from zlib import crc32

from .scale import Scale
from .sealed import DataError, read_sealed

_TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)*|\d+|[?!]|[^\W\d_]+")
_URL = re.compile(r"(?:https?://|www\.)\S+")
_REPEATED = re.compile(r"([a-z])\1{2,}")
_PIECE_SIZES = (3, 4, 5)
_LONGEST_WORD = 40
"""Letters of a word that are cut into pieces; what is longer is no word."""


@dataclass(frozen=True, slots=True)
class Features:
    """What a model sees of a text: hashes, one set for each of its tables, and named values."""

    hashed: tuple[AbstractSet[int], ...]
    named: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Table:
    """Weights for the hashes of one kind; a long text does not weigh more than a short one.

    A text with fewer hashes than ``least`` says less: a lone "Who?" is not all of its words.
    """

    weights: array[int]
    scale: float
    least: int

    def total(self, hashes: AbstractSet[int]) -> float:
        mask = len(self.weights) - 1
        buckets = {number & mask for number in hashes}
        weights = self.weights
        return (
            self.scale
            * sum([weights[b] for b in buckets])
            / math.sqrt(max(len(buckets), self.least))
        )


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Tables of weights, weights by name, and the margin from which comments are held."""

    tables: tuple[Table, ...]
    named: Mapping[str, float]
    bias: float
    threshold: float

    def margin(self, features: Features) -> float:
        """The sum of the weights."""
        pairs = zip(self.tables, features.hashed, strict=True)
        known = self.named
        return (
            self.bias
            + sum([table.total(hashes) for table, hashes in pairs])
            + sum([known.get(name, 0.0) * value for name, value in features.named.items()])
        )

    def score(self, features: Features, *, beside: float = 0.0) -> float:
        """0 to 1, where 0.5 is the margin from which comments are held (the operating point).

        ``beside`` is what another model says of the same text; it is added to the margin.
        """
        return self.score_of(self.margin(features) + beside)

    def score_of(self, margin: float) -> float:
        return Scale(self.threshold, 1.0).score(margin)


def dense(values: Iterable[float]) -> Features:
    """Numbers that another model made of the text, each by its place."""
    return Features((), {str(place): value for place, value in enumerate(values)})


def tokens(plain: str) -> list[str]:
    """Words, numbers, question and exclamation marks of a text in lower case without accents."""
    text = _REPEATED.sub(r"\1\1", _URL.sub(" url ", plain))
    return [token.replace("'", "") for token in _TOKEN.findall(text)]


def hashes(names: Iterable[str]) -> set[int]:
    """Unsigned 32-bit hashes, the same on every machine and in every version."""
    return {crc32(name.encode("utf-8", "replace")) for name in names}


def pieces(words: Sequence[str], kinds: Mapping[str, str]) -> set[int]:
    """Hashes of the words, of their pieces, and of what stands side by side.

    ``kinds`` says which words are of one kind ("brother" and "aunt"), so that two or three words
    in a row are also known when another word of the kind stands in their place.
    """
    found: set[int] = set()
    for word in set(words):
        found.update(_pieces(word))
    general = [kinds.get(word) or ("<number>" if word.isdigit() else word) for word in words]
    found.update(hashes(f"w {kind}" for kind in set(general)))
    found.update(hashes(f"b {one} {two}" for one, two in pairwise(words)))
    found.update(hashes(f"b {one} {two}" for one, two in pairwise(general)))
    for one, two, three in zip(general, general[1:], general[2:], strict=False):
        found.update(hashes((f"t {one} {two} {three}", f"s {one} _ {three}")))
    return found


@lru_cache(maxsize=8192)
def _pieces(word: str) -> frozenset[int]:
    padded = f"<{word[:_LONGEST_WORD]}>"
    names = [f"w {word}"]
    for size in _PIECE_SIZES:
        names += [padded[at : at + size] for at in range(len(padded) - size + 1)]
    return frozenset(hashes(names))


def load(path: Path) -> LinearModel:
    """Read and verify a model; :class:`~.sealed.DataError` if it is not sound."""
    content = read_sealed(path)
    try:
        return parsed(content)
    except (KeyError, TypeError, ValueError, AttributeError, zlib.error) as error:
        raise DataError(f"{path.name} has a form that this version cannot read") from error


def parsed(content: bytes) -> LinearModel:
    """The model that a file holds, unverified."""
    stored = json.loads(content)
    return LinearModel(
        tables=tuple(_table(table) for table in stored["tables"]),
        named={name: float(weight) for name, weight in stored["named"].items()},
        bias=float(stored["bias"]),
        threshold=float(stored["threshold"]),
    )


def _table(stored: dict[str, Any]) -> Table:
    weights = array("b", zlib.decompress(base64.b64decode(stored["weights"])))
    if not weights or len(weights) & (len(weights) - 1):
        raise ValueError("a table does not have a power of two of weights")
    if stored["least"] < 1:
        raise ValueError("a table shares its weights among no hash")
    return Table(weights, float(stored["scale"]), int(stored["least"]))
