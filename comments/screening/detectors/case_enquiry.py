"""Comments that ask us to look at a person's case, or tell one hoping for help."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from .. import encoder, linear, weighing
from ..cues import Cues, load
from ..types import Finding, FindingType, Submission, gettext_noop

MODEL = Path(__file__).parent / "data" / "case_enquiry.json"
_CUES = Path(__file__).parent / "data" / "case_enquiry.cues"
ENCODER_SHARE = 0.4
"""What a logit of the encoder counts beside the margin of the linear model."""
_HINT = 0.25
"""Below this score nothing is said; from here to 0.5 it is a hint for the moderator."""

_REACH = "a way to reach the writer or the prisoner"
_SAY_NO_CASE = {_REACH, "a relative of the writer"}
"""Cues of somebody who gives a number to call: what for, they do not say."""
_ONLY_REACH = 0.4
"""The highest score of a comment with no other cue than those: a hint."""
_ENOUGH_WORDS = 4
"""Fewer words than this say too little, unless a cue is among them."""
_WORD = re.compile(r"[^\W\d_]+")

_KINDS = weighing.kinds_of(
    {
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
    }
)


def case_enquiries(submission: Submission) -> Iterator[Finding]:
    """Whose case, what happened, what is asked, and how it is said, weighed together.

    Two models that err differently are asked: a linear one over words and cues, and the encoder.
    """
    model, tally = _model(), _cues().tally(submission.text)
    met = {hit.group.says for hit in tally.hits if hit.group.weight > 0}
    if not met and len(_WORD.findall(tally.folded.text)) < _ENOUGH_WORDS:
        return
    score = model.score(weighing.features(tally, _KINDS), beside=beside(submission.text))
    if _REACH in met and met <= _SAY_NO_CASE:
        score = min(score, _ONLY_REACH)
    if score < _HINT:
        return
    if met:
        yield Finding(FindingType.CASE_ENQUIRY, *tally.span(), score, because=tally.says())
    else:
        place = weighing.carrier(tally, lambda sentence: model.margin(seen(sentence)))
        because = gettext_noop("It reads like a request for help with a case.")
        yield Finding(FindingType.CASE_ENQUIRY, *place, score, because=because)


def telling_words(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The spans of the words that make it an enquiry; none where the whole only reads like one."""
    return weighing.telling_words(_cues(), text, start, end)


def beside(text: str) -> float:
    """The share of the encoder in the decision: of its surest passage."""
    logits = [passage.logits.case for passage in encoder.passages(text)]
    return ENCODER_SHARE * max(logits, default=0.0)


def seen(text: str) -> linear.Features:
    """What the model sees of a text; training asks for it too."""
    return weighing.features(_cues().tally(text), _KINDS)


@cache
def _cues() -> Cues:
    return load(_CUES)


@cache
def _model() -> linear.LinearModel:
    return linear.load(MODEL)
