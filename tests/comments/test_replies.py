"""The saved replies: versions that nothing rewrites, places that are filled, a language guessed."""

from __future__ import annotations

import json
import re
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings as django_settings

from articles.cases import address_of
from comments import notices, placeholders, referrals, replies
from comments.languages import language_of
from comments.models import CaseReply, CaseReplyVersion
from tests.builders import make_case_reply, make_organisation

FIRST = json.loads(
    (Path(django_settings.BASE_DIR) / "comments" / "first_case_replies.json").read_text("utf-8")
)
CONTENT = {"title": "By post", "language": "en", "text": "Hello,\n\nplease write by post."}


@pytest.fixture
def directory(db):
    """A list that knows one organisation in Ohio."""
    address = "1 Example Street\nColumbus, OH 00000"
    make_organisation("Ohio Example Project", address=address, website="")


# Versions -------------------------------------------------------------------------------


@pytest.mark.django_db
def test_every_change_is_a_version_with_who_and_when(moderator, other_moderator):
    reply = replies.create(by=moderator, **CONTENT)
    replies.save(reply, by=other_moderator, number=1, **CONTENT | {"text": "Please write."})
    replies.archive(reply, by=moderator)
    replies.bring_back(reply, by=moderator)
    replies.restore(reply.versions.get(number=1), by=other_moderator)
    reply.refresh_from_db()
    assert reply.number == 5
    assert reply.text == CONTENT["text"]
    assert [(one.number, one.action, str(one.by)) for one in reply.versions.all()] == [
        (5, "restored", "other-moderator"),
        (4, "brought_back", "moderator"),
        (3, "archived", "moderator"),
        (2, "saved", "other-moderator"),
        (1, "saved", "moderator"),
    ]
    assert reply.versions.get(number=2).text == "Please write."


@pytest.mark.django_db
def test_saving_the_same_again_is_no_version(moderator):
    reply = replies.create(by=moderator, **CONTENT)
    replies.save(reply, by=moderator, number=1, **CONTENT)
    replies.bring_back(reply, by=moderator)
    assert reply.versions.count() == 1


@pytest.mark.django_db
def test_who_began_with_an_older_version_overwrites_nothing(moderator):
    reply = replies.create(by=moderator, **CONTENT)
    replies.save(reply, by=moderator, number=1, **CONTENT | {"title": "Newer"})
    with pytest.raises(replies.Outdated):
        replies.save(reply, by=moderator, number=1, **CONTENT | {"title": "Older"})
    reply.refresh_from_db()
    assert reply.title == "Newer"


@pytest.mark.django_db
def test_an_archived_reply_is_not_offered_and_not_lost(moderator):
    version = make_case_reply()
    replies.archive(version.reply, by=moderator)
    assert not CaseReplyVersion.objects.to_send().filter(reply=version.reply_id).exists()
    version = CaseReplyVersion.objects.get(pk=version.pk)
    assert not version.is_current
    replies.restore(version, by=moderator)
    assert CaseReply.objects.get(pk=version.reply_id).is_archived
    assert not CaseReplyVersion.objects.to_send().filter(reply=version.reply_id).exists()


@pytest.mark.django_db
def test_a_version_is_never_changed_and_never_deleted():
    version = make_case_reply()
    with pytest.raises(TypeError):
        version.save()
    with pytest.raises(TypeError):
        version.delete()


# Places ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hello {name}, write to {our_address}.", []),
        ("Write to {adress}.", ["{adress}"]),
        ("{Name} {name } {}", ["{Name}", "{name }", "{}"]),
        ("{adress} and {adress}", ["{adress}"]),
        ("A { alone.", ["{"]),
        ("A } alone.", ["}"]),
        ("{{name}}", ["{", "}"]),
        ("{na\nme}", ["{", "}"]),
    ],
)
def test_what_stands_between_braces_is_ours_or_named(text, found):
    assert placeholders.unknown(text) == found


def test_a_paragraph_with_nothing_to_say_is_left_out_whole():
    text = "Hello {name},\n\nwrite to us:\n{our_address}\n\nor to:\n{who_helps_there}\n\nGoodbye."
    values = {"name": "Ruth", "our_address": "", "who_helps_there": "Ohio Example Project"}
    assert placeholders.fill(text, values) == (
        "Hello Ruth,\n\nor to:\nOhio Example Project\n\nGoodbye."
    )


@pytest.mark.parametrize(
    ("text", "said"), [("Hello {name},", "Hello,"), ("Hola {name}:", "Hola:"), ("{name}!", "!")]
)
def test_a_greeting_goes_without_a_name(text, said):
    assert placeholders.fill(text, {"name": ""}) == said


def test_a_name_that_looks_like_a_place_is_not_filled_again():
    assert placeholders.fill("Hello {name},", {"name": "{our_address}", "our_address": "X"}) == (
        "Hello {our_address},"
    )


