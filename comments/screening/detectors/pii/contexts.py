"""The words around a name that make it the name of a private person, or of no person at all."""

from __future__ import annotations

import re

from .publicity import acts_in_public, holds_office, is_discussed, is_in_the_news
from .reading import Reading

KIN = (
    r"(?:(?:step|half|foster|grand|great-?grand|god)[- ]?)?(?:sons?|daughters?|brothers?|sisters?"
    r"|mother|mom|momma|mama|mum|ma|father|dad|daddy|papa|pops|parents|child|children|kids?)"
    r"|husband|hubby|wife|wifey|widow(?:er)?|fianc[ée]e?"
    r"|boyfriend|girlfriend|bf|gf|spouse|partner|cousins?|cuz|uncle|auntie?|aunty|nephews?|nieces?"
    r"|grandma|grandpa|granny|nana|nan|relative"
    r"|(?:best )?friends?|homeboy|homegirl|pal|pen ?-?pal|neighbou?rs?|cell ?mate|celly|cellie"
    r"|bunkie|bunkmate|roommate|room-mate|housemate|classmate|schoolmate|teammate"
    r"|(?:ex|late)(?:[- ](?:husband|wife|boyfriend|girlfriend|partner|lover))?|co-?worker"
    r"|colleague|boss|supervisor|manager|landlord|landlady|tenant|lodger|teacher|principal"
    r"|baby(?:'s)?(?: daddy| mama| father| mother)?|boy|girl|baby ?sitter|nanny"
    r"|client|buddy|homie|twins?|in-?laws?|godparent"
    r"|herman[oa]s?|hermanastr[oa]|hij[oa]s?|hijastr[oa]|padre|madre|padrastro|madrastra|pap[áa]"
    r"|mam[áa]|prim[oa]s?|t[íi][oa]s?|espos[oa]|marido|mujer|novi[oa]|amig[oa]s?|vecin[oa]s?"
    r"|(?:bis)?abuel[oa]s?|niet[oa]s?|cuñad[oa]|suegr[oa]|yerno|nuera|padrino|madrina|ahijad[oa]"
    r"|sobrin[oa]s?|compañer[oa]|jefe|jefa|profesora?|maestr[oa]|viuda|viudo|expareja|pareja"
    r"|(?:stief|half|schoon|klein|pleeg|peet)?(?:broer|zus|zuster|zoon|dochter|vader|moeder)"
    r"|man|vrouw|echtgeno(?:ot|te)|neef|neefje|nicht|nichtje|oom|tante|vriend|vriendin|buurman"
    r"|buurvrouw|buurjongen|buurmeisje|opa|oma|ex-?(?:man|vrouw|vriend|vriendin)|zwager"
    r"|collega|baas|juf|meester|kind|zoontje|dochtertje"
)
_ROLE = (
    r"jurors?|jury member"
    r"|(?:eye|key|star|main|only|crown|state's|character|alibi )?[ -]?witness(?:es)?"
    r"|victim|accuser|complainant|plaintiff|informant|informer|snitch|rat|liar|suspect|killer"
    r"|murderer|shooter|gunman|rapist|robber|burglar|thief|culprit|attacker|assailant|perp\w*"
    r"|defendant|co-?defendant|accomplice"
    r"|clerk|nurse|foreman|foreperson|forewoman|bailiff|stenographer|court reporter|interpreter"
    r"|translator|inmate|prisoner|convict|officer|detective|deputy|sergeant|sgt\.?|lt\.?"
    r"|lieutenant|capt(?:ain|\.)|cpl\.?|corporal|trooper|agent|ranger|constable|inspector|guard"
    r"|c\.?o\.?|cop|policeman|policewoman|investigator|profiler|lab ?tech(?:nician)?|technician"
    r"|analyst|examiner|pathologist|coroner|expert|criminalist|chemist|hypnotist"
    r"|pastor|preacher|priest|chaplain|imam|rabbi|reverend|rev\.?|coach|caller|patient|customer"
    r"|employee|employer|co-?owner|owner|driver|cashier|waitress|waiter|bartender|barber"
    r"|hairdresser|janitor|caretaker|paramedic|emt|dispatcher|firefighter|medic|counsel(?:or|lor)"
    r"|social worker|case ?worker|psychologist|psychiatrist|therapist|secretary|student|pupil"
    r"|passer-?by|bystander|resident|applicant|citizen|guardian|caregiver|volunteer"
    r"|attorney|lawyer|public defender|solicitor|barrister|paralegal"
    r"|testigos?|jurado|víctima|denunciante|acusador|acusad[oa]|culpable|asesin[oa]|violador"
    r"|ladr[óo]n|imputad[oa]|procesad[oa]|condenad[oa]|pres[oa]|reclus[oa]|intern[oa]|perit[oa]"
    r"|abogad[oa]|enfermer[oa]|polic[íi]a|agente|sargento|comisari[oa]|inspectora?|oficial"
    r"|demandantes?|ciudadan[oa]|menor|niñ[oa]|muchach[oa]|chic[oa]|joven"
    r"|(?:kroon|oog)?getuigen?|slachtoffer|dader|verdachte|aangever|aangeefster|moordenaar"
    r"|rechercheur|agente|politieagent|deskundige|advocaat|advocate|jongen|meisje|mevrouw"
    r"|gedetineerde|cipier|bewaker|tolk"
)
_COPULA = (
    r"(?:,? (?:is|was|were|are|named|called|being|by name|es|era|fue|llamad[oa]s?|heet|heette"
    r"|genaamd|namelijk))?"
)
_ADVERB = r"(?:,? (?:a|an|the|one|some|certain|mr|mrs|ms|un|una|el|la|een|de|ene|with|de nombre))?"
_NAMING = (
    r"named|called|name is|names are|name was|name's|name:?|names?:|full name:?|name of"
    r"|goes by|went by|maiden name:?|first and last name|signature:?"
    r"|se llama(?:ba)?|me llamo|llamad[oa]s?|apellidad[oa]|nombres?(?: es| era|:)?|mi nombre es"
    r"|heet|heette|genaamd|naam(?: is|:)?|i am|i'm|im|this is|it's me|its me|signed,?|signed by:?"
    r"|soy|firma(?:do)?:?|atte\.?,?|ik ben|dit is|getekend,?"
)
_VERB = (
    r"write(?: to)?|wrote(?: to)?|writing to|letters? (?:to|for)|mail(?: to)?|cards? to|money to"
    r"|visit(?:ed|ing)?|contact|reach|ask(?: for)?|asked|tell|told|call|called|text|message|email"
    r"|shame on|looking for|look(?:ed)? up|find|pray(?:ers)? for|pray for|say hi to|thanks to"
    r"|arrest(?:ed)?|kill(?:ed)?|shot|stabbed|raped|robbed|framed|accuse[ds]?|blamed?|coached"
    r"|bribed|threatened|paid|protect(?:ed|s|ing)?|interview(?:ed)?|question(?:ed)?|investigate"
    r"|married(?: to)?|dated|dating|executed|convict(?:ed)?|sentenced|met|know|knew|remember"
    r"|defend(?:ed|s|ing)?|represent(?:ed|s|ing)?|sued?|fire|prosecute|charge[d]?"
    r"|people v\.?|state v\.?|commonwealth v\.?|states v\.?|v\.|vs\.?|versus|against|in re"
    r"|escr[íi]b\w* a|cartas? (?:a|para)|preguntar? (?:por|a)|pregunten (?:por|a)|busc\w+ a"
    r"|llam\w+ a|conozco a|conoc[íi] a|acus\w+ a|mat[óo] a|visit\w+ a|d[íi]gan?le a|contra"
    r"|schrijf(?: naar)?|brieven (?:aan|naar|voor)|vraag(?: naar)?|bel(?: met)?|ken|kende"
    r"|tegen|zoek naar"
    r"|attn:?|c/o|dear|querid[oa]|estimad[oa]|beste|geachte|lieve|rip|r\.i\.p\.?|q\.?e\.?p\.?d\.?"
    r"|identified (?:as|by)|known as|aka|a\.k\.a\.|alias|mejor conocid[oa] como"
)
_BEFORE = re.compile(
    rf"(?:\b(?:{KIN})(?: in law)?{_COPULA}{_ADVERB}"
    rf"|\b(?:{_NAMING})"
    rf"|\b(?:{_ROLE})(?:,? (?:number|no\.|num\.?|#) ?\d{{1,2}}| ?#?\d{{1,2}})?{_COPULA}{_ADVERB}"
    r"|\b(?:mr|mrs|ms|miss|mx|dr|señora?|sra?|srta|don|doña|dña|mevrouw|meneer|dhr|mevr|mw"
    r"|messrs|monsieur|madame|mme|herr|frau)\.?"
    rf"|\b(?:{_VERB})"
    r"|(?:^|\n) ?[-~*]{1,2})"
    r"[ \n:,\"'(]{0,3}$"
)
_FREED = re.compile(
    r"\b(?:free|liberen a|libertad (?:para|a)|justice (?:for|4)|release|pardon|exonerate"
    r"|justicia (?:para|por)|laat|vrijheid voor|gerechtigheid voor)[ :]{1,2}$"
)
_AFTER = re.compile(
    r"^\"?,? ?\(?(?:#?\d{5,8}\b|[a-z]{0,2}-?\d{4,6}\b|(?:tdcj|doc|cdcr|inmate|din|id|reg|aged?"
    r"|juror|witness|victim)\b)"
    r"|^\"?,? (?:(?:who|that|has|had|quien|que|die) )?(?:has |had |was |is |also |always |never "
    r"|still |just |then |even |se |me |nos |ha |había |heeft |hebben )?(?:lied|lying|testif\w+"
    r"|identified|accused|admitted|perjured|coached|confess\w+|recant\w+|snitched|killed|raped"
    r"|murdered|shot|did it|did this|did nothing|didn't do|is innocent|innocent|guilty|framed"
    r"|wrongly|wrongfully|the (?:real )?killer|knows|knew|lives|works|saw|swore|told|said|says"
    r"|in prison|in jail|locked up|inside|incarcerated|out there|got away|made (?:it|this) up"
    r"|should be|owes|paid|robbed|planted|cried|died|passed away|deserves|needs|was there"
    r"|my\b|our\b|called me|wrote me|raised|married|retired|moved|hid|took|took the stand"
    r"|minti[óo]|vive|vivía|mat[óo]|vio|declar[óo]|confes[óo]|llev[óo]?a?|está|es inocente|dijo"
    r"|loog|liegt|woont|zag|zit|zat|gelogen|verklaarde|bekende|kwam|werd|is onschuldig)\b"
    r"|^['’]?s (?:mother|mom|mama|father|dad|sister|brother|wife|husband|family|kids|son|daughter"
    r"|house|home|address|number|phone|ssn|email|car|testimony|statement|cousin|lawyer|case"
    r"|conviction|appeal|birthday|name|face|story|lies)\b"
    r"|^\"?,? ?\(?(?:my|his|her|our|their|the|a|an|mi|su|nuestr[oa]|la|el|una?|mijn|zijn|haar|onze"
    rf"|een|de) (?:[a-z-]+ ){{0,2}}?(?:{KIN}|{_ROLE})\b"
    r"|^ (?:at|from|in|of) (?:the )?(?:cell|unit|block|prison|jail|apartment|apt)\b"
    r"|^,? (?:\d{1,2}|(?:age|aged) \d{1,2})(?: (?:years old|at the time|then|now|jaar)|,|\.|$)"
)
_OF_ONES_OWN = (
    r"(?:my|his|her|our|their|the|an?|mi|su|nuestr[oa]|el|la|una?|mijn|zijn|haar|onze|ons|een|de)"
)
_PRIVATELY_BEFORE = re.compile(
    rf"\b(?:(?:{KIN})(?: in law)?|(?:{_ROLE})(?: ?#?\d{{1,2}})?|{_NAMING}"
    r"|write(?: to)?|wrote(?: to)?|visit(?:ed)?|call(?:ed)?|texted|contact|ask(?:ed)?|find"
    r"|arrest(?:ed)?|kill(?:ed)?|shot|stabbed|raped|robbed|framed|accuse[ds]?|coached|bribed"
    r"|threatened|interview(?:ed)?|question(?:ed)?|married|dated|live[sd]? (?:with|near|next to)"
    r"|escr[íi]b\w* a|preguntar? a|conozco a|conoc[íi] a|acus\w+ a|mat[óo] a|vive con"
    r"|schrijf(?: naar)?|bel(?: met)?|woont (?:bij|naast))"
    rf"{_COPULA}{_ADVERB}[ \n:,\"'(]{{0,3}}$"
)
_PRIVATELY_AFTER = re.compile(
    r"^,? (?:(?:who|that|has|had|quien|que|die|heeft|ha|había) )?(?:also |always |never |later )?"
    r"(?:lied|lying|testif\w+|identified|accused|admitted|perjured|confess\w+|recant\w+|snitched"
    r"|killed|raped|murdered|shot|did it|framed|planted|saw|swore|hid|lives?|lived|took the stand"
    r"|was there|knows? what|called me|wrote me|(?:has )?changed (?:his|her|their) (?:story|mind)"
    r"|minti[óo]|vive|vivía|mat[óo]|(?:lo |la |nos )?vio|declar[óo]|confes[óo]|loog|liegt|woont"
    r"|zag|gelogen|verklaarde|bekende)\b"
    rf"|^(?:,| is| was| es| era| fue)? \(?{_OF_ONES_OWN} (?:[a-z-]+ ){{0,2}}?(?:{KIN}|{_ROLE})\b"
    r"|^,? (?:(?:from |who lives? |lives? )?(?:next door|upstairs|downstairs|across the \w+"
    r"|down the \w+)|from (?:my|his|her|our|apartment|apt|unit|number|work|church)"
    r"|del? (?:piso|apartamento|barrio|al lado|enfrente)|(?:van )?hiernaast|van nummer)\b"
    r"|^['’]?s (?:house|home|address|phone|husband|wife|son|daughter|kids|testimony|statement"
    r"|lies|car)\b"
)
_WEAK = re.compile(
    rf"\b(?:{KIN}|{_ROLE}|jury|testified|lied|prison|locked up|testimony|testif\w+|trial|court"
    r"|charged|arrest\w*|convicted|confess\w+|innocent|guilty|cárcel|juicio|inocente|rechtbank"
    r"|gevangenis|onschuldig|vast)\b"
)
_NAMED_AFTER = re.compile(
    r"'?s? (?:act|law|project|foundation|show|street|st|prison|unit|county|university|award"
    r"|road|rd|avenue|ave|blvd|boulevard|drive|lane|way|parkway|square|bridge|park|hall|center"
    r"|centre|library|elementary|high|middle|school|college|institute|hospital|clinic|church"
    r"|building|airport|stadium|memorial|museum|parish|correctional|jail|house|fund|scholarship"
    r"|rights?|warnings?|material|motion|hearing|plea|doctrine|rule|effect|amendment|decision"
    r"|commission|innocence"
    r"|(?:federal|state|u\.?s\.?) building|courthouse|podcast|series|movie|film|documentary"
    r"|inc|llc|ltd|corp|gmbh|plc)\b"
)
_PRIVATE_LIFE = re.compile(
    rf"\b(?:{KIN}|jurors?|(?:eye)?witness(?:es)?|victims?|inmates?|prisoners?|testigos?|v[íi]ctimas?"
    r"|pres[oa]s?|getuigen?|slachtoffers?|gedetineerden?)\b"
)
_BESIDE = re.compile(r"\b(?:with|to|for|from|con|para|met|voor|aan) $")
_SIGNED = re.compile(
    r"(?:^|[\n.,!?]) ?(?:(?:with )?(?:much |all my |lots of )?love|best(?: wishes)?"
    r"|(?:kind |warm )?regards|sincerely|respectfully|yours(?: truly)?|thanks|thank you"
    r"|god bless(?: you)?|blessings"
    r"|peace|in solidarity|prayers|saludos|atentamente|con (?:respeto|cariño)|un abrazo|gracias"
    r"|bendiciones|groet(?:en|jes)?|m\.?v\.?g\.?|met vriendelijke groet(?:en)?|liefs|hoogachtend)"
    r"[ ,.!\n-]{1,4}$"
)
_LAST_LINE = re.compile(r" ?[.,!]?(?:,? [\w .,]{2,24})?\s*$")

