"""Linear models: what they see of a text, how they weigh it, and that a damaged file is refused."""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from array import array
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.screening.linear import (
    Features,
    LinearModel,
    Table,
    hashes,
    load,
    pieces,
    tokens,
)
from comments.screening.sealed import CHECKSUMS, DataError

KINDS = {"brother": "<relative>", "aunt": "<relative>"}


def table(weights: bytes, *, least: int = 1) -> dict[str, object]:
    packed = base64.b64encode(zlib.compress(weights)).decode()
    return {"weights": packed, "scale": 0.5, "least": least}


def stored(**changes: object) -> dict[str, object]:
    tables = [table(bytes([0, 1, 255, 0]))]
    return {"tables": tables, "named": {"a": 2}, "bias": -1, "threshold": 0.25} | changes


def written(folder: Path, content: bytes) -> Path:
    path = folder / "model.json"
    path.write_bytes(content)
    line = f"{hashlib.sha256(content).hexdigest()}  {path.name}\n"
    (folder / CHECKSUMS).write_text(line, encoding="ascii")
    return path


@pytest.mark.parametrize(
    ("plain", "words"),
    [
        ("my brother's case, pleeeease!", ["my", "brothers", "case", "pleease", "!"]),
        ("see https://example.org/a?b now?", ["see", "url", "now", "?"]),
        ("30 years... n'est-ce pas", ["30", "years", "nest", "ce", "pas"]),
        ("法律 ok", ["法律", "ok"]),
        ("...", []),
    ],
)
def test_a_text_becomes_words_numbers_and_the_marks_that_matter(plain, words):
    assert tokens(plain) == words


def test_words_of_one_kind_share_what_stands_around_them():
    shared = pieces(["my", "brother", "sits"], KINDS) & pieces(["my", "aunt", "sits"], KINDS)
    assert hashes({"w <relative>", "b my <relative>", "t my <relative> sits"}) <= shared
    assert hashes({"w aunt", "b my aunt"}).isdisjoint(shared)


def test_the_margin_adds_up_tables_names_and_bias():
    model = LinearModel((Table(array("b", [0, 4, -2, 0]), 0.5, 1),), {"a": 2.0}, -1.0, 0.25)
    assert model.margin(Features(({1},), {})) == pytest.approx(1.0)
    assert model.margin(Features(({5, 9},), {})) == pytest.approx(1.0)
    assert model.margin(Features(({1, 2},), {"a": 1.5, "b": 9})) == pytest.approx(2 + 1 / 2**0.5)


def test_a_text_shorter_than_the_least_says_less():
    weights = array("b", [0, 8])
    assert Table(weights, 1.0, 1).total({1}) == 2 * Table(weights, 1.0, 4).total({1})


def test_the_threshold_is_half_and_no_margin_overflows():
    model = LinearModel((), {"a": 1.0}, 0.0, 0.25)
    assert model.score(Features((), {"a": 0.25})) == pytest.approx(0.5)
    assert model.score(Features((), {"a": 1e9})) == pytest.approx(1.0)
    assert model.score(Features((), {"a": -1e9})) == pytest.approx(0.0)


def test_a_sound_file_is_read(tmp_path):
    model = load(written(tmp_path, json.dumps(stored()).encode()))
    assert model == LinearModel((Table(array("b", [0, 1, -1, 0]), 0.5, 1),), {"a": 2.0}, -1.0, 0.25)


@pytest.mark.parametrize("missing", ["model.json", CHECKSUMS])
def test_a_missing_file_is_refused(tmp_path, missing):
    path = written(tmp_path, json.dumps(stored()).encode())
    (tmp_path / missing).unlink()
    with pytest.raises(DataError, match="cannot be read"):
        load(path)


def test_a_file_that_is_not_the_one_of_the_checksum_is_refused(tmp_path):
    path = written(tmp_path, json.dumps(stored()).encode())
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(DataError, match="checksum"):
        load(path)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff",
        json.dumps(stored(bias="much")).encode(),
        json.dumps(stored(tables=[table(b"")])).encode(),
        json.dumps(stored(tables=[table(b"abc")])).encode(),
        json.dumps(stored(tables=[table(b"ab", least=0)])).encode(),
        json.dumps(stored(tables=[table(b"ab") | {"weights": "YWI="}])).encode(),
    ],
)
def test_a_file_of_another_form_is_refused_even_with_its_checksum(tmp_path, content):
    with pytest.raises(DataError, match="form"):
        load(written(tmp_path, content))


@given(st.text(st.characters(), max_size=60))
def test_any_text_has_features_even_with_broken_characters(text):
    assert all(0 <= number < 2**32 for number in pieces(tokens(text), KINDS))
