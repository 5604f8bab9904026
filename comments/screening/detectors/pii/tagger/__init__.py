"""A small neural network that says of each word whether it belongs to a name, an address, a number.

It was trained on sentences made by ``training/train_tokens.py`` and finds what no rule foresaw.
The file beside this module is made by the same program; nothing in it can run. It shares the word
pieces of the encoder, and is read as late and as carefully.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from .... import encoder
from ....encoder.loading import Loader
from ....sealed import DataError, read_sealed
from .features import FEATURES, Pieces, Token, features, tokens

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

HERE = Path(__file__).parent
NETWORK = "tagger.onnx"
LABELS = (
    "",
    "PERSON_PRIVATE",
    "ADDRESS",
    "INMATE_ID",
    "CASE_NUMBER",
    "OTHER_ID",
    "LICENSE_PLATE",
    "DOB",
    "PHONE",
    "EMAIL",
    "SSN",
    "CREDIT_CARD",
    "IBAN",
    "IP",
    "URL_HANDLE",
)
"""What a word may be called; the first is no personal information."""
LONGEST = 1200
"""Tokens that are read of one text: more than a comment of 5,000 characters has in sentences."""


class Stretch(NamedTuple):
    """Neighbouring words of one label, and how sure the network is of it on average."""

    label: str
    row: list[Token]
    sureness: float


class Tagger:
    """The network, with the word pieces that it knows."""

    def __init__(self, session: InferenceSession, pieces: Pieces) -> None:
        self._session, self._pieces = session, pieces

    def stretches(self, text: str) -> Iterator[Stretch]:
        """Everything in the text that has a label, in order."""
        import numpy as np

        row = tokens(text)[:LONGEST]
        if not row:
            return
        seen = np.zeros((len(row), FEATURES), dtype=np.float32)
        for place, numbers in enumerate(features(text, row)):
            seen[place, numbers] = 1
        pieces = np.array(self._pieces(row), dtype=np.int64)
        (shares,) = self._session.run(None, {"pieces": pieces, "seen": seen})
        best = shares.argmax(1).tolist()
        sureness = shares.max(1).tolist()
        start = 0
        for end in range(1, len(row) + 1):
            if end == len(row) or best[end] != best[start]:
                if best[start]:
                    mean = sum(sureness[start:end]) / (end - start)
                    yield Stretch(LABELS[best[start]], row[start:end], mean)
                start = end


def stretches(text: str) -> Iterator[Stretch]:
    """What the shipped network says; :class:`~.....sealed.DataError` where it is not sound."""
    return load(HERE).stretches(text)


def _read(folder: Path) -> Tagger:
    read_sealed(folder / NETWORK)
    vocabulary = read_sealed(encoder.HERE / encoder.VOCABULARY)
    session = encoder.session(folder / NETWORK)
    if session.get_modelmeta().custom_metadata_map.get("vocabulary") != fingerprint(vocabulary):
        raise DataError(f"{NETWORK} was made for other word pieces")
    return Tagger(session, Pieces(vocabulary.decode().splitlines()))


def fingerprint(vocabulary: bytes) -> str:
    """What the network keeps of the word pieces that it was trained with."""
    return hashlib.sha256(vocabulary).hexdigest()


load = Loader(_read)
"""The network of a folder, read and verified once for each process."""
