"""What is public is left alone: people in office, their works, offices, what a court decided.

Beside each stands the private twin, which the same words must not let through.
"""

from __future__ import annotations

import pytest

from .test_pii import sure

PEOPLE = [
    "State Representative Carla Whitcomb introduced the bill again.",
    "Warden Ellis Throckmorton banned the book.",
    "Prosecutor Wanda Kilbride never faced discipline.",
    "The narrator, Colm Feeney, is wonderful.",
    "The editor-in-chief of our local paper, Rosemary Tighe, wrote about it.",
    "El juez federal Ramiro Bustamante habló de ello.",
    "La presidenta de la Sala, doña Ana Ferreruela, redactó la ponencia.",
    "Volgens hoogleraar Marieke Zonneveld zegt een bekentenis weinig.",
    "The Daily Chronicle's Gideon Asher sat through all of it.",
    "The play by Tamsin Ogilvie and Jo Marchbank sold out.",
    "I liked Philippa Marchetti's documentary more than the book.",
    "Sally Ferncastle won a Pulitzer for that.",
    "Exoneree Lamar Whitestone spoke in our town.",
    "Thank you Ms. Ferncastle for taking the time.",
    "Mr. Delacroix writes that eyewitnesses are sure of themselves.",
    "El magistrado ponente fue Hilario Cifuentes; voto particular de dos vocales.",
    "Chair of the parole board Lionel Haverstock voted no four times.",
    "Kamerlid Joost Verhoeven stelde er vragen over.",
    "Exonerated after 27 years, Reginald Amaker now runs a bakery.",
    # no word of private life around, and some of the press
    "Terry Grossman interviewed the maker on the radio last Thursday.",
    # called by the short form of their name
    "Jeff Deskovic got his law degree, and frees others now.",
]
PRIVATE_PEOPLE = [
    ("The judge told my sister Renata Oyelowo to sit down.", "Renata Oyelowo"),
    ("The secretary at the school, Maribel Quintanar, saw him.", "Maribel Quintanar"),
    ("My husband Emeka Fairweather was exonerated, and still.", "Emeka Fairweather"),
    ("Inmate Darius Okafor-Bell wrote a book about his case.", "Darius Okafor-Bell"),
    ("The prosecutor paid Deandre Fitzgibbon to testify.", "Deandre Fitzgibbon"),
    ("Bettina Strauss-Hall lied, says the judge.", "Bettina Strauss-Hall"),
    ("The reporter of the court said Latrice Hammonds was asleep.", "Latrice Hammonds"),
    ("The lady at the motel desk was Glenda Froehlich.", "Glenda Froehlich"),
    ("In the documentary you see the neighbor, Ray Coldiron, laughing.", "Ray Coldiron"),
    ("The episode never mentions Tessa Vanderhoof, her roommate.", "Tessa Vanderhoof"),
    ("Theatre teacher Colin Abernethy touched kids.", "Colin Abernethy"),
]
OFFICES = [
    "I was in the courtroom at 100 Centre Street when it was read.",
    "The Madeup Project, 40 Worth Street, Suite 701, New York, NY 10013, takes cheques.",
    "The vigil starts at the county courthouse, 500 Woodward Avenue, at six.",
    "The public library at 1 Carnegie Plaza has a shelf on it.",
    "La Defensoría del Pueblo está en la Calle Zurbano 42, Madrid.",
    "The clerk's office number is 502-555-0155.",
    "The CCRC's number is 0121 496 0533 for anybody who wonders.",
    "El teléfono de la Oficina de Víctimas es el 900 150 000.",
]
PRIVATE_PLACES = [
    ("His mother lives near the courthouse at 418 Magnolia Court, Macon", "ADDRESS"),
    ("come to my office, 212 Alder Street, Apt 4", "ADDRESS"),
    ("In court they said the gun was at 12 Elm Street", "ADDRESS"),
    ("My brother works at the library, call him on 502-555-0144", "PHONE"),
    ("my number at the office is 617-555-0155", "PHONE"),
    ("The clerk is at 617-555-0155.", "PHONE"),
]
CITATIONS = [
    "The Fifth Circuit's opinion (No. 19-70021) is worth reading in full.",
    "The case 1:15-cv-09300 in the Northern District is on PACER.",
    "See State v. Doe, 2021-KP-00123 (La. 6/3/22).",
    "Zie ECLI:NL:HR:2012:BU4919, r.o. 3.4.",
    "Illinois Appellate Court, No. 1-19-2567, para. 34.",
]
PRIVATE_CASES = [
    "my son's case number is 05-CR-1234, the Supreme Court denied it",
    "look up 1:15-cv-09300, that is her case",
]


@pytest.mark.parametrize("text", PEOPLE + OFFICES + CITATIONS)
def test_what_is_public_is_not_held(text):
    assert sure(text) == []


@pytest.mark.parametrize(("text", "name"), PRIVATE_PEOPLE)
def test_a_private_person_beside_an_office_is(text, name):
    assert ("PERSON_PRIVATE", name) in sure(text)


@pytest.mark.parametrize(("text", "kind"), PRIVATE_PLACES)
def test_so_is_where_somebody_lives_or_can_be_called(text, kind):
    assert kind in dict(sure(text))


@pytest.mark.parametrize("text", PRIVATE_CASES)
def test_and_the_docket_of_somebodys_own_case(text):
    assert "CASE_NUMBER" in dict(sure(text))
