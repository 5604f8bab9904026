"""The encoder: what it reads of a text, that damage is refused, that it loads late."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from operator import sub

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.screening import deadline, encoder, sealed
from comments.screening.encoder.loading import Loader
from comments.screening.encoder.reading import Words, read
from comments.screening.encoder.wordpieces import WordPieces
from comments.screening.sealed import CHECKSUMS, DataError

WORDS = Words(
    [
        "the",
        "and",
        "are",
        "all",
        "people",
        "court",
        "house",
        "white",
        "trash",
        "women",
        "hate",
        "this",
        "so",
        "much",
        "them",
        "back",
        "send",
        "now",
        "brother",
        "killer",
        "vermin",
    ],
    "shit nigger".split(),  # noqa: SIM905
)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("See https://example.org/a?b=1 now", "see now"),
        ("@somebody hate this", "user hate this"),
        ("write to joy.a@example.org or not", "write to user or not"),
        ("v e r m i n", "vermin"),
        ("w.o.m.e.n", "women"),
        ("U.S.A. and a b c d", "u.s.a. and a b c d"),
        ("v3rm1n and k1ll3r", "vermin and killer"),
        ("cell b4, unit C12, 1994", "cell b4, unit c12, 1994"),
        ("sh*t and s**t", "shit and shit"),
        ("sh!t happens!", "shit happens!"),
        ("I haaaate thiiis", "i hate this"),
        ("allwhitepeoplearetrash", "all white people are trash"),
        ("courthouse", "court house"),
        ("#SendThemBack", "send them back"),
        ("🐒", "monkey"),
        ("👍🏿", "thumbs up sign"),
        ("🇲🇽", "mx"),
        ("ＨＡＴＥ", "hate"),
        ("", ""),
    ],
)
def test_disguised_words_are_read_plainly(text, plain):
    assert read(text, WORDS) == plain


PIECES = WordPieces(
    ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "un", "##fair", "fair", ".", "el", "nino", "法"], 8
)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("", [2, 3]),
        ("Unfair fair.", [2, 4, 5, 6, 7, 3]),
        ("el niño", [2, 8, 9, 3]),
        ("xyz", [2, 1, 3]),
        ("法fair", [2, 10, 6, 3]),
        ("fair " * 20, [2, 6, 6, 6, 6, 6, 6, 3]),
        ("a" * 101, [2, 1, 3]),
    ],
)
def test_a_text_is_cut_into_the_longest_pieces_there_are(text, numbers):
    assert PIECES.numbers(text) == numbers


@given(st.text(st.characters(), max_size=80))
def test_any_text_has_an_answer_even_with_broken_characters(text):
    (answer,) = encoder.logits([text])
    assert all(abs(logit) < 50 for logit in answer)


def test_answers_come_in_the_order_of_the_texts_and_do_not_depend_on_company():
    texts = ["The tape was erased.", "Women are vermin. " * 6, "", "Thank you."] * 3
    together = encoder.logits(texts)
    alone = [encoder.logits([text])[0] for text in texts]
    for one, other in zip(together, alone, strict=True):
        assert one == pytest.approx(other, abs=0.35)  # 8-bit steps depend on the batch


def test_the_gist_of_a_text_does_not_depend_on_company():
    texts = ["The tape was erased.", "The harbour is calm today, and rain comes later.", "Thanks."]
    together = encoder.answers(texts)
    for text, one in zip(texts, together, strict=True):
        assert len(one.gist) == encoder.GIST
        assert one.gist == pytest.approx(encoder.answers([text])[0].gist, abs=0.2)
    assert max(map(abs, map(sub, together[0].gist, together[1].gist))) > 0.2


def test_a_long_text_is_read_in_passages_that_cover_it():
    text = "The first tape is silent for eleven seconds. " * 40
    places = [(passage.start, passage.end) for passage in encoder.passages(text)]
    assert len(places) > 3
    assert all(end - start <= encoder.PASSAGE for start, end in places)
    assert "".join(text[a:b] for a, b in places).replace(" ", "") == text.replace(" ", "")


@pytest.fixture
def folder(tmp_path):
    for name in (encoder.NETWORK, encoder.VOCABULARY, encoder.DISGUISED, CHECKSUMS):
        shutil.copy(encoder.HERE / name, tmp_path / name)
    return tmp_path


def test_a_sound_network_is_loaded_once(folder):
    assert encoder.load(folder) is encoder.load(folder)
    assert sealed.damaged(folder) == []


def test_those_who_come_too_early_are_told_so_and_the_read_goes_on():
    may_end, read = threading.Event(), []

    def slowly(folder):
        read.append(folder)
        may_end.wait(10)
        return len(read)

    load = Loader(slowly)
    with pytest.raises(DataError, match="still being read"):
        load(encoder.HERE, seconds=0.01)
    may_end.set()
    assert load(encoder.HERE, seconds=10) == load(encoder.HERE) == 1


def test_many_at_once_wait_for_one_read():
    read = []

    def slowly(folder):
        time.sleep(0.05)
        read.append(folder)
        return object()

    load = Loader(slowly)
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda _: load(encoder.HERE, seconds=10), range(8)))
    assert len(found) == len(read) == 1


def test_a_read_that_failed_is_tried_again():
    answers = iter([DataError("cut short"), "the network"])

    def read(folder):
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    load = Loader(read)
    with pytest.raises(DataError, match="cut short"):
        load(encoder.HERE)
    assert not load.is_loaded(encoder.HERE)
    assert load(encoder.HERE) == "the network"


def test_a_detector_that_is_stopped_while_it_waits_leaves_the_network_whole():
    """Its deadline is past before the read ends; the comment after it is answered."""
    may_end = threading.Event()

    def slowly(folder):
        may_end.wait(10)
        return "the network"

    load = Loader(slowly)
    with pytest.raises(TimeoutError):
        deadline.within(0.05, lambda: load(encoder.HERE, seconds=5))
    may_end.set()
    assert load(encoder.HERE, seconds=10) == "the network"


@pytest.mark.parametrize("name", [encoder.NETWORK, encoder.VOCABULARY, encoder.DISGUISED])
@pytest.mark.parametrize("harm", ["altered", "cut short", "missing", "without its checksum"])
def test_a_network_that_is_not_what_it_should_be_is_refused(folder, name, harm):
    path = folder / name
    content = path.read_bytes()
    if harm == "altered":
        path.write_bytes(content[:100] + b"x" + content[101:])
    elif harm == "cut short":
        path.write_bytes(content[:-1])
    elif harm == "missing":
        path.unlink()
    else:
        (folder / CHECKSUMS).write_text("")
    with pytest.raises(DataError):
        encoder.load(folder)
    assert sealed.damaged(folder) or harm == "without its checksum"


def test_the_network_is_not_read_before_the_first_comment():
    code = (
        "from comments.screening import encoder; import sys; "
        "print(encoder.load.is_loaded(encoder.HERE), 'numpy' in sys.modules, "
        "'onnxruntime' in sys.modules)"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert answer.stdout.split() == ["False", "False", "False"]


def test_checksums_that_cannot_be_read_are_damage(tmp_path):
    (tmp_path / CHECKSUMS).write_bytes(b"\xff")
    assert sealed.damaged(tmp_path) == [f"{tmp_path.name}/{CHECKSUMS} cannot be read"]
