# ruff: noqa: T201 - its output is what it prints
"""From the labelled data to the shipped model of the hate-speech detector, in one command.

python training/train_hate.py DATA_DIR  (DATA_DIR holds ``hate/`` and ``domain/``)
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import sys
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sparse
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from comments.screening.detectors.hate import features, model, passages  # noqa: E402
from comments.screening.text import fold  # noqa: E402

SEED = 20261122
BUCKETS = 1 << 18
PATTERN_WEIGHT = 2.0
"""How much the named patterns count beside the pieces of words before training."""
INVERSE_PENALTY = 0.5
OWN = Path(__file__).with_name("domain.jsonl")
OWN_WEIGHT = 40.0
"""One sentence of this site's kind counts for forty from elsewhere: there are 419 of them."""
MIX = {
    "dynahate_train": 1.0,
    "hatemojibuild_train": 1.0,
    "measuring_hate_speech_bal": 0.5,
    "davidson": 0.5,
}
FOLDS = 4
FLAGGED_OF_OWN = 0.08
FLAGGED_OF_DEV = 0.02
"""The most harmless comments that may be held: of our own unseen sentences, of the dev files."""

Row = dict[str, Any]


@dataclass(frozen=True)
class Examples:
    """Features, labels and weights of some texts, one row each."""

    pieces: sparse.csr_matrix
    patterns: sparse.csr_matrix
    labels: np.ndarray
    weights: np.ndarray

    @property
    def all_features(self) -> sparse.csr_matrix:
        return sparse.hstack([self.pieces, PATTERN_WEIGHT * self.patterns]).tocsr()


def rows_of(path: Path) -> list[Row]:
    content = path.read_bytes()
    print(f"{hashlib.sha256(content).hexdigest()}  {path.name}")
    return [json.loads(line) for line in content.decode().splitlines()]


def training_rows(data: Path) -> list[tuple[Row, float]]:
    rows = [
        (row, weight)
        for name, weight in MIX.items()
        for row in rows_of(data / f"hate/{name}.jsonl")
    ]
    # Collected by a slur lexicon and labelled without context: neither hate nor harmless for us.
    return [(row, weight) for row, weight in rows if row.get("label3") != "offensive"]


def vocabulary(texts: Sequence[str]) -> dict[str, int]:
    found = {name for text in texts for name in features.patterns(words_of(text))}
    return {name: column for column, name in enumerate(sorted(found))}


def words_of(text: str) -> list[str]:
    return features.tokens(fold(text).text)


def examples(rows: Sequence[tuple[Row, float]], named: dict[str, int]) -> Examples:
    words = [words_of(row["text"]) for row, _ in rows]
    buckets = [sorted({piece & (BUCKETS - 1) for piece in features.pieces(w)}) for w in words]
    columns = [sorted(named[n] for n in features.patterns(w) if n in named) for w in words]
    return Examples(
        _matrix(buckets, BUCKETS),
        _matrix(columns, len(named)),
        np.array([row["hateful"] for row, _ in rows]),
        np.array([weight for _, weight in rows]),
    )


def _matrix(columns: list[list[int]], width: int) -> sparse.csr_matrix:
    ends = np.cumsum([0, *map(len, columns)])
    values = np.repeat([1 / max(len(c), 1) ** 0.5 for c in columns], [len(c) for c in columns])
    places = np.array([column for row in columns for column in row], dtype=np.int32)
    return sparse.csr_matrix((values, places, ends), shape=(len(columns), width))


def fitted(parts: Sequence[Examples]) -> LogisticRegression:
    learner = LogisticRegression(
        C=INVERSE_PENALTY, solver="liblinear", max_iter=30, tol=0.02, random_state=SEED
    )
    learner.fit(
        sparse.vstack([part.all_features for part in parts]),
        np.concatenate([part.labels for part in parts]),
        np.concatenate([part.weights for part in parts]),
    )
    return learner


