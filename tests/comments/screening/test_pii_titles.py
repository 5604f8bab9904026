"""Names of which no more is told than "Mrs. Doe": private where the words around say so."""

from __future__ import annotations

import pytest

from .test_pii import sure


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Our neighbour Mrs. Papadimitriou was never asked.", "Mrs. Papadimitriou"),
        ("The landlord, Mr. Halvorsen, changed his story twice.", "Mr. Halvorsen"),
        ("Mrs Okonkwo from apartment 4 was there too.", "Mrs Okonkwo"),
        ("Mrs. Tolliver next door heard it.", "Mrs. Tolliver"),
        ("Mr. De La Cruz was my teacher.", "Mr. De La Cruz"),
        ("La Sra. Montalvo es mi vecina.", "Sra. Montalvo"),
        ("el testigo, Sr. Echegaray, mintió", "Sr. Echegaray"),
        ("Onze buurvrouw mevrouw Van Steenbergen was thuis.", "mevrouw Van Steenbergen"),
        ("de heer Kuipers loog", "de heer Kuipers"),
        ("Dhr. van den Broeck, de getuige", "Dhr. van den Broeck"),
        # the surname of a public figure is also that of others
        ("My cellmate Mr. Stevenson got a deal.", "Mr. Stevenson"),
    ],
)
def test_private_words_around_a_title_make_the_name_private(text, name):
    assert sure(text) == [("PERSON_PRIVATE", name)]


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Stevenson said it best.",
        "Thanks to Mr. Ferncastle for the piece.",
        "I agree with Ms. Whitfield.",
        "Mr. Speaker, the bill is dead.",
    ],
)
def test_anybody_may_be_called_mister(text):
    assert sure(text) == []
