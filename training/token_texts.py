"""Comments with marked personal information, made for training from sentences with slots.

A third are comments of ``hands/`` in which somebody gets a name; the rest are sentences of
``token-templates.txt`` between sentences of ``hands/``.
"""

from __future__ import annotations

import json
import random
import re
import string
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from comments.screening.detectors.pii.lists import entries, words

HERE = Path(__file__).parent
HANDS = (
    "banner",
    "cases-hill",
    "cases-river",
    "chapel",
    "delta",
    "distress-moor",
    "distress-pier",
    "distress-quay",
    "frontera",
    "harbor",
    "metro",
    "north",
    "plains",
    "prairie",
    "sierra",
)
"""The comments that are built upon; the others tell what is held of harmless ones."""


class Mark(NamedTuple):
    start: int
    end: int
    type: str
    """A type of finding, ``O`` for nothing, ``~`` for neither right nor wrong."""


class Text(NamedTuple):
    text: str
    marks: list[Mark]


class Piece(NamedTuple):
    text: str
    type: str


def _listed(words: str) -> list[str]:
    return words.split("|" if "|" in words else None)


_SYLLABLES = _listed(
    "ba be bo bri ca ce chi cho da de dri du el en fa fe gar go gwa ha hi ho ibu ja jo ka "
    "ke khu ki ko la le li lo lu ma me mi mo mu na ne ngo ni no nu o ola pa pe pi po qua "
    "ra re ri ro sa se sha shi so su ta te thi ti to tu u va ve vi vo wa we xi ya ye yo za "
    "ze zu ch'e hua nay qui"
)
_ENDS = _listed(
    "n r s l nd ck th sh x z ng t m son ton ley well man berg ski wicz ez ano etti ov enko "
    "ic oglu ian ides escu sen stra ink veld aux ot eau ard wood ford more mere gan han "
    "lly ghan rty a o e i ah ani ari edo wala vani amba onga"
)
_PARTICLES = _listed(
    "de|de la|del|de los|van|van der|van den|van de|von|da|dos|di|la|le|bin|al|el|ben|mac|st.|ter"
)
_NICKS = _listed("Junior Boo Tank Papo Red Smokey Bubba Chato Tiny Duke Peanut Moose Flaco Gordo")


def made_word(rng: random.Random) -> str:
    stem = "".join(rng.choice(_SYLLABLES) for _ in range(rng.choice((1, 1, 2, 2, 3))))
    return stem + (rng.choice(_ENDS) if rng.random() < 0.7 else "")


def cap(word: str) -> str:
    return "-".join(part[:1].upper() + part[1:] for part in word.split("-"))


