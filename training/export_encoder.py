"""From trained weights to the files that screening ships, in one command.

python training/export_encoder.py DATA_DIR WORK_DIR

Writes the network with 8-bit weights, compares it with the full one on a thousand texts, fits the
scales of its heads on development data, and seals the files with checksums.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.matmul_nbits_quantizer import (
    DefaultWeightOnlyQuantConfig,
    MatMulNBitsQuantizer,
)
from onnxruntime.quantization.shape_inference import quant_pre_process

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from comments.screening import encoder
from comments.screening.detectors import hate
from comments.screening.sealed import CHECKSUMS
from comments.screening.splitting import sentences
from training.corpus import Corpus, Example
from training.train_encoder import (
    Encoder,
    packaged,
    padded,
    reader,
    started,
)

DEMONSTRATION = ROOT / "comments" / "management" / "demo_content" / "comments.json"
HATEFUL_REASONS = {"hate_speech", "threat", "harassment", "profanity"}
BLOCK = 128
GIST_LAYERS = (1, 2)
"""Counted from 0: the best two for distress; the later ones know less of it."""
FLOAT, INT64 = onnx.TensorProto.FLOAT, onnx.TensorProto.INT64
COMPARED = 1000
LARGEST_MEAN_DIFFERENCE = 0.15
"""Of a logit; the sides of zero must agree for 98 in 100 texts."""
FLAGGED = 0.03
"""The most harmless comments of this site's kind that may be held, on development data."""
FLAGGED_ALONE = 0.005
"""How much of that is left for sentences within harmless passages."""


def full_network(work: Path) -> Encoder:
    pieces = (work / "vocab.txt").read_text(encoding="utf-8").splitlines()
    model = started(packaged(), pieces)
    model.load_state_dict(torch.load(work / "weights.pt", weights_only=True))
    positions = model.bert.embeddings.position_embeddings.weight.detach()[: encoder.LONGEST]
    model.bert.embeddings.position_embeddings = torch.nn.Embedding.from_pretrained(positions)
    model.bert.config._attn_implementation = "eager"
    return model.eval()


def write_network(model: Encoder, path: Path) -> None:
    """ONNX with 8-bit weights, 7 bits of them in use: older processors add up wrong otherwise.

    The layers whose inputs have outliers keep a scale for every ``BLOCK`` values, which costs some
    time and halves what rounding changes.
    """
    ids = torch.randint(5, 1000, (2, 16))
    mask = torch.ones_like(ids)
    mask[1, 9:] = 0
    free = {0: "texts", 1: "pieces"}
    with tempfile.TemporaryDirectory() as folder:
        whole, prepared = Path(folder) / "whole.onnx", Path(folder) / "prepared.onnx"
        torch.onnx.export(
            model,
            (ids, mask),
            str(whole),
            input_names=["input_ids", "attention_mask"],
            output_names=["logits"],
            dynamic_axes={"input_ids": free, "attention_mask": free, "logits": {0: "texts"}},
            opset_version=17,
            dynamo=False,
        )
        quant_pre_process(str(whole), str(prepared), skip_symbolic_shape=True)
        network = onnx.load(str(prepared))
        others = [n.name for n in network.graph.node if not _has_outliers(n)]
        blocks = DefaultWeightOnlyQuantConfig(
            block_size=BLOCK, is_symmetric=True, accuracy_level=4, bits=8
        )
        blockwise = MatMulNBitsQuantizer(network, algo_config=blocks, nodes_to_exclude=others)
        blockwise.process()
        onnx.save(blockwise.model.model, str(prepared))
        quantize_dynamic(
            str(prepared),
            str(path),
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
        )
    network = onnx.load(str(path))  # without the date and tools of its making
    tell_gist(network.graph)
    network.doc_string = "Encoder of visitors' comments; made by training/export_encoder.py."
    network.producer_name, network.producer_version = "", ""
    onnx.save(network, str(path))


def tell_gist(graph: onnx.GraphProto) -> None:
    """Let the network tell what a text is about: the mean over its pieces after some layers.

    The later layers forget what hate speech and cases do not need; other detectors ask for it.
    """
    mask, layers = "attention_mask", [_after(layer) for layer in GIST_LAYERS]
    make = onnx.helper.make_node
    for name, axis in (("second", 1), ("last", 2)):
        graph.initializer.append(onnx.helper.make_tensor(f"gist_{name}", INT64, [1], [axis]))
    graph.node.extend(
        [
            make("Concat", layers, ["gist_layers"], axis=2),
            make("Cast", [mask], ["gist_here"], to=FLOAT),
            make("Unsqueeze", ["gist_here", "gist_last"], ["gist_mask"]),
            make("Mul", ["gist_layers", "gist_mask"], ["gist_masked"]),
            make("ReduceSum", ["gist_masked", "gist_second"], ["gist_sum"], keepdims=0),
            make("ReduceSum", ["gist_mask", "gist_second"], ["gist_pieces"], keepdims=0),
            make("Div", ["gist_sum", "gist_pieces"], ["gist"]),
        ]
    )
    output = onnx.helper.make_tensor_value_info("gist", FLOAT, ["texts", encoder.GIST])
    graph.output.append(output)


def _after(layer: int) -> str:
    return f"/bert/encoder/layer.{layer}/output/LayerNorm/LayerNormalization_output_0"


def _has_outliers(node: onnx.NodeProto) -> bool:
    """The second half of each feed-forward block."""
    inside = "/output/dense" in node.name and "attention" not in node.name
    return node.op_type == "MatMul" and inside


