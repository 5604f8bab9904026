"""States and countries: how they are found, named and ordered."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from articles import places


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("NY", "US-NY"), ("us-ny", "US-NY"), ("New York", "US-NY"), ("  nueva   york ", "US-NY"),
        ("CA", "US-CA"), ("Canada", "CA"), ("Canadá", "CA"), ("Georgia", "US-GA"),
        ("Georgia (country)", "GE"), ("MX", "MX"), ("Mexico", "MX"), ("México", "MX"),
        ("D.C.", None), ("DC", "US-DC"), ("Puerto Rico", "US-PR"), ("US", "US"), ("U.S.", None),
        ("any country", "001"), ("Atlantis", None), ("", None), ("ZZ", None), ("\x00", None),
    ],
)  # fmt: skip
def test_a_place_is_found_by_its_code_or_by_its_name_in_either_language(words, code):
    place = places.find(words)
    assert (place.code if place else None) == code


def test_every_name_leads_back_to_its_place_so_that_a_list_survives_a_spreadsheet():
    for place in places.every_place().values():
        for name in place.names:
            assert places.find(name) == place, name


def test_the_states_are_all_there_and_in_the_order_of_the_page():
    assert len(places.states()) == 56
    assert str(places.states()[0]) == "Alabama"
    with translation.override("es"):
        assert "Nueva York" in [str(place) for place in places.states()]


def test_the_country_comes_before_its_states_and_these_before_other_countries():
    codes = [place.code for place in places.by_name(["MX", "US-OH", "US", "001", "nowhere"])]
    assert codes == ["001", "US", "US-OH", "MX"]


def test_whoever_serves_the_country_or_the_world_serves_the_state():
    assert places.every_place()["US-OH"].wider == ("US-OH", "US", "001")
    assert places.every_place()["MX"].wider == ("MX", "001")


def test_a_list_in_words_becomes_codes_and_says_what_it_does_not_know():
    assert places.parse("Ohio, KY;\nMéxico, , Narnia") == (["MX", "US-KY", "US-OH"], ["Narnia"])


@pytest.mark.parametrize("value", [["XX"], "US-NY", [1], {"US-NY": 1}])
def test_a_field_takes_known_codes_only(value):
    with pytest.raises(ValidationError):
        places.validate_codes(value)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("He is in prison in Nebraska.", "US-NE"),
        ("they moved him to WEST VIRGINIA last year", "US-WV"),
        ("Está preso en Nuevo México.", "US-NM"),
        ("First Iowa, then Nebraska.", None),
        ("me or him", None),
        ("", None),
    ],
)
def test_the_one_state_that_a_text_names(text, code):
    place = places.state_named_in(text)
    assert (place and place.code) == code
