"""Dutch cues (the main acts only)."""

from __future__ import annotations

from app.classification.act_names import Act

FRAGMENTS = {
    "SOL": r"sollicitatie|cv|motivatie|interesse|reactie",
    "FUNCTIE": r"functie|vacature|positie|rol",
}

CUES: dict[Act, tuple[str, ...]] = {
    Act.THANKS: (r"@(bedankt|dank|danken) (?:\S+ ){0,6}(?:<SOL>|tijd|solliciteren)",),
    Act.AFTER_TALK: (r"@(bedankt|dank|danken) (?:\S+ ){0,6}(?:gesprek|kennismaking)",),
    Act.RECEIVED: (
        r"(?:<SOL>) (?:\S+ ){0,8}@(ontvangen|binnengekomen|ontvangst)",
        r"@(ontvangen|ontvangst) (?:\S+ ){0,4}(?:<SOL>)",
    ),
    Act.WILL_REVIEW: (
        r"@(beoordelen|bekijken|beoordeeld|bekeken|beoordeling) (?:\S+ ){0,5}(?:<SOL>|jouw|uw|je)",
    ),
    Act.CONTACT_IF_MATCH: (r"nemen (?:\S+ ){0,5}@contact",),
    Act.DECLINE: (
        r"niet (?:\S+ ){0,8}@(verder|uitgenodigd|geselecteerd|gekozen|doorgaan|uitnodigen|aansluit|door)",
        r"@(andere) (?:kandida\w+)",
        r"@(afgewezen|afwijzing|afwijzen)",
    ),
    Act.REGRET: (r"@(helaas|spijt)",),
    Act.FILLED: (r"(?:<FUNCTIE>) (?:\S+ ){0,8}@(vervuld|ingevuld|gesloten|ingetrokken)",),
    Act.KEEP_ON_FILE: (r"@(portefeuille|talentpool|bewaren)",),
    Act.WISH_LUCK: (r"@(wensen|succes|wens) (?:\S+ ){0,6}(?:succes|geluk|loopbaan|zoektocht|verdere)",),
    Act.INVITE_TALK: (
        r"@(uitnodigen|uitnodiging|inplannen|kennismaken|nodigen) (?:\S+ ){0,8}(?:gesprek|kennismaking|interview|uit)",
        r"@(sollicitatiegesprek|kennismakingsgesprek)",
    ),
    Act.ASK_AVAILABILITY: (r"@(beschikbaarheid|beschikbaar|schikt)",),
    Act.FIXED_SLOT: (
        r"@(gesprek|sollicitatiegesprek) (?:\S+ ){0,8}(?:bevestigd|gepland|plaats|ingepland)",
        r"@(bevestiging|herinnering) (?:\S+ ){0,5}gesprek",
    ),
    Act.TEST_INVITE: (r"@(assessment|testopdracht|opdracht)",),
    Act.OFFER_TERMS: (
        r"@(arbeidsovereenkomst|arbeidscontract|contractvoorstel)",
        r"@(aanbod) (?:\S+ ){0,4}(?:functie|doen|contract)",
        r"@welkom (?:bij ons|in het team)",
    ),
    Act.PROGRESS: (r"@(status|stand|update) (?:\S+ ){0,4}(?:<SOL>)",),
    Act.PITCH: (r"@(profiel) (?:\S+ ){0,4}(?:linkedin|tegen|aandacht)", r"@(openstaan|opdrachtgever)"),
    Act.DIGEST_ITEM: (r"@(nieuwe|passende) vacatures", r"@vacaturealert"),
    Act.ACCOUNT: (r"@(wachtwoord|verificatiecode)",),
    Act.COMMERCE: (r"@(bestelling|factuur|levering|pakket|betaling)",),
    Act.PROMOTION: (r"@(korting|aanbieding|gratis|actie)",),
    Act.CANDIDACY: (
        r"@(sollicitatie|kandidaat|vacature|werving|solliciteren|functie|sollicitatieprocedure)",
    ),
}