_WITHIN = re.compile(
    r"\b(?:in|inside|en|near|outside|cerca de|bij|plaza|parque|avenida|estadio|statue of"
    r"|estatua de) $"
)

_STRONGLY_NAMED = re.compile(
    rf"\b(?:{_NAMING}|(?:mr|mrs|ms|señora?|sra?|dhr|mevr|mw)\.?)[ :\"']{{1,2}}$"
)


class Surroundings:
    """What stands right before and right after a name, and what that says of it."""

    __slots__ = ("_after", "_before", "_end", "_reading", "_start")

    def __init__(self, reading: Reading, start: int, end: int) -> None:
        self._reading, self._start, self._end = reading, start, end
        self._before, self._after = reading.before(start, 48), reading.after(end, 40)

    @property
    def strong(self) -> bool:
        """Words that only go with a private person: kin, "witness", "write to", "lied"."""
        return bool(
            _BEFORE.search(self._before) or _AFTER.match(self._after) or self._signs_the_text()
        )

    @property
    def private(self) -> bool:
        """The same, without what may be said of anybody, like "said" and "thanks to"."""
        return bool(_PRIVATELY_BEFORE.search(self._before) or _PRIVATELY_AFTER.match(self._after))

    @property
    def naming(self) -> bool:
        """Words after which a name must come: "his name is"."""
        return bool(_STRONGLY_NAMED.search(self._before))

    @property
    def freed(self) -> bool:
        return bool(_FREED.search(self._before))

    @property
    def public(self) -> bool:
        """Words that only go with an office or a work: "judge", "directed by", "'s novel"."""
        if holds_office(self._before, self._after):
            return True
        if self.private:
            return False
        return acts_in_public(self._before, self._after) or self._is_in_the_news()

    @property
    def discussed(self) -> bool:
        return is_discussed(self._before, self._after)

    @property
    def something_named_after(self) -> bool:
        """Whether the name goes on as that of a street, a law, a school."""
        return bool(_NAMED_AFTER.match(self._after))

    @property
    def somewhere(self) -> bool:
        """Whether it reads like a place: "he sits in Jackson Max"."""
        return bool(_WITHIN.search(self._before))

    @property
    def weak(self) -> bool:
        """Whether the text speaks of families, courts or prisons at all."""
        return self._reading.says(_WEAK)

    def _is_in_the_news(self) -> bool:
        if self.strong or self._reading.says(_PRIVATE_LIFE) or _BESIDE.search(self._before):
            return False
        before = self._reading.before(self._start, 160)
        return is_in_the_news(f"{before} {self._reading.after(self._end, 160)}")

    def _signs_the_text(self) -> bool:
        text = self._reading.lower
        if not _LAST_LINE.match(text, self._end):
            return False
        return bool(_SIGNED.search(text, max(0, self._start - 40), self._start))
