"""Distress: somebody in danger now; not figures of speech, grief, films or what is long past."""

from __future__ import annotations

import pytest

from comments.screening.detectors.distress import distress
from comments.screening.types import FindingType, Submission

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
]
NOT_IN_DISTRESS = [
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
    assert finding.because == "Signs of it: a wish to die or to be gone."


@pytest.mark.parametrize("text", ["", "!!!", "😀" * 300, "\ud83d", "死" * 200])
def test_a_text_without_words_of_ours_is_nothing(text):
    assert list(distress(Submission(text))) == []
