"""Hate speech is held, the talk about it is not; threats are held, hard words are not."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time

import pytest

from comments.screening.detectors.hate import hate_speech, model, threats
from comments.screening.detectors.hate.features import plain_word, tokens
from comments.screening.detectors.hate.splitting import sentences
from comments.screening.text import fold
from comments.screening.types import FindingType, Submission

HELD = 0.5


def hate_score(text):
    return max((finding.score for finding in hate_speech(Submission(text))), default=0.0)


def threat_score(text):
    return max((finding.score for finding in threats(Submission(text))), default=0.0)


@pytest.mark.parametrize(
    "text",
    [
        "All Muslims are terrorists and should be deported, every last one of them.",
        "Immigrants are vermin, they breed and steal and bring disease.",
        "Women are liars by nature and should never be allowed to testify.",
        "Black people are animals and belong in cages.",
        "The Jews are parasites who control the courts.",
        "Gays are degenerate freaks, burn them all.",
        "Trans people are sick perverts and should be locked up away from children.",
        "Los gitanos son una plaga de ladrones, que los echen a todos.",
    ],
)
def test_attacks_on_a_group_are_held(text):
    assert hate_score(text) >= HELD


@pytest.mark.parametrize(
    "text",
    [
        "The prosecutor hid the lab report for eighteen years. Shame on that office.",
        "I am so damn angry at this judge that I cannot sleep.",
        "Half of the people on the row are Black in a state where one in eight is.",
        "My aunt is Muslim and she has visited him every week since the trial.",
        "He was stabbed in the yard in 1994 and nobody was ever charged.",
        "How many women have been exonerated so far? I could not find the figure.",
        "Please take down the comment above about immigrants, it is hateful.",
        "The sheriff wrote “those people are animals” in his report. I have read it.",
        "Thank you for telling her story. I cried on the bus.",
        "La jueza no quiso escuchar a los testigos. Qué vergüenza.",
    ],
)
def test_what_this_site_lives_on_is_not_held(text):
    assert hate_score(text) < HELD
    assert threat_score(text) < HELD


HATEFUL = "Immigrants are vermin and should be exterminated, all of them."


@pytest.mark.parametrize(
    "text",
    [
        "1mm1grants are v3rmin and should be exterminated, all of them.",
        "Immigrants are v e r m i n and should be exterminated, all of them.",
        "Immi\u200bgrants are ver\u200bmin and should be exter\u200bminated, all of them.",
        "Immigrаnts аre vеrmin аnd shоuld be extеrminated, all of them.",
        "IMMIGRANTS ARE VERMINNNNN AND SHOULD BE EXTERMINATED, ALL OF THEM!!!",
        "Ｉｍｍｉｇｒａｎｔｓ are ｖｅｒｍｉｎ and should be exterminated, all of them.",
    ],
    ids=["leet", "spaced", "zero-width", "cyrillic", "loud", "full-width"],
)
def test_disguises_do_not_help(text):
    assert hate_score(HATEFUL) >= HELD
    assert hate_score(text) >= HELD


def test_stars_and_digits_in_a_slur_are_read():
    assert plain_word("r*tards") == "retards"
    assert tokens("f4gg0t") == ["faggot"]


def test_one_hateful_sentence_in_a_long_comment_is_found_and_marked():
    before = "I have followed this case since the first trial. The lab report was hidden. " * 4
    after = " Thank you for the article, and please publish the second part soon. " * 4
    text = before + HATEFUL + after
    (finding,) = [f for f in hate_speech(Submission(text)) if f.score >= HELD]
    assert text[finding.start : finding.end] == HATEFUL


def test_a_span_points_into_the_text_as_it_was_typed():
    text = "  \u200b" + HATEFUL.replace("vermin", "ver\u200bmin") + "\u200b  "
    (finding,) = hate_speech(Submission(text))
    assert text[finding.start : finding.end].startswith("Immigrants")
    assert text[finding.start : finding.end].endswith("them.")


def test_a_finding_explains_itself_without_the_visitors_words():
    (finding,) = hate_speech(Submission(HATEFUL))
    assert finding.type is FindingType.HATE
    assert "held from 0.50" in finding.because
    assert "vermin" not in finding.because


@pytest.mark.parametrize(
    "name", ["Mohammed Islam", "Maria Black", "Gay Moreno", "Van Dyke", "Jo Coon", "Turk", "JJ"]
)
def test_names_are_too_short_to_be_judged(name):
    assert hate_score(name) == 0.0
    assert threat_score(name) == 0.0


@pytest.mark.parametrize("text", ["Gas the Jews", "Muslims are rats", "f4gg0ts"])
def test_three_plain_words_are_enough(text):
    assert hate_score(text) >= HELD


@pytest.mark.parametrize(
    "text",
    [
        "I will find you and I will break both your legs.",
        "Somebody should put a bullet in that prosecutor.",
        "You're dead, judge. Dead.",
        "Watch your back, Detective Harlan.",
        "I know where you live and what time your kids get out of school.",
        "kill yourself you lying witness",
        "k1ll y0urself",
        "Do us all a favor and jump off a bridge",
        "Hang the judge from the nearest lamp post",
        "Everybody show up at her house tonight and let her know how we feel",
        "Does anyone have the juror's home address?",
        "I hope you get cancer, all of you lawyers",
        "We are coming for you and your family",
        "It would be a shame if something happened to your shop, Mr. Doyle",
        "Her phone is 555-0123, blow up her phone all night",
        "If I ever meet you I will knock every tooth out of your mouth.",
        "Mrs. Doe, your daughter takes the 7:40 bus. Just so you know.",
        "There's a bounty on that witness.",
        "Te voy a encontrar y te voy a matar, fiscal",
        "Sabemos dónde vives, cuídate la espalda",
        "Mátate ya, nadie te va a extrañar",
        "hay que quemarle la casa a ese juez",
    ],
)
def test_threats_and_harassment_are_held(text):
    assert threat_score(text) >= HELD


@pytest.mark.parametrize(
    "text",
    [
        "In prison you learn to sleep with one eye open.",
        "He told my brother “I'll kill you if you talk”.",
        "The officer said he would shoot him.",
        "I'd kill for a cup of that coffee",
        "The state wants to kill him on Thursday.",
        "What a lovely family. It is a shame what was done to them.",
        "We will bury him next to his mother.",
        "Please don't kill yourself, call someone, there is help.",
        "We will fight you in court until he is free.",
        "You can't hide evidence for twenty years and keep your job.",
        "Someone should track down the witness and ask her again.",
        "If I had been his father I would have wanted to kill the man.",
        "I'll shoot him a message when part two is out.",
        "That prosecutor should be disbarred and locked up.",
        "Can anyone share his prison address so that we can send cards?",
        "Los guardias le dijeron “te voy a matar” y nadie hizo nada.",
        "Lo van a matar si nadie lo ayuda, la ejecución es el jueves.",
        "Kill the bill, call your senator.",
        "Your wife takes the bus every Sunday to see you, that is love.",
        "I hope you choke up like I did at the ending.",
        "When I'm done with this book I will write a review.",
    ],
)
def test_figures_of_speech_reports_and_crimes_are_not_threats(text):
    assert threat_score(text) < HELD


def test_a_threat_is_marked_with_its_sentence():
    text = "I read the whole article. Watch your back, Detective Harlan. Goodbye."
    (finding,) = threats(Submission(text))
    assert finding.type is FindingType.THREAT
    assert text[finding.start : finding.end] == "Watch your back, Detective Harlan."


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "x",
        "\u200b",
        "\ud800",
        "the \udfff women are \ud83d here",
        "\x00\x07",
        "😀" * 10_000,
        "ж" * 20_000,
        "漢字" * 5_000,
        "a" * 20_000,
        "a b " * 5_000,
        '"' * 20_000,
        "\n" * 20_000,
        "." * 20_000,
        "they are vermin " * 1_250,
        "k y s " * 3_300,
        "n*" * 10_000,
        "hope you and your " * 1_100,
        "hay que " * 2_500,
        "a\u0301" * 10_000,
    ],
    ids=lambda text: f"{len(text)}-{text[:4]!r}",
)
def test_whatever_comes_in_an_answer_comes_out_within_a_second(text):
    started = time.process_time()
    for finding in [*hate_speech(Submission(text)), *threats(Submission(text))]:
        assert 0 <= finding.start <= finding.end <= len(text)
        assert 0.0 <= finding.score <= 1.0
    assert time.process_time() - started < 1.0


def test_sentences_cover_every_word_of_a_text():
    text = "Mr. Doe came. He said no!\n\nWhy? I don't know... " + "word " * 200
    covered = "".join(text[start:end] for start, end in sentences(text))
    assert "".join(covered.split()) == "".join(text.split())


@pytest.fixture
def model_folder(tmp_path):
    for name in (model.MODEL, model.CHECKSUMS):
        shutil.copy(model.HERE / name, tmp_path / name)
    return tmp_path


def test_a_sound_model_is_loaded_once(model_folder):
    assert model.load(model_folder) is model.load(model_folder)
    assert model.load(model_folder).score(fold(HATEFUL).text) >= HELD


@pytest.mark.parametrize("harm", ["altered", "cut short", "missing", "without its checksum"])
def test_a_model_that_is_not_what_it_should_be_is_refused(model_folder, harm):
    path = model_folder / model.MODEL
    content = path.read_bytes()
    if harm == "altered":
        path.write_bytes(content.replace(b'"bias": ', b'"bias": 1', 1))
    elif harm == "cut short":
        path.write_bytes(content[:-1])
    elif harm == "missing":
        path.unlink()
    else:
        (model_folder / model.CHECKSUMS).write_text("")
    with pytest.raises(model.ModelError):
        model.load(model_folder)


def test_a_refused_model_stops_the_detector_so_that_the_comment_is_held(model_folder, monkeypatch):
    (model_folder / model.MODEL).write_bytes(b"{}")
    monkeypatch.setattr(model, "HERE", model_folder)
    with pytest.raises(model.ModelError):
        list(hate_speech(Submission(HATEFUL)))


def test_the_model_is_not_read_before_the_first_comment():
    code = (
        "from comments.screening.detectors.hate import model; "
        "print(model.load.cache_info().currsize, 'numpy' in __import__('sys').modules)"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert answer.stdout.split() == ["0", "False"]
