"""A small neural network that reads a text once for several questions.

Texts go in; one logit for each question comes out, and the gist of the text. The files beside
this module are made by ``training/export_encoder.py``; nothing in them can run. onnxruntime and
numpy are imported when the first comment is screened, and the network uses one thread.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..sealed import DataError, read_sealed
from ..splitting import packed, sentences
from .loading import Loader
from .reading import Words, read
from .wordpieces import WordPieces

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

HERE = Path(__file__).parent
NETWORK, VOCABULARY, DISGUISED = "encoder.onnx", "vocab.txt", "disguised.txt"
LONGEST = 128
"""Word pieces of a passage; the network does not see what is longer than this."""
PASSAGE = 400
"""Characters that are read together; a longer text is cut between sentences."""
TOGETHER = 4
"""Passages that go through the network at once; more of them only take more memory."""
GIST = 768
"""Numbers of a gist."""


class Logits(NamedTuple):
    """What the network says of one text: above zero, training called such texts by the name."""

    hate: float
    case: float


class Answer(NamedTuple):
    """What the network makes of one text."""

    logits: Logits
    gist: tuple[float, ...]
    """What it is about, as the lower layers see it: for questions the network was not taught."""


class Passage(NamedTuple):
    """A part of a text, and what the network makes of it."""

    start: int
    end: int
    logits: Logits
    gist: tuple[float, ...]


class Encoder:
    """The network, with the words and the word pieces that it knows."""

    def __init__(self, session: InferenceSession, pieces: WordPieces, words: Words) -> None:
        self._session, self._pieces, self._words = session, pieces, words

    def answers(self, texts: Sequence[str]) -> list[Answer]:
        """One answer for each text, in order; any string has one."""
        rows = [tuple(self._pieces.numbers(read(text, self._words))) for text in texts]
        different = sorted(set(rows), key=len)
        found: dict[tuple[int, ...], Answer] = {}
        for start in range(0, len(different), TOGETHER):
            batch = different[start : start + TOGETHER]
            found.update(zip(batch, self._run(batch), strict=True))
        return [found[row] for row in rows]

    def _run(self, rows: Sequence[tuple[int, ...]]) -> list[Answer]:
        import numpy as np

        width = max(map(len, rows))
        ids = np.array([[*row, *[0] * (width - len(row))] for row in rows], dtype=np.int64)
        logits, gists = self._session.run(
            None, {"input_ids": ids, "attention_mask": (ids != 0).astype(np.int64)}
        )
        return [
            Answer(Logits(*map(float, row)), tuple(gist.tolist()))
            for row, gist in zip(logits, gists, strict=True)
        ]


def answers(texts: Sequence[str]) -> list[Answer]:
    """What the shipped network says; :class:`~..sealed.DataError` where its files are not sound."""
    return load(HERE).answers(texts)


def logits(texts: Sequence[str]) -> list[Logits]:
    """The logits of the answers."""
    return [answer.logits for answer in answers(texts)]


@lru_cache(maxsize=2)
def passages(text: str) -> tuple[Passage, ...]:
    """The whole of a short text, else neighbouring sentences together, each with its answer.

    The last texts are kept, because one detector asks right after the other.
    """
    places = packed(sentences(text), PASSAGE)
    found = answers([text[start:end] for start, end in places])
    return tuple(Passage(*place, *one) for place, one in zip(places, found, strict=True))


def _read(folder: Path) -> Encoder:
    read_sealed(folder / NETWORK)  # kept nowhere: the session reads the file itself, in less memory
    pieces = read_sealed(folder / VOCABULARY).decode().splitlines()
    disguised = read_sealed(folder / DISGUISED).decode().split()
    return Encoder(
        session(folder / NETWORK), WordPieces(pieces, LONGEST), known_words(pieces, disguised)
    )


def known_words(pieces: Sequence[str], disguised: Sequence[str]) -> Words:
    """The whole words of a vocabulary, which lists the frequent ones first, and those hidden."""
    return Words([piece for piece in pieces if len(piece) > 1 and piece.isalpha()], disguised)


def session(network: Path) -> InferenceSession:
    """A network of ours, on one thread; read it sealed first."""
    try:
        import onnxruntime
    except ImportError as error:
        raise DataError("onnxruntime is not installed") from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(str(network), options, providers=["CPUExecutionProvider"])


load = Loader(_read)
"""The network of a folder, read and verified once for each process."""
