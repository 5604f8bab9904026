"""Comments that ask us to look at a person's case, or tell one hoping for help."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import combinations, pairwise
from pathlib import Path

from .. import encoder, linear
from ..cues import Cues, Tally, load, plain
from ..types import Finding, FindingType, Submission, gettext_noop

MODEL = Path(__file__).parent / "data" / "case_enquiry.json"
_CUES = Path(__file__).parent / "data" / "case_enquiry.cues"
ENCODER_SHARE = 0.5
"""What a logit of the encoder counts beside the margin of the linear model."""
_HINT = 0.25
"""Below this score nothing is said; from here to 0.5 it is a hint for the moderator."""

_ENOUGH_WORDS = 4
"""Fewer words than this say too little, unless a cue is among them."""
_WORD = re.compile(r"[^\W\d_]+")

_KINDS = {
    word: kind
    for kind, words in {
        "<relative>": "brother brothers bro sister sisters sis son sons daughter daughters husband "
        "hubby wife father dad dads daddy mother mothers mom moms mum mama papa pops uncle uncles "
        "aunt auntie nephew nephews niece cousin cousins cuz grandson granddaughter grandfather "
        "grandpa granddad grandma grandmother nana stepson stepdaughter stepdad stepfather "
        "stepbrother fiance fiancee boyfriend bf girlfriend spouse partner godson hermano hermana "
        "hijo hija hijos esposo esposa marido padre madre tio tia sobrino sobrina primo prima "
        "nieto nieta abuelo abuela cunado yerno novio novia pareja padrastro",
        "<acquaintance>": "friend friends homeboy homie buddy neighbor neighbour neighbors "
        "cellmate celly cellie bunkie client student pupil coworker colleague classmate roommate "
        "parishioner amigo amiga vecino companero compadre",
        "<prison>": "prison jail penitentiary unit correctional facility institution lockup "
        "custody carcel prision penal preso presa encerrado encerrada",
        "<lawyer>": "lawyer lawyers attorney attorneys pd solicitor barrister counsel abogado "
        "abogada abogados",
        "<paper>": "letter letters package application packet form forms questionnaire paperwork "
        "papers transcript transcripts records affidavit affidavits petition carta cartas "
        "solicitud formulario documentos",
    }.items()
    for word in words.split()
}
_PERSONS = {
    "i": frozenset({"i", "im", "ive", "me", "yo"}),
    "my": frozenset({"my", "our", "mi", "nuestro", "nuestra"}),
    "you": frozenset({"you", "your", "u", "ya", "yall", "ustedes", "usted"}),
    "he": frozenset({"he", "she", "his", "her", "him", "hes", "shes"}),
    "we": frozenset({"we", "us"}),
    "?": frozenset({"?"}),
    "!": frozenset({"!"}),
}


def case_enquiries(submission: Submission) -> Iterator[Finding]:
    """Whose case, what happened, what is asked, and how it is said, weighed together.

    Two models that err differently are asked: a linear one over words and cues, and the encoder.
    """
    model, tally = _model(), _cues().tally(submission.text)
    met = any(hit.group.weight > 0 for hit in tally.hits)
    if not met and len(_WORD.findall(tally.folded.text)) < _ENOUGH_WORDS:
        return
    score = model.score(features(tally), beside=beside(submission.text))
    if score < _HINT:
        return
    if met:
        yield Finding(FindingType.CASE_ENQUIRY, *tally.span(), score, because=tally.says())
    else:
        because = gettext_noop("It reads like a request for help with a case.")
        yield Finding(FindingType.CASE_ENQUIRY, *_carrier(tally), score, because=because)


def beside(text: str) -> float:
    """The share of the encoder in the decision: of its surest passage."""
    logits = [passage.logits.case for passage in encoder.passages(text)]
    return ENCODER_SHARE * max(logits, default=0.0)


def seen(text: str) -> linear.Features:
    """What the model sees of a text; training asks for it too."""
    return features(_cues().tally(text))


def features(tally: Tally) -> linear.Features:
    """The words, the turns of the comment, and the cues with their points."""
    words = linear.tokens(plain(tally.folded.text))
    cues = {hit.group.says: 1.0 for hit in tally.hits}
    return linear.Features(
        hashed=(linear.pieces(words, _KINDS), linear.hashes(_turns(tally, words))),
        named=cues | {"points": tally.points},
    )


def _turns(tally: Tally, words: list[str]) -> Iterator[str]:
    """How cues and persons stand together: a story that ends in a question reads differently."""
    sentences = [tally.folded.text[start:end] for start, end in tally.sentences()]
    cues = [sorted({hit.group.says for hit in hits}) for hits in tally.by_sentence()]
    for sentence, met in zip(sentences, cues, strict=True):
        yield from (f"{one} & {two}" for one, two in combinations(met, 2))
        if "?" in sentence:
            yield from (f"asked: {cue}" for cue in met)
    if sentences:
        yield from (f"first: {cue}" for cue in cues[0])
        yield from (f"last: {cue}" for cue in cues[-1])
        yield from _end(linear.tokens(plain(sentences[-1])))
    for one, two in pairwise(hit.group.says for hit in tally.hits):
        if one != two:
            yield f"{one} > {two}"
    yield from _persons(words)


def _end(words: list[str]) -> Iterator[str]:
    """The last sentence, which often says what it was all for."""
    general = [_KINDS.get(word, word) for word in words]
    yield from (f"end: {word}" for word in general)
    yield from (f"end: {one} {two}" for one, two in pairwise(general))


def _persons(words: list[str]) -> Iterator[str]:
    """Who is spoken of and to, how often, and how long the comment is."""
    for person, forms in _PERSONS.items():
        often = sum(word in forms for word in words)
        yield f"{person}: {min(often, 3)}"
        yield f"{person}, share: {min(12 * often // max(len(words), 1), 4)}"
    yield f"length: {min(len(words) // 10, 6)}"


def _carrier(tally: Tally) -> tuple[int, int]:
    """The sentence that, alone, reads most like an enquiry."""
    text = tally.folded.text
    sentences = tally.sentences() or [(0, len(text))]
    best = max(sentences, key=lambda place: _model().margin(seen(text[place[0] : place[1]])))
    return tally.original(*best)


@cache
def _cues() -> Cues:
    return load(_CUES)


@cache
def _model() -> linear.LinearModel:
    return linear.load(MODEL)
