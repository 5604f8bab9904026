"""Case enquiries: what families write when they ask for help, and what other readers write."""

from __future__ import annotations

import time

import pytest

from comments.screening.detectors.case_enquiry import case_enquiries
from comments.screening.types import Finding, FindingType, Submission

HOLDS = 0.5

ENQUIRIES = [
    "Somebody told me you folks work for free is that so? it's my boy",
    "Please consider Anthony. 30 years. That's all. Thank you.",
    "do u guys do sex cases",
    "No sé a quién más acudir. Mi hijo tiene 23 años y le echaron 40.",
    "Can an inmate write you direct or does family have to",
    "What made you say yes to him when there's so many of us asking",
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
    "Does a person need to be in prison still for you to help? I finished parole in May.",
    "Soy la mamá de un joven preso en Texas. El testigo ya dijo que mintió. ¿Ahora qué sigue?",
    "Quisiera saber si ustedes trabajan casos de inmigrantes",
    "is there a fee",
    "where can a person get help if the innocence project in their state turned them down",
    "Any innocence group covering Guam?",
    "has anyone had luck getting them to reply? sent in my brothers questionnaire last spring",
    "My daughter is being sentenced in 3 weeks for a fire she did not set",
    "how far back do you go? my granddad's was 1971",
    "Is it true you only do DNA? Because they burned ours.",
    "They put the wrong twin in jail. It's my brother. The other one's laughing about it.",
    "Cómo hago para que vean el caso de mi primo en Luisiana",
    "Please advise on next steps for submitting post-conviction materials on behalf of my spouse.",
    "I'd like to speak to an attorney regarding a wrongful conviction in Bexar County.",
    "¿Se puede mandar una carta desde México?",
    "Would somebody on staff be open to reading a file? Cousin got 60 on one eyewitness.",
    "I don't know if this is the right place. It's about my stepdad.",
    "every lawyer i call wants 10,000 up front for my dad case",
    "how do you get on here to tell about somebody that is locked up wrong",
    "Could you please send me the forms. Thank you. Rosa",
    "Anyone from legal reading these? My niece has been in Lowell since she was 17.",
    "Quiero que revisen lo de mi tío, lleva 20 años encerrado y el verdadero culpable ya confesó.",
    "Someone from your office told me to call back in six months. It's been six months.",
    "What is the procedure for having a case looked at when the appeals have all been exhausted?",
    "Our boy called the police himself. He found her. And now he's doing life for finding her.",
    "Am I allowed to write if I'm only his ex-wife?",
    "i want to file for my cousin",
    "Tell me honest. Is there hope for a case with no DNA",
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
    started = time.process_time()
    list(case_enquiries(Submission(text)))
    assert time.process_time() - started < 1.9
