"""The guide as questions and answers, in the vocabulary of search engines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from .reading import Guide, Point


def structured_data(said: Guide) -> dict[str, Any]:
    """schema.org: FAQPage. A question that nobody has answered yet is not asked."""
    return {
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "inLanguage": said.language,
        "mainEntity": [
            {
                "@type": "Question",
                "name": question,
                "acceptedAnswer": {"@type": "Answer", "text": answer},
            }
            for question, answer in _questions(said)
            if answer
        ],
    }


def _questions(said: Guide) -> Iterator[tuple[str, str]]:
    yield _("Which cases can you consider?"), _listed(said.can)
    yield _("Which cases can you not consider?"), _listed(said.cannot)
    yield _("Where do you look at cases?"), ", ".join(map(str, said.places))
    yield _("What happens with my letter?"), _listed(said.stages)
    yield _("How long does it take?"), said.how_long.text
    yield _("What should I send?"), _listed(said.send)
    yield _("What should I never send?"), _listed(said.never_send)
    yield _("Where do I write to?"), " ".join([said.where.text, ", ".join(said.address)]).strip()
    yield _("What will you never ask for?"), _listed(said.never_asked)


def _listed(points: list[Point]) -> str:
    return " ".join(
        f"{point.title}{f' ({point.duration})' if point.duration else ''}: {point.text}"
        for point in points
    )
