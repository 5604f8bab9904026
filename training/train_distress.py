"""From comments of our own to the shipped models of the distress detector, in one command.

python training/train_distress.py DATA_DIR  (DATA_DIR holds ``domain/``, which is only asked)
"""

from __future__ import annotations

import argparse
import sys
from functools import cache, reduce
from operator import add
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from comments.screening import encoder, linear
from comments.screening.detectors import distress
from training import fitting
from training.fitting import Examples, fitted, report

HERE = Path(__file__).parent
DISTRESS = ("moor", "quay", "pier", "strand", "mesa", "gulch", "heath", "plaza")
UNSEEN = "cove"
"""A hand that nothing learns from."""
DISTRESSED_WEIGHT, LOOK_ALIKE_WEIGHT = 3.0, 1.5
SHORT = HERE / "distress-short.jsonl"
OTHERS = ("north", "south", "plains", "harbor", "metro", "chapel", "frontera", "delta", "sierra")
OTHERS += ("prairie", "abroad")
OTHER_WEIGHT = 0.3
"""Written for other questions: nearly all are harmless, but nobody looked."""
CASES = ("cases-river", "cases-hill", "cases-shore", "cases-mill", "cases-plaza")
CASE_WEIGHT = 0.7
"""Pleas for somebody in prison are most of what a site gets, and they share many of the words."""
PLAN = fitting.Plan(
    about="Linear model of distress; made by training/train_distress.py.",
    least=(150, 60),
    cue_share=0.3,
)
GIST_ABOUT = "Model of distress over gists of the encoder; made by training/train_distress.py."
FLAGGED = 0.05
"""The most look-alikes that nothing learned from that may be flagged."""


def asked(path: Path) -> Examples:
    rows = fitting.rows(path)
    return fitting.examples(
        [(str(row["text"]), bool(row["distress"])) for row in rows], distress.seen
    )


def weighted(path: Path) -> Examples:
    found = asked(path)
    found.weights[:] = np.where(found.labels, DISTRESSED_WEIGHT, LOOK_ALIKE_WEIGHT)
    return found


def others() -> Examples:
    return harmless([*(f"hands/{name}" for name in OTHERS), "domain", "cases-short"], OTHER_WEIGHT)


def cases() -> Examples:
    return harmless([f"hands/{name}" for name in CASES], CASE_WEIGHT)


def harmless(names: list[str], weight: float) -> Examples:
    rows = [row for name in names for row in fitting.rows(HERE / f"{name}.jsonl")]
    return fitting.examples([(str(row["text"]), False) for row in rows], distress.seen, weight)


def words(content: bytes, asked: Examples) -> list[dict[str, float]]:
    """What screening hears of the words: of the whole and of its clearest sentence."""
    model, cues = linear.parsed(content), distress.cues()
    return [distress.heard(model, text, cues.tally(text)) for text in asked.texts]


def alone(heard: list[dict[str, float]]) -> np.ndarray:
    return np.array([max(parts.values()) for parts in heard])


def both(heard: list[dict[str, float]], gist_model: bytes) -> np.ndarray:
    """The same with what the encoder adds, of the passage that speaks most for distress."""
    model = linear.parsed(gist_model)
    weights = np.array([model.named[str(place)] for place in range(encoder.GIST)])

    def added(text: str) -> float:
        return max(gists(text) @ weights + model.bias, default=0.0)

    return np.array(
        [max(margin + added(text) for text, margin in parts.items()) for parts in heard]
    )


@cache
def gists(text: str) -> np.ndarray:
    found = [passage.gist for passage in encoder.passages(text)]
    return np.array(found, dtype=np.float32).reshape(-1, encoder.GIST)


def gist_fitted(known: Examples) -> bytes:
    values = [gists(text) for text in known.texts]
    passages = [len(one) for one in values]
    labels, weights = np.repeat(known.labels, passages), np.repeat(known.weights, passages)
    return fitting.dense_fitted(GIST_ABOUT, np.concatenate(values), labels, weights)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the folder that holds domain/")
    data = parser.parse_args().data
    encoder.load(encoder.HERE, seconds=60)
    hands = {name: weighted(HERE / "hands" / f"distress-{name}.jsonl") for name in DISTRESS}
    apart, short = others() + cases(), weighted(SHORT)
    cove = asked(HERE / "hands" / f"distress-{UNSEEN}.jsonl")
    dev = asked(data / "domain/distress_dev.jsonl")
    unseen = cove + dev

    known = reduce(add, hands.values(), apart + short)
    by_words, by_gist = fitted(PLAN, known), gist_fitted(known)
    heard = words(by_words, unseen)
    threshold = fitting.strictest(FLAGGED, alone(heard)[~unseen.labels])
    by = threshold - fitting.strictest(FLAGGED, both(heard, by_gist)[~unseen.labels])
    by_gist = fitting.moved(by_gist, by)
    fitting.ship(distress.MODEL, fitted(PLAN, known, threshold))
    fitting.ship(distress.GIST_MODEL, by_gist)

    for name, one in ((UNSEEN, cove), ("distress_dev", dev)):
        heard = words(by_words, one)
        report(f"{name}, words alone", alone(heard), one.labels, threshold)
        report(f"{name}, both", both(heard, by_gist), one.labels, threshold)
    for name, hand in hands.items():
        rest = reduce(add, (one for other, one in hands.items() if other != name), apart + short)
        heard = words(fitted(PLAN, rest), hand)
        for what, found in (
            ("words alone", alone(heard)),
            ("both", both(heard, gist_fitted(rest))),
        ):
            own = fitting.strictest(FLAGGED, found[~hand.labels])
            report(f"{name}, trained on the others, {what}, at its own", found, hand.labels, own)
    flagged = (both(words(by_words, apart), by_gist) >= threshold).mean()
    print(f"comments about other things, learned from: flagged {flagged:.4f}")


if __name__ == "__main__":
    main()
