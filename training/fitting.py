"""From labelled texts to a linear model: one JSON file of 8-bit weights that screening reads."""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy.sparse as sparse
from sklearn.linear_model import LogisticRegression

from comments.screening import linear, sealed

SEED = 20261122
BUCKETS = (1 << 17, 1 << 15)
SHARES = (1.0, 2.0)
POINT_SHARE = 0.125
INVERSE_PENALTY = 3.0
DENSE_INVERSE_PENALTY = 0.01
FEWEST_TEXTS = 2
"""A hash that fewer training texts hold tells more about its writer than about the question."""

Seen = Callable[[str], linear.Features]


@dataclass(frozen=True)
class Plan:
    """What one detector's model is made of; the rest is the same for all."""

    about: str
    least: tuple[int, int]
    """Hashes of a text of middle length: what is shorter says less."""
    cue_share: float
    """How much the cues count before training, beside the tables and their points."""


@dataclass(frozen=True)
class Examples:
    """Texts and what the model sees of them, with labels and weights."""

    texts: list[str]
    seen: list[linear.Features]
    labels: np.ndarray
    weights: np.ndarray

    def part(self, chosen: np.ndarray) -> Examples:
        places = np.flatnonzero(chosen)
        return Examples(
            [self.texts[at] for at in places],
            [self.seen[at] for at in places],
            self.labels[chosen],
            self.weights[chosen],
        )

    def __add__(self, other: Examples) -> Examples:
        return Examples(
            self.texts + other.texts,
            self.seen + other.seen,
            np.concatenate([self.labels, other.labels]),
            np.concatenate([self.weights, other.weights]),
        )


def rows(path: Path) -> list[dict[str, object]]:
    """A file's lines; its checksum is printed, so that a run says what it learned from."""
    content = path.read_bytes()
    print(f"{hashlib.sha256(content).hexdigest()}  {path.name}")
    return [json.loads(line) for line in content.decode().splitlines()]


def examples(labelled: Sequence[tuple[str, bool]], seen: Seen, weight: float = 1.0) -> Examples:
    texts = [text for text, _label in labelled]
    return Examples(
        texts,
        [seen(text) for text in texts],
        np.array([label for _text, label in labelled]),
        np.full(len(labelled), weight),
    )


def fitted(plan: Plan, known: Examples, threshold: float = 0.0) -> bytes:
    """The model as one JSON object: 8-bit weights (zlib, base64) and weights by name."""
    names = sorted({name for one in known.seen for name in one.named})
    blocks = [share * _hashed(plan, known.seen, at) for at, share in enumerate(SHARES)]
    shares = [POINT_SHARE if name == "points" else plan.cue_share for name in names]
    values = [[one.named.get(name, 0.0) for name in names] for one in known.seen]
    blocks.append(sparse.csr_matrix(np.array(values) * shares))
    learner = LogisticRegression(C=INVERSE_PENALTY, solver="liblinear", random_state=SEED)
    learner.fit(sparse.hstack(blocks).tocsr(), known.labels, known.weights)
    *tables, named = np.split(learner.coef_[0], np.cumsum(BUCKETS))
    content = {
        "about": plan.about,
        "bias": round(float(learner.intercept_[0]), 5),
        "named": {
            name: round(float(w * s), 4) for name, w, s in zip(names, named, shares, strict=True)
        },
        "tables": [
            _packed(weights * share, least)
            for weights, share, least in zip(tables, SHARES, plan.least, strict=True)
        ],
        "threshold": round(threshold, 4),
    }
    return json.dumps(content, sort_keys=True, indent=0).encode()


def dense_fitted(about: str, values: np.ndarray, labels: np.ndarray, weights: np.ndarray) -> bytes:
    """A model of numbers, each by its place."""
    middle, spread = values.mean(axis=0), values.std(axis=0)
    learner = LogisticRegression(C=DENSE_INVERSE_PENALTY, class_weight="balanced", max_iter=500)
    learner.fit((values - middle) / spread, labels, weights)
    found = learner.coef_[0] / spread
    content = {
        "about": about,
        "bias": round(float(learner.intercept_[0] - middle @ found), 5),
        "named": {str(place): round(float(one), 5) for place, one in enumerate(found)},
        "tables": [],
        "threshold": 0.0,
    }
    return json.dumps(content, sort_keys=True, indent=0).encode()


def moved(content: bytes, by: float) -> bytes:
    """The model with another zero."""
    stored = json.loads(content)
    stored["bias"] = round(stored["bias"] + by, 5)
    return json.dumps(stored, sort_keys=True, indent=0).encode()


def _hashed(plan: Plan, seen: Sequence[linear.Features], table: int) -> sparse.csr_matrix:
    width = BUCKETS[table]
    columns = [sorted({number & (width - 1) for number in one.hashed[table]}) for one in seen]
    ends = np.cumsum([0, *map(len, columns)])
    values = np.repeat(
        [1 / max(len(c), plan.least[table]) ** 0.5 for c in columns], [len(c) for c in columns]
    )
    places = np.array([column for row in columns for column in row], dtype=np.int32)
    matrix = sparse.csr_matrix((values, places, ends), shape=(len(columns), width))
    kept = np.bincount(places, minlength=width) >= FEWEST_TEXTS
    return (matrix @ sparse.diags(kept.astype(float))).tocsr()


def _packed(weights: np.ndarray, least: int) -> dict[str, object]:
    scale = float(np.abs(weights).max() / 127)
    content = zlib.compress(np.round(weights / scale).astype(np.int8).tobytes(), 9)
    return {"least": least, "scale": scale, "weights": base64.b64encode(content).decode("ascii")}


def ship(path: Path, content: bytes) -> None:
    """Write a model and its checksum; the other models of the folder keep theirs."""
    path.write_bytes(content)
    checksums = path.parent / sealed.CHECKSUMS
    kept = [
        line
        for line in checksums.read_text(encoding="ascii").splitlines()
        if line.split()[1] != path.name
    ]
    lines = sorted([*kept, f"{hashlib.sha256(content).hexdigest()}  {path.name}"])
    checksums.write_text("".join(f"{line}\n" for line in lines), encoding="ascii")
    print(f"{len(content)} bytes: {path.name}")


def margins(model: linear.LinearModel, asked: Examples) -> np.ndarray:
    return np.array([model.margin(one) for one in asked.seen])


def apart(plan: Plan, asked: Examples, fold_of: np.ndarray, rest: Examples) -> np.ndarray:
    """Margins of each text by a model that did not see its fold."""
    found = np.zeros(len(asked.texts))
    for fold in np.unique(fold_of):
        model = linear.parsed(fitted(plan, asked.part(fold_of != fold) + rest))
        found[fold_of == fold] = margins(model, asked.part(fold_of == fold))
    return found


def strictest(share: float, *harmless: np.ndarray) -> float:
    """The lowest margin from which no more than ``share`` of each group is held."""
    return max(float(np.sort(group)[::-1][int(share * len(group))]) for group in harmless) + 1e-3


def report(name: str, found: np.ndarray, labels: np.ndarray, threshold: float) -> None:
    recall, flagged = (found[labels] >= threshold).mean(), (found[~labels] >= threshold).mean()
    print(f"{name}: recall {recall:.3f}, harmless flagged {flagged:.3f}, from {threshold:.3f}")
