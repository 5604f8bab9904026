"""Words that read like a promise or like legal advice, in both languages.

The pages about cases must say neither. Our own words are held to it by a test; staff see at the
desk which of theirs read so, and decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_NEGATED = (
    # English, then Spanish: "we cannot promise", "it promises nothing", "no es asesoría legal".
    r"(?<!\bnot )(?<!\bno )(?<!\bnever )(?<!\bcannot )(?<!\bnor )(?<!\bni )(?<!\bnunca )"
    r"(?<!\bno podemos )(?<!\bno es )(?<!\bno son )(?<!\bnot a )(?<!\bno es una )(?<!\bnot be )"
)
_DOUBTFUL = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        _NEGATED + r"\bguarante\w*",
        _NEGATED + r"\bgaranti[zc]\w*|" + _NEGATED + r"\bgarantías?\b",
        _NEGATED + r"\bpromis(?:e[sd]?|ing)\b(?! nothing)",
        _NEGATED + r"\bpromesas?\b|" + _NEGATED + r"\bpromet\w+\b(?! nada)",
        r"\b(?:we|they) (?:will|shall|are going to) (?:free|release|exonerate|win|prove|take|accept"
        r"|represent|get (?:you|him|her|them) out)\b",
        r"\bwe(?:’|')ll (?:free|win|prove|take|accept|represent)\b",
        r"\b(?:lo|la|los|las|le) (?:liberaremos|sacaremos|representaremos|defenderemos)\b",
        r"\b(?:vamos a|podremos) (?:liberar|sacar|exonerar|ganar|representar)\w*",
        r"\b(?:ganaremos|aceptaremos|tomaremos su caso|probaremos)\b",
        r"\b(?:you|he|she|they|your case) (?:do |does |will |may |might )?qualif(?:y|ies|ied)\b",
        r"\b(?:usted|su caso|él|ella) (?:sí )?(?:califica|cumple (?:con )?los requisitos)\b",
        r"\b(?:eligible|entitled to)\b|\b(?:es|son) elegibles?\b|\btiene derecho a que\b",
        _NEGATED + r"\blegal (?:advice|counsel|opinion)\b",
        _NEGATED + r"\b(?:asesor[ií]a|asesoramiento|consejo|opinión) (?:legal|jurídic[oa])\b",
        r"\byou (?:should|must|have to|need to) (?:file|sue|appeal|plead|sign|petition)\b",
        r"\b(?:debe|tiene que|debería) (?:presentar una|demandar|apelar|declararse|firmar)\b",
        r"\b(?:strong|good|winning) case\b|\bbuen caso\b|\bcaso (?:sólido|ganador)\b",
        r"\b(?:certainly|definitely|surely|without doubt|100 ?%)|\b(?:seguramente|sin duda)\b",
    )
]


def doubtful(text: str) -> list[str]:
    """The phrases that read so, each once, as they stand."""
    return list(dict.fromkeys(_found(" ".join(text.split()))))


def _found(text: str) -> Iterator[str]:
    for pattern in _DOUBTFUL:
        yield from (match.group() for match in pattern.finditer(text))