def stored(learner: LogisticRegression, named: dict[str, int], threshold: float) -> bytes:
    """The model as one JSON object: 8-bit weights (zlib, base64) and patterns by name."""
    weights = learner.coef_[0]
    pieces, patterns = weights[:BUCKETS], weights[BUCKETS:] * PATTERN_WEIGHT
    scale = float(np.abs(pieces).max() / 127)
    packed = zlib.compress(np.round(pieces / scale).astype(np.int8).tobytes(), 9)
    content = {
        "about": "Linear hate-speech model; made by training/train_hate.py.",
        "bias": round(float(learner.intercept_[0]), 5),
        "pattern_scale": 1.0,
        "patterns": {name: round(float(patterns[at]), 4) for name, at in named.items()},
        "scale": scale,
        "threshold": round(threshold, 4),
        "weights": base64.b64encode(packed).decode("ascii"),
    }
    return json.dumps(content, sort_keys=True, indent=0).encode()


def ship(content: bytes) -> None:
    """Write the model and the checksums that it and its lexicon are verified against."""
    files = {model.MODEL: content, features.LEXICON.name: features.LEXICON.read_bytes()}
    (model.HERE / model.MODEL).write_bytes(content)
    lines = [f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in files.items()]
    (model.HERE / model.CHECKSUMS).write_text("".join(lines), encoding="ascii")
    model.load.cache_clear()


def out_of_fold(base: Examples, own: Sequence[Row], named: dict[str, int]) -> np.ndarray:
    """Margins of our own sentences, each by a model that did not see it."""
    fold_of = np.random.RandomState(SEED % 2**32).permutation(len(own)) % FOLDS
    margins = np.zeros(len(own))
    for number in range(FOLDS):
        seen = [(row, OWN_WEIGHT) for row, f in zip(own, fold_of, strict=True) if f != number]
        unseen = [(row, 1.0) for row, f in zip(own, fold_of, strict=True) if f == number]
        learner = fitted([base, examples(seen, named)])
        margins[fold_of == number] = learner.decision_function(examples(unseen, named).all_features)
    return margins


def highest_margin(text: str) -> float:
    """What the detector compares with the threshold: the margin of the surest passage."""
    folded = fold(text).text
    found = [model.load(model.HERE).margin(folded[a:b]) for a, b in passages(folded)]
    return max(found, default=-60.0)


def harmless_domain_rows(data: Path) -> list[Row]:
    """Comments of this site's kind that must not be held as hate, whatever else they are."""
    hate = rows_of(data / "domain/hate_dev.jsonl")
    others = ("cases_dev", "distress_dev", "spam_dev")
    return [row for row in hate if not row["hateful"] and not row["threat"]] + [
        row for name in others for row in rows_of(data / f"domain/{name}.jsonl")
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the folder that holds hate/ and domain/")
    data = parser.parse_args().data
    own = rows_of(OWN)
    rows = training_rows(data)
    named = vocabulary([row["text"] for row in own] + [row["text"] for row, _ in rows])
    base = examples(rows, named)
    print(f"{len(rows)} texts from elsewhere, {len(own)} of our own, {len(named)} patterns")

    margins = out_of_fold(base, own, named)
    hateful = np.array([row["hateful"] for row in own])
    learner = fitted([base, examples([(row, OWN_WEIGHT) for row in own], named)])
    ship(stored(learner, named, 0.0))
    harmless = [highest_margin(row["text"]) for row in harmless_domain_rows(data)]
    threshold = max(
        float(np.quantile(margins[~hateful], 1 - FLAGGED_OF_OWN)),
        float(np.quantile(harmless, 1 - FLAGGED_OF_DEV)),
    )
    ship(stored(learner, named, threshold))

    print(f"threshold {threshold:.3f}; our own sentences, unseen:", end=" ")
    print(
        f"recall {(margins[hateful] >= threshold).mean():.2f}, "
        f"harmless flagged {(margins[~hateful] >= threshold).mean():.3f}"
    )
    print(f"{(model.HERE / model.MODEL).stat().st_size} bytes: {model.HERE / model.MODEL}")


if __name__ == "__main__":
    main()
