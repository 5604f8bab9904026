"""Five questions: where each set of answers leads."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from articles.cases.check import Answer, Answers, Outcome, Reason, Way, judge
from articles.models import GuideRevision
from articles.places import ANOTHER_COUNTRY, every_place

YES, NO, UNSURE = Answer
PLACE = every_place()
GUIDE = GuideRevision(places=["US-NY", "US-NJ"], needs_prison=True)


def answers(**changed):
    said: dict[str, Any] = {
        "convicted": YES,
        "appeal_over": YES,
        "evidence": YES,
        "place": PLACE["US-NY"],
        "in_prison": YES,
    }
    return Answers(**(said | changed))


def test_whoever_says_yes_to_all_can_write_to_us():
    assert judge(answers(), GUIDE) == Outcome(Way.WRITE)


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"convicted": NO}, Reason.NOT_CONVICTED),
        ({"appeal_over": NO}, Reason.APPEAL_OPEN),
        ({"evidence": NO}, Reason.NOTHING_NEW),
        ({"in_prison": NO}, Reason.NOT_IN_PRISON),
    ],
)
def test_a_clear_no_to_what_we_need_is_a_reason_and_says_what_may_help(said, reason):
    assert judge(answers(**said), GUIDE) == Outcome(Way.CANNOT, (reason,))
    assert reason.why
    assert reason.what_may_help


def test_every_reason_is_named_but_an_appeal_is_not_asked_for_before_a_conviction():
    every_no = answers(appeal_over=NO, evidence=NO, in_prison=NO)
    assert len(judge(every_no, GUIDE).reasons) == 3
    before = answers(convicted=NO, appeal_over=NO, evidence=NO, in_prison=NO)
    assert judge(before, GUIDE).reasons == (Reason.NOT_CONVICTED,)


def test_not_knowing_is_no_reason():
    unsure = answers(convicted=UNSURE, appeal_over=UNSURE, evidence=UNSURE, place=None)
    assert judge(unsure, GUIDE) == Outcome(Way.WRITE)
    assert unsure.is_unsure
    assert not answers().is_unsure


@pytest.mark.parametrize("place", [PLACE["US-OH"], PLACE["MX"], ANOTHER_COUNTRY])
def test_from_a_place_that_we_do_not_serve_the_way_leads_elsewhere(place):
    assert judge(answers(place=place), GUIDE) == Outcome(Way.ELSEWHERE)


@pytest.mark.parametrize("listed", [[], ["001"]])
def test_an_organisation_that_names_no_place_or_all_of_them_sends_nobody_away(listed):
    guide = GuideRevision(places=listed)
    for place in (PLACE["US-OH"], PLACE["MX"], ANOTHER_COUNTRY):
        assert judge(answers(place=place), guide).way == Way.WRITE


def test_what_an_organisation_does_not_ask_for_is_no_reason():
    guide = GuideRevision(
        needs_conviction=False, needs_appeal_over=False, needs_evidence=False, needs_prison=False
    )
    for said in product([YES, NO], repeat=4):
        convicted, appeal_over, evidence, in_prison = said
        asked = answers(
            convicted=convicted, appeal_over=appeal_over, evidence=evidence, in_prison=in_prison
        )
        assert judge(asked, guide) == Outcome(Way.WRITE)
