"""The German grammar: sentences and plans."""

from __future__ import annotations

from app.classification.corpus.plans import parse_plans

POOLS: dict[str, tuple[str, ...]] = {
    "greeting": (
        "Sehr geehrte Frau [last],",
        "Sehr geehrter Herr [last],",
        "Guten Tag [first] [last],",
        "Hallo [first],",
        "Liebe:r [first],",
        "",
    ),
    "closing": (
        "Mit freundlichen Grüßen\n[recruiter]\n[company]",
        "Beste Grüße\n[recruiter]",
        "Viele Grüße\nDein [company] Team",
        "Freundliche Grüße\nPersonalabteilung",
        "",
    ),
    "thanks": (
        "{Vielen Dank|Danke|Herzlichen Dank} für {Ihre Bewerbung|Ihr Interesse|deine Bewerbung|dein Interesse}{ als [title]| an [company]| an der Stelle als [title]| an einer Mitarbeit}.",
        "Wir {freuen uns|haben uns} über {Ihr|dein} Interesse an {unserem Unternehmen|der Position|[company]}{ gefreut|}.",
        "Für {Ihre|deine} Bewerbung und {das entgegengebrachte Vertrauen|die investierte Zeit} {bedanken wir uns|danken wir Ihnen}.",
    ),
    "received": (
        "{Ihre|Deine} Bewerbung ist {bei uns eingegangen|gut bei uns angekommen|am [date] eingetroffen}.",
        "Wir haben {Ihre|deine} {Bewerbung|Bewerbungsunterlagen|Unterlagen} {erhalten|dankend erhalten}.",
        "Hiermit bestätigen wir {Ihnen|dir} den Eingang {Ihrer|deiner} Bewerbung{ als [title]|}.",
    ),
    "review": (
        "Wir werden {Ihre|deine} Unterlagen {sorgfältig|in Ruhe|in den nächsten Tagen} prüfen{ und uns wieder melden|}.",
        "Die {Prüfung|Sichtung} {Ihrer|deiner} Unterlagen {kann|wird} etwas Zeit in Anspruch nehmen{, wir bitten um etwas Geduld|}.",
        "Wir melden uns {so bald wie möglich|in Kürze|sobald es Neuigkeiten gibt} bei {Ihnen|dir}.",
        "{Wenn|Falls} {Ihr|dein} Profil passt, laden wir {Sie|dich} zu einem Gespräch ein.",
    ),
    "aftertalk": (
        "{Vielen Dank|Danke} für das {angenehme|offene|nette|gute} Gespräch{ am [date]| in der vergangenen Woche|}.",
        "Es hat uns gefreut, {Sie|dich} {kennenzulernen|im Vorstellungsgespräch kennenzulernen}.",
    ),
    "decline": (
        "{Leider|Bedauerlicherweise} {können wir {Ihre|deine} Bewerbung nicht weiter berücksichtigen|müssen wir {Ihnen|dir} heute eine Absage erteilen|haben wir uns für eine andere Person entschieden|können wir {Ihnen|dir} die Stelle nicht anbieten|ist unsere Wahl nicht auf {Sie|dich} gefallen}.",
        "Nach {sorgfältiger|eingehender} {Prüfung|Durchsicht} haben wir uns {für andere Kandidatinnen und Kandidaten|für einen anderen Bewerber|gegen {Ihre|deine} Bewerbung} entschieden.",
        "Wir {haben uns|mussten uns} {anders entschieden|für Mitbewerber entschieden, die besser zum Profil passen}.",
        "{Wir bedauern|Es tut uns leid}, {Ihnen|dir} keine {positive Rückmeldung|Zusage} geben zu können.",
        "{Ihre|Deine} Bewerbung kam {leider |}nicht in die engere Auswahl.",
        "Die {Stelle|Position} ist {bereits|inzwischen} {besetzt|vergeben}.",
    ),
    "luck": (
        "Für {Ihre|deine} {berufliche|weitere} Zukunft wünschen wir {Ihnen|dir} {alles Gute|viel Erfolg}.",
        "Wir wünschen {Ihnen|dir} für die weitere Suche viel Erfolg.",
    ),
    "keep": (
        "Gerne würden wir {Ihre|deine} Unterlagen {in Evidenz halten|in unseren Talentpool aufnehmen}.",
        "Wir kommen gerne wieder auf {Sie|dich} zu, wenn eine passende Stelle frei wird.",
    ),
    "invite": (
        "{Gerne|Sehr gerne} {möchten|würden} wir {Sie|dich} {zu einem|zum} {Vorstellungsgespräch|persönlichen Gespräch|Telefoninterview|Kennenlerngespräch|zweiten Gespräch} einladen.",
        "Wir möchten {Sie|dich} gerne {näher|persönlich|in einem Videocall} kennenlernen.",
        "{Ihre|Deine} Bewerbung hat uns {überzeugt|gefallen}, daher laden wir {Sie|dich} zu einem Interview ein.",
        "Der nächste Schritt ist ein Gespräch mit dem Fachbereich.",
    ),
    "slots": (
        "{Wann|An welchem Tag} {passt es Ihnen|hast du Zeit|passt es dir} {am besten|nächste Woche}?",
        "Bitte {teilen Sie uns|nennen Sie uns|gib uns} {Ihre Verfügbarkeit|zwei Terminvorschläge|mögliche Termine} {mit|}.",
        "Datum: [date]\nUhrzeit: 10:00 Uhr\nOrt: [company], Musterstraße 1",
        "Das Gespräch findet am [date] um 14 Uhr statt.",
        "Wir freuen uns auf das Gespräch!",
        "Hiermit bestätigen wir den Termin für {Ihr|dein} Vorstellungsgespräch am [date].",
    ),
    "resched": (
        "{Leider müssen wir|Wir müssen} {das Vorstellungsgespräch|unser Gespräch|Ihr Interview|den Termin} am [weekday] {absagen|verschieben|verlegen}{, da {die Fachabteilung|unsere Abteilungsleiterin} {erkrankt|verhindert} ist|}.",
        "{Ihr|Dein} {Vorstellungsgespräch|Interview|Termin} {wurde|wird} auf [weekday], [date], {verschoben|verlegt}.",
        "{Das Gespräch|Der Termin|Das Interview} am [weekday] {kann leider nicht stattfinden|muss leider entfallen|fällt leider aus}.",
        "{Wir melden uns mit einem|Als} {Ersatztermin|neuen Termin}{ können wir [weekday], 14 Uhr, anbieten| in Kürze}.",
        "Bitte {wählen Sie|wähle} über den Link einen {neuen|anderen} Termin.",
        "{Vielen Dank|Danke} für {Ihr|dein} Verständnis.",
        "{Passt es Ihnen|Passt es dir} stattdessen am [weekday] um 10 Uhr?",
    ),
    "test": (
        "{Als nächsten Schritt|Im nächsten Schritt} {bitten wir Sie|möchten wir dich bitten}, {einen Online-Test|eine Testaufgabe|eine kleine Fallstudie} zu bearbeiten.",
        "Bitte {bearbeiten Sie|bearbeite} die {Aufgabe|Testaufgabe} bis zum [date].",
        "Über den Link gelangen Sie zum Online-Assessment.",
    ),
    "offer": (
        "Wir freuen uns, {Ihnen|dir} die {Stelle|Position} als [title] {anbieten zu können|anzubieten}.",
        "{Anbei|Im Anhang} {finden Sie|findest du} {den Arbeitsvertrag|das Vertragsangebot}{ zur Unterschrift|}.",
        "{Herzlichen Glückwunsch|Gratulation}! Wir möchten {Sie|dich} einstellen und senden das Jobangebot.",
        "Willkommen im Team!",
    ),
    "progress": (
        "{Ihre|Deine} Bewerbung ist {noch|derzeit} in Bearbeitung, wir bitten um {etwas|noch ein wenig} Geduld.",
        "Leider verzögert sich der Auswahlprozess{ um zwei Wochen|}.",
        "Ich gebe {Ihnen|dir} Bescheid, sobald ich ein Feedback aus dem Fachbereich habe.",
        "Danke für {Ihre|deine} Nachricht, es gibt noch keine Neuigkeiten.",
        "Bitte senden Sie uns noch {Ihre Zeugnisse|Ihre Gehaltsvorstellung} zu.",
    ),
    "pitch": (
        "Ich bin {Personalberater|Recruiterin} bei [agency] und auf {Ihr|dein} Profil {aufmerksam geworden|bei LinkedIn gestoßen}.",
        "Für {unseren Kunden|einen Mandanten} in [city] suchen wir {einen|eine} [title].",
        "Sind {Sie|Sie grundsätzlich} offen für {neue Herausforderungen|einen Wechsel}?",
        "Hätten {Sie|Sie eventuell} Interesse an einer spannenden Position als [title]?",
        "Wir haben eine neue Stelle, die zu {Ihrem|deinem} Profil passt; senden Sie mir gerne Ihren aktuellen Lebenslauf.",
    ),
    "alert": (
        "[n] neue Jobs für [title] in [city]",
        "Neue Stellenangebote, die zu Ihrem Suchauftrag passen",
        "[title]\n[company]\n[city]\nJetzt bewerben",
        "Ihr Jobagent hat passende Stellen gefunden.",
        "Ähnliche Jobs ansehen | Suchauftrag bearbeiten | Abmelden",
    ),
    "private": (
        "Ihr {Zahnarzttermin|Friseurtermin|Werkstatttermin|Impftermin} am [weekday] {wurde auf [date] verschoben|muss leider entfallen|wurde abgesagt}.",
        "Wir erinnern Sie an Ihren Termin in der {Zahnarztpraxis|Arztpraxis|Werkstatt} am [weekday] um [time].",
        "Die Sprechstunde am [weekday] fällt leider aus{, bitte vereinbaren Sie einen neuen Termin|}.",
        "Das Treffen des Vereins am [weekday] wird verschoben.",
    ),
    "noise": (
        "{Unser neuer Katalog|Das neue Heft} ist da: {stöbern|blättern} Sie online.",
        "Bitte beachten Sie die Angebote unserer {Partner|Sponsoren}.",
        "Der Verein trifft sich am [weekday] um [time].",
        "{Sonne|Regen} und {20|8} Grad am Wochenende.",
        "Ihre Bestellung wurde versandt, die Sendung kommt am [date].",
        "Ihre Rechnung für [month] liegt im Kundenkonto bereit.",
        "Sparen Sie jetzt 20% mit diesem Gutschein.",
        "Bitte bestätigen Sie Ihre E-Mail-Adresse, um die Registrierung abzuschließen.",
        "Ihr Bestätigungscode lautet 4[n]1.",
        "Kommt ihr am Wochenende zum Grillen?",
        "Einladung zum Elternabend am [date].",
        "Der Newsletter im [month]: neue Produkte und Angebote.",
        "Ihre Gehaltsabrechnung ist verfügbar.",
        "Wir laden Sie herzlich zu unserem Webinar ein.",
        "Ihr Antrag auf einen Parkausweis wurde abgelehnt.",
        "Liebe Mieterinnen und Mieter, das Wasser wird am [date] abgestellt.",
    ),
}

