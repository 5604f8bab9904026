"""Hate speech is held, the talk about it is not; threats are held, hard words are not."""

from __future__ import annotations

import shutil
import time

import pytest

from comments.screening import encoder, scale, screen
from comments.screening.detectors import hate
from comments.screening.detectors.hate import carrying_words, hate_speech, threats
from comments.screening.sealed import CHECKSUMS, DataError
from comments.screening.splitting import sentences
from comments.screening.types import SURE_FROM, FindingType, Submission

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
        "1mm1gr4nts 4re v3rm1n and should be 3xterm1nat3d, all of them.",
        "Immigrants are v e r m i n and should be exterminated, all of them.",
        "I.m.m.i.g.r.a.n.t.s are vermin and should be exterminated, all of them.",
        "Immi\u200bgrants are ver\u200bmin and should be exter\u200bminated, all of them.",
        "Immigrаnts аre vеrmin аnd shоuld be extеrminated, all of them.",
        "Ｉｍｍｉｇｒａｎｔｓ are ｖｅｒｍｉｎ and should be exterminated, all of them.",
        "Immigrants are 🐀🪳 and should be exterminated, all of them.",
        "Immigrantsarevermin and shouldbeexterminated, all of them.",
        "Immigrants are verm*n and should be ext*rminated, all of them.",
        "#ImmigrantsAreVermin #ExterminateThem all of them",
        "IMMIGRANTS ARE VERMINNNNN AND SHOULD BE EXTERMINATED, ALL OF THEM!!!",
        "Los immigrants son vermin, que los exterminen a todos.",
    ],
    ids=[
        *("leet", "spaced", "dotted", "zero-width", "cyrillic", "full-width"),
        *("emoji", "joined", "stars", "hashtags", "loud", "mixed Spanish"),
    ],
)
def test_disguises_do_not_help(text):
    assert hate_score(text) >= HELD


@pytest.mark.parametrize(
    "text",
    [
        "The inf0rm4nt was paid tw1ce and the jury n3ver kn3w.",
        "The tape is m i s s i n g and nobody asks where it went.",
        "Tha\u200bnk you for wri\u200bting about her.",
        "Thе judgе nеvеr rеad thе lеttеr.",
        "My brother is home 🎉🕊️❤️ after nineteen years",
        "Thankyousomuch for thiswonderful article",
        "#FreeThemAll #InnocentUntilProven",
        "FREE HIM NOW!!! SHAME ON THIS COURT!!!",
        "Mi uncle perdió everything, gracias for telling it.",
    ],
    ids=[
        *("leet", "spaced", "zero-width", "cyrillic", "emoji", "joined", "hashtags", "loud"),
        "mixed Spanish",
    ],
)
def test_odd_writing_alone_accuses_nobody(text):
    assert hate_score(text) < HELD


def test_one_hateful_sentence_in_a_long_comment_is_found_and_marked():
    before = "I have followed this case since the first trial. The lab report was hidden. " * 4
    after = " Thank you for the article, and please publish the second part soon. " * 4
    text = before + HATEFUL + after
    (finding,) = [f for f in hate_speech(Submission(text)) if f.score >= HELD]
    assert text[finding.start : finding.end] == HATEFUL


PRAISE = "Thank you all for this work. God bless everyone who helps these families."


@pytest.mark.parametrize("text", [f"{HATEFUL} {PRAISE}", f"{PRAISE} {HATEFUL}"])
def test_praise_around_it_hides_no_hateful_sentence(text):
    (finding,) = hate_speech(Submission(text))
    assert finding.score >= HELD
    assert text[finding.start : finding.end] == HATEFUL


def test_repetition_does_not_water_it_down():
    assert hate_score(f"{HATEFUL} " * 30) >= HELD
    assert hate_score("The tape was never played. " * 12 + HATEFUL) >= HELD


def test_a_short_passage_is_read_once_and_one_of_several_sentences_again(monkeypatch):
    asked = []

    def answers(texts):
        asked.append(len(texts))
        return [encoder.Answer(encoder.Logits(hate=0.0, case=-9.0), gist=())] * len(texts)

    monkeypatch.setattr(encoder, "answers", answers)
    encoder.passages.cache_clear()
    list(hate_speech(Submission("One sentence that nobody has asked about before.")))
    assert asked == [1]
    list(hate_speech(Submission("The first sentence is here. The second one follows it.")))
    assert asked == [1, 1, 2]


