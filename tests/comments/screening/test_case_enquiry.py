"""Case enquiries: what families write when they ask for help, and what other readers write."""

from __future__ import annotations

import time
from array import array
from pathlib import Path

import pytest

from comments.screening import screen, telling_words
from comments.screening.detectors import case_enquiry
from comments.screening.detectors.case_enquiry import case_enquiries
from comments.screening.linear import LinearModel, Table, hashes
from comments.screening.sealed import CHECKSUMS, DataError
from comments.screening.types import Finding, FindingType, Submission

HOLDS = 0.5

ENQUIRIES = [
    "Somebody told me you folks work for free is that so? it's my boy",
    "do u guys do sex cases",
    "No sé a quién más acudir. Mi hijo tiene 23 años y le echaron 40.",
    "Can an inmate write you direct or does family have to",
    "How do you pick? Because I'd like to understand why they turned down my father.",
    "Is anyone working on cases out of Cook County from the 80s? Asking for my uncle.",
    "What do I need to bring if I come to your office in person? My son's appeal lawyer quit.",
    "We filled the long form twice. Is there somebody I can speak to?",
    "Requesting a callback concerning an inmate at Mule Creek.",
    "I mailed a packet in March and it came back unopened. Is the address on the site current?",
    "how can we get his case in front of y'all",
    "Busco abogado para mi esposo en Georgia, lo acusan injustamente",
    "Can you do anything about Texas",
    "Do you need a lawyer's referral or can a mother write to you herself?",
    "Mi papá murió preso diciendo que era inocente. Quiero limpiar su nombre, ¿es posible?",
    "¿Ustedes ayudan a gente que ya salió? A mí me deportaron por un delito que no cometí.",
    "who at your office handles Florida",
    "How would I go about getting my father's file to you? He can't use the computer where he is.",
    "Soy la mamá de un joven preso en Texas. El testigo ya dijo que mintió. ¿Ahora qué sigue?",
    "Quisiera saber si ustedes trabajan casos de inmigrantes",
    "where can a person get help if the innocence project in their state turned them down",
    "Any innocence group covering Guam?",
    "has anyone had luck getting them to reply? sent in my brothers questionnaire last spring",
    "My daughter is being sentenced in 3 weeks for a fire she did not set",
    "how far back do you go? my granddad's was 1971",
    "Cómo hago para que vean el caso de mi primo en Luisiana",
    "Please advise on next steps for submitting post-conviction materials on behalf of my spouse.",
    "¿Se puede mandar una carta desde México?",
    "Would somebody on staff be open to reading a file? Cousin got 60 on one eyewitness.",
    "I don't know if this is the right place. It's about my stepdad.",
    "every lawyer i call wants 10,000 up front for my dad case",
    "how do you get on here to tell about somebody that is locked up wrong",
    "Anyone from legal reading these? My niece has been in Lowell since she was 17.",
    "Quiero que revisen lo de mi tío, lleva 20 años encerrado y el verdadero culpable ya confesó.",
    "What is the procedure for having a case looked at when the appeals have all been exhausted?",
    "Am I allowed to write if I'm only his ex-wife?",
    "i want to file for my cousin",
    "My nephew signed a confession at two in the morning without a lawyer. He was fifteen. "
    "Is there anything you can do for him?",
    "I have three boxes of trial transcripts in my garage and nobody to send them to. My "
    "husband has been inside since 2003.",
    "Could somebody tell me whether your office considers cases from Kansas?",
    "They gave my daughter forty years and the man who did it has bragged about it to half "
    "the town. Please, we need a lawyer.",
    "I am writing from my sister's phone. I did nineteen years for a fire that was an "
    "electrical fault. I would like my name back.",
    "Who would a family talk to about a witness who now admits she lied?",
    "i been writing every innocence group since 2016 and no one answer. my brother not "
    "guilty. what else can i do",
    "Do you accept letters directly from people in prison, or must it go through an attorney?",
    "I represent a client at the state prison whose fingerprint evidence has since been "
    "discredited. May I refer the matter to you?",
    "Has my cousin's questionnaire arrived? We posted it in January and have heard nothing.",
    "My son took a plea because they told him he would die in there otherwise. He never "
    "touched that girl. Can a plea be undone?",
    "I sat on the jury. I have not slept properly since. I think we convicted the wrong man "
    "and I want to tell someone who can act on it.",
    "please look at the case of my fiance he has 12 years left and the detective on it just "
    "got fired for lying",
    "Mi hermano lleva once años preso en Florida por algo que no hizo. ¿Cómo les hago llegar "
    "los papeles?",
    "Necesito ayuda para mi hijo, lo acusaron falsamente y el abogado de oficio no hizo nada.",
    "¿Ustedes revisan casos de personas que ya cumplieron su condena?",
    "You freed a man on bite marks. My uncle was convicted on bite marks too, by the same "
    "dentist. Will you look at his?",
    "I was found guilty in 1999 of something that happened while I was at work. I have the "
    "time card. Who do I show it to?",
    "My best friend is on death row and his lawyers missed the deadline. Is there anybody "
    "there who can help?",
    "Wrongfully convicted, Cook County, 1994. Need legal help.",
]
OTHER_COMMENTS = [
    "I'm his cousin. We are so thankful to all of you who wrote to him over the years.",
    "Reminds me of that movie with Denzel",
    "Can I share this with my congregation? We're doing a series on justice.",
    "I can't believe the judge denied him four times. Four!",
    "The innocent get a parade and nothing for rent.",
    "I'm a retired judge. I sentenced men I now wonder about.",
    "What a waste of taxpayer money. He probably did it anyway.",
    "Lost my brother to an overdose the year this man went in. Funny how you measure time.",
    "I'm a paralegal with 12 years in appeals, are you hiring in Denver?",
    "Four detectives and not one of them looked at the time cards?",
    "Thank you for bringing my uncle home. We had a fish fry Saturday and he ate for three hours.",
    "His mother never missed a visit in 18 years. I want to shake her hand.",
    "Por fin se hizo justicia, bienvenido a casa señor.",
    "Mi hijo estudia derecho y le mandé este artículo.",
    "Does compensation get taxed?",
    "Free speech isn't free if you can't report on this",
    "Mi primo trabaja en el juzgado y dice que pasa todo el tiempo",
    "As a Texan I'm ashamed of Tarrant county.",
    "¿Dónde puedo donar?",
    "I hope my senator reads this one",
    "How long does a DNA test take to come back usually?",
    "Can we please stop calling this a mistake? It was a crime.",
    "My grandmother raised me to believe in the courts. She was a clerk for 40 years in Macon.",
    "He lost his whole youth. I'm a mother and I can't stop crying.",
    "How come nobody told the jury about the alibi?",
    "Would this have been different if he'd been rich? We all know the answer.",
    "My husband was on the jury that acquitted the Ramirez boy and we still get hate mail.",
    "So did Steven Avery do it or not? My wife says yes I say no",
    "My friend is a public defender in Queens and this is exactly what she tells me about.",
    "I believe him. I believed him in 1994 and I sat in that courtroom every day.",
    "@Denise the form is on their site, under Contact, you have to print it and mail it.",
    "who pays for the DNA tests in these cases, the state?",
    "It's not just the US. In Norway we had the Baneheia case.",
    "I'm a law student at Tulane, do you take summer interns?",
    "So proud of our law school clinic for their part in this!",
    "Please consider adding captions to the videos",
    "My boy is nineteen, the same age. I hugged him so long he asked if somebody died.",
    "My wife and I sponsor a kid whose dad is inside, holidays are hard for them.",
    "I teach civics and my students want to send cards to Mr. Hayes. Where can they send them?",
    "Was the real perpetrator's DNA in CODIS the whole time?",
    "Anyone else find the music in episode 3 too much?",
    "Twenty-seven years! I've been married less time than that. I have kids younger than that.",
    "What an evil woman that witness was. Twenty years of a man's life.",
    "My students wrote letters to the parole board for extra credit and learned a lot",
    "Does the foundation have an office in Chicago? My class would love to visit.",
    "My nephew starts at the academy next month and I made him read this.",
    "Nobody should be convicted on one witness. Period.",
    "Do any of the lawyers in the film work for you?",
    "I teach ninth grade and we read this piece aloud. You could have heard a pin drop.",
    "Does the documentary say what became of the lab technician?",
    "My grandfather was a sheriff and he would have been ashamed of those detectives.",
    "We would like to invite your director to speak at our Rotary lunch in March.",
    "Thank you for fighting for my cousin. He walked me down the aisle last Saturday.",
    "How many states still allow a conviction on one eyewitness?",
    "I would gladly knit blankets for men coming home. Who should I contact?",
    "It is easy to say he is innocent. What about the woman who was killed, who speaks for her?",
    "My brother is a public defender and he carries ninety cases at a time. This is what "
    "that looks like.",
    "Those of you whose sons are inside: write down every date, and keep copies of everything.",
    "I came home in 2017 after eleven years. Tell him the nights get quieter, but it takes a "
    "while.",
    "Is the photograph at the top from the courthouse in Macon?",
    "I'm a student in Leeds writing about false confessions. May I cite this article?",
    "Call your senator about the evidence bill before the vote on Tuesday.",
    "My wife is from that county and she says everybody knew the sheriff was crooked.",
    "Sitting here with my morning coffee, crying over a stranger's homecoming.",
    "The second paragraph says 1986 but the caption says 1989. Which is right?",
    "I lost a daughter to violence and I still want them to get the right man, not any man.",
    "Would a change in the discovery rules really have helped? I am not sure it would.",
    "Mi esposa y yo vimos la película anoche y no dejamos de hablar de ella.",
    "Call me on (518) 555-0142.",
    "Text me: 212-555-0134",
    "Emily Carter-Hughes lives at 14 Maple Street, Albany. Her phone is (518) 555-0142.",
    "My sister Emily lives at 14 Maple Street, Albany NY 12207. Call me on (518) 555-0142.",
    "Mi teléfono es 512-555-0147, llámenme por favor si quieren ver la serie juntos.",
    "Quisiera traducir este artículo para el boletín de mi parroquia, ¿me dan permiso?",
    "Nobody should die in a cell for want of an old box of evidence. Shame on that clerk.",
    "I worked as a nurse in a prison for eight years, and the ones who said nothing worried "
    "me the most.",
    "I help run a shelter and we could offer two rooms to people who have just been released.",
]


