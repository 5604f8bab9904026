"""No page about cases promises anything or gives legal advice, in either language."""

from __future__ import annotations

import html
import json
import re
from itertools import product
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.utils import translation

from articles.cases import guide, wording
from articles.cases.check import Reason
from tests.builders import make_organisation

ROOT = Path(django_settings.BASE_DIR)
PAGES = ["/how-we-consider-cases/", "/como-consideramos-casos/"]


@pytest.mark.parametrize(
    "text",
    [
        "We guarantee an answer.", "It is guaranteed.", "We promise to help.", "A promise.",
        "We will free him.", "We are going to free you.", "They will win your case.",
        "We’ll take your case.", "You qualify for our help.", "You may qualify.", "It is eligible.",
        "This is legal advice.", "Here is our legal opinion.", "You should file a motion.",
        "You must appeal.", "You have a strong case.", "We certainly help.",
        "Garantizamos una respuesta.", "Es una garantía.", "Le prometemos ayuda.",
        "Es una promesa.", "Lo liberaremos.", "Vamos a liberarlo.", "Usted califica.",
        "Su caso cumple los requisitos.", "Es elegible.", "Esto es asesoría legal.",
        "Le damos un consejo jurídico.", "Debe apelar.", "Es un buen caso.", "Sin duda ayudamos.",
        "You\nqualify", "YOU QUALIFY",
    ],
)  # fmt: skip
def test_what_reads_like_a_promise_or_like_advice_is_seen(text):
    assert wording.doubtful(text)


@pytest.mark.parametrize(
    "text",
    [
        "This is not legal advice, and no promise.", "We cannot promise to return anything.",
        "It promises nothing.", "We never promise.", "We cannot guarantee it.",
        "You can write to us.", "We look at cases after a trial.", "We decide what we take on.",
        "No es asesoría legal.", "general y no asesoría legal", "No podemos prometer nada.",
        "No promete nada sobre ningún caso.", "No es una promesa.", "Puede escribirnos.",
        "La persona se declaró culpable.",
    ],
)  # fmt: skip
def test_what_says_that_it_is_none_is_left_alone(text):
    assert wording.doubtful(text) == []


def _texts_of(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts_of(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts_of(one)


@pytest.mark.parametrize(
    "file",
    ["articles/cases/guide.json", "comments/management/demo_content/organisations.json"],
)
def test_the_words_that_come_with_the_installation_are_held_to_it(file):
    texts = list(_texts_of(json.loads((ROOT / file).read_text(encoding="utf-8"))))
    assert len(texts) > 50
    assert [found for text in texts for found in wording.doubtful(text)] == []


@pytest.mark.parametrize("file", ["standing_pages.json", "standing_pages.es.json"])
def test_so_is_the_introduction(file):
    pages = json.loads((ROOT / "articles" / file).read_text(encoding="utf-8"))
    (page,) = [page for page in pages if page["slug"] == "how-we-consider-cases"]
    assert [found for text in page.values() for found in wording.doubtful(text)] == []


@pytest.mark.parametrize("language", ["en", "es"])
def test_so_is_every_reason(language):
    with translation.override(language):
        texts = [text for reason in Reason for text in (reason.why, reason.what_may_help)]
    assert [found for text in texts for found in wording.doubtful(text)] == []


@pytest.mark.django_db
@pytest.mark.parametrize("page", PAGES)
def test_so_is_every_page_that_the_questions_can_lead_to(client, editor, page):
    saved = guide.save(
        {
            guide.Part.PLACES: {"places": ["US-NY"]},
            guide.Part.CHECK: {
                "needs_conviction": True,
                "needs_appeal_over": True,
                "needs_evidence": True,
                "needs_prison": True,
            },
        },
        by=editor,
    )
    guide.publish(saved, by=editor)
    make_organisation("Example Clinic of Ohio", places=["US-OH"])
    answers = [client.get(page), client.get(f"{page}check/"), client.get(f"{page}letter/")]
    names = ("convicted", "appeal_over", "evidence", "in_prison")
    for said in product(["yes", "no"], repeat=4):
        for place in ("US-NY", "US-OH", "ZZ", "unknown"):
            fields = dict(zip(names, said, strict=True)) | {"place": place}
            answers.append(client.post(f"{page}check/", fields))
    answers.append(client.post(f"{page}check/", {}))
    found = {}
    for answer in answers:
        source = html.unescape(answer.content.decode())
        main = source[source.index("<main") : source.index("</main>")]
        phrases = wording.doubtful(re.sub(r"<[^>]+>", " ", main))
        if phrases:
            found[answer.request["PATH_INFO"]] = phrases
        assert answer.status_code in {200, 422}
    assert found == {}
    assert len(answers) == 68


@pytest.mark.django_db
@pytest.mark.parametrize("page", PAGES)
def test_every_page_says_that_it_is_no_advice_and_no_promise(client, page):
    for below in ("", "check/", "letter/"):
        assert 'class="no-advice' in client.get(page + below).content.decode()