def compare(model: Encoder, work: Path, path: Path, texts: Sequence[str]) -> None:
    """Stop unless the shipped network agrees with the full one."""
    rows = reader(work)(texts)
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    full, small = [], []
    for row in rows:
        ids, mask = padded([row], "cpu")
        with torch.no_grad():
            full.append(model(ids, mask)[0].numpy())
        feed = {"input_ids": ids.numpy(), "attention_mask": mask.numpy()}
        small.append(session.run(None, feed)[0][0])
    one, other = np.array(full), np.array(small)
    apart = np.abs(one - other)
    same_side = ((one > 0) == (other > 0)).mean(axis=0)
    print(
        f"{len(texts)} texts, full against 8-bit: mean difference {apart.mean(axis=0).round(3)}, "
        f"99 in 100 below {np.quantile(apart, 0.99, axis=0).round(3)}, same side {same_side}"
    )
    if apart.mean(axis=0).max() > LARGEST_MEAN_DIFFERENCE or same_side.min() < 0.98:
        raise SystemExit("The 8-bit network does not agree with the full one.")


def fitted(logits: np.ndarray, labels: np.ndarray, threshold: float) -> float:
    """The temperature at which the scores mean most: least log loss, both labels alike."""
    share = np.where(labels, 0.5 / labels.mean(), 0.5 / (1 - labels.mean()))

    def loss(temperature: float) -> float:
        steep = (logits - threshold) / temperature
        return float((share * np.logaddexp(0.0, np.where(labels, -steep, steep))).mean())

    return min(np.linspace(0.3, 6.0, 115), key=loss)


def calibrate(corpus: Corpus) -> None:
    """Write the scales of hate speech: where a comment is held, and how fast they grow sure.

    A passage is held from the lowest threshold that leaves ``FLAGGED_ALONE`` for the sentences that
    are read alone; these are held from the lowest at which ``FLAGGED`` is kept by both together.
    """
    examples = development(corpus)
    encoder.load.forget()
    encoder.load(encoder.HERE, seconds=60)
    whole, alone = np.array([surest(example.text) for example in examples]).T
    labels = np.array([bool(example.hateful) for example in examples])
    passage = float(np.quantile(whole[~labels], 1 - FLAGGED + FLAGGED_ALONE))
    allowed = int(FLAGGED * (~labels).sum()) - int((whole[~labels] > passage).sum())
    spared = np.sort(alone[~labels & (whole <= passage)])[::-1]
    sentence = max(passage, float(spared[max(allowed, 0)]))
    temperature = round(fitted(whole, labels, passage), 4)
    thresholds = {"passage": round(passage, 4), "sentence": round(sentence, 4)}
    content = {
        name: {"temperature": temperature, "threshold": threshold}
        for name, threshold in thresholds.items()
    }
    hate.SCALES.write_text(json.dumps(content, indent=1) + "\n", encoding="ascii")
    held = (whole > passage) | (alone > sentence)
    print(
        f"held from {thresholds}, temperature {temperature:.2f}; on development data recall "
        f"{held[labels].mean():.3f}, harmless flagged "
        f"{held[~labels].mean():.3f} of {(~labels).sum()}"
    )


def surest(text: str) -> tuple[float, float]:
    """The highest logit of its passages, and of the sentences that are read alone."""
    passages = encoder.passages(text)
    alone = [
        text[passage.start + start : passage.start + end]
        for passage in passages
        if passage.logits.hate > hate.READ_AGAIN_FROM
        and len(places := sentences(text[passage.start : passage.end])) > 1
        for start, end in places
    ]
    return (
        max((passage.logits.hate for passage in passages), default=-np.inf),
        max((found.hate for found in encoder.logits(alone)), default=-np.inf),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("work", type=Path)
    options = parser.parse_args()
    model = full_network(options.work)
    folder = encoder.HERE
    write_network(model, folder / encoder.NETWORK)
    (folder / encoder.VOCABULARY).write_bytes((options.work / "vocab.txt").read_bytes())
    corpus = Corpus(options.data)
    dev = corpus.public("dynahate_dev")
    compare(model, options.work, folder / encoder.NETWORK, [e.text for e in dev[:COMPARED]])
    seal(folder, encoder.NETWORK, encoder.VOCABULARY, encoder.DISGUISED)
    calibrate(corpus)
    seal(hate.SCALES.parent, hate.SCALES.name)
    size = sum(path.stat().st_size for path in folder.iterdir() if path.is_file())
    print(f"{size / 1e6:.2f} MB in {folder.name}/")


def development(corpus: Corpus) -> list[Example]:
    """Comments of this site's kind that training has not met; threats are a question apart."""
    domain = corpus.data / "domain"
    found = corpus.hand("abroad") + [
        Example(str(row["text"]), hateful=bool(row["hateful"]))
        for row in corpus.rows(domain / "hate_dev.jsonl")
        if not row["threat"]
    ]
    for name in ("cases_dev", "distress_dev", "spam_dev"):
        rows = corpus.rows(domain / f"{name}.jsonl")
        found += [Example(str(row["text"]), hateful=False) for row in rows]
    found += [Example(example.text, hateful=False) for example in corpus.case_hand("cases-shore")]
    return found + [
        Example(str(row["body"]), hateful=False)
        for row in json.loads(DEMONSTRATION.read_text(encoding="utf-8"))
        if row["expect_queue"] != "hate" and row["reason"] not in HATEFUL_REASONS
    ]


def seal(folder: Path, *names: str) -> None:
    """Write the checksums that screening asks for before it reads these files."""
    lines = [
        f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in names
    ]
    (folder / CHECKSUMS).write_text("".join(lines), encoding="ascii")


if __name__ == "__main__":
    main()
