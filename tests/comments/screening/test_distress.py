"""Distress: somebody in danger now; not figures of speech, grief, films or what is long past."""

from __future__ import annotations

import time
from array import array
from pathlib import Path

import pytest

from comments.screening import encoder, screen
from comments.screening.detectors import distress as detector
from comments.screening.detectors.distress import distress
from comments.screening.linear import LinearModel, Table, hashes
from comments.screening.policy import judge
from comments.screening.sealed import CHECKSUMS, DataError
from comments.screening.types import Category, FindingType, Signals, Submission

URGENT = 0.5

IN_DISTRESS = [
    "I'm so tired. I just want to go to sleep and not wake up.",
    "19 and i already know i wont make 20. sorry mama",
    "Don't worry about me any more after tonight, and tell that lawyer it wasn't his fault",
    "I sleep with the rope under my bed. Just knowing that it's there.",
    "I don't think I'll see Christmas and I'm at peace with it. Tell my girls I tried.",
    "every night i drive to the overpass and sit there",
    "I deserve to be dead for what I did to that boy",
    "The voices tell me to end it and tonight I believe them.",
    "How many of my blood pressure pills would it take",
    "I've thought about it every day since the verdict and this week I bought what I need",
    "Mi sobrina subió un video despidiéndose y no contesta. Ayuden por favor.",
    "I just want the noise in my head to stop for ever",
    "everyone would be better off, my wife could get the insurance",
    "I can't see any way forward except out the window",
    "I keep thinking about walking in front of the train",
    "my husbands sentence is life and so is mine and i have decided to end mine early",
    "No one would even notice if I was gone",
    "i cut again last night. it's the only thing that helps",
    "he says hes gonna do it tonight hes on the tier and the guards laugh",
    "nobody came. nobody ever comes. ok then. bye",
    "Sometimes I think that the only way they'd believe me is if I was dead",
    "estoy en el puente y no sé qué hacer",
    "They took 20 years from me and I can't do another day. I won't.",
    "ya no aguanto más, quiero morirme",
    "no quiero seguir viviendo sin él",
    "Honestly I'd be doing everybody a favor",
    "they say time heals. it doesnt. i hope i dont wake up tomorrow",
    "you won't hear from me again. thank you for being kind to me here",
    "mi hijo está en la cárcel y me dijo que se va a matar, no sé a quién llamar",
    "I don't want to be alive anymore and I don't know who to tell",
    "I lied on that stand and I can't live with it anymore. I'm sorry. Goodbye.",
    "I've got my dad's revolver in my lap typing this",
    "I am an exoneree and I have a plan. I have never said that to anybody.",
    "Haven't slept in 5 days. I hear the doors. I look at the knife drawer too long.",
    "I did it before and I'll do it right this time",
    "is there anybody i can talk to right now im really not ok",
    "I already wrote the letters. One for each of the kids.",
    "I took the whole bottle",
    "nobody needs me now and i'm so tired of breathing",
    "I still have his revolver and I hold it every night",
    "I've stopped eating. I want to fade out.",
    "every time they postpone it I cut my arms",
    "I'm going to end it when the mail comes back Saturday",
    "they can keep it. i put everything in my sisters name and i wont be here when it clears",
    "I drive out to the reservoir each night and think how easy it would be",
    "He told my mother on the phone that he'll be dead by morning. Who can we call at the jail?",
    "Mi marido dice que se va a ahorcar esta noche y en la cárcel nadie contesta",
    "Ya dejé pagado el entierro. No me busquen.",
]
NOT_IN_DISTRESS = [
    "Bedankt voor dit mooie artikel.",
    "Dank u voor dit artikel, het heeft me geraakt.",
    "Danke für diesen Artikel, er hat mich sehr berührt.",
    "Sometimes I feel like giving up reading the news.",
    "This is not me at all.",
    "I drove over the bridge to that courthouse for 14 years to see my dad",
    "I can't take any more of these stories, they're too sad, but keep writing them",
    "He was shot in the back by police and they called it suicide",
    "I'm so tired of politicians who never did a day of honest work",
    "My heart is broken for this family. I can't stop crying.",
    "If he'd taken the plea he'd be home, but he said he'd rather die than say he did it",
    "I've decided to end my membership",
    "Me quiero morir de la vergüenza ajena con ese fiscal",
    "me muero por ver la segunda temporada",
    "This is it for me, I'm cancelling my subscription to that paper",
    "I work a suicide hotline and half of my calls are from people coming home from prison.",
    "I want to die at home an old man, not in there. That's what he told the court.",
    "I lost my son to suicide in a county cell. Jails should be sued for every one.",
    "We should end it. The death penalty, I mean.",
    "Nobody will ever know what that mother went through",
    "County is shooting itself in the foot again",
    "That ending killed me. I'm deceased.",
    "This made me want to throw my laptop across the room",
    "They were ready to kill an innocent man. Let that sink in.",
    "They asked him if he wanted to die and he said no sir I want to go home",
    "Goodbye to that crooked DA, don't let the door hit you",
    "It's over. After 31 years it is finally over. I can sleep now.",
    "It gets dark in there but I got through and so can you",
    "Lost everything: house, job, wife. Still here, still mad, still voting.",
    "The character jumps off the bridge at the end and I didn't see it coming",
    "I'm dead 💀💀 that prosecutor's tie",
    "He said he wanted to die in there. Twenty years later he's teaching my kid guitar.",
    "I hope I don't die before they pass that bill",
    "I gave up on the justice system a long time ago",
    "I am so tired of hearing that the system works",
    "No puedo creer que lo dejaran ahí 20 años",
    "If you are thinking about suicide, please call or text 988. I did and I'm here.",
    "I can't believe he survived that place. I would have given up.",
    "I used to sit with pills in my hand. It's been nine years. It gets better, brothers.",
    "The victim was stabbed with a kitchen knife and the knife was never tested",
    "Somebody please call the editor, there's a typo in the headline",
    "I take blood pressure pills because of this county",
    "Kill the death penalty once and for all",
    "The waiting is killing us, when's the next episode?",
    "I have not slept since I saw this film",
    "My husband can't go on trips any more because of his parole but we're happy",
    "I nearly died laughing at the judge's face",
    "Is there anybody from Enid here?",
    "Mi tío se suicidó en prisión hace diez años. Que Dios lo tenga en su gloria.",
    "He hanged himself with a bed sheet in cell 9 and nobody was charged.",
    "How many exonerees die by suicide? Is there any study?",
    "If I were on that jury I could not have lived with myself",
    "He took a bottle of pills in his cell in 1999 and they let him lie there",
    "I'd kill for a good index to these transcripts",
    "He wanted to die on the inside that first year. He's a grandfather now and coaches soccer.",
    "We ended it with a song, all forty of us, outside the gate",
    "The execution is set for Thursday, please call the governor",
    "This community kept me alive in the worst year. Thank you.",
    "Mi tía se quitó la vida en 1990 y nadie la ayudó",
    "No puedo con la burocracia de ese juzgado",
    "La película me mató, qué final",
]


