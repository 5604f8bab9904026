"""Train the tagger of personal information on sentences made here and on labelled texts.

Usage: python training/train_tokens.py DATA_DIR [OUT_DIR]
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn

sys.path.insert(0, str(Path(__file__).parents[1]))

from token_texts import Maker, Mark, Text, comments

from comments.screening import encoder, sealed
from comments.screening.detectors.pii import tagger
from comments.screening.detectors.pii.tagger.features import (
    FEATURES,
    OF_LISTS,
    PIECES,
    UNLISTED,
    UNREAD,
    Pieces,
    features,
    tokens,
)

SEED = 4
MADE = 16_000
EPOCHS = 4
BATCH = 48
WIDTH, HIDDEN = 64, 128
DILATIONS = (1, 2, 4, 1)
LABELLED = ("tab_en", "echr_es", "presidio_synth")
UNSURE = frozenset(
    {"PERSON", "PERSON_PART", "PER", "LEGAL_PROFESSIONAL", "TITLE", "PASSWORD", "CODE", "LOC"}
    | {"LOCATION", "~"}
)
"""Labels of spans from which nothing is learned: half a name, a street without a number."""
UNLISTED_SHARE, UNREAD_SHARE = 0.2, 0.06
"""How many words of names forget that they are listed, and how many words their pieces."""
NAME = tagger.LABELS.index("PERSON_PRIVATE")
NOTHING = -1


class Example:
    """A text as the network sees it, with a label for each of its tokens."""

    __slots__ = ("labels", "pieces", "seen")

    def __init__(self, text: Text, cut: Pieces) -> None:
        row = tokens(text.text)[:220]
        self.pieces = np.array(cut(row), dtype=np.int64).reshape(-1, PIECES)
        self.seen = features(text.text, row)
        self.labels = np.zeros(len(row), dtype=np.int64)
        for mark in text.marks:
            label = NOTHING if mark.type == "~" else tagger.LABELS.index(mark.type)
            for place, token in enumerate(row):
                if token.start < mark.end and mark.start < token.end:
                    self.labels[place] = label


class Network(nn.Module):
    """Pieces and features of a word, then what stands up to eight words away."""

    def __init__(self, known: np.ndarray) -> None:
        super().__init__()
        self.pieces = nn.Embedding.from_pretrained(torch.tensor(known), freeze=False)
        self.read = nn.Linear(3 * WIDTH, HIDDEN)
        self.seen = nn.Linear(FEATURES, HIDDEN)
        self.around = nn.ModuleList(
            nn.Conv1d(HIDDEN, 2 * HIDDEN, 3, dilation=d, padding=d) for d in DILATIONS
        )
        self.drop = nn.Dropout(0.2)
        self.said = nn.Linear(HIDDEN, len(tagger.LABELS))

    def forward(self, pieces: torch.Tensor, seen: torch.Tensor) -> torch.Tensor:
        there = (pieces != 0).float()
        vectors = self.pieces(pieces) * there.unsqueeze(-1)
        mean = vectors.sum(2) / there.sum(-1, keepdim=True).clamp(min=1)
        words = torch.cat([mean, vectors[:, :, 0], vectors[:, :, -1]], -1)
        x = torch.relu(self.read(self.drop(words)) + self.seen(seen)).transpose(1, 2)
        inside = there[:, None, :, 0]
        for convolution in self.around:
            value, gate = convolution(self.drop(x) * inside).chunk(2, 1)
            x = x + value * torch.sigmoid(gate)
        return self.said(self.drop(x.transpose(1, 2)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="the folder with pii/")
    parser.add_argument("out", type=Path, nargs="?", default=tagger.HERE)
    parser.add_argument("--without", nargs="*", default=(), help="labelled files to leave out")
    args = parser.parse_args()
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    texts = list(comments(Maker(SEED), MADE))
    for name in LABELLED:
        if name not in args.without:
            texts += labelled(args.data / "pii" / f"{name}.jsonl")
    vocabulary = sealed.read_sealed(encoder.HERE / encoder.VOCABULARY)
    cut = Pieces(vocabulary.decode().splitlines())
    examples = [example for text in texts if len((example := Example(text, cut)).labels)]
    print(f"{len(examples)} texts", flush=True)
    network = trained(examples, Network(known_pieces()))
    write(network, tagger.fingerprint(vocabulary), args.out)


def labelled(path: Path) -> list[Text]:
    content = path.read_bytes()
    print(f"{path.name} {hashlib.sha256(content).hexdigest()}")
    found = []
    for line in content.decode().splitlines():
        row = json.loads(line)
        marks = [Mark(s["start"], s["end"], s["type"]) for s in row["spans"]]
        marks += [Mark(s["start"], s["end"], "~") for s in row["neutral"] if s["type"] in UNSURE]
        found.append(Text(row["text"], marks))
    return found


def known_pieces() -> np.ndarray:
    """The word pieces as the encoder knows them, in fewer numbers."""
    tables = onnx.load(str(encoder.HERE / encoder.NETWORK)).graph.initializer
    table = max(map(numpy_helper.to_array, tables), key=np.size).astype(np.float32)
    table -= table.mean(0)
    _, _, directions = np.linalg.svd(table[::2], full_matrices=False)
    found = table @ directions[:WIDTH].T
    return found / found.std()


def trained(examples: list[Example], network: Network) -> Network:
    rng = np.random.default_rng(SEED)
    examples.sort(key=lambda example: len(example.labels))
    batches = [examples[at : at + BATCH] for at in range(0, len(examples), BATCH)]
    slow = list(network.pieces.parameters())
    fast = [weights for weights in network.parameters() if weights is not slow[0]]
    optimiser = torch.optim.AdamW([{"params": slow}, {"params": fast}], weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, [1e-3, 3e-3], total_steps=EPOCHS * len(batches), pct_start=0.1
    )
    for epoch in range(EPOCHS):
        random.Random(SEED + epoch).shuffle(batches)
        total = 0.0
        for batch in batches:
            pieces, seen, labels = arrays(batch, rng)
            said = network(pieces, seen).transpose(1, 2)
            loss = nn.functional.cross_entropy(said, labels, ignore_index=NOTHING)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total += loss.item()
        print(f"epoch {epoch + 1}: {total / len(batches):.4f}", flush=True)
    return network.eval()


def arrays(
    batch: Sequence[Example], rng: np.random.Generator
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """A batch, in which some names are in no list and some words are unread."""
    width = max(len(example.labels) for example in batch)
    pieces = np.zeros((len(batch), width, PIECES), dtype=np.int64)
    seen = np.zeros((len(batch), width, FEATURES), dtype=np.float32)
    labels = np.full((len(batch), width), NOTHING, dtype=np.int64)
    for at, example in enumerate(batch):
        size = len(example.labels)
        pieces[at, :size] = example.pieces
        pieces[at, :size][rng.random(size) < UNREAD_SHARE] = UNREAD
        labels[at, :size] = example.labels
        unlisted = (example.labels == NAME) & (rng.random(size) < UNLISTED_SHARE)
        for place, numbers in enumerate(example.seen):
            seen[at, place, numbers] = 1
            if unlisted[place]:
                seen[at, place, :OF_LISTS] = 0
                seen[at, place, UNLISTED] = 1
    return torch.tensor(pieces), torch.tensor(seen), torch.tensor(labels)


def write(network: Network, vocabulary: str, folder: Path) -> None:
    """The network as ONNX, its table of word pieces in 8 bits, with its checksum."""
    weights = {name: value.detach().numpy() for name, value in network.named_parameters()}
    graph = helper.make_graph(
        list(nodes()),
        "tagger",
        [
            helper.make_tensor_value_info("pieces", TensorProto.INT64, ["tokens", PIECES]),
            helper.make_tensor_value_info("seen", TensorProto.FLOAT, ["tokens", FEATURES]),
        ],
        [
            helper.make_tensor_value_info(
                "shares", TensorProto.FLOAT, ["tokens", len(tagger.LABELS)]
            )
        ],
        [numpy_helper.from_array(value, name) for name, value in constants(weights).items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    helper.set_model_props(model, {"vocabulary": vocabulary})
    onnx.checker.check_model(model)
    folder.mkdir(exist_ok=True)
    content = model.SerializeToString(deterministic=True)
    (folder / tagger.NETWORK).write_bytes(content)
    checksum = f"{hashlib.sha256(content).hexdigest()}  {tagger.NETWORK}\n"
    (folder / sealed.CHECKSUMS).write_text(checksum, encoding="ascii")
    print(f"{len(content) / 1e6:.1f} MB", checksum)


def constants(weights: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    table = weights.pop("pieces.weight")
    step = np.float32(np.quantile(np.abs(table), 0.9999) / 127)
    found = {name: value.T if value.ndim == 2 else value for name, value in weights.items()}
    found = {name: np.ascontiguousarray(value) for name, value in found.items()}
    found["table"] = np.clip(np.round(table / step), -127, 127).astype(np.int8)
    found |= {"step": step, "zero": np.int64(0), "first": np.int64(0), "last": np.int64(PIECES - 1)}
    found |= {"at_0": np.array([0]), "at_1": np.array([1]), "at_2": np.array([2])}
    return {name: np.asarray(value) for name, value in found.items()}


def nodes() -> Iterator[onnx.NodeProto]:
    """What :class:`Network` does, for one text."""

    def node(kind: str, inputs: str, outputs: str, **how: object) -> onnx.NodeProto:
        return helper.make_node(kind, inputs.split(), outputs.split(), **how)

    yield node("Equal", "pieces zero", "absent")
    yield node("Not", "absent", "present")
    yield node("Cast", "present", "there", to=TensorProto.FLOAT)
    yield node("Unsqueeze", "there at_2", "there_each")
    yield node("Gather", "table pieces", "steps")
    yield node("Cast", "steps", "steps_each", to=TensorProto.FLOAT)
    yield node("Mul", "steps_each step", "all_vectors")
    yield node("Mul", "all_vectors there_each", "vectors")
    yield node("ReduceSum", "vectors at_1", "sum", keepdims=0)
    yield node("ReduceSum", "there at_1", "count", keepdims=1)
    yield node("Div", "sum count", "mean")
    yield node("Gather", "vectors first", "beginning", axis=1)
    yield node("Gather", "vectors last", "ending", axis=1)
    yield node("Concat", "mean beginning ending", "words", axis=1)
    yield node("MatMul", "words read.weight", "words_")
    yield node("Add", "words_ read.bias", "of_words")
    yield node("MatMul", "seen seen.weight", "seen_")
    yield node("Add", "seen_ seen.bias", "of_seen")
    yield node("Add", "of_words of_seen", "both")
    yield node("Relu", "both", "both_")
    yield node("Transpose", "both_", "turned", perm=[1, 0])
    yield node("Unsqueeze", "turned at_0", "x0")
    for at, d in enumerate(DILATIONS):
        inputs = f"x{at} around.{at}.weight around.{at}.bias"
        yield node("Conv", inputs, f"both{at}", dilations=[d], pads=[d, d], kernel_shape=[3])
        yield node("Split", f"both{at}", f"value{at} gate{at}", axis=1)
        yield node("Sigmoid", f"gate{at}", f"open{at}")
        yield node("Mul", f"value{at} open{at}", f"more{at}")
        yield node("Add", f"x{at} more{at}", f"x{at + 1}")
    yield node("Squeeze", f"x{len(DILATIONS)} at_0", "squeezed")
    yield node("Transpose", "squeezed", "back", perm=[1, 0])
    yield node("MatMul", "back said.weight", "said_")
    yield node("Add", "said_ said.bias", "logits")
    yield node("Softmax", "logits", "shares", axis=-1)


if __name__ == "__main__":
    main()