class Maker:
    """Fills the slots; everything random comes from one generator."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.given = sorted(words("given_names"))
        self.surnames = sorted(words("surnames"))
        self.eastern = sorted(words("east_asian_families"))
        self.figures = entries("public_figures")
        self.places = sorted(words("places"))
        self.ordinary = [w for w in sorted(words("ordinary_words")) if len(w) > 3]

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def pick(self, options: str) -> str:
        return self.rng.choice(options.split("|"))

    # names

    def first(self) -> str:
        word = made_word(self.rng) if self.chance(0.25) else self.rng.choice(self.given)
        if self.chance(0.03):
            word = self.pick(
                "grace|hope|angel|faith|rose|mercy|destiny|precious|king|prince|may|summer"
            )
        if self.chance(0.03):
            word = self.pick("ka'|d'|la|de|ma. |ty|sha|jo") + word
        return cap(word)

    def last(self) -> str:
        word = made_word(self.rng) if self.chance(0.3) else self.rng.choice(self.surnames)
        if self.chance(0.03):
            word = self.rng.choice(self.ordinary)
        if self.chance(0.05):
            word += "-" + self.rng.choice(self.surnames)
        if self.chance(0.03):
            word = self.pick("o'|mc|d'|mac") + word
        word = cap(word)
        if word.startswith(("Mc", "O'", "D'")):
            word = word[:2] + word[2:].capitalize()
        if self.chance(0.08):
            word = self.rng.choice(_PARTICLES) + " " + word
        return word

    def name(self) -> str:
        kind = self.rng.random()
        if kind < 0.08:
            family = cap(self.rng.choice(self.eastern))
            rest = [
                cap(made_word(self.rng)[: self.rng.choice((2, 3, 4, 5))])
                for _ in range(self.rng.choice((1, 1, 2)))
            ]
            return " ".join(self.rng.choice(([family, *rest], [*rest, family])))
        parts = [self.first()]
        if self.chance(0.25):
            parts.append(
                self.pick("A.|B.|C|D.|E.|J.|L|M.|R.|T.|W."),
            )
        elif self.chance(0.3):
            parts.append(self.first())
        if self.chance(0.04):
            parts.append(self.pick("\"{}\"|“{}”|({})|'{}'").format(self.rng.choice(_NICKS)))
        parts.append(self.last())
        if self.chance(0.22):
            parts.append(self.last())
        name = " ".join(parts)
        if self.chance(0.05):
            name = self.pick("J.|D. |T.|R. L. |M.") + " " + self.last()
            name = name.replace("  ", " ")
        if self.chance(0.05):
            name += self.pick(" Jr.| Jr| Sr.| III| II|, Jr.")
        if self.chance(0.03):
            name = name.upper()
        return name

    def inverted(self) -> str:
        last = self.last()
        return f"{last.upper() if self.chance(0.5) else last}, {self.first()}" + (
            f" {self.first()}" if self.chance(0.3) else ""
        )

    # figures

    def shaped(self, shape: str) -> str:
        """9 a figure, A a letter; the rest stands as it is."""
        swap = {"9": string.digits, "A": string.ascii_uppercase}
        return "".join(self.rng.choice(swap[c]) if c in swap else c for c in shape)

    def number(self, shapes: str) -> str:
        found = self.shaped(self.pick(shapes))
        if self.chance(0.12):
            found = found.lower()
        return found

    def strange(self) -> str:
        """An identifier of no known form."""
        groups = []
        for _ in range(self.rng.choice((1, 2, 2, 3))):
            kind = self.pick("A|AA|AAA|99|999|9999|99999|A9|AA9|9A|9A9")
            groups.append(kind)
        shape = self.pick("-|-|/|.|").join(groups)
        if sum(c == "9" for c in shape) < 3:
            shape += self.pick("999|9999|99999|-9999|-999|999999")
        return shape

    def inmate(self) -> str:
        if self.chance(0.12):
            return self.number(self.strange())
        shapes = (
            "99999999|0999999|99999-999|99999-999|A99999|AA9999|AA9999|A-99999|A-999999"
            "|99-A-9999|99A9999|A999999"
            "|9999999999|A999-999|999999|999999|999-999|9999999|9999999|#999999|#99999|A9999AA"
            "|AA-9999|A9-99999"
            "|000999999A|99999|999999-9|AA999999|AA9999999|A9999999|99-99999|9-99-99999|999999A"
            "|A-9999|K9999|99999A"
        )
        found = self.number(shapes)
        if self.chance(0.3):
            label = self.pick(
                "tdcj |TDCJ# |CDCR |cdc# |DOC |doc #|GDC |DIN |BOP |reg. |Reg No. |IDOC |inmate "
                "|inmate no |ID# |id |ADC#"
                "|FDC |NDOC |MDOC |prison number |state # |SID |SBI# |booking |bk |OID |NIS "
                "|register number "
            )
            return f"\x00{label}\x01{found}"  # the label is no part of the span
        return found

    def case(self) -> str:
        court = self.pick(
            "99-CR-99999|99-CR-9999|9999-CR-99999|CR-99-999|CR 99-9999|99CR999|99 CR 99999"
            "|CF-9999-999|99-CF-999"
            "|9:99-cv-99999-AAA|9:99-cr-00999|99-9999|99-99999|F99-99999|9999-99-9999|C-999999"
            "|BA999999|KA999999"
            "|9999/9999|999/99|99999/99|A-9999-99|CP-99-CR-9999999-9999|99-CR-9-999999-9"
            "|9999CF999999|CRC99-99999"
            "|No. 99-999|ECLI:NL:RBAMS:9999:9999|09/999999-99|99/999999-99|D.P. 99/9999"
            "|999-9999-A|PCR-99-999|WR-99,999-99"
        )
        return self.number(court)

    def other(self, language: str) -> str:
        labels = {
            "en": (
                "passport;driver license;drivers licence #;DL;DL number;A number;A#;alien number"
                ";medical record;MRN;"
                "claim;claim number;VA file;claim #;acct;account;account number;badge;badge"
                " number;bar number;case worker id;"
                "medicaid;medicare;insurance policy;policy no;employee id;student id;patient id"
                ";NHS number;NI number;"
                "national insurance;state id;visa;permit;voter id;military id;service number"
                ";member id;green card;receipt;"
                "money order;jpay acct;union card;pension number;tax id;EIN;food stamp card"
                ";library card;parole id;victim comp claim"
            ),
            "es": (
                "pasaporte;cédula;DNI;NIE;CURP;INE;licencia;expediente médico;póliza;cuenta"
                ";número de seguro;"
                "RFC;carnet;historia clínica;matrícula consular;NSS;número de afiliado"
                ";residencia;número A"
            ),
            "nl": (
                "paspoort;BSN;rijbewijs;polisnummer;klantnummer;rijksregisternummer;rekening"
                ";v-nummer;patiëntnummer;"
                "kenmerk;dossiernummer;lidnummer;identiteitskaart;ons kenmerk"
            ),
        }[language]
        label = self.rng.choice(labels.split(";"))
        link = self.pick(" | | is | number |: | # |#| no. | nr | is : | = |, | : | - |")
        if language == "es":
            link = self.pick(" | | es | número |: | no. |, | : ")
        if language == "nl":
            link = self.pick(" | | is | nummer |: | nr. |, | : | was ")
        shape = (
            self.strange()
            if self.chance(0.3)
            else self.pick(
                "999999999|A9999999|A 999 999 999|A999-999-999|A099999999|999 999 999|999999"
                "|99999999|9999999-99|A999-9999-9999"
                "|AA999999|AAA9999999|9999|99999|A-99999|AA-9999-99999|99-999999|999-999-9999"
                "|999 999 9999|AA 99 99 99 A"
                "|AA999999A|99999999A|A9999999A|99.99.99-999.99|999.999.999|9999.99.999"
                "|AAAA999999AAAAAA99|AA99 9999|AAA-999999"
                "|999-99-9999-9|9A99-A99-AA99|A99 999 99 999 9|9999-9999-9|9999 999 999"
            )
        )
        found = self.number(shape)
        if self.chance(0.15):
            label = label.upper()
        return f"\x00{label}{link}\x01{found}"

    def phone(self) -> str:
        return self.number(
            "(999) 999-9999|999-999-9999|999.999.9999|9999999999|+1 999 999 9999|06-99999999|+34"
            " 699 999 999|020 7999 9999|999 99 99 99"
        )

    def email(self) -> str:
        user = f"{self.first().lower().strip()}{self.rng.randint(1, 99)}"
        return f"{user}@{made_word(self.rng)}.{self.pick('com|net|org|edu|nl|es')}"

    def place(self) -> str:
        if self.chance(0.6):
            return cap(self.rng.choice(self.places))
        return cap(made_word(self.rng)) + self.pick("| County|ville| Heights")

    def plate(self) -> str:
        return self.number(
            "AAA 9999|AAA-9999|AAA9999|9AAA999|AA9 99A|99-AA-99|99-AAA-9|9-AAA-999|9999 AAA|AA99"
            " AAA|AAA 999|999 AAA|A99 AAA"
            "|9AA-A99|AA-999-AA|9A9-9AA|AAA-99-99|999-AAA|AB9 A9C|A999AA|AA 99999|9-AAA-99"
        )

    def birth(self) -> str:
        year, month, day = (
            self.rng.randint(1930, 2006),
            self.rng.randint(1, 12),
            self.rng.randint(1, 28),
        )
        names = _listed(
            "January February March April May June July August September October November December"
        )
        es = _listed(
            "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
            "diciembre"
        )
        return self.rng.choice(
            (
                f"{month}/{day}/{year}",
                f"{month:02}-{day:02}-{year}",
                f"{month}/{day}/{year % 100:02}",
                f"{month:02}/{day:02}/{year % 100:02}",
                f"{names[month - 1]} {day}, {year}",
                f"{day} {names[month - 1]} {year}",
                f"{names[month - 1][:3].lower()} {day} {year}",
                f"{day} de {es[month - 1]} de {year}",
                f"{day}.{month}.{year}",
                f"{day:02}-{month:02}-{year}",
                f"{year}-{month:02}-{day:02}",
                f"{names[month - 1]} {day} {year}",
                f"{month}-{day}-{year % 100:02}",
                f"the {day}th of {names[month - 1]} {year}",
            )
        )

    def address(self) -> str:
        place = (
            cap(self.rng.choice(self.places))
            if self.chance(0.5)
            else cap(made_word(self.rng)) + self.pick("|ville|ton| City| Springs|burg| Falls")
        )
        state = self.pick(
            "AL|TX|NY|CA|FL|GA|OH|IL|MI|PA|VA|NC|AZ|WA|LA|MS|TN|KY|Texas|Ohio|Georgia|Alabama"
            "|Calif.|N.C.|Tenn.|Mo."
        )
        zipcode = self.shaped(self.pick("99999|99999|99999-9999"))
        street = (
            cap(self.rng.choice(self.surnames))
            if self.chance(0.5)
            else cap(self.rng.choice(self.ordinary))
        )
        if self.chance(0.15):
            street = self.pick("N|S|E|W|North|South|Old|SW|NE") + " " + street
        if self.chance(0.15):
            street = self.pick(
                "1st|2nd|3rd|14th|42nd|Fifth|MLK|State Route 9|Highway 61|Farm Road 12|County"
                " Road 40"
            )
        way = self.pick(
            "St|Street|Ave|Avenue|Rd|Road|Dr|Drive|Ln|Lane|Blvd|Ct|Court|Pl|Way|Pike|Trail"
            "|Circle|Loop|Terrace|Hwy|st.|Rd."
        )
        number = str(self.rng.randint(1, 9999))
        unit = self.pick(
            "||||, Apt {}|, apt {}| #{}|, Unit {}|, Lot {}|, Ste {}| Apt. {}|, Bldg {}|, Space {}"
        ).format(self.number("9|99|9A|9-A|99A"))
        tail = self.rng.choice(
            (
                "",
                "",
                f", {place}",
                f" in {place}",
                f", {place}, {state} {zipcode}",
                f", {place}, {state}, {zipcode}",
                f" {place} {state} {zipcode}",
                f" {place} {state}",
                f", {place} {zipcode}",
                f"\n{place}, {state} {zipcode}",
            )
        )
        kind = self.rng.random()
        if kind < 0.5:
            return f"{number} {street} {way}{unit}{tail}"
        if kind < 0.62:
            box = self.pick("P.O. Box {}|PO Box {}|po box {}|P. O. Box {}|Box {}|PMB {}").format(
                self.number("99|999|9999|99999")
            )
            return (
                f"{box}, {place}, {state} {zipcode}"
                if self.chance(0.8)
                else f"{box} {place} {state}"
            )
        if kind < 0.7:
            rural = self.pick(
                "RR 9 Box 99|RR9, Box 99-a|HC 99 Box 99|HC 9 Box 999|Rural Route 9 Box 99|Rt 9"
                " Box 999|Star Route Box 99|HCR 9 Box 9-C"
            )
            return f"{self.shaped(rural)}, {place}, {state} {zipcode}"
        if kind < 0.78:
            uk = self.number("AA9 9AA|A99 9AA|AA99 9AA|A9 9AA").upper()
            flat = self.pick("Flat 9, |||").replace("9", self.shaped("9"))
            house = f"{flat}{self.rng.randint(1, 300)} {street} {way}"
            return f"{house}, {place}{self.pick(', | ')}{uk}"
        if kind < 0.89:
            via = self.pick(
                "Calle|C/|Avda.|Avenida|Av.|calle|Plaza|Paseo|Carrera|Callejón|Urb.|Res.|Col.|Vía"
            )
            house = self.pick(
                " {}|, {}| nº {}| #{}|, núm. {}| {}-B|, {}, 3º B|, {}, piso 2| {} int. 4"
            ).format(self.rng.randint(1, 400))
            if via in ("Urb.", "Res.", "Col."):
                block = self.pick("Calle|C/|Bloque|Vía|Edif.")
                at = self.shaped(self.pick("9|99|A-99|9AA-99"))
                door = self.pick("#9|#99|Apto 99|casa 9|")
                house = f", {block} {at} {door}".rstrip().replace("9", self.shaped("9"))
            post = self.rng.choice(
                (
                    "",
                    f", {place}",
                    f", {self.shaped('99999')} {place}",
                    f", C.P. {self.shaped('99999')}, {place}",
                    f", {place}, {self.shaped('99999')}",
                    f", {place}, PR {self.shaped('00999')}",
                )
            )
            return f"{via} {street}{house}{post}"
        way = self.pick("straat|laan|weg|plein|gracht|kade|dijk|dreef|steeg|hof|singel|pad")
        tail = self.pick("||-2| bis| bus 3|-hs| III|a|B")
        post = self.rng.choice(
            (
                "",
                f", {self.shaped('9999 AA')} {place}",
                f", {self.shaped('9999AA')} {place}",
                f", {self.shaped('9999')} {place}",
                f" in {place}",
                f", {self.shaped('9999')} {place}, België",
            )
        )
        return f"{street}{way} {self.rng.randint(1, 400)}{tail}{post}"

    # harmless

    def judge(self) -> str:
        return self.last() if self.chance(0.5) else self.name()

    def figure(self) -> str:
        return self.rng.choice(self.figures)

    def word(self) -> str:
        return cap(self.rng.choice(self.ordinary))

    def title(self) -> str:
        return self.rng.choice(
            (
                f"The {self.word()} of {self.word()} {self.word()}",
                f"{self.word()} {self.word()}",
                f"The {self.word()} {self.word()}",
                f"{self.name()}: A {self.word()}",
                f"The {self.first()} {self.last()} Story",
                f"Making a {self.word()}",
                f"{self.word()} Row",
                f"When They {self.word()} Us",
                f"The Trials of {self.name()}",
                f"Finding {self.name()}",
                f"La {self.word()} de {self.word()}",
                f"El {self.word()} {self.word()}",
                f"Just {self.word()}",
                f"Killing {self.first()}",
                f"{self.first()} {self.word()}",
            )
        )

    def organisation(self) -> str:
        place = cap(self.rng.choice(self.places))
        return self.rng.choice(
            (
                f"the {place} Innocence Project",
                f"{self.last()} & {self.last()}",
                f"the {self.last()} Foundation",
                f"{place} Legal Aid",
                f"the {self.name()} Fund",
                f"Saint {self.first()} Church",
                f"{self.last()} University School of Law",
                f"{self.last()} Funeral Home",
                f"the {place} Daily {self.pick('News|Herald|Sun|Gazette')}",
                f"{self.last()} Community College",
                f"the {self.word()} {self.pick('Alliance|Center|Clinic|Network|Coalition')}",
                f"{self.first()} {self.last()} Ministries",
                f"Proyecto {cap(self.rng.choice(self.ordinary))}",
                f"Stichting {self.last()}",
                f"Bank of {place}",
                f"{self.first()}'s Diner",
            )
        )

    def named_thing(self) -> str:
        who = self.rng.choice((self.last(), self.name(), self.figure()))
        if self.chance(0.15):
            return (
                self.pick(
                    "calle|plaza|avenida|parque|escuela|puente|colonia|paseo|estadio|hospital"
                )
                + " "
                + who
            )
        if self.chance(0.08):
            return who.replace(" ", "") + self.pick("straat|laan|plein|school|brug")
        return (
            who
            + " "
            + self.pick(
                "Street|Avenue|Park|Elementary|High School|Middle School|Hall|Library|County"
                "|Bridge|Square|Boulevard|Hospital|Airport|Memorial Park"
                "|Courthouse|Correctional Institution|Detention Center|Unit|State Prison"
                "|Community Center|Center|Stadium|Lake|Creek|Heights|Road|Parkway|Expressway|Act"
                "|Law|Amendment|Rule|Prize|Award"
            )
        )

    def below(self, figures: int) -> str:
        return str(self.rng.randint(1, 10**figures))

    def statute(self) -> str:
        return self.rng.choice(
            (
                f"{self.last()} v. {self.last()}",
                f"{self.last()} v. {cap(self.rng.choice(self.places))}, {self.below(3)}"
                f" U.S. {self.below(3)} ({self.rng.randint(1950, 2024)})",
                f"{self.below(3)} F.3d {self.below(4)}",
                f"section {self.below(4)}",
                f"{self.below(2)} U.S.C. § {self.below(4)}",
                f"Penal Code {self.below(3)}.{self.below(1)}",
                f"HB {self.below(4)}",
                f"SB {self.below(3)}",
                f"Article {self.below(2)}.{self.below(2)}",
                f"Rule {self.below(2)}",
                f"Proposition {self.below(2)}",
                f"People v. {self.last()}",
                f"art. {self.below(3)} Sv",
                f"Ley {self.below(2)}.{self.below(3)}",
                f"artículo {self.below(3)}",
                f"{self.below(3)} S. Ct. {self.below(4)}",
                f"Chapter {self.below(3)}",
                f"{self.last()} rights",
                f"the {self.last()} motion",
                f"{self.below(2)} CFR {self.below(3)}.{self.below(2)}",
                f"In re {self.last()}",
            )
        )

    def nu(self) -> str:
        return str(
            self.rng.choice(
                (
                    self.rng.randint(1, 12),
                    self.rng.randint(1, 99),
                    self.rng.randint(1, 99),
                    self.rng.randint(100, 30000),
                )
            )
        )

    def slots(self) -> dict[str, Callable[[], Piece]]:
        rng = self.rng

        def of(kind: str, make: Callable[[], str]) -> Callable[[], Piece]:
            return lambda: Piece(make(), kind)

        return {
            "N": of("PERSON_PRIVATE", self.name),
            "S": of("PERSON_PRIVATE", self.last),
            "NI": of("PERSON_PRIVATE", self.inverted),
            "F": of("~", self.first),
            "I": of("INMATE_ID", self.inmate),
            "C": of("CASE_NUMBER", self.case),
            "X": of("OTHER_ID", lambda: self.other("en")),
            "Xes": of("OTHER_ID", lambda: self.other("es")),
            "Xnl": of("OTHER_ID", lambda: self.other("nl")),
            "X1": of("OTHER_ID", lambda: self.number("999|9999|99999")),
            "A": of("ADDRESS", self.address),
            "D": of("DOB", self.birth),
            "P": of("LICENSE_PLATE", self.plate),
            "T": of("PHONE", self.phone),
            "E": of("EMAIL", self.email),
            "SSN": of("SSN", lambda: self.shaped("999-99-9999")),
            "H": of("URL_HANDLE", lambda: "@" + made_word(rng) + self.pick("_|") + made_word(rng)),
            "CC": of("CREDIT_CARD", lambda: self.shaped("4999 9999 9999 9999")),
            "IB": of(
                "IBAN",
                lambda: self.shaped(
                    self.pick(
                        "NL99 AAAA 9999 9999 99|ES99 9999 9999 9999 9999 9999"
                        "|GB99AAAA99999999999999"
                    )
                ),
            ),
            "IP": of("IP", lambda: ".".join(str(rng.randint(1, 255)) for _ in range(4))),
            "J": of("O", self.judge),
            "pf": of("O", self.figure),
            "ti": of("O", self.title),
            "og": of("O", self.organisation),
            "pl": of("O", self.place),
            "pr": of(
                "O",
                lambda: rng.choice(
                    (
                        self.last()
                        + self.pick(" Unit| CI| State Prison| Correctional| County Jail| Max"),
                        self.pick(
                            "Angola|Polunsky|San Quentin|Attica|Folsom|Rikers|Parchman|Sing Sing"
                            "|Huntsville|Vught|Soto del Real"
                        ),
                        self.place() + self.pick(" Correctional Facility| State|"),
                    )
                ),
            ),
            "th": of("O", self.named_thing),
            "st": of("O", self.statute),
            "nu": of("O", self.nu),
            "yr": of("O", lambda: str(rng.randint(1955, 2025))),
            "dt": of("O", self.birth),
            "nu2": of("O", lambda: self.shaped("99")),
            "nu3": of("O", lambda: self.shaped("999")),
            "nu4": of("O", lambda: self.shaped("9999")),
            "d4": of("O", lambda: self.shaped("999-9999")),
            "d5": of("O", lambda: self.shaped("99999")),
            "model": of(
                "O",
                lambda: self.shaped(
                    self.pick(
                        "Canon 999|Ford F-999|Model A999|AA-9999|Nokia 9999|HP 999A|Chevy A99"
                    )
                ),
            ),
        }

    def filled(self, template: str) -> list[Piece]:
        slots = self.slots()
        pieces = []
        for position, part in enumerate(re.split(r"\{(\w+)\}", template)):
            if position % 2 == 0:
                pieces.append(Piece(part, "O"))
                continue
            piece = slots[part]()
            if "\x01" in piece.text:
                label, _, value = piece.text.partition("\x01")
                pieces += [Piece(label[1:], "O"), Piece(value, piece.type)]
            else:
                pieces.append(piece)
        return [piece for piece in pieces if piece.text]


_KIN = re.compile(
    r"\b(?:[Mm]y|[Hh]is|[Hh]er|[Oo]ur|[Tt]heir)(?: (?:own|late|best|older|younger|little|big"
    r"|baby|oldest|youngest))?"
    r" (?:brother|sister|son|daughter|cousin|nephew|niece|uncle|aunt|husband|wife|father|mother"
    r"|dad|mom|mama|friend|boyfriend"
    r"|girlfriend|neighbor|cellmate|grandson|roommate|stepson|classmate|teacher|coworker|boss"
    r"|boy|lawyer|landlord|pastor)(?![\w'’-])"
    r"|\b(?:[Mm]i|[Ss]u|[Nn]uestro|[Nn]uestra) (?:hermano|hermana|hijo|hija|primo|prima|tío|tía"
    r"|esposo|esposa|marido|padre|madre|papá|mamá"
    r"|amigo|amiga|vecino|vecina|sobrino|sobrina|cuñado|abuelo|abuela|compadre|comadre)(?![\w'’-])"
    r"|\b(?:[Mm]ijn|[Zz]ijn|[Hh]aar|[Oo]nze) (?:broer|zus|zoon|dochter|neef|nicht|vader|moeder"
    r"|oom|tante|vriend|buurman|man|vrouw|opa|oma)(?![\w'’-])"
    r"|\b[Tt]he (?:witness|victim|snitch|informant|juror|foreman|clerk|neighbor|nurse|cashier"
    r"|girl|boy|lady|man|woman|driver|real killer|defendant|accused)(?![\w'’-])"
)
_PRONOUN = re.compile(r"(?<![\w'’])(?:[Hh]e|[Ss]he|him)(?![\w'’])")
_NEXT_NAME = re.compile(r",? ([A-Z][a-zà-ÿ]+)(?: [A-Z][a-zà-ÿ]+)*")


def hands() -> list[str]:
    found = []
    for name in HANDS:
        lines = (HERE / "hands" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        found += [json.loads(line)["text"] for line in lines]
    return found


def templates() -> list[tuple[str, str]]:
    found, language = [], "en"
    for line in (HERE / "token-templates.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            language = line.strip("[]")
        elif line and not line.startswith("#"):
            found.append((language, line))
    return found


def joined(pieces: list[Piece]) -> Text:
    text, marks = "", []
    for piece in pieces:
        if piece.type != "O":
            marks.append(Mark(len(text), len(text) + len(piece.text), piece.type))
        text += piece.text
    return Text(text, marks)


def peopled(maker: Maker, text: str) -> list[Piece] | None:
    """A comment in which somebody who is only spoken of gets a name."""
    places = list(_KIN.finditer(text)) if maker.chance(0.7) else []
    if not places:
        places = list(_PRONOUN.finditer(text))
    if not places:
        return None
    place = maker.rng.choice(places)
    start, end = place.span()
    following = _NEXT_NAME.match(text, end)
    name = maker.name()
    if place.re is _PRONOUN:
        return [Piece(text[:start], "O"), Piece(name, "PERSON_PRIVATE"), Piece(text[end:], "O")]
    if following:
        return [
            Piece(text[: following.start(1)], "O"),
            Piece(name, "PERSON_PRIVATE"),
            Piece(text[following.end() :], "O"),
        ]
    if maker.chance(0.35):
        return [Piece(text[:start], "O"), Piece(name, "PERSON_PRIVATE"), Piece(text[end:], "O")]
    before, after = maker.pick(" ;| ;| ;|, ;,|, ;,| (;)| - ; -").split(";")
    return [
        Piece(text[:end] + before, "O"),
        Piece(name, "PERSON_PRIVATE"),
        Piece(after + text[end:], "O"),
    ]


_SENTENCE = re.compile(r"(?<=[.!?]) +")


def comments(maker: Maker, number: int) -> Iterator[Text]:
    """So many comments, all different."""
    texts = hands()
    lines = templates()
    rng = maker.rng
    while number:
        kind = rng.random()
        text = rng.choice(texts)
        if kind < 0.2:
            pieces: list[Piece] | None = [Piece(text, "O")]
        elif kind < 0.45:
            pieces = peopled(maker, text)
        else:
            count = rng.choice((1, 1, 1, 2, 2, 3))
            pieces = []
            around = _SENTENCE.split(text)
            language = rng.choices(("en", "es", "nl"), (66, 20, 14))[0]
            own = [line for line in lines if line[0] == language]
            for _ in range(count):
                filled = maker.filled(rng.choice(own)[1])
                if maker.chance(0.6) and filled[0].type == "O":
                    filled[0] = Piece(filled[0].text[:1].upper() + filled[0].text[1:], "O")
                pieces += [*filled, Piece(maker.pick(". |. |. |, | |! |... |\n|; | and | - "), "O")]
            if maker.chance(0.5):
                pieces.insert(0, Piece(rng.choice(around) + maker.pick(" | |\n|, "), "O"))
            if maker.chance(0.4):
                pieces.append(Piece(rng.choice(around), "O"))
            else:
                pieces[-1] = Piece(pieces[-1].text.rstrip(" ,;-and"), "O")
        if pieces is None:
            continue
        number -= 1
        yield joined(noisy(maker, pieces))


def noisy(maker: Maker, pieces: list[Piece]) -> list[Piece]:
    """As typed on a phone: small letters, capitals, slips, lost or curly marks."""
    rng = maker.rng
    kind = rng.random()
    if kind < 0.27:
        pieces = [Piece(p.text.lower(), p.type) for p in pieces]
    elif kind < 0.33:
        pieces = [
            Piece(p.text.lower() if p.type == "PERSON_PRIVATE" else p.text, p.type) for p in pieces
        ]
    elif kind < 0.37:
        pieces = [Piece(p.text.upper(), p.type) for p in pieces]
    if maker.chance(0.3):
        pieces = [Piece(p.text.replace("'", "’"), p.type) for p in pieces]
    elif maker.chance(0.15):
        pieces = [Piece(p.text.replace("'", ""), p.type) for p in pieces]
    if maker.chance(0.15):
        pieces = [
            Piece(re.sub(r"[.,](?= |$)", "", p.text) if p.type == "O" else p.text, p.type)
            for p in pieces
        ]
    if maker.chance(0.15):
        share = 0.02
        slipped = []
        for piece in pieces:
            if piece.type in ("O", "PERSON_PRIVATE"):
                letters = []
                for c in piece.text:
                    if c.isalpha() and rng.random() < share:
                        c = rng.choice(("", c + c, rng.choice(string.ascii_lowercase)))
                    letters.append(c)
                piece = Piece("".join(letters) or piece.text, piece.type)
            slipped.append(piece)
        pieces = slipped
    return [piece for piece in pieces if piece.text]
