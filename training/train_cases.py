"""From the labelled sentences to the shipped model of the case-enquiry detector, in one command.

python training/train_cases.py DATA_DIR  (DATA_DIR holds ``domain/``)
"""

from __future__ import annotations

import argparse
import sys
from functools import reduce
from operator import add
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from comments.screening import encoder, linear
from comments.screening.detectors import case_enquiry
from training import fitting
from training.fitting import SEED, Examples, apart, fitted, margins, report

HANDS = Path(__file__).with_name("hands")
CASES = {
    "cases-river": 1.0,
    "cases-hill": 1.0,
    "cases-mill": 2.0,
    "cases-plaza": 1.0,
    "cases-dock": 2.0,
}
"""The hands that are learned from, and what a comment of theirs counts."""
UNSEEN = ("cases-shore", "cases-cove")
"""Hands that neither this model nor the encoder learns from."""
SHORT = Path(__file__).with_name("cases-short.jsonl")
HARMLESS = ("north", "south", "abroad")
HARMLESS_WEIGHT = 0.5
"""Written for another question: a few of them could well be enquiries."""
SHORT_WEIGHT = 0.1
"""Enough that a short question is not an enquiry for being short."""
PLAN = fitting.Plan(
    about="Linear case-enquiry model; made by training/train_cases.py.",
    least=(400, 60),
    cue_share=0.2,
)
FOLDS = 5
FLAGGED = 0.04
"""The most harmless comments that may be held of those that nothing learned from."""


def labelled(path: Path, label: str) -> list[tuple[str, bool]]:
    """The texts of a file; with the label "hateful" its harmless ones, none of them enquiries."""
    rows = fitting.rows(path)
    if label == "hateful":
        return [(str(row["text"]), False) for row in rows if not row["hateful"]]
    return [(str(row["text"]), bool(row[label])) for row in rows]


def examples(path: Path, label: str, weight: float = 1.0) -> Examples:
    return fitting.examples(labelled(path, label), case_enquiry.seen, weight)


def beside(asked: Examples) -> np.ndarray:
    return np.array([case_enquiry.beside(text) for text in asked.texts])


def together(model: linear.LinearModel, asked: Examples) -> np.ndarray:
    """What screening compares with the threshold."""
    return margins(model, asked) + beside(asked)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the folder that holds domain/")
    data = parser.parse_args().data
    encoder.load(encoder.HERE, seconds=60)
    hands = [examples(HANDS / f"{name}.jsonl", "case", weight) for name, weight in CASES.items()]
    others = [examples(HANDS / f"{name}.jsonl", "hateful", HARMLESS_WEIGHT) for name in HARMLESS]
    others.append(examples(SHORT, "case", SHORT_WEIGHT))
    unseen = {name: examples(HANDS / f"{name}.jsonl", "case") for name in UNSEEN}
    unseen["cases_dev"] = examples(data / "domain/cases_dev.jsonl", "cases")
    cases, rest = reduce(add, hands), reduce(add, others)

    hand_of = np.repeat(np.arange(len(hands)), [len(hand.texts) for hand in hands])
    other_hand = apart(PLAN, cases, hand_of, rest)
    fold_of = np.random.RandomState(SEED).permutation(len(cases.texts)) % FOLDS
    other_fold = apart(PLAN, cases, fold_of, rest)

    known = cases + rest
    alone = linear.parsed(fitted(PLAN, known))
    both = {name: together(alone, asked) for name, asked in unseen.items()}
    harmless = [both[name][~asked.labels] for name, asked in unseen.items()]
    threshold = fitting.strictest(FLAGGED, np.concatenate(harmless))
    fitting.ship(case_enquiry.MODEL, fitted(PLAN, known, threshold))

    for hand, name in enumerate(CASES):
        here, labels = hand_of == hand, cases.labels[hand_of == hand]
        own = fitting.strictest(FLAGGED, other_hand[here][~labels])
        report(f"{name}, linear model, trained on the others", other_hand[here], labels, own)
    own = fitting.strictest(FLAGGED, other_fold[~cases.labels])
    report("all hands, linear model, trained on the other folds", other_fold, cases.labels, own)
    for name, asked in unseen.items():
        alone_by = {"linear": margins(alone, asked), "encoder": beside(asked)}
        for model, found in alone_by.items():
            own = fitting.strictest(FLAGGED, found[~asked.labels])
            report(f"{name}, {model} model alone, at its own", found, asked.labels, own)
        report(f"{name}, both models", both[name], asked.labels, threshold)


if __name__ == "__main__":
    main()
