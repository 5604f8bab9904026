"""How hateful a text reads: the only module that knows what kind of model says so."""

from __future__ import annotations

import base64
import hashlib
import json
import math
import zlib
from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .features import LEXICON, patterns, pieces, tokens

HERE = Path(__file__).parent
MODEL = "linear.json"
CHECKSUMS = "SHA256SUMS"


class ModelError(RuntimeError):
    """The model's files are missing, cut short or altered."""


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Weights for hashed pieces of the text and for named patterns, and where to hold."""

    weights: array[int]
    scale: float
    patterns: Mapping[str, float]
    pattern_scale: float
    bias: float
    threshold: float

    def margin(self, folded: str) -> float:
        """The sum of the weights: above zero, training called such texts hateful."""
        words = tokens(folded)
        mask = len(self.weights) - 1
        buckets = {piece & mask for piece in pieces(words)}
        named = patterns(words)
        weights, known = self.weights, self.patterns
        total = self.bias
        if buckets:
            total += self.scale * sum([weights[b] for b in buckets]) / math.sqrt(len(buckets))
        if named:
            total += (
                self.pattern_scale * sum([known.get(n, 0.0) for n in named]) / math.sqrt(len(named))
            )
        return total

    def score(self, folded: str) -> float:
        """0 to 1, where 0.5 is the margin from which comments are held (the operating point)."""
        return 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, self.margin(folded) - self.threshold))))


def score(folded: str) -> float:
    """How hateful a folded text reads, 0 to 1; 0.5 is the point from which comments are held."""
    return load(HERE).score(folded)


@cache
def load(folder: Path) -> LinearModel:
    """The model in ``folder``, read and verified once; :class:`ModelError` if it is not sound."""
    try:
        expected = _checksums((folder / CHECKSUMS).read_text(encoding="ascii"))
        content = (folder / MODEL).read_bytes()
        lexicon = LEXICON.read_bytes()
    except (OSError, ValueError) as error:
        raise ModelError("the files of the hate-speech model cannot be read") from error
    for name, data in ((MODEL, content), (LEXICON.name, lexicon)):
        if hashlib.sha256(data).hexdigest() != expected.get(name):
            raise ModelError(f"{name} is not the file that the checksum was made for")
    return _parsed(content)


def _checksums(text: str) -> dict[str, str]:
    pairs = (line.split() for line in text.splitlines() if line.strip())
    return {name: digest for digest, name in pairs}


def _parsed(content: bytes) -> LinearModel:
    try:
        stored = json.loads(content)
        weights = array("b", zlib.decompress(base64.b64decode(stored["weights"])))
        model = LinearModel(
            weights=weights,
            scale=float(stored["scale"]),
            patterns={name: float(weight) for name, weight in stored["patterns"].items()},
            pattern_scale=float(stored["pattern_scale"]),
            bias=float(stored["bias"]),
            threshold=float(stored["threshold"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError, zlib.error) as error:
        raise ModelError(
            "the hate-speech model has a form that this version cannot read"
        ) from error
    if not weights or len(weights) & (len(weights) - 1):
        raise ModelError("the hate-speech model does not have a power of two of weights")
    return model