@pytest.mark.parametrize(
    ("name", "greeted"),
    [
        ("Ruth", True),
        ("María José Núñez-O’Brien", True),
        ("J. R. Smith", True),
        ("Ann7", False),
        ("see example.org", False),
        ("ruth@example.org", False),
        ("[name removed]", False),
        ("ruth", True),
        ("Juan de la Cruz", True),
        ("please help my brother", False),
        ("Please help my brother", False),
        ("R" * 41, False),
        ("Ruth\nBcc: x", False),
        ("", False),
    ],
)
def test_only_what_looks_like_a_name_stands_in_a_greeting(name, greeted):
    letter = notices.case_reply("Hello {name},", language="en", name=name)
    assert letter.body.startswith(f"Hello {name},\n" if greeted else "Hello,\n")


@pytest.mark.usefixtures("directory")
def test_whoever_helps_in_the_state_stands_in_the_letter_with_the_address(settings):
    settings.SITE_URL, settings.SITE_NAME = "https://site.example.org", "Northlight"
    settings.SITE_POSTAL_ADDRESS = ["Northlight", "P.O. Box 0000"]
    text = "{organization}\n\n{our_address}\n\n{how_we_consider_cases}\n\nOr:\n{who_helps_there}"
    letter = notices.case_reply(text, language="en", state="US-OH")
    assert letter.subject == "An answer to your comment (Northlight)"
    assert letter.body.startswith(
        "Northlight\n\nNorthlight\nP.O. Box 0000\n\n"
        "https://site.example.org/how-we-consider-cases/\n\n"
        "Or:\nOhio Example Project\n1 Example Street\nColumbus, OH 00000\n\nSee what became of"
    )
    for nowhere in ("US-NV", ""):
        assert "Or:" not in notices.case_reply(text, language="en", state=nowhere).body


@pytest.mark.django_db
def test_where_nobody_is_known_nobody_is_named():
    assert ("US-OH", "Ohio") in referrals.states()
    assert referrals.whom_to_write_to("US-OH") == ""


# What comes with the program --------------------------------------------------------------


@pytest.mark.django_db
def test_two_replies_in_each_language_come_with_the_program():
    assert [words["language"] for words in FIRST] == ["en", "en", "es", "es"]
    for words in FIRST:
        reply = CaseReply.objects.get(**words)
        assert reply.versions.get().by is None


@pytest.mark.parametrize("words", FIRST, ids=lambda words: words["title"])
def test_what_comes_with_the_program_promises_nothing_and_quotes_no_law(words, settings):
    settings.SITE_POSTAL_ADDRESS = ["Northlight", "P.O. Box 0000"]
    assert placeholders.unknown(words["text"]) == []
    letter = notices.case_reply(words["text"], language=words["language"], name="Ruth")
    assert "Ruth" in letter.body
    assert address_of("cases", words["language"]) in letter.body
    assert "Northlight\nP.O. Box 0000" in letter.body
    for word in (
        *("promise", "guarantee", "we will", "attorney", "should", "must", "deadline", "statute"),
        *("prometemos", "garantiza", "vamos a", "debe ", "plazo", "ley "),
    ):
        assert not re.search(rf"\b{word}", letter.body.split("With kind")[0], re.I), word
    assert "!" not in letter.body


@pytest.mark.django_db
def test_taking_the_first_replies_back_spares_what_staff_changed(moderator):
    migration = import_module("comments.migrations.0010_first_case_replies")
    kept = CaseReply.objects.get(title="How to write to us")
    replies.save(kept, by=moderator, number=1, **CONTENT)
    migration.remove_untouched_replies(_Raw, None)
    assert list(CaseReply.objects.all()) == [kept]


class _Raw:
    """A migration's models have no methods of ours, so they delete what ours refuse to."""

    @staticmethod
    def get_model(app: str, name: str):
        return apps.get_model(app, name)


# Languages ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Please help my brother, he has been in prison for nine years.", "en"),
        ("pls help my son hes innocent", "en"),
        ("Por favor ayuden a mi hijo, lleva nueve años preso.", "es"),
        ("ayuda por favor mi esposo es inocente", "es"),
        ("¿Quién puede ayudarnos?", "es"),
        ("Mi hermano está en Attica y the public defender no hace nada por él.", "es"),
        ("My abuela says: no hay justicia. She is right, and I am tired of it.", "en"),
    ],
)
def test_the_language_of_a_comment_is_told_by_its_small_words(text, language):
    assert language_of(text) == language


@pytest.mark.parametrize("own", ["en", "es"])
def test_a_comment_in_no_language_is_in_that_of_the_site(settings, own):
    settings.LANGUAGE_CODE = own
    assert language_of("12345 :-(") == own
    assert language_of("") == own