def test_a_span_points_into_the_text_as_it_was_typed():
    text = "  \u200b" + HATEFUL.replace("vermin", "ver\u200bmin") + "\u200b  "
    (finding,) = hate_speech(Submission(text))
    assert text[finding.start : finding.end].startswith("Immigrants")
    assert text[finding.start : finding.end].endswith("them.")


def test_a_finding_explains_itself_without_the_visitors_words():
    (finding,) = hate_speech(Submission(HATEFUL))
    assert finding.type is FindingType.HATE
    assert finding.because.startswith("Most surely hate speech: score 0.")
    assert "held from 0.50" in finding.because
    assert "vermin" not in finding.because


def test_the_two_bands_have_words_of_their_own(monkeypatch):
    flat = scale.Scale(threshold=-100.0, temperature=1e6)
    monkeypatch.setattr(hate, "_scales", lambda: {"passage": flat, "sentence": flat})
    (finding,) = hate_speech(Submission("Good morning to everybody here."))
    assert HELD <= finding.score < SURE_FROM
    assert finding.because.startswith("May be hate speech, please check: score 0.50")


def test_the_words_that_carry_a_score_are_named():
    text = f"Good morning. {HATEFUL}"
    (finding,) = hate_speech(Submission(text))
    words = [text[a:b] for a, b in carrying_words(text, finding.start, finding.end)]
    assert 1 <= len(words) <= hate.CARRYING_WORDS
    assert {"vermin", "exterminated", "Immigrants"} & set(words)
    assert not {"Good", "morning"} & set(words)


@pytest.mark.parametrize("text", ["", "...", "word", "word " * 200])
def test_the_words_that_carry_nothing_are_not_named(text):
    assert carrying_words(text, 0, len(text)) == []


@pytest.mark.parametrize(
    "name", ["Mohammed Islam", "Maria Black", "Gay Moreno", "Van Dyke", "Jo Coon", "Turk", "JJ"]
)
def test_nobody_is_accused_for_a_name(name):
    assert hate_score(name) < HELD
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
        "I have a gun and you will see me soon.",
        "You will regret this. I know where you park and I have a gun.",
    ],
)
def test_a_weapon_shown_to_somebody_is_a_threat(text):
    assert threat_score(text) >= HELD


@pytest.mark.parametrize(
    "text",
    [
        "I have a gun license and you can buy one too.",
        "I own a rifle, as you know, and I support this cause.",
    ],
)
def test_a_weapon_that_is_only_owned_is_no_threat(text):
    assert threat_score(text) < HELD


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
    started = time.thread_time()
    for finding in [*hate_speech(Submission(text)), *threats(Submission(text))]:
        assert 0 <= finding.start <= finding.end <= len(text)
        assert 0.0 <= finding.score <= 1.0
    assert time.thread_time() - started < 3.0


def test_sentences_cover_every_word_of_a_text():
    text = "Mr. Doe came. He said no!\n\nWhy? I don't know... " + "word " * 200
    covered = "".join(text[start:end] for start, end in sentences(text))
    assert "".join(covered.split()) == "".join(text.split())


@pytest.fixture
def damaged_scale(tmp_path, monkeypatch):
    for name in (hate.SCALES.name, CHECKSUMS):
        shutil.copy(hate.SCALES.parent / name, tmp_path / name)
    (tmp_path / hate.SCALES.name).write_bytes(b"{}")
    monkeypatch.setattr(hate, "SCALES", tmp_path / hate.SCALES.name)
    hate._scales.cache_clear()
    yield
    hate._scales.cache_clear()


def test_a_damaged_scale_stops_the_detector_so_that_the_comment_is_held(damaged_scale):
    with pytest.raises(DataError):
        list(hate_speech(Submission(HATEFUL)))
    screening = screen(Submission("Good morning."))
    assert [finding.type for finding in screening.findings] == [FindingType.FAULT]
    assert screening.verdict.holds
