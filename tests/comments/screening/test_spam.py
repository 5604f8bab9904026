"""Spam: adverts, swindles, chain messages, link lists and the manners of machines."""

from __future__ import annotations

from typing import Any

import pytest

from comments.screening.detectors.spam import spam
from comments.screening.types import Finding, FindingType, Signals, Submission

HOLDS = 0.5

ADVERTS = [
    "DM @fastdocs for a real California license, scannable, passes UV",
    "Hot girls near you waiting to chat http://girls.example",
    "real registered passports, driver licenses, ielts certificate without exam, contact us",
    "Buy 10000 instagram followers for $9",
    "https://cheap-watches.example",
    "Roofing, siding, gutters in Dallas free estimate 555-0111",
    "Ozempic without prescription shipped overnight",
    "nice post! my blog talks about kitchen remodel ideas, have a look mykitchens.example",
    "Boost your website ranking with our SEO packages, first page of Google guaranteed",
    "Gana $500 por día desde tu casa, escríbeme al WhatsApp",
    "Best online casino bonus 2026, 100 free spins",
    "GET YOUR LOAN TODAY 2% INTEREST NO CREDIT CHECK WHATSAPP +1 555 0188",
    "Copy and paste this to 10 friends in 1 hour or you will have bad luck for 7 years",
    "Send this to 15 people you love before midnight and Saint Jude will answer you",
    "Somebody hacked my husband's phone for me, best $300 I spent, hire him on cyberspy.example",
]
HONEST = [
    "Does the state pay interest on the compensation?",
    "I sell real estate and half my clients were on juries at some point",
    "Does anyone know a cheap phone plan for calls from jail? They charge $14 for 15 minutes.",
    "Thanks for sharing this with us, it moved me",
    "They found $2,000 in cash in the car and said it was drug money",
    "I won $50 in a bet with my cousin that they'd let him out. Best money I ever made.",
    "great article!",
    "Here are three good reads: https://a.example.org/one and https://b.example.org/two",
    "He was on antidepressants and Xanax during the interrogation",
    "Join us Saturday at 10 on the courthouse steps. Free coffee, bring a sign.",
    "Compensation is $80,000 a year in Texas and nothing in 12 states",
    "You can order a copy of the report from the clerk for $12",
    "You can watch it for free on the library's app Kanoopy",
    "Follow Marcus's story on our page, his mother posts every Sunday",
    "They hacked his phone without a warrant and called it good police work",
    "If you live in Ohio, call your representative today about SB 44",
    "The hackers who leaked the police emails did the public a favor",
    "I lost 14 years and got $50 and a bus ticket. Fifty dollars.",
    "He gambled at the casino the night of the murder and the cameras show it",
    "My mother took out loans from three banks to pay that lawyer",
    "I lost my job and my house over this arrest and nobody pays you back",
    "Anyone tried the JPay app? It crashes each time I try to send my son a photo",
    "The full opinion is here: https://courts.example.org/opinions/2019/112.pdf",
    "My cousin sells t-shirts to pay for the appeal, ask me where",
    "My late father left us nothing but a box of court papers and his good name.",
    "We took a loan on the house to pay the lawyer.",
]


def found(text: str, **signals: Any) -> list[Finding]:
    return list(spam(Submission(text, signals=Signals(**signals))))


def score(text: str) -> float:
    return max((finding.score for finding in found(text)), default=0.0)


@pytest.mark.parametrize("text", ADVERTS)
def test_advertising_and_swindles_are_spam(text):
    assert score(text) >= HOLDS


@pytest.mark.parametrize("text", HONEST)
def test_honest_links_books_fundraisers_and_warnings_are_not(text):
    assert score(text) < HOLDS


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("The opinion is at https://courts.example.org/2019/112.pdf if you care to read it", False),
        ("https://a.example.org/one", True),
        ("www.a.example, www.b.example", True),
        ("Read https://a.example.org/1 and then https://b.example.org/2 for the other side", False),
        ("Compare https://a.example.org, https://b.example.org and www.c.example.org first", True),
        ('Look at <a href="https://a.example.org">this offer for all of you</a>', True),
        ("Look at [url=https://a.example.org]this offer for all of you[/url]", True),
        ("He left at 3.15 and came back, e.g. at 4.20 p.m. That is 1.05 hours.", False),
    ],
)
def test_links_are_a_hint_until_there_are_three_or_nothing_else(text, holds):
    assert (score(text) >= HOLDS) is holds


def test_two_links_are_a_hint_with_its_place():
    text = "Read https://a.example.org/1 and then https://b.example.org/2 for the other side."
    (finding,) = found(text)
    assert (finding.score, finding.because) == (0.3, "Two links.")
    assert text[finding.start : finding.end].startswith("https://a.example.org/1")


@pytest.mark.parametrize(
    ("signals", "because"),
    [
        ({"honeypot_filled": True}, "A field that people do not see was filled in."),
        (
            {"start_time_missing": True},
            "The form came back without the start time it was sent with.",
        ),
        ({"repeats": 1}, "The same text came once before within a day."),
        ({"repeats": 4}, "The same text came 4 times before within a day."),
    ],
)
def test_the_manners_of_a_machine_are_findings_without_a_place(signals, because):
    (finding,) = found("A kind and thoughtful word.", **signals)
    assert finding.type is FindingType.SPAM
    assert (finding.start, finding.end, finding.because) == (0, 0, because)
    assert finding.score >= HOLDS


def test_haste_alone_is_only_a_hint():
    (finding,) = found("A kind and thoughtful word.", seconds_to_write=1.5)
    assert finding.because == "Written in less than 3 seconds."
    assert finding.score < HOLDS


@pytest.mark.parametrize("signals", [{}, {"seconds_to_write": 3.0}, {"seconds_to_write": 900.0}])
def test_a_visitor_who_takes_time_has_good_manners(signals):
    assert found("A kind and thoughtful word.", **signals) == []


@pytest.mark.parametrize("text", ["", ".", "😀" * 300, "\ud800", "@" * 3000, "www." * 1000])
def test_odd_texts_are_answered(text):
    assert all(0 <= finding.start <= finding.end <= len(text) for finding in found(text))
