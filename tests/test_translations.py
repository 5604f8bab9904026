"""English and Spanish ship complete: the catalogue, screening's words, and the pages themselves."""

from __future__ import annotations

import ast
import gettext
import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import translation

from articles.models import default_byline
from comments import moderation, notices, screening, wording
from comments.models import Comment, Reason, Status
from comments.screening import FindingType, Submission, policy
from comments.screening.detectors import case_enquiry, distress, spam
from tests.builders import (
    make_article,
    make_comment,
    make_finding,
    make_topic,
    make_user,
    make_work,
)

from .comments.browsing import write

ROOT = Path(django_settings.BASE_DIR)
CATALOGUE = ROOT / "locale/es/LC_MESSAGES/django.po"
PLURAL_FORMS = 3
SAME_IN_BOTH = {"Spam", "spam"}
HOLES = re.compile(r"%%s|%\(\w+\)[ds]|\{\w*\}|</?\w+[^>]*>")

ENGLISH = re.compile(
    r"\b(the|and|of|to|your|with|this|is|was|by|for|on|at|it|be|not|or|from|you|we|our|"
    r"comments?|reply|read|search|page|save|news|reviews?|address|moderators?|moderation|"
    r"removed?|waits?|waiting|phone|number|name|required|approve|undo|log|staff|privacy|"
    r"score|digits|personal information|case enquir\w+|next|previous|ago|hours?|minutes?)\b",
    re.IGNORECASE,
)
"""Words that no Spanish page of ours has a reason to say."""


class Entry(dict[str, str]):
    """One message of a .po file: its parts by keyword."""

    flags: str = ""

    @property
    def strings(self) -> list[str]:
        return [self[key] for key in sorted(self) if key.startswith("msgstr")]


def read_catalogue(path: Path) -> dict[str, Entry]:
    entries: list[Entry] = []
    key, flags = "", ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#,"):
            flags = line
        elif match := re.fullmatch(r'(msg\w+(?:\[\d\])?) (".*")', line):
            key = match[1]
            if key == "msgid":
                entries.append(Entry())
                entries[-1].flags, flags = flags, ""
            entries[-1][key] = ast.literal_eval(match[2])
        elif line.startswith('"'):
            entries[-1][key] += ast.literal_eval(line)
    return {entry["msgid"]: entry for entry in entries}


MESSAGES = read_catalogue(CATALOGUE)
HEADER = MESSAGES.pop("")


@pytest.fixture
def spanish(settings):
    settings.LANGUAGE_CODE = "es"


# The catalogue -------------------------------------------------------------------------


def test_nothing_is_untranslated_or_doubtful():
    assert len(MESSAGES) > 600
    for msgid, entry in MESSAGES.items():
        assert "fuzzy" not in entry.flags, msgid
        assert all(entry.strings), msgid
        assert len(entry.strings) == (PLURAL_FORMS if "msgid_plural" in entry else 1), msgid
    assert f"nplurals={PLURAL_FORMS};" in HEADER["msgstr"]
    assert "fuzzy" not in HEADER.flags


def test_every_translation_fills_the_same_holes_and_keeps_the_same_links():
    for msgid, entry in MESSAGES.items():
        singular, *others = entry.strings
        wanted = sorted(HOLES.findall(entry.get("msgid_plural", msgid)))
        for string in others or [singular]:
            assert sorted(HOLES.findall(string)) == wanted, msgid
        assert set(HOLES.findall(singular)) <= set(wanted), msgid


def test_translations_are_as_calm_as_the_original():
    for entry in MESSAGES.values():
        assert not re.search("[!¡]", " ".join(entry.strings)), entry["msgid"]
        for msgid, string in zip(entry.values(), entry.strings, strict=False):
            assert msgid[-1:].isalnum() or msgid[-1:] == string[-1:] or msgid[-1] == ",", msgid


def test_the_compiled_catalogue_is_that_of_the_text():
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for msgid, entry in MESSAGES.items():
        if "msgid_plural" in entry:
            for number, string in ((1, 0), (1_000_000, 1), (2, 2)):
                found = compiled.ngettext(msgid, entry["msgid_plural"], number)
                assert found == entry[f"msgstr[{string}]"], msgid
        else:
            assert compiled.gettext(msgid) == entry["msgstr"], msgid
    head = CATALOGUE.with_suffix(".mo").read_bytes()[8:12]
    assert int.from_bytes(head, "little") == len(MESSAGES) + 1, "messages, and the header"