def score(text: str) -> float:
    return max((finding.score for finding in distress(Submission(text))), default=0.0)


@pytest.mark.parametrize("text", IN_DISTRESS)
def test_a_person_who_may_come_to_harm_is_seen(text):
    assert score(text) >= URGENT


@pytest.mark.parametrize("text", NOT_IN_DISTRESS)
def test_figures_of_speech_grief_films_and_the_past_are_not_distress(text):
    assert score(text) < URGENT


def test_the_span_and_the_reason_speak_of_the_sentence_without_its_words():
    text = "I read this twice.\n\nI don’t want to be alive anymore. Thank you for the article."
    (finding,) = distress(Submission(text))
    assert finding.type is FindingType.DISTRESS
    assert text[finding.start : finding.end] == "I don’t want to be alive anymore."
    assert finding.because == "Signs of it: no wish to live."


def test_one_sentence_of_a_long_story_is_enough_and_is_what_is_marked():
    before = "I want to thank you for this article. My husband got forty years and the house went. "
    said = "I have his old pistol and most nights I think about killing myself. "
    after = "I work at a gas station and raise three kids. The man at the counter knew your site. "
    text = before + said + after * 3 + "My regards to the author."
    (finding,) = distress(Submission(text))
    assert finding.score >= URGENT
    assert said.strip() in text[finding.start : finding.end]