PLANS = parse_plans("""
de.received APPLICATION_RECEIVED ats
    greeting thanks:.8 received review*2 closing
    Ihre Bewerbung bei [company] ~ Eingangsbestätigung ~ Deine Bewerbung als [title] ~ Bewerbungseingang
de.reject REJECTION own
    greeting thanks:.8 decline*2 keep:.3 luck:.8 closing
    Ihre Bewerbung als [title] ~ Deine Bewerbung bei [company] ~ Rückmeldung zu Ihrer Bewerbung ~ Absage
de.reject2 REJECTION own
    greeting aftertalk decline luck:.6 closing
    Unser Gespräch ~ Ihre Bewerbung
de.invite INTERVIEW_REQUEST own
    greeting thanks:.4 invite slots*2 closing
    Einladung zum Vorstellungsgespräch ~ Ihre Bewerbung bei [company] ~ Terminbestätigung ~ Interview [title]
de.second INTERVIEW_REQUEST own
    greeting aftertalk:.5 invite:.6 slots*3 closing
    [company] ~ Zweites Gespräch ~ Termin
de.resched INTERVIEW_REQUEST own
    greeting thanks:.25 resched*3 slots:.3 closing
    Terminverschiebung ~ Absage Ihres Interviewtermins ~ Neuer Termin ~ Ihr Gespräch am [weekday] ~ Ihre Bewerbung bei [company]: Terminänderung ~ Ihre Bewerbung bei [company]
de.test ASSESSMENT own
    greeting thanks:.4 test*2 closing
    Online-Test ~ Ihre Testaufgabe ~ Nächster Schritt
de.offer OFFER own
    greeting aftertalk:.3 offer*2 closing
    Vertragsangebot ~ Zusage ~ Ihr Arbeitsvertrag
de.status STATUS_UPDATE own
    greeting progress*2 closing
    Zwischenstand ~ Re: Ihre Bewerbung ~ Ihre Bewerbung
de.pitch RECRUITER_OUTREACH recruiter
    greeting pitch*3 closing
    Neue Herausforderung als [title]? ~ Ihr Profil ~ Kontaktaufnahme
de.alert JOB_ALERT alert
    alert*5
    [n] neue Jobs ~ Ihr Jobagent ~ Neue Stellen für [title]
de.none NOT_JOB_RELATED shop
    greeting:.5 noise*2 closing:.3
    Ihre Bestellung ~ Newsletter ~ Bestätigung ~ Wochenende ~ -
de.private NOT_JOB_RELATED shop
    greeting:.6 private*2 closing:.5
    Terminverschiebung ~ Ihr Termin ~ Terminerinnerung ~ Terminabsage ~ Neuer Termin
""")
