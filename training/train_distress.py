"""From comments of our own to the shipped model of the distress detector, in one command.

python training/train_distress.py DATA_DIR  (DATA_DIR holds ``domain/``, which is only asked)
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from comments.screening import linear
from comments.screening.detectors import distress
from training import fitting
from training.fitting import Examples, fitted, report

HERE = Path(__file__).parent
DISTRESS = ("moor", "quay", "pier", "strand")
DISTRESSED_WEIGHT, LOOK_ALIKE_WEIGHT = 3.0, 1.5
SHORT = HERE / "distress-short.jsonl"
OTHERS = ("north", "south", "plains", "harbor", "metro", "chapel", "frontera", "delta", "sierra")
OTHERS += ("prairie", "abroad", "cases-river", "cases-hill", "cases-shore")
OTHER_WEIGHT = 0.3
"""Written for other questions: nearly all are harmless, but nobody looked."""
PLAN = fitting.Plan(
    about="Linear model of distress; made by training/train_distress.py.",
    least=(150, 60),
    cue_share=0.3,
)
FLAGGED = 0.05
"""The most look-alikes of unseen hands that may be flagged."""


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
    paths = [HERE / "hands" / f"{name}.jsonl" for name in OTHERS]
    paths += [HERE / "domain.jsonl", HERE / "cases-short.jsonl"]
    texts = [(str(row["text"]), False) for path in paths for row in fitting.rows(path)]
    return fitting.examples(texts, distress.seen, OTHER_WEIGHT)


def margins(model: linear.LinearModel, asked: Examples) -> np.ndarray:
    """What screening compares with the threshold: of the whole or of a sentence."""
    cues = distress.cues()
    return np.array([distress.margin(model, cues.tally(text)) for text in asked.texts])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the folder that holds domain/")
    data = parser.parse_args().data
    hands = [weighted(HERE / "hands" / f"distress-{name}.jsonl") for name in DISTRESS]
    known, harmless = hands[0] + hands[1] + hands[2] + hands[3], others()
    rest = harmless + weighted(SHORT)

    hand_of = np.repeat(np.arange(len(hands)), [len(one.texts) for one in hands])
    unseen = np.zeros(len(known.texts))
    for number in range(len(hands)):
        here = hand_of == number
        model = linear.parsed(fitted(PLAN, known.part(~here) + rest))
        unseen[here] = margins(model, known.part(here))
    threshold = fitting.strictest(FLAGGED, unseen[~known.labels])
    content = fitted(PLAN, known + rest, threshold)
    fitting.ship(distress.MODEL, content)

    for number, name in enumerate(DISTRESS):
        here = hand_of == number
        report(f"{name}, trained on the others", unseen[here], known.labels[here], threshold)
    report("all of them, each trained on the others", unseen, known.labels, threshold)
    model = linear.parsed(content)
    dev = asked(data / "domain/distress_dev.jsonl")
    report("distress_dev", margins(model, dev), dev.labels, threshold)
    flagged = (margins(model, harmless) >= threshold).mean()
    print(f"comments about other things, learned from: flagged {flagged:.4f}")


if __name__ == "__main__":
    main()