def test_every_string_in_code_and_templates_is_in_the_catalogue(tmp_path, monkeypatch, settings):
    if shutil.which("xgettext") is None or shutil.which("msgmerge") is None:
        pytest.skip("GNU gettext is not installed, so the strings cannot be collected.")
    for folder in ("articles", "auditlog", "comments", "innocence", "templates"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    (tmp_path / "locale").mkdir()
    monkeypatch.chdir(tmp_path)
    settings.LOCALE_PATHS = [str(tmp_path / "locale")]
    call_command("makemessages", locale=["es"], verbosity=0)
    found = read_catalogue(tmp_path / "locale/es/LC_MESSAGES/django.po")
    assert set(found) - {""} == set(MESSAGES), "run: make messages"


# Screening's words ---------------------------------------------------------------------


@pytest.mark.parametrize("kind", FindingType)
def test_a_label_is_screenings_own_in_english_and_another_in_spanish(kind):
    assert wording.label(kind) == kind.label
    assert wording.mark(kind) == screening.mark(kind) == f"[{kind.label} removed]"
    with translation.override("es"):
        assert wording.label(kind) != kind.label or kind.label in SAME_IN_BOTH
        assert wording.mark(kind) == f"[dato suprimido: {wording.label(kind)}]"


def test_every_sentence_of_the_policy_is_translated():
    with translation.override("es"):
        for row in policy.TABLE:
            assert wording.explanation(row.because) != row.because


def test_every_cue_that_can_be_said_is_listed_for_translation():
    cues = [case_enquiry._cues(), distress.cues(), spam._cues()]
    said = {
        group.says
        for cue in cues
        for phrases in cue._phrases.values()
        for group, _pattern in phrases
        if group.weight > 0
    }
    assert said == set(wording.CUES)
    assert not [words for words in said if ", " in words]


@pytest.mark.parametrize(
    ("because", "explained"),
    [
        ("It may be spam.", "Puede ser spam."),
        ("10 digits like those of a US phone number.", "10 dígitos como los de un teléfono de"),
        ("The detector “hate speech” took longer than 0.5 seconds.", "“hate speech” tardó más"),
        ("The detector “spam” stopped with KeyError.", "El detector “spam” se detuvo con KeyError"),
        (
            "Signs of it: a relative of the writer, a question to us, a claim of innocence.",
            "Señales: un familiar de quien escribe, una pregunta para nosotros, una afirmac",
        ),
        ("A sentence of somebody’s own screener {}.", "A sentence of somebody’s own screener {}."),
        ("", ""),
    ],
)
def test_a_sentence_is_explained_in_spanish_and_left_alone_in_english(because, explained):
    assert wording.explanation(because) == because
    with translation.override("es"):
        assert explained in wording.explanation(because)


def test_numbers_in_an_explanation_are_written_as_in_spanish():
    because = (
        "Most surely hate speech: score 0.93, held from 0.50. "
        "Quoting abuse, naming a group or describing a crime is not hate."
    )
    with translation.override("es"):
        assert "puntuación 0,93, se retiene desde 0,50." in wording.explanation(because)


def test_whatever_is_found_in_the_demonstration_is_explained_in_spanish():
    file = ROOT / "comments/management/demo_content/comments.json"
    texts = [comment["body"] for comment in json.loads(file.read_text(encoding="utf-8"))]
    reasons = {
        finding.because for text in texts for finding in screening.screen(Submission(text)).findings
    }
    assert len(reasons) > 30
    with translation.override("es"):
        assert [because for because in reasons if wording.explanation(because) == because] == []


@pytest.mark.django_db
def test_a_redaction_speaks_the_language_of_the_site_and_is_set_apart_in_both(
    spanish, moderator, settings
):
    comment = make_comment(body="Llame al 555-0147.", status=Status.WAITING, queue="pii")
    make_finding(comment, "555-0147")
    moderation.approve_redacted(comment, by=moderator)
    assert comment.public_body == "Llame al [dato suprimido: número de teléfono]."
    place = '<bdi class="cut" dir="ltr">[dato suprimido: número de teléfono]</bdi>'
    assert place in comment.public_html
    settings.LANGUAGE_CODE = "en"
    assert place in comment.public_html
    older = Comment(body="Call 555-0147.", redacted_body="Call [phone number removed].")
    assert '<bdi class="cut" dir="ltr">[phone number removed]</bdi>' in older.public_html


# The pages -----------------------------------------------------------------------------


class _Words(HTMLParser):
    """What a reader sees or hears: text, and the attributes that are read out."""

    SAID = frozenset({"aria-label", "title", "placeholder", "alt", "data-left", "data-more"})

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._silent = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # What says of itself that it is English may be: a letter for somebody who writes so.
        says_so = dict(attrs).get("lang") == "en"
        self._silent = tag in {"script", "style", "address"} or says_so
        self.words += [value or "" for name, value in attrs if name in self.SAID]

    def handle_endtag(self, tag: str) -> None:
        self._silent = False

    def handle_data(self, data: str) -> None:
        if not self._silent and not data.strip().startswith(("http", "/")):
            self.words.append(data)


def english_in(html: str) -> list[str]:
    parser = _Words()
    parser.feed(html)
    return [text.strip() for text in parser.words if ENGLISH.search(text)]


@pytest.fixture
def article(spanish, db):
    """Nothing on its page is English unless we say so."""
    return make_article(
        headline="La primera cinta",
        slug="la-primera-cinta",
        standfirst="Qué pasó, en una oración.",
        body="<p>La primera cinta calla once segundos.</p>",
        plain_text="La primera cinta calla once segundos.",
        byline=default_byline(),
        topic=make_topic("Confesiones falsas"),
    )


@pytest.fixture
def ana(spanish, db):
    """Moderates and writes, and has no English name."""
    return make_user("ana", "Moderators", "Editors")


@pytest.fixture
def ana_client(ana):
    client = Client()
    client.force_login(ana)
    return client


@pytest.fixture
def held(article):
    comment = make_comment(
        article,
        name="Margarita",
        body="Llame al 555-0147, mi hermano es inocente.",
        status=Status.WAITING,
        queue="pii",
        held_because="It may hold personal information.",
    )
    make_finding(comment, "555-0147", because="7 digits beside a word about calling.")
    make_finding(
        comment,
        "inocente",
        type=FindingType.CASE_ENQUIRY,
        because="Signs of it: a claim of innocence.",
    )
    return comment


@pytest.mark.parametrize(
    "path",
    ["/", "/news/", "/reviews/", "/search/?q=cinta", "/news/la-primera-cinta/",
     "/news/la-primera-cinta/comment/", "/accounts/login/", "/nowhere/"],
)  # fmt: skip
def test_a_public_page_is_all_spanish(client, article, path):
    make_comment(article, name="Ana", body="Gracias.")
    make_article(
        kind="review",
        headline="Las cintas",
        standfirst="",
        byline="Ana",
        work=make_work("Las cintas"),
    )
    response = client.get(path)
    html = response.content.decode()
    assert '<html lang="es">' in html
    assert english_in(html) == []


def test_a_form_that_was_not_accepted_says_so_in_spanish(client, article):
    answer = write(client, article, name="", email="nada", body="")
    html = answer.content.decode()
    assert answer.status_code == 422
    assert html.count("Este campo es obligatorio.") == 4
    assert english_in(html) == []


def test_the_visitor_is_told_in_spanish_what_becomes_of_a_comment(client, article):
    html = write(client, article, body="Gracias por contarlo.", follow=True).content.decode()
    assert "Gracias. Una persona lo lee antes de que pueda ser público" in html
    assert english_in(html) == []


@pytest.mark.parametrize("name", ["overview", "queue", "all", "show"])
def test_the_moderators_desk_is_all_spanish(ana_client, ana, held, name):
    decided = make_comment(held.article, name="Ana", body="Gracias.")
    moderation.remove(decided, by=ana, reason=Reason.OTHER)
    arguments = {"queue": ["pii"], "show": [held.pk]}.get(name, [])
    html = ana_client.get(reverse(f"comments:{name}", args=arguments)).content.decode()
    if name != "overview":
        assert "7 dígitos junto a una palabra sobre llamar." in html
        assert "Señales: una afirmación de inocencia." in html
        assert "Puede contener datos personales." in html
    assert english_in(html) == []


@pytest.mark.parametrize(
    "path", ["/desk/", "/desk/topics/", "/desk/works/", "/desk/new/", "/desk/new/?kind=review"]
)
def test_the_writing_desk_is_all_spanish(ana_client, article, path):
    html = ana_client.get(path).content.decode()
    assert english_in(html) == []


@pytest.mark.parametrize("reason", [Reason.CASE_ENQUIRY, Reason.OFF_TOPIC])
def test_letters_are_all_spanish(held, ana, settings, reason):
    settings.SITE_NAME = "Casa"
    redacted = moderation.approve_redacted(held, by=ana)
    removed = moderation.remove(held, by=ana, reason=reason)
    undone = moderation.undo(removed, by=ana)
    for decision in (redacted, removed, undone):
        letter = notices.letter(decision)
        text = re.sub(r"https?://\S+", "", f"{letter.subject}\n{letter.body}")
        assert not ENGLISH.search(text), text