def only(text: str) -> Finding:
    (finding,) = case_enquiries(Submission(text))
    return finding


def score(text: str) -> float:
    return max((finding.score for finding in case_enquiries(Submission(text))), default=0.0)


@pytest.mark.parametrize("text", ENQUIRIES)
def test_a_comment_that_asks_us_to_look_at_a_case_is_a_case_enquiry(text):
    assert score(text) >= HOLDS


@pytest.mark.parametrize("text", OTHER_COMMENTS)
def test_sympathy_law_questions_thanks_and_offers_are_not(text):
    assert score(text) < HOLDS


@pytest.mark.parametrize(
    "text",
    [
        "MY BROTHER IS IN PRISON FOR SOMETHING HE DIDNT DO PLEASE HELP",
        "my brother is in prison for something he didn’t do, please help",
        "My broth\u200ber is in pri\u00adson for something he didn't do. Ple\u200base help!",
        "mi hermano esta preso por algo que no hizo, por favor ayudenme",
        "Mi hermano está preso por algo que no hizo. ¡Por favor, ayúdenme!",
    ],
)
def test_capitals_accents_apostrophes_and_invisible_marks_make_no_difference(text):
    assert score(text) >= HOLDS


def test_the_span_is_the_sentences_that_carry_it():
    before = "What a beautiful piece of writing this is.\r\n\r\n"
    carries = "My son 😀 is innocent and still in prison. Can you please look at his case?"
    after = " The weather is lovely here."
    text = before + carries + after
    finding = only(text)
    assert text[finding.start : finding.end] == carries


