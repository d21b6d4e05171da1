"""Which industry a company is in, as far as its name tells: a shipped table of well-known names, then words.

Names stand as company keys (`company_key`). A name says nothing certain about a company; where neither table knows
it, the industry is unknown and shown as such.
"""

from __future__ import annotations

from functools import cache

UNKNOWN = "unknown"
# What is known of companies by their own name.
_NAMES: dict[str, str] = {
    "software": """
        adobe, amazon web services, atlassian, autodesk, automattic, box, canonical, canva, celonis, cloudflare,
        confluent, databricks, datadog, deepl, docusign, dropbox, elastic, figma, github, gitlab, google,
        grammarly, hashicorp, hubspot, intuit, jetbrains, linear, meta, microsoft, miro, mongodb, mozilla,
        notion, okta, oracle, palantir, personio, postman, red hat, salesforce, sap, sentry, servicenow, slack,
        snowflake, splunk, supabase, suse, teamviewer, twilio, vercel, vmware, workday, zapier, zendesk, zoom,
        anthropic, openai, mistral ai, hugging face, asana, airtable, algolia, contentful, software, tableau,
        unity technologies
    """,
    "hardware": """
        amd, apple, arm, asml, bosch, broadcom, cisco, dell, dell technologies, ericsson, hewlett packard,
        hewlett packard enterprise, hp, huawei, ibm, infineon, intel, lenovo, logitech, micron, nokia, nvidia,
        nxp, panasonic, philips, qualcomm, samsung, siemens, sony, texas instruments, xiaomi, zeiss
    """,
    "finance": """
        adyen, allianz, american express, axa, bank of america, barclays, blackrock, bnp paribas, capital one,
        citi, citigroup, coinbase, commerzbank, credit agricole, deutsche bank, fidelity, generali, goldman
        sachs, hsbc, ing, jpmorgan, jpmorgan chase, klarna, lloyds, mastercard, monzo, morgan stanley, mollie,
        munich re, n26, nationwide, natwest, paypal, plaid, revolut, santander, societe generale, standard
        chartered, state street, stripe, swiss re, trade republic, ubs, visa, wells fargo, wise, zurich
        insurance
    """,
    "health": """
        abbott, abbvie, amgen, astrazeneca, bayer, biontech, boehringer ingelheim, bristol myers squibb, cvs
        health, doctolib, eli lilly, fresenius, gsk, illumina, johnson and johnson, kaiser permanente, mayo
        clinic, medtronic, merck, moderna, novartis, novo nordisk, pfizer, roche, sanofi, siemens healthineers,
        stryker, takeda, unitedhealth, unitedhealth group, charite, nhs, ada health
    """,
    "retail": """
        aldi, alibaba, allegro, amazon, asos, best buy, carrefour, costco, decathlon, ebay, edeka, etsy, h and
        m, home depot, ikea, inditex, instacart, kroger, lidl, mediamarkt, mercadolibre, nike, otto, adidas,
        puma, rewe, shopify, target, tesco, walmart, wayfair, zalando, zara, about you
    """,
    "food": """
        coca cola, danone, deliveroo, delivery hero, doordash, hellofresh, just eat, just eat takeaway, kraft
        heinz, mars, mcdonalds, mondelez, nestle, pepsico, red bull, starbucks, unilever, gorillas, flink
    """,
    "media": """
        activision, bbc, bertelsmann, bloomberg, condenast, conde nast, disney, electronic arts, epic games,
        guardian, hbo, netflix, new york times, nintendo, paramount, pinterest, reddit, reuters, riot games,
        roblox, snap, soundcloud, spotify, springer nature, tiktok, bytedance, twitch, ubisoft, valve, vimeo,
        warner bros, axel springer, thomson reuters, washington post, discord, duolingo
    """,
    "mobility": """
        airbus, audi, blablacar, bmw, bolt, boeing, continental, daimler, deutsche bahn, ferrari, ford, general
        motors, grab, honda, hyundai, lyft, mercedes benz, porsche, renault, rivian, sncf, stellantis, tesla,
        toyota, uber, volkswagen, volvo, waymo, zf, zf friedrichshafen, cariad, oebb, sbb
    """,
    "logistics": """
        dachser, db schenker, deutsche post, dhl, dpd, fedex, flexport, hermes, kuehne nagel, kuehne and nagel,
        maersk, ups, usps, la poste, royal mail, sennder, forto
    """,
    "travel": """
        accor, air france, airbnb, booking, delta air lines, easyjet, expedia, flixbus, getyourguide, hilton,
        klm, lufthansa, marriott, ryanair, skyscanner, trivago, tripadvisor, tui, united airlines, american
        airlines, british airways, omio
    """,
    "energy": """
        bp, chevron, e on, edf, enbw, enel, enpal, engie, equinor, exxonmobil, iberdrola, octopus energy,
        orsted, rwe, shell, siemens energy, tennet, totalenergies, vattenfall, vestas, 1komma5
    """,
    "industry": """
        3m, abb, arcelormittal, basf, caterpillar, dow, dupont, ge, general electric, henkel, hilti, honeywell,
        john deere, kone, lafarge, linde, otis, saint gobain, schindler, schneider electric, thyssenkrupp,
        trumpf, covestro, evonik, festo, kuka, liebherr, voith
    """,
    "aerospace": """
        blue origin, esa, lockheed martin, nasa, northrop grumman, raytheon, rocket lab, rolls royce, safran,
        spacex, thales, bae systems, isar aerospace, leonardo, rheinmetall
    """,
    "consulting": """
        accenture, bain, bcg, boston consulting group, capgemini, cognizant, deloitte, ernst and young, ey,
        infosys, kpmg, mckinsey, oliver wyman, pwc, roland berger, tata consultancy services, thoughtworks,
        wipro, zuehlke, sopra steria
    """,
    "telecom": """
        at and t, bt, comcast, deutsche telekom, orange, proximus, swisscom, t mobile, telefonica, telia, telus,
        verizon, vodafone, 1 and 1, bell canada, o2
    """,
    "education": """
        coursera, eth zurich, harvard university, khan academy, mit, stanford university, udacity, udemy,
        university of oxford, university of cambridge, babbel, gostudent, chegg
    """,
    "real estate": """
        cbre, immoscout24, immobilienscout24, jll, redfin, vonovia, wework, zillow, cushman and wakefield,
        rightmove, opendoor
    """,
    "public": """
        european commission, european central bank, united nations, unicef, world bank, red cross, caritas,
        greenpeace, oxfam, medecins sans frontieres, wikimedia, wikimedia foundation, wikimedia deutschland,
        stadt wien, stadt berlin, bundesagentur fuer arbeit
    """,
    "staffing": """
        adecco, hays, manpower, michael page, randstad, robert half, robert walters, kelly services, page group,
        akkodis
    """,
}
# What a word in an unknown company's name tells; the first that matches counts.
_WORDS: dict[str, str] = {
    "finance": """
        bank banking banque bancorp capital credit finance financial fintech insurance insurances invest
        investment investments ledger leasing mutual payments pay sparkasse trading versicherung versicherungen
        wealth
    """,
    "health": """
        biotech biotherapeutics care clinic clinical dental diagnostics genomics health healthcare hospital
        klinik klinikum kliniken klinisch medical medicine medtech pharma pharmaceuticals therapeutics
    """,
    "education": """
        academy college education hochschule institute learning school schools schule teaching universitaet
        universite university
    """,
    "energy": "energie energy power renewables solar stadtwerke wind",
    "logistics": """
        cargo delivery express fracht freight logistics logistik logistique shipping spedition supply
    """,
    "mobility": """
        auto automobile automotive bahn bikes cars mobility motors rail railway railways scooters vehicles
    """,
    "travel": "airlines airways cruises hotel hotels reisen tourism travel",
    "food": """
        bakery beverages brewery coffee cuisine drinks farms food foods grocery kitchen lebensmittel restaurant
        restaurants
    """,
    "media": """
        broadcasting film films game games gaming magazine media museum music news press publishing studio
        studios theater theatre verlag
    """,
    "retail": "boutique clothing commerce fashion handel market markets mode retail shop shops store stores",
    "aerospace": "aero aerospace aviation defence defense rocket satellite space",
    "industry": """
        chemicals construction engineering fabrik industrial industrie industries maschinenbau materials
        mechanical metal robotics stahl steel works
    """,
    "consulting": "advisors advisory beratung consultants consulting legal law",
    "telecom": "mobilfunk telecom telecommunications telekom wireless",
    "real estate": "estate homes housing immobilien properties property realty",
    "public": "bundesamt charity foundation gemeinde government ministry stadt stiftung verein",
    "staffing": "headhunting recruiting recruitment staffing zeitarbeit",
    "hardware": "chips devices electronics electronic elektronik semiconductor semiconductors sensors",
    "software": """
        ai analytics app apps cloud code computing cyber data digital hosting informatics it labs mobile network
        networks online platform security software systems systeme tech technologies technology web
    """,
}
INDUSTRIES = tuple(_NAMES)


def industry_of(company_key: str) -> str:
    """The industry of a company under its key, one of `INDUSTRIES` or `unknown`."""
    if not company_key:
        return UNKNOWN
    known = _names().get(company_key)
    if known is not None:
        return known
    words = company_key.split()
    return next((name for name, telling in _words() if not telling.isdisjoint(words)), UNKNOWN)


@cache
def _names() -> dict[str, str]:
    return {
        " ".join(name.split()): industry for industry, names in _NAMES.items() for name in names.split(",")
    }


@cache
def _words() -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple((industry, frozenset(words.split())) for industry, words in _WORDS.items())
