"""The moderator's hand: cuts that no detector proposed, and what they leave."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from comments import moderation, plaintext
from comments.models import Comment, Decision, Status
from comments.screening import parts_a_character
from tests.builders import make_comment, make_finding

FAMILY = "👨\u200d👩\u200d👧"
FLAG = "🇳🇱"
BODY = f"Ring 555-0147, says José {FAMILY} of שלום. José again."


@pytest.fixture
def comment(db):
    comment = make_comment(body=BODY, status=Status.WAITING, queue="pii")
    make_finding(comment, "555-0147")
    return comment


def hand(words: str, kind: str = "PERSON_PRIVATE", *, text: str = BODY, field: str = "body"):
    start = text.index(words)
    return {"field": field, "start": start, "end": start + len(words), "type": kind}


def value(cut) -> str:
    return ":".join(str(cut[name]) for name in ("field", "start", "end", "type"))


def post(client, comment, where="decide", **values):
    return client.post(
        reverse(f"comments:{where}", args=[comment.pk]),
        {"version": comment.version, "cuts_given": "1"} | values,
    )


# What is cut ----------------------------------------------------------------------------


def test_a_cut_by_hand_goes_out_beside_what_was_found(moderator, comment):
    decision = moderation.approve_redacted(
        comment, by=moderator, cuts=comment.findings.all(), by_hand=[hand("José")]
    )
    assert comment.public_body.startswith("Ring [phone number removed], says [name removed] ")
    assert "José again" in comment.public_body
    assert decision.cuts[1] == hand("José")


def test_a_comment_in_which_nothing_was_found_can_be_cut(moderator):
    comment = make_comment(body="Ask old Tilda.", status=Status.WAITING, queue="general")
    moderation.approve_redacted(comment, by=moderator, by_hand=[hand("Tilda", text=comment.body)])
    assert comment.public_body == "Ask old [name removed]."


@pytest.mark.parametrize(
    ("cut", "says"),
    [
        ({"start": 5, "end": 5}, "empty or reaches outside"),
        ({"start": 9, "end": 5}, "empty or reaches outside"),
        ({"start": 5, "end": 5000}, "empty or reaches outside"),
        ({"start": BODY.index(FAMILY), "end": BODY.index(FAMILY) + 1}, "part a character"),
        ({"start": BODY.index(FAMILY) + 2, "end": BODY.index("of")}, "part a character"),
        ({"start": 0, "end": 7}, "overlap"),
    ],
)
def test_a_cut_that_makes_no_sense_is_refused_and_changes_nothing(moderator, comment, cut, says):
    before = Comment.objects.values().get()
    with pytest.raises(moderation.NotAllowed, match=says):
        moderation.approve_redacted(
            comment,
            by=moderator,
            cuts=comment.findings.all(),
            by_hand=[{"field": "body", "type": "OTHER_ID"} | cut],
        )
    assert Comment.objects.values().get() == before
    assert not Decision.objects.exists()


def test_two_cuts_by_hand_must_not_overlap(moderator, comment):
    with pytest.raises(moderation.NotAllowed, match="overlap"):
        moderation.approve_redacted(
            comment, by=moderator, cuts=[], by_hand=[hand("says José"), hand("José")]
        )


def test_an_older_page_is_stale_whatever_it_cuts(moderator, other_moderator, comment):
    page = Comment.objects.get()
    moderation.approve_redacted(comment, by=other_moderator)
    with pytest.raises(moderation.Stale):
        moderation.approve_redacted(
            page, by=moderator, by_hand=[hand("José") | {"end": 5000}], version=page.version
        )


@pytest.mark.parametrize(
    ("text", "at", "parts"),
    [
        ("ab", 1, False),
        ("e\u0301", 1, True),
        ("क्षि", 1, True),
        (FAMILY, 1, True),
        (FAMILY, 2, True),
        (f"{FAMILY}a", len(FAMILY), False),
        ("👍🏽", 1, True),
        ("❤\ufe0f", 1, True),
        (FLAG, 1, True),
        (FLAG * 2, 2, False),
        (FLAG * 2, 3, True),
        ("\r\n", 1, True),
        ("ab", 0, False),
        ("ab", 2, False),
    ],
)
def test_what_a_reader_sees_as_one_character_is_one(text, at, parts):
    assert parts_a_character(text, at) is parts


_PIECES = [
    "a",
    "é",
    "e\u0301",
    " ",
    "\n",
    "\n\n",
    "שלום",
    "مرحبا",
    FAMILY,
    FLAG,
    "👍🏽",
    "9",
    "[",
    "&",
]


@given(st.data())
def test_offsets_stay_right_in_every_writing(data):
    text = plaintext.clean("".join(data.draw(st.lists(st.sampled_from(_PIECES), min_size=3))))
    comment = Comment(body=text)
    borders = [at for at in range(len(text) + 1) if not parts_a_character(text, at)]
    start, end = sorted(data.draw(st.tuples(*[st.sampled_from(borders)] * 2)))
    cut = {"field": "body", "start": start, "end": end, "type": "PHONE"}
    if start == end:
        with pytest.raises(moderation.NotAllowed):
            moderation.preview(comment, cuts=[], by_hand=[cut])
        return
    left = moderation.preview(comment, cuts=[], by_hand=[cut]).public_body
    assert left == f"{text[:start]}[phone number removed]{text[end:]}"


@given(st.lists(st.sampled_from(_PIECES)), st.sampled_from(_PIECES))
def test_typed_characters_are_cut_wherever_they_stand(pieces, words):
    text = plaintext.clean(words.join(pieces))
    comment = Comment(body=text, name="Bo")
    try:
        cuts = moderation.cuts_of(comment, words, "PHONE", besides=[])
    except moderation.NotAllowed:
        typed = plaintext.clean(words)
        assert len(typed) < 2 or text.count(typed) > 10 or typed not in text
        return
    assert {text[cut["start"] : cut["end"]] for cut in cuts} == {plaintext.clean(words)}
    assert len(cuts) <= text.count(plaintext.clean(words))


@pytest.mark.parametrize(
    ("text", "words", "left"),
    [
        ("Ann wrote the Annual report, Ann.", "Ann", "{} wrote the Annual report, {}."),
        ("It ends in 5550147.", "0147", "It ends in 555{}."),
        ("他叫王小明。", "王小明", "他叫{}。"),
        ("¿José? ¡José!", "José", "¿{}? ¡{}!"),
        ("(555) 0147, then (555) 0147", "(555) 0147", "{}, then {}"),
    ],
)
def test_whole_words_are_meant_where_there_are_any(text, words, left):
    comment = Comment(body=text, name="Bo")
    cuts = moderation.cuts_of(comment, words, "PHONE", besides=[])
    shown = moderation.preview(comment, cuts=[], by_hand=cuts).public_body
    assert shown == left.replace("{}", "[phone number removed]")


def test_an_empty_cut_is_asked_for_and_nothing_is_lost(moderator_client, comment):
    answer = post(moderator_client, comment, "cut", cut_words="  ", note="Kept.")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Type the characters to cut" in page
    assert "Kept." in page


# Through the door -----------------------------------------------------------------------


def test_the_page_sends_a_cut_by_hand_and_a_finding_with_other_edges(moderator_client, comment):
    cuts = [hand("555-0147,", "PHONE"), hand("José")]
    assert (
        post(
            moderator_client, comment, decision="approve_redacted", spans=list(map(value, cuts))
        ).status_code
        == 302
    )
    comment.refresh_from_db()
    assert comment.public_body.startswith("Ring [phone number removed] says [name removed] ")


def test_typed_characters_are_cut_with_one_press(moderator_client, comment):
    finding = comment.findings.get()
    post(
        moderator_client,
        comment,
        decision="approve_redacted",
        cuts=[finding.pk],
        cut_words="José",
        cut_type="PERSON_PRIVATE",
    )
    comment.refresh_from_db()
    assert "José" not in comment.public_body
    assert "555" not in comment.public_body


def test_typed_characters_are_cut_in_the_name_too(moderator_client):
    comment = make_comment(body="I am Tilda.", name="Tilda", status=Status.WAITING, queue="pii")
    post(moderator_client, comment, decision="approve_redacted", cut_words="Tilda")
    comment.refresh_from_db()
    assert (comment.public_name, comment.public_body) == ("[name removed]", "I am [name removed].")


def test_adding_a_cut_shows_what_would_be_left_keeps_the_form_and_decides_nothing(
    moderator_client, comment
):
    answer = post(
        moderator_client,
        comment,
        "cut",
        cuts=[comment.findings.get().pk],
        cut_words="José",
        cut_type="PERSON_PRIVATE",
        note="Read twice.",
        next="pii",
    )
    page = unescape(answer.content.decode())
    assert answer.status_code == 200
    shown = page[page.index("data-preview") :].partition("</section>")[0]
    assert "[phone number removed]" in shown
    assert shown.count("[name removed]") == 2
    assert "555" not in shown
    assert len(re.findall(r'name="spans" value="body:[0-9]+:[0-9]+:PERSON_PRIVATE"', page)) == 2
    assert "Read twice." in page
    assert 'name="next" value="pii"' in page
    assert f'name="cut_words" id="words-{comment.pk}" value=""' in page
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("values", "says", "keeps"),
    [
        ({"cut_words": "Josef"}, "do not stand in the comment", 'value="Josef"'),
        ({"cut_words": "0147"}, "cut already", 'value="0147"'),
        ({"cut_words": "José", "cut_type": "HATE"}, "Choose what it is", 'value="José"'),
        ({"spans": "body:1:2"}, "got lost on the way", ""),
        ({"spans": "body:1:2:HATE"}, "got lost on the way", ""),
        ({"spans": "email:1:2:PHONE"}, "got lost on the way", ""),
        ({"spans": "body:3:8:PHONE"}, "overlap", 'value="body:3:8:PHONE"'),
        ({"spans": "body:9:99999:PHONE"}, "outside the text", ""),
    ],
)
@pytest.mark.parametrize("where", ["decide", "cut"])
def test_a_cut_that_cannot_be_is_explained_and_nothing_is_lost(
    moderator_client, comment, where, values, says, keeps
):
    finding = comment.findings.get()
    answer = post(
        moderator_client,
        comment,
        where,
        **{"decision": "approve_redacted", "cuts": [finding.pk], "note": "Kept."} | values,
    )
    page = unescape(answer.content.decode())
    assert answer.status_code == 422
    for words in (says, keeps, "Kept."):
        assert words in page
    assert not Decision.objects.exists()


def test_a_page_that_is_stale_adds_nothing(moderator_client, moderator, comment):
    seen = comment.version
    moderation.approve(comment, by=moderator)
    answer = post(moderator_client, comment, "cut", version=seen, cut_words="José")
    assert answer.status_code == 409
    assert "Somebody decided first" in answer.content.decode()


def test_opening_the_address_for_cuts_does_nothing(moderator_client, client, comment):
    path = reverse("comments:cut", args=[comment.pk])
    assert moderator_client.get(path).status_code == 405
    assert client.post(path).status_code == 302


def test_what_was_cut_by_hand_stays_ticked_for_the_next_decision(
    moderator_client, moderator, comment
):
    moderation.approve_redacted(comment, by=moderator, by_hand=[hand("José")])
    page = moderator_client.get(reverse("comments:show", args=[comment.pk])).content.decode()
    assert f'name="spans" value="{value(hand("José"))}"' in page
    assert not re.search(r'name="cuts"[^>]* checked', page)


def test_an_undo_brings_back_what_was_cut_by_hand(moderator, comment):
    decision = moderation.approve_redacted(comment, by=moderator, by_hand=[hand("José")])
    moderation.undo(decision, by=moderator)
    assert comment.is_waiting
    assert not comment.is_redacted
