"""From the labelled sentences to the shipped model of the case-enquiry detector, in one command.

python training/train_cases.py DATA_DIR  (DATA_DIR holds ``domain/``)
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

import numpy as np
import scipy.sparse as sparse
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from comments.screening import linear, sealed
from comments.screening.detectors import case_enquiry

SEED = 20261122
HANDS = Path(__file__).with_name("hands")
CASES = ("cases-river", "cases-hill")
UNSEEN = "cases-shore"
"""A hand that neither this model nor the encoder learns from."""
SHORT = Path(__file__).with_name("cases-short.jsonl")
HARMLESS = ("north", "south", "abroad")
HARMLESS_WEIGHT = 0.5
"""Written for another question: a few of them could well be enquiries."""
SHORT_WEIGHT = 0.1
"""Enough that a short question is not an enquiry for being short."""
BUCKETS = (1 << 17, 1 << 15)
LEAST = (400, 60)
"""Hashes of a text of middle length: what is shorter says less."""
SHARES = (1.0, 2.0)
CUE_SHARE, POINT_SHARE = 0.2, 0.125
"""How much the tables, the cues and their points count before training."""
INVERSE_PENALTY = 3.0
FEWEST_TEXTS = 2
"""A hash that fewer training texts hold tells more about its writer than about the question."""
FOLDS = 5
FLAGGED = 0.04
"""The most harmless comments that may be held: of unseen sentences, of the development file."""


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


def examples(path: Path, label: str, weight: float = 1.0) -> Examples:
    """The texts of a file; with the label "hateful" its harmless ones, none of them enquiries."""
    content = path.read_bytes()
    print(f"{hashlib.sha256(content).hexdigest()}  {path.name}")
    rows = [json.loads(line) for line in content.decode().splitlines()]
    if label == "hateful":
        rows = [row | {label: False} for row in rows if not row["hateful"]]
    texts = [row["text"] for row in rows]
    return Examples(
        texts,
        [case_enquiry.seen(text) for text in texts],
        np.array([bool(row[label]) for row in rows]),
        np.full(len(rows), weight),
    )


def fitted(known: Examples, threshold: float = 0.0) -> bytes:
    """The model as one JSON object: 8-bit weights (zlib, base64) and weights by name."""
    names = sorted({name for one in known.seen for name in one.named})
    blocks = [share * hashed(known.seen, at) for at, share in enumerate(SHARES)]
    shares = [POINT_SHARE if name == "points" else CUE_SHARE for name in names]
    values = [[one.named.get(name, 0.0) for name in names] for one in known.seen]
    blocks.append(sparse.csr_matrix(np.array(values) * shares))
    learner = LogisticRegression(C=INVERSE_PENALTY, solver="liblinear", random_state=SEED)
    learner.fit(sparse.hstack(blocks).tocsr(), known.labels, known.weights)
    *tables, named = np.split(learner.coef_[0], np.cumsum(BUCKETS))
    content = {
        "about": "Linear case-enquiry model; made by training/train_cases.py.",
        "bias": round(float(learner.intercept_[0]), 5),
        "named": {
            name: round(float(w * s), 4) for name, w, s in zip(names, named, shares, strict=True)
        },
        "tables": [
            packed(weights * share, least)
            for weights, share, least in zip(tables, SHARES, LEAST, strict=True)
        ],
        "threshold": round(threshold, 4),
    }
    return json.dumps(content, sort_keys=True, indent=0).encode()


def hashed(seen: Sequence[linear.Features], table: int) -> sparse.csr_matrix:
    width = BUCKETS[table]
    columns = [sorted({number & (width - 1) for number in one.hashed[table]}) for one in seen]
    ends = np.cumsum([0, *map(len, columns)])
    values = np.repeat(
        [1 / max(len(c), LEAST[table]) ** 0.5 for c in columns], [len(c) for c in columns]
    )
    places = np.array([column for row in columns for column in row], dtype=np.int32)
    matrix = sparse.csr_matrix((values, places, ends), shape=(len(columns), width))
    kept = np.bincount(places, minlength=width) >= FEWEST_TEXTS
    return (matrix @ sparse.diags(kept.astype(float))).tocsr()


def packed(weights: np.ndarray, least: int) -> dict[str, object]:
    scale = float(np.abs(weights).max() / 127)
    content = zlib.compress(np.round(weights / scale).astype(np.int8).tobytes(), 9)
    return {"least": least, "scale": scale, "weights": base64.b64encode(content).decode("ascii")}


def ship(content: bytes) -> None:
    """Write the model and its checksum."""
    case_enquiry.MODEL.write_bytes(content)
    line = f"{hashlib.sha256(content).hexdigest()}  {case_enquiry.MODEL.name}\n"
    (case_enquiry.MODEL.parent / sealed.CHECKSUMS).write_text(line, encoding="ascii")


def margins(model: linear.LinearModel, asked: Examples) -> np.ndarray:
    return np.array([model.margin(one) for one in asked.seen])


def beside(asked: Examples) -> np.ndarray:
    return np.array([case_enquiry.beside(text) for text in asked.texts])


def together(model: linear.LinearModel, asked: Examples) -> np.ndarray:
    """What screening compares with the threshold."""
    return margins(model, asked) + beside(asked)


def unseen(cases: Examples, fold_of: np.ndarray, rest: Examples) -> np.ndarray:
    """Margins of each sentence by a model that did not see its fold."""
    found = np.zeros(len(cases.texts))
    for fold in np.unique(fold_of):
        model = linear.parsed(fitted(cases.part(fold_of != fold) + rest))
        found[fold_of == fold] = margins(model, cases.part(fold_of == fold))
    return found


def strictest(*harmless: np.ndarray) -> float:
    """The lowest margin from which no more than ``FLAGGED`` of each group is held."""
    return max(float(np.sort(group)[::-1][int(FLAGGED * len(group))]) for group in harmless) + 1e-3


def report(name: str, found: np.ndarray, labels: np.ndarray, threshold: float) -> None:
    recall, flagged = (found[labels] >= threshold).mean(), (found[~labels] >= threshold).mean()
    print(f"{name}: recall {recall:.3f}, harmless flagged {flagged:.3f}, from {threshold:.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the folder that holds domain/")
    data = parser.parse_args().data
    hands = [examples(HANDS / f"{name}.jsonl", "case") for name in CASES]
    others = [examples(HANDS / f"{name}.jsonl", "hateful", HARMLESS_WEIGHT) for name in HARMLESS]
    others.append(examples(SHORT, "case", SHORT_WEIGHT))
    dev = examples(data / "domain/cases_dev.jsonl", "cases")
    shore = examples(HANDS / f"{UNSEEN}.jsonl", "case")
    cases, rest = hands[0] + hands[1], others[0] + others[1] + others[2] + others[3]

    hand_of = np.repeat([0, 1], [len(hand.texts) for hand in hands])
    other_hand = unseen(cases, hand_of, rest)
    fold_of = np.random.RandomState(SEED).permutation(len(cases.texts)) % FOLDS
    other_fold = unseen(cases, fold_of, rest)

    known = cases + rest
    alone = linear.parsed(fitted(known))
    both = {name: together(alone, asked) for name, asked in (("cases_dev", dev), (UNSEEN, shore))}
    threshold = strictest(both["cases_dev"][~dev.labels], both[UNSEEN][~shore.labels])
    ship(fitted(known, threshold))

    for hand, name in enumerate(CASES):
        here, labels = hand_of == hand, cases.labels[hand_of == hand]
        own = strictest(other_hand[here][~labels])
        report(f"{name}, linear model, trained on the other hand", other_hand[here], labels, own)
    own = strictest(other_fold[~cases.labels])
    report("both hands, linear model, trained on the other folds", other_fold, cases.labels, own)
    for name, asked in (("cases_dev", dev), (UNSEEN, shore)):
        apart = {"linear": margins(alone, asked), "encoder": beside(asked)}
        for model, found in apart.items():
            own = strictest(found[~asked.labels])
            report(f"{name}, {model} model alone, at its own", found, asked.labels, own)
        report(f"{name}, both models", both[name], asked.labels, threshold)
    print(f"{case_enquiry.MODEL.stat().st_size} bytes: {case_enquiry.MODEL.name}")


if __name__ == "__main__":
    main()
