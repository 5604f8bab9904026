"""Addresses as they are written in Puerto Rico and in the Low Countries, with their whole span."""

from __future__ import annotations

import pytest

from .test_pii import sure

PUERTO_RICO = [
    ("Write to [Urb. Las Lomas, Calle 8 SO #1712, San Juan, PR 00921] today."),
    "[Bo. Almácigo Bajo, Carr. 128 Km 3.4, Yauco PR 00698]",
    "[Carr. 3 Km 82.4, Bo. Cataño, Humacao]",
    "Es en la [Carretera 181 km 5.4 interior, Barrio Jaguas, Gurabo].",
    "[HC-02 Box 8331, Yabucoa]",
    "[HC 02 Buzón 4432 Lares PR]",
    "[RR-4 Box 123, Toa Alta, PR 00953]",
    "[F-12 Calle 7, Urb. Santa Elvira, Caguas]",
    "[Res. Las Palmas del Mar, Edif. 45 Apt 912]",
    "Vive en [Cond. El Monte Sur, Apt. 512, Hato Rey].",
    "[Parcelas Las Flores #234 Calle Raya, Ponce]",
    "[Villas de Loíza, AA-12 Calle 45, Canóvanas PR 00729]",
    "vive en [urb villa carolina calle 72 bloque 123 #4]",
    "mi dirección es [Bo. Quebrada Grande Sector Los Rivera]",
    "[Calle Luna 210, Viejo San Juan 00901] es donde estaba",
]
LOW_COUNTRIES = [
    "Zij woont op de [Kerkstraat 112, 1017 GN Amsterdam] en was er bij.",
    "in de [Gentsesteenweg 45 bus 3, 9300 Aalst]",
    "[Nieuwstraat 3b, B-2000 Antwerpen]",
    "[Dorpsstraat 7, 9052 Zwijnaarde]",
    "woont in de [Koning Albertlei 22, Brasschaat]",
    "[Spiegelrei 14, 8000 Brugge]",
    "[Steenweg op Turnhout 45, 2360 Oud-Turnhout]",
    "[Rue de la Loi 16, 1000 Bruxelles]",
    "[Heuvel 12, 5038 CP Tilburg]",
    "[Oude Gracht 88]",
    "hij woont op [Eikenhorst 15]",
]
NO_STREETS = [
    "De zaak is nog onderweg 3 jaar later.",
    "Op de snelweg 12 km verderop stond niemand.",
    "In een loopbaan van twintig jaar was het gerechtshof 3 keer aan de beurt.",
    "After Nuremberg 1946 and Spielberg 1993, what do we learn?",
    "A ballpark 50 percent of them plead.",
    "During 2019 we had 12.",
    "On May 5, 2019 US Marshals came.",
    "El Sector privado gana 12 veces más.",
]


@pytest.mark.parametrize("marked", PUERTO_RICO + LOW_COUNTRIES)
def test_an_address_is_found_as_a_whole(marked):
    address = marked[marked.index("[") + 1 : marked.index("]")]
    assert sure(marked.replace("[", "").replace("]", "")) == [("ADDRESS", address)]


@pytest.mark.parametrize("text", NO_STREETS)
def test_a_word_that_ends_like_a_street_is_none(text):
    assert sure(text) == []