@pytest.mark.parametrize(
    "text",
    [
        "I don't want to live anymore",
        "I don’t want to live any more",
        "I dont want to live anymore",
        "I DONT WANNA LIVE NO MORE",
        "i  don`t   want to live   anymore",
        "im gunna kill myself",
        "Ya no quiero vivir",
        "ya no kiero vivir",
        "no quiero despertar mañana",
        "no quiero despertar manana",
    ],
)
def test_apostrophes_accents_spacing_and_common_misspellings_change_nothing(text):
    assert score(text) >= URGENT


def test_without_a_cue_the_reason_says_so_and_the_span_is_the_sentence_that_carries_it(monkeypatch):
    weights = array("b", bytes(1 << 16))
    (known,) = hashes({"w kestrels"})
    weights[known % len(weights)] = 127
    tables = (Table(weights, 1.0, 1), Table(array("b", [0]), 1.0, 1))
    model = LinearModel(tables, {}, bias=0.0, threshold=1.0)
    monkeypatch.setattr(detector, "_model", lambda: model)
    monkeypatch.setattr(detector, "gist_margin", lambda text: 0.0)
    text = "The harbour is calm today. Two kestrels circle over it. Rain comes later."
    (finding,) = distress(Submission(text))
    assert finding.because == "It reads like the words of somebody in danger."
    assert text[finding.start : finding.end] == "Two kestrels circle over it."


@pytest.fixture
def model_elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """A copy of the model and its checksum, read afresh; the real one is read again afterwards."""
    for name in (detector.MODEL.name, CHECKSUMS):
        (tmp_path / name).write_bytes((detector.MODEL.parent / name).read_bytes())
    monkeypatch.setattr(detector, "MODEL", tmp_path / detector.MODEL.name)
    detector._model.cache_clear()
    yield detector.MODEL
    detector._model.cache_clear()


def test_an_altered_model_is_refused_and_the_comment_waits_for_a_person(model_elsewhere):
    model_elsewhere.write_bytes(model_elsewhere.read_bytes().replace(b"0", b"1", 1))
    with pytest.raises(DataError):
        list(distress(Submission("I want to die.")))
    screening = screen(Submission("A lovely article."))
    assert FindingType.FAULT in {finding.type for finding in screening.findings}
    assert screening.verdict.holds


def _missing(text):
    raise DataError("encoder.onnx cannot be read")


def _late(text):
    time.sleep(10)


@pytest.mark.parametrize("broken", [_missing, _late])
def test_without_the_encoder_distress_is_still_seen_and_a_harmless_comment_waits(
    broken, monkeypatch
):
    monkeypatch.setattr(encoder, "passages", broken)
    monkeypatch.setattr(detector, "_PATIENCE", 0.05)
    fault, finding = distress(Submission("I don't want to be alive anymore."))
    assert (fault.type, fault.looked_for) == (FindingType.FAULT, Category.DISTRESS)
    assert (finding.type, finding.score >= URGENT) == (FindingType.DISTRESS, True)
    (alone,) = distress(Submission("A lovely article."))
    assert alone.type is FindingType.FAULT
    assert judge([alone], Signals()).holds


def test_the_models_are_small():
    assert detector.MODEL.stat().st_size <= 300_000
    assert detector.GIST_MODEL.stat().st_size <= 30_000


@pytest.mark.parametrize(
    "piece", ["i want to die ", "not want to be ", "i'm ", "he said he . ", "a"]
)
def test_a_very_long_comment_is_answered_in_time(piece):
    text = (piece * 20_000)[:20_000]
    started = time.thread_time()
    list(distress(Submission(text)))
    assert time.thread_time() - started < 3.0


@pytest.mark.parametrize("text", ["", "!!!", "😀" * 300, "\ud83d", "死" * 200])
def test_a_text_without_words_of_ours_is_nothing(text):
    assert list(distress(Submission(text))) == []
