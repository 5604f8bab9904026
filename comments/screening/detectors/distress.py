"""Comments whose writer, or somebody they ask help for, may come to harm now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path

from .. import encoder, linear, weighing
from ..cues import Cues, Hit, Tally, load
from ..deadline import within
from ..types import Category, Finding, FindingType, Submission, gettext_noop

MODEL = Path(__file__).parent / "data" / "distress.json"
GIST_MODEL = MODEL.with_name("distress_gist.json")
_CUES = Path(__file__).parent / "data" / "distress.cues"
_HINT = 0.25
"""Below this score nothing is said; from here to 0.5 it is a hint for the moderator."""

_ALONE = 2.5
"""What a sentence must have more than the whole: what stands around it is not heard."""
_PATIENCE = 1.0
"""Seconds for the encoder, which other detectors have mostly asked already."""

_WORDS_ALONE = gettext_noop("Distress could be looked for by the words alone.")

_KINDS = weighing.kinds_of(
    {
        "<means>": "pill pills tablet tablets percs tylenol paracetamol xanax insulin bleach "
        "poison gun pistol rifle shotgun revolver rope noose cord belt sheet sheets razor "
        "blade knife knives pastillas pistola soga cuerda veneno navaja",
        "<place>": "bridge overpass roof ledge cliff balcony window tracks railway train river "
        "lake sea reservoir rail puente azotea balcon tren vias acantilado",
        "<die>": "die dying dead death suicide suicidal morir muerte muerto muerta matarme "
        "suicidio",
        "<relative>": "brother bro sister sis son sons daughter husband wife father dad daddy "
        "mother mom mum mama uncle aunt nephew niece cousin grandson boyfriend girlfriend boy "
        "girl kid bf gf friend cellmate neighbor hermano hermana hijo hija esposo esposa marido "
        "padre madre papa sobrino primo novio novia amigo amiga",
        "<children>": "kids children girls boys babies hijos ninos",
        "<day>": "monday tuesday wednesday thursday friday saturday sunday tomorrow tonight "
        "tonite christmas weekend morning spring winter lunes martes miercoles jueves viernes "
        "sabado domingo manana",
        "<pet>": "cat dog cats dogs bird perro perra gato",
        "<none>": "nobody noone nothing nadie nada",
        "<not>": "not dont cant wont never no aint cannot isnt doesnt wouldnt couldnt shant wasnt",
        "<want>": "want wanna wana wish hope pray plan intend quiero quisiera deseo",
        "<i>": "i im ive ill id ima yo me myself",
        "<body>": "arm arms wrist wrists leg legs thigh skin brazo brazos piernas venas",
        "<told>": "film movie documentary episode season series book chapter podcast scene ending "
        "novel pelicula serie documental capitulo libro",
        "<staff>": "guards guard cos officers nurse warden chaplain sheriff facility jail prison "
        "penal carcel prision switchboard",
        "<said>": "says said told saying say calls called wrote texted posted phoned rang dice "
        "dijo llamo",
    }
)


def distress(submission: Submission) -> Iterator[Finding]:
    """A wish, a means, a time, a farewell: weighed with who says it and what speaks against it.

    Two models are asked: one over words and cues, and one over what the encoder sees of the text.
    Without the encoder the comment waits, and the words are heard all the same.
    """
    model, tally = _model(), cues().tally(submission.text)
    parts = heard(model, submission.text, tally)
    try:
        margins = within(_PATIENCE, partial(_with_gist, parts))
    except Exception:  # whatever breaks there, somebody in danger sees the help lines
        yield Finding(FindingType.FAULT, 0, 0, 1.0, _WORDS_ALONE, looked_for=Category.DISTRESS)
        margins = list(parts.values())
    score = model.score_of(max(margins))
    if score < _HINT:
        return
    if _speaks(tally.hits):
        yield Finding(FindingType.DISTRESS, *tally.span(), score, because=tally.says())
    else:
        place = weighing.carrier(tally, lambda sentence: model.margin(seen(sentence)))
        because = gettext_noop("It reads like the words of somebody in danger.")
        yield Finding(FindingType.DISTRESS, *place, score, because=because)


def heard(model: linear.LinearModel, text: str, tally: Tally) -> dict[str, float]:
    """The margin of the whole, and of its clearest sentence, which a long story would drown."""
    parts = {text: model.margin(weighing.features(tally, _KINDS))}
    sentences = [
        tally.folded.text[start:end]
        for (start, end), hits in zip(tally.sentences(), tally.by_sentence(), strict=True)
        if _speaks(hits)
    ]
    if sentences:
        margin, said = max((model.margin(seen(sentence)), sentence) for sentence in sentences)
        parts.setdefault(said, margin - _ALONE)
    return parts


def _with_gist(parts: Mapping[str, float]) -> list[float]:
    return [margin + gist_margin(text) for text, margin in parts.items()]


def gist_margin(text: str) -> float:
    """What the encoder adds: above zero where some passage of the text speaks for distress."""
    model, passages = _gist_model(), encoder.passages(text)
    return max((model.margin(linear.dense(passage.gist)) for passage in passages), default=0.0)


def seen(text: str) -> linear.Features:
    """What the model sees of a text; training asks for it too."""
    return weighing.features(cues().tally(text), _KINDS)


def telling_words(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The spans of the words that speak of danger; none where the whole only reads so."""
    return weighing.telling_words(cues(), text, start, end)


def _speaks(hits: Iterable[Hit]) -> bool:
    return any(hit.group.weight > 0 for hit in hits)


@cache
def cues() -> Cues:
    return load(_CUES)


@cache
def _model() -> linear.LinearModel:
    return linear.load(MODEL)


@cache
def _gist_model() -> linear.LinearModel:
    return linear.load(GIST_MODEL)