def test_the_reason_names_the_cues_and_repeats_no_word_of_the_visitor():
    finding = only("Please help my uncle Barnaby, he is innocent and in Nowhere prison.")
    assert finding.type is FindingType.CASE_ENQUIRY
    assert "relative" in finding.because
    assert "request for help" in finding.because
    assert "Barnaby" not in finding.because
    assert "Nowhere" not in finding.because


def test_guilt_that_is_owned_and_a_story_that_has_ended_weigh_against_it():
    told = "My son is in prison."
    assert score(f"{told} And he did it, he says so himself.") < score(told)
    assert (
        score("My son was in prison. He came home in May, exonerated. Thank you for all.") < HOLDS
    )


@pytest.mark.parametrize("text", ["", " ", "?", "😀" * 500, "\ud800", "\n\n\n", "法律" * 300])
def test_a_text_without_words_of_ours_is_nothing(text):
    assert list(case_enquiries(Submission(text))) == []


@pytest.mark.parametrize("piece", ["my ", "i ", "can you please help my ", "1 ", "i'm ", "a"])
def test_a_very_long_comment_is_answered_in_time(piece):
    text = (piece * 20_000)[:20_000]
    started = time.thread_time()
    list(case_enquiries(Submission(text)))
    assert time.thread_time() - started < 3.0


