"""Place words: enough to tell a location tail of a job title or a subject from the title itself.

Only well-known, unambiguous names stand here; an unknown place is simply not recognised.
"""

from __future__ import annotations

import re
from functools import lru_cache

from app.companies.tables import word_set

US_STATES = word_set(
    """
    alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii
    idaho illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan
    minnesota mississippi missouri montana nebraska nevada new-hampshire new-jersey new-mexico new-york
    north-carolina north-dakota ohio oklahoma oregon pennsylvania rhode-island south-carolina
    south-dakota tennessee texas utah vermont virginia washington west-virginia wisconsin wyoming
    """
)
US_STATE_CODES = word_set(
    """
    al ak az ar ca co ct de fl ga hi ia id il in ks ky la ma md me mi mn mo ms mt nc nd ne nh nj nm nv
    ny oh ok or pa ri sc sd tn tx ut va vt wa wi wv wy dc on bc qc ab nsw vic qld
    """
)
COUNTRIES = word_set(
    """
    argentina australia austria belgium brazil bulgaria canada chile china colombia croatia cyprus
    czechia czech-republic denmark egypt england estonia finland france germany ghana greece hong-kong
    hungary iceland india indonesia ireland israel italy japan kenya latvia lithuania luxembourg
    malaysia malta mexico morocco netherlands new-zealand nigeria northern-ireland norway pakistan peru
    philippines poland portugal romania scotland serbia singapore slovakia slovenia south-africa
    south-korea spain sweden switzerland taiwan thailand the-netherlands turkey uae uk ukraine
    united-arab-emirates united-kingdom united-states united-states-of-america uruguay us usa vietnam
    wales deutschland oesterreich schweiz frankreich allemagne suisse belgique espagne royaume-uni
    etats-unis europe emea apac latam dach worldwide eu
    """
)
CITIES = word_set(
    """
    aachen aarhus adelaide alexandria amman amsterdam ann-arbor antwerp arlington athens atlanta
    auckland austin baltimore bangalore bangkok barcelona basel bath beijing belfast belgrade bellevue
    bengaluru berkeley berlin bern bielefeld bilbao birmingham bochum bogota bologna bonn bordeaux
    boston boulder bratislava braunschweig bremen brighton brisbane bristol brno brooklyn bruges
    brussels bucharest budapest buenos-aires bukarest burlington cairo calgary cambridge cape-town
    cardiff charlotte chennai chicago cincinnati cleveland cluj-napoca copenhagen cork dallas darmstadt
    delhi denver detroit dortmund dresden dubai dublin duesseldorf duisburg durham edinburgh edmonton
    eindhoven erlangen espoo essen florence frankfurt frankfurt-am-main freiburg gdansk geneva geneve
    genf ghent glasgow gothenburg goteborg graz grenoble gurgaon gurugram haarlem hamburg hannover
    heidelberg helsinki herzogenaurach ho-chi-minh-city houston hyderabad indianapolis innsbruck irvine
    istanbul jacksonville jakarta jena johannesburg kansas-city karlsruhe kiel kiev koeln kolkata krakow
    kuala-lumpur kyiv lagos las-vegas lausanne leeds leipzig leuven lille lima linz lisbon lisboa
    liverpool ljubljana london los-angeles luxembourg-city lyon madison madrid mailand malaga malmo
    manchester manila mannheim marseille melbourne menlo-park mexico-city miami milan milano milwaukee
    minneapolis montpellier montreal mountain-view mumbai munich muenchen muenster nairobi nantes naples
    nashville new-delhi new-orleans new-york-city newcastle nice noida nottingham nuernberg nuremberg
    nyc oakland orlando oslo ottawa oxford palo-alto paris pasadena philadelphia phoenix pittsburgh
    porto portland poznan prague prag pune quebec raleigh reading redmond rennes richmond riga rome
    rotterdam sacramento salt-lake-city salzburg san-antonio san-diego san-francisco san-jose san-mateo
    santa-clara santa-monica santiago sao-paulo scottsdale seattle seoul seville shanghai sheffield
    shenzhen sofia southampton stockholm strasbourg stuttgart sunnyvale sydney taipei tallinn tampa
    tampere tel-aviv the-hague tokyo toronto toulouse trondheim turin tuebingen ulm utrecht valencia
    vancouver vienna wien vilnius warsaw warszawa washington-dc waterloo wellington wiesbaden winterthur
    wolfsburg wroclaw wuerzburg york zagreb zaragoza zug zuerich zurich bay-area sf bay-area sf-bay-area
    greater-london
    """
)
WORK_PLACES = word_set(
    """
    remote fully-remote hybrid onsite on-site in-office home-office homeoffice work-from-home wfh
    teletravail remotely anywhere distributed nationwide bundesweit deutschlandweit multiple-locations
    various-locations
    """
)

_NAMES = US_STATES | COUNTRIES | CITIES | WORK_PLACES
_PLACES = frozenset(name.replace("-", " ") for name in _NAMES)
_CODES = US_STATE_CODES
_SPLIT = re.compile(r"\s*[,;/|()]\s*|\s+(?:[-\u2013\u2014]|or|and|und|oder|ou|et)\s+")
_FOLD = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "ß": "ss",
        "é": "e",
        "è": "e",
        "ã": "a",
        "ó": "o",
        "ł": "l",
        "ń": "n",
        "á": "a",
    }
)


def is_place_word(text: str) -> bool:
    """Whether `text` (any case) is one known place or way of working: "Berlin", "New York", "Remote"."""
    folded = text.strip(" .").lower().translate(_FOLD)
    return folded in _PLACES or folded.replace("-", " ") in _PLACES


@lru_cache(maxsize=8192)
def is_place(text: str) -> bool:
    """Whether `text` is a location through and through: "Berlin", "Austin, TX", "Remote (US)", "London or
    Leeds".

    A state code counts only behind another part, since "in", "or" and "me" are words too.
    """
    if not text or len(text) > 80:
        return False
    parts = [part for part in _SPLIT.split(text.strip()) if part]
    if not parts:
        return False
    for index, part in enumerate(parts):
        if is_place_word(part):
            continue
        words = part.lower().split()
        if index and part.strip(".").replace(".", "").lower() in _CODES:
            continue
        if len(words) > 1 and (
            (words[-1] in _CODES and is_place_word(" ".join(words[:-1])))
            or (
                words[0] in {"remote", "hybrid", "greater"}
                and is_place_word(" ".join(words[1:]).removeprefix("in "))
            )
        ):
            continue
        # A town that isn't in the table, before a state code or a country: "Herndon, VA".
        if index == 0 and len(parts) > 1 and len(words) <= 3 and part[:1].isupper():
            continue
        return False
    return True
