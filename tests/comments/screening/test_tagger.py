"""The tagger: what no rule foresaw, whom it leaves alone, that damage is refused."""

from __future__ import annotations

import shutil

import pytest

from comments.screening import encoder, get_ready, sealed
from comments.screening.detectors.pii import personal_information, tagger
from comments.screening.detectors.pii.reading import Reading
from comments.screening.detectors.pii.tagger.features import (
    FEATURES,
    PIECES,
    Pieces,
    features,
    tokens,
)
from comments.screening.detectors.pii.unforeseen import unforeseen
from comments.screening.pipeline import LookFor, ask
from comments.screening.sealed import CHECKSUMS, DataError
from comments.screening.types import HELD_FROM, Category, FindingType, Submission


@pytest.fixture(scope="module", autouse=True)
def _loaded():
    get_ready()


def learned(text: str, *public: str) -> list[tuple[str, str]]:
    return [
        (clue.type.value, text[clue.start : clue.end])
        for clue in unforeseen(Reading(text, frozenset(public)))
    ]


@pytest.mark.parametrize(
    ("text", "kind", "span"),
    [
        ("nobody ever asked ehao wachiko where he was", "PERSON_PRIVATE", "ehao wachiko"),
        ("Mr. Zumatczyk from the hardware store saw it", "PERSON_PRIVATE", "Zumatczyk"),
        ("mataron a quilmara tovatzi y nadie dijo nada", "PERSON_PRIVATE", "quilmara tovatzi"),
        ("mi hijo es el interno TX4408813 desde mayo", "INMATE_ID", "TX4408813"),
        ("mail it to RR 4 Box 81-B, Olaville, AL ok", "ADDRESS", "RR 4 Box 81-B, Olaville, AL"),
    ],
)  # fmt: skip
def test_the_tagger_knows_by_its_place_what_no_list_holds(text, kind, span):
    assert (kind, span) in learned(text)


@pytest.mark.parametrize(
    "text",
    [
        "Judge Zumatczyk signed it in nine minutes.",
        "The vigil is at Zumatczyk Elementary School.",
        "Ruth Bader Ginsburg wrote it better.",
        "In 1986, 1991, 1997 and 2004 there were hearings.",
        "The parish raised 4212 dollars for the bus.",
        "HB 2631 passed, and 466 U.S. 668 still stands.",
        "",
        "?!",
        "\u0301",
    ],
)
def test_the_tagger_leaves_public_people_and_everyday_figures_alone(text):
    assert learned(text) == []


def test_the_people_of_the_article_are_public_to_the_tagger():
    text = "nobody ever asked ehao wachiko where he was"
    assert learned(text, "Ehao Wachiko") == []


def test_what_the_tagger_finds_holds_a_comment_and_repeats_nothing():
    text = "nobody ever asked ehao wachiko where he was"
    (finding,) = personal_information(Submission(text))
    assert finding.score >= HELD_FROM
    assert "wachiko" not in finding.because


def test_every_token_has_as_many_pieces_and_features_as_the_network_reads():
    text = "— Mamá’s note: 312-555-0142\n¿QUÉ? \u0301 " + "x" * 90
    row = tokens(text)
    cut = Pieces((encoder.HERE / encoder.VOCABULARY).read_text().splitlines())
    assert {len(numbers) for numbers in cut(row)} == {PIECES}
    assert all(numbers[0] and numbers[-1] for numbers in cut(row))
    assert all(0 <= number < FEATURES for seen in features(text, row) for number in seen)
    assert [text[token.start : token.end] for token in row] == [token.text for token in row]


@pytest.fixture
def folder(tmp_path):
    for name in (tagger.NETWORK, CHECKSUMS):
        shutil.copy(tagger.HERE / name, tmp_path / name)
    return tmp_path


@pytest.mark.parametrize("harm", ["altered", "cut short", "missing"])
def test_a_tagger_that_is_not_what_it_should_be_is_refused(folder, harm):
    path = folder / tagger.NETWORK
    content = path.read_bytes()
    if harm == "altered":
        path.write_bytes(content[:100] + b"x" + content[101:])
    elif harm == "cut short":
        path.write_bytes(content[:-1])
    else:
        path.unlink()
    with pytest.raises(DataError):
        tagger.load(folder)
    assert sealed.damaged(folder)


def test_a_tagger_made_for_other_word_pieces_is_refused(folder, monkeypatch):
    monkeypatch.setattr(tagger, "fingerprint", lambda _vocabulary: "of others")
    with pytest.raises(DataError, match="other word pieces"):
        tagger.load(folder, seconds=30)


def test_without_the_tagger_a_comment_waits_and_the_fault_says_what_was_not_looked_for(monkeypatch):
    def broken(_text):
        raise DataError("tagger.onnx is not the file that the checksum was made for")

    monkeypatch.setattr(tagger, "stretches", broken)
    looked_for: LookFor = {personal_information: Category.PERSONAL_INFORMATION}
    screening = ask([personal_information], Submission("Thank you."), look_for=looked_for)
    assert [finding.type for finding in screening.findings] == [FindingType.FAULT]
    assert screening.verdict.holds
    assert screening.may_have_missed_personal_information
