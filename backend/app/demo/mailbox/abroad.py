"""Searches in German and French."""

from __future__ import annotations

from app.demo.mailbox.notation import INTERVIEW, ME, RECEIVED, REJECTION, UPDATE, App, Invite, Mail

JOERG = "Jörg Beispiel <joerg.beispiel@alpenglow.example>"

APPLICATIONS = (
    App("alpenglow", "Alpenglow Systeme", "Produktmanager Plattform", "rejected"),
    App("ruhrwerk", "Ruhrwerk Logistik", "Projektleitung Digitalisierung", "applied"),
    App("clairval", "Maison Clairval", "Chef de produit digital", "rejected"),
)

MAILS = (
    Mail(
        "alpenglow/eingang",
        55,
        "11:32",
        "Alpenglow Systeme Personalabteilung <bewerbung@alpenglow.example>",
        "Eingangsbestätigung: Ihre Bewerbung als Produktmanager Plattform (m/w/d)",
        RECEIVED,
        """
        Guten Tag {name},

        vielen Dank für Ihre Bewerbung als Produktmanager Plattform (m/w/d) und Ihr Interesse an der
        Alpenglow Systeme GmbH. Ihre Unterlagen sind vollständig bei uns eingegangen.

        Wir prüfen sie nun sorgfältig und melden uns in den nächsten zwei bis drei Wochen bei Ihnen. Bis
        dahin bitten wir Sie um etwas Geduld.

        Freundliche Grüße aus Rosenheim
        Ihre Personalabteilung
        """,
        zone="+0100",
        charset="iso-8859-1",
    ),
    Mail(
        "alpenglow/einladung",
        47,
        "09:14",
        JOERG,
        "Einladung zum Vorstellungsgespräch am {german-42}",
        INTERVIEW,
        """
        Guten Tag {name},

        Ihre Bewerbung hat uns neugierig gemacht. Gerne möchten wir Sie zu einem Vorstellungsgespräch
        einladen, und zwar am {german-42} um 10:00 Uhr in unserem Haus. Dabei sind Frau
        Dr. Musterfrau (Leitung Produkt) und ich.

        Die Reisekosten übernehmen wir selbstverständlich. Eine Kalendereinladung liegt bei; bitte geben
        Sie mir kurz Bescheid, ob Ihnen der Termin passt.

        Mit besten Grüßen
        Jörg Beispiel
        Alpenglow Systeme GmbH
        """,
        zone="+0100",
        charset="iso-8859-1",
        invite=Invite(
            "alpenglow-gespraech",
            -42,
            "10:00",
            90,
            "Vorstellungsgespräch Produktmanager Plattform",
            "Gipfelweg 1, Rosenheim",
        ),
    ),
    Mail(
        "alpenglow/verlegt",
        45,
        "16:50",
        JOERG,
        "Aktualisiert: Vorstellungsgespräch nun am {german-40}, 14:00 Uhr",
        INTERVIEW,
        """
        Guten Tag {name},

        leider muss ich unseren Termin verschieben, Frau Dr. Musterfrau ist an dem Vormittag auf einer
        Messe. Neuer Vorschlag für das Gespräch: {german-40} um 14:00 Uhr, gleicher Ort.

        Ich bitte um Entschuldigung und hoffe, dass es Ihnen auch so passt.

        Jörg Beispiel
        """,
        zone="+0100",
        reply_to="alpenglow/einladung",
        invite=Invite(
            "alpenglow-gespraech",
            -40,
            "14:00",
            90,
            "Vorstellungsgespräch Produktmanager Plattform",
            "Gipfelweg 1, Rosenheim",
            sequence=1,
        ),
    ),
    Mail(
        "alpenglow/danke",
        39,
        "10:26",
        ME,
        "Re: Aktualisiert: Vorstellungsgespräch nun am {german-40}, 14:00 Uhr",
        None,
        """
        Guten Tag Herr Beispiel,

        herzlichen Dank für das freundliche Gespräch gestern, auch an Frau Dr. Musterfrau. Die Frage nach
        der Lizenzierung hat mich noch im Zug beschäftigt; meine Skizze dazu hängt an.

        Viele Grüße aus Berlin
        {name}
        """,
        zone="+0100",
        reply_to="alpenglow/verlegt",
        quote="german",
        attach=("skizze-lizenzmodell.pdf",),
    ),
    Mail(
        "alpenglow/absage",
        33,
        "13:05",
        JOERG,
        "Ihre Bewerbung bei Alpenglow Systeme",
        REJECTION,
        """
        Guten Tag {name},

        danke noch einmal für das Gespräch und für Ihre Skizze, die hier herumgereicht wurde.

        Die Entscheidung ist uns nicht leichtgefallen: Wir haben uns für eine Person entschieden, die
        bereits länger mit Maschinenbauern gearbeitet hat, und müssen Ihnen deshalb leider absagen. Mit
        Ihrer Qualifikation hat das ausdrücklich nichts zu tun.

        Für Ihren weiteren Weg wünsche ich Ihnen alles Gute und viel Erfolg.

        Jörg Beispiel
        """,
        zone="+0100",
        reply_to="alpenglow/danke",
    ),
    Mail(
        "ruhrwerk/eingang",
        23,
        "07:30",
        "Ruhrwerk Logistik <no-reply@ruhrwerk.teamtailor-mail.com>",
        "Schön, dass du dich bei Ruhrwerk bewirbst!",
        RECEIVED,
        """
        Hallo {first},

        deine Bewerbung als **Projektleitung Digitalisierung (m/w/d)** ist bei uns angekommen. Danke,
        dass du mit uns Paletten schneller machen willst!

        Wir schauen uns alles in Ruhe an. Wenn du zu uns passt, meldet sich jemand aus dem Team für ein
        erstes Telefonat bei dir. Das dauert meistens etwa drei Wochen.

        Glück auf,
        dein Ruhrwerk-Team
        """,
        zone="+0100",
        shape="both",
        brand="Ruhrwerk Logistik",
        footer="Ruhrwerk Logistik GmbH & Co. KG, Zechenallee 12, Bochum",
    ),
    Mail(
        "ruhrwerk/zwischenstand",
        10,
        "15:42",
        "Svenja Musterfrau <svenja@ruhrwerk.teamtailor-mail.com>",
        "Zwischenstand zu deiner Bewerbung (Projektleitung Digitalisierung)",
        UPDATE,
        """
        Hallo {first},

        ein kurzer Zwischenstand, damit du nicht denkst, wir hätten dich vergessen: Deine Bewerbung liegt
        noch beim Fachbereich. Dort ist gerade Inventur, das heißt alle zählen Kisten und niemand liest
        Lebensläufe. Wir brauchen noch etwa zwei Wochen und melden uns dann unaufgefordert.

        Danke für deine Geduld!
        Svenja
        """,
        zone="+0100",
        shape="both",
        look="letter",
        reply_to="ruhrwerk/eingang",
    ),
    Mail(
        "clairval/recue",
        37,
        "10:21",
        "Maison Clairval Recrutement <recrutement@maison-clairval.example>",
        "Accusé de réception de votre candidature : Chef de produit digital",
        RECEIVED,
        """
        Bonjour {name},

        Nous avons bien reçu votre candidature au poste de Chef de produit digital au sein de la Maison
        Clairval, et nous vous remercions de l'intérêt que vous nous portez.

        Votre dossier est à l'étude. Sans réponse de notre part sous quatre semaines, vous pourrez
        considérer que votre candidature n'a pas été retenue.

        Cordialement,
        Le service recrutement
        """,
        zone="+0100",
        transfer="base64",
    ),
    Mail(
        "clairval/refus",
        22,
        "17:55",
        "Claire Exemple <claire.exemple@maison-clairval.example>",
        "Votre candidature chez Maison Clairval",
        REJECTION,
        """
        Bonjour {first},

        J'ai pris le temps de relire votre dossier pour le poste de Chef de produit digital. Votre
        parcours est riche, mais nous avons malheureusement décidé de ne pas donner suite à votre
        candidature : le poste demande une expérience du parfum que l'on n'apprend pas en un trimestre.

        Je vous souhaite une belle réussite dans vos recherches.

        Bien à vous,
        Claire Exemple
        """,
        zone="+0100",
        charset="iso-8859-1",
        reply_to="clairval/recue",
    ),
)