def test_without_a_cue_the_reason_says_so_and_the_span_is_the_sentence_that_carries_it(monkeypatch):
    weights = array("b", bytes(1 << 16))
    (known,) = hashes({"w kestrels"})
    weights[known % len(weights)] = 127
    table, turns = Table(weights, 1.0, 1), Table(array("b", [0]), 1.0, 1)
    model = LinearModel((table, turns), {}, bias=0.0, threshold=1.0)
    monkeypatch.setattr(case_enquiry, "_model", lambda: model)
    before, carries = "The harbour is calm tonight. ", "Two kestrels \u200bcircle over it."
    finding = only(f"{before}{carries} Rain comes later.")
    assert finding.because == "It reads like a request for help with a case."
    assert (finding.start, finding.end) == (len(before), len(before + carries))


@pytest.mark.parametrize("text", ["Why?", "Who?", "Ok then?", "And you?", "¿Por qué?"])
def test_a_word_or_two_without_a_cue_say_too_little(text):
    assert list(case_enquiries(Submission(text))) == []


@pytest.mark.parametrize(
    "text",
    [
        "Who is the author?",
        "Is there a recording of the talk?",
        "Where was the picture taken?",
        "What a story.",
        "How many episodes are there?",
        "Great work, all of you.",
    ],
)
def test_a_short_question_about_the_article_is_not_an_enquiry(text):
    assert score(text) < HOLDS


@pytest.fixture
def model_elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """A copy of the model and its checksum, read afresh; the real one is read again afterwards."""
    for name in (case_enquiry.MODEL.name, CHECKSUMS):
        (tmp_path / name).write_bytes((case_enquiry.MODEL.parent / name).read_bytes())
    monkeypatch.setattr(case_enquiry, "MODEL", tmp_path / case_enquiry.MODEL.name)
    case_enquiry._model.cache_clear()
    yield case_enquiry.MODEL
    case_enquiry._model.cache_clear()


def test_a_sound_copy_of_the_model_is_read(model_elsewhere):
    assert score(ENQUIRIES[0]) >= HOLDS


def test_an_altered_model_is_refused_and_the_comment_waits_for_a_person(model_elsewhere):
    model_elsewhere.write_bytes(model_elsewhere.read_bytes().replace(b"0", b"1", 1))
    with pytest.raises(DataError):
        list(case_enquiries(Submission("My brother is innocent, please help.")))
    screening = screen(Submission("A lovely article."))
    assert [f.type for f in screening.findings] == [FindingType.FAULT]
    assert screening.verdict.holds


def test_a_missing_model_is_refused(model_elsewhere):
    model_elsewhere.unlink()
    with pytest.raises(DataError):
        list(case_enquiries(Submission("My brother is innocent, please help.")))


def test_the_model_is_small():
    assert case_enquiry.MODEL.stat().st_size <= 300_000


def test_the_words_that_make_it_an_enquiry_are_named():
    text = "A fine film. My brother is innocent, and he was sent to prison. Please help us!"
    [found] = [f for f in screen(Submission(text)).findings if f.type is FindingType.CASE_ENQUIRY]
    spans = telling_words(found.type, text, found.start, found.end)
    words = [text[a:b] for a, b in spans]
    assert words == ["My brother is innocent", "Please help us"]
    assert all(found.start <= a < b <= found.end for a, b in spans)
    assert telling_words(FindingType.PHONE, text, 0, 5) == []
