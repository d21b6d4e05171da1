"""German cues."""

from __future__ import annotations

from app.classification.act_names import Act

FRAGMENTS = {
    "BEW": r"bewerbung(?:en|sunterlagen)?|unterlagen|lebenslauf|profil|bewerbungsunterlagen",
    "STELLE": r"stelle|position|vakanz|stellenausschreibung|job|ausschreibung|rolle|praktikum|ausbildung",
    "SIE": r"sie|ihnen|dir|dich|ihre[rn]?|deine[rn]?|ihr|dein|euch",
    "TALK": r"(?:vorstellungs|kennenlern|bewerbungs|telefon|erst|video|zweit|fach|online)?(?:gespr[äa]che?s?|interviews?|termin|telefonat|call|austausch)",
    "TEST": r"(?:online-|einstellungs|eignungs|coding-|programmier)?(?:test|assessment|aufgabe|challenge|fallstudie|case|probeaufgabe|testaufgabe)",
}

CUES: dict[Act, tuple[str, ...]] = {
    Act.THANKS: (
        r"@(danke|dank|bedanken|danken) (?:\S+ ){0,8}(?:<BEW>|interesse|zeit|vertrauen)",
        r"(?:ihr|dein|ihrem|deinem) @interesse an",
        r"haben uns (?:\S+ )?über (?:\S+ )?@(bewerbung) gefreut",
    ),
    Act.AFTER_TALK: (
        r"@(danke|dank|bedanken|danken) (?:\S+ ){0,9}(?:<TALK>|kennenlernen)",
        r"nach (?:unserem|ihrem|deinem|dem) (?:\S+ )?@(gespräch|interview|telefonat|vorstellungsgespräch|kennenlernen)",
    ),
    Act.RECEIVED: (
        r"(?:<BEW>) (?:\S+ ){0,8}@(erhalten|eingegangen|angekommen|eingetroffen|übermittelt|empfangen)",
        r"@(eingang|erhalt|eingangsbestätigung) (?:\S+ ){0,3}(?:<BEW>)",
        r"@(erhalten|bestätigen) (?:\S+ ){0,5}(?:<BEW>)",
        r"@(danke|dank|bedanken) (?:\S+ ){0,3}für (?:ihre|deine|die) (?:\S+ )?(?:bewerbung|unterlagen)",
        r"@eingangsbestätigung",
    ),
    Act.WILL_REVIEW: (
        r"(?:<BEW>|sie|diese) (?:\S+ ){0,8}@(prüfen|sichten|geprüft|prüfung|bearbeiten|ansehen|durchsicht|anschauen|gesichtet|weitergeleitet)",
        r"@(prüfen|sichten|prüfung|bearbeitung|durchsicht|auswertung|sichtung) (?:\S+ ){0,5}(?:<BEW>)",
        r"um etwas @(geduld|zeit)",
    ),
    Act.CONTACT_IF_MATCH: (
        r"@(melden|meldet|kontaktieren|kommen|setzen|benachrichtigen|informieren) (?:\S+ ){0,6}(?:bei (?:<SIE>)|auf (?:<SIE>) zu|mit (?:<SIE>) in verbindung|<SIE>)",
        r"@(hören|rückmeldung) (?:\S+ ){0,3}(?:von uns|in kürze|so bald)",
    ),
    Act.DECLINE: (
        r"@(engere) (?:auswahl|wahl) (?:\S+ ){0,10}(?:besser|mehr|anforderungsprofil|andere)",
        r"@(jedoch|aber) (?:\S+ ){0,6}(?:nur|andere|besser|nicht) (?:\S+ ){0,8}(?:möglich|entschieden|weiter|bewerber\w*|profil\w*)",
        r"von (?:\S+ )?@(bewerbung|kandidatur) (?:\S+ ){0,3}(?:absehen|abstand)",
        r"nicht (?:\S+ ){0,6}@(nächste|nächsten) (?:runde|schritt|phase)",
        r"(?:nicht|keine|kein|keinen) (?:\S+ ){0,8}@(berücksichtigen|berücksichtigt|berücksichtigung|weiterverfolgen|weiterführen|anbieten|zusage|zusagen|fortsetzen|fortführen|einladen|auswahl|wahl|entsprechen|weiter|passend|passende|gefallen|entschieden|eingeladen)",
        r"@(absage|absagen|abgesagt|ablehnen|abgelehnt)",
        r"für (?:eine|einen) @(andere|anderen|anderer) (?:\S+ )?(?:person|kandidat\w*|bewerber\w*|mitbewerber\w*) (?:\S+ ){0,3}entschieden",
        r"@(andere|anderen|mitbewerber|mitbewerbern|mitbewerberinnen) (?:\S+ ){0,8}(?:entschieden|besser|entspr\w+|vorzug|bevorzugt|weiter\w*|passen\w*|qualifik\w+)",
        r"gegen @(sie|ihre|deine) (?:\S+ )?entschieden",
        r"@(leider) (?:\S+ ){0,10}(?:nicht|keine|keinen|kein|absage|absagen|anders)",
        r"(?:nicht|anders) @(entschieden|erfolgreich|überzeugen)",
        r"@(engere) (?:auswahl|wahl) (?:\S+ ){0,4}nicht",
        r"nicht (?:\S+ ){0,4}engeren? @(auswahl|kreis)",
    ),
    Act.REGRET: (
        r"@(leider|bedauern|bedauerlicherweise|schade|enttäuschung|enttäuschend|schweren)",
        r"@(sorgfältiger|eingehender|reiflicher) (?:prüfung|überlegung|abwägung|durchsicht)",
        r"tut (?:es )?uns (?:sehr )?@leid",
    ),
    Act.FILLED: (
        r"(?:<STELLE>) (?:\S+ ){0,10}@(besetzt|vergeben|geschlossen|zurückgezogen|gestrichen|besetzen)",
        r"@(besetzung|besetzungsverfahren|auswahlverfahren|bewerbungsverfahren) (?:\S+ ){0,5}(?:abgeschlossen|beendet|eingestellt)",
        r"@einstellungsstopp",
    ),
    Act.KEEP_ON_FILE: (
        r"@(bewerberpool|talentpool|talent-pool|kandidatenpool)",
        r"@(vormerken|evidenz|aufbewahren|speichern|wieder) (?:\S+ ){0,3}(?:auf (?:<SIE>) zu|halten|melden)",
        r"in @evidenz",
    ),
    Act.WISH_LUCK: (
        r"@(wünschen|wünsche) (?:\S+ ){0,10}(?:alles gute|erfolg|glück|zukunft|werdegang|suche|weg)",
        r"@(alles) gute (?:\S+ ){0,3}(?:für|auf|weiterhin)",
        r"für (?:ihre|deine|ihren|deinen) (?:\S+ )?(?:beruflich\w*|weiteren?) @(zukunft|weg|werdegang|lebensweg|laufbahn)",
    ),
    Act.REAPPLY: (
        r"@(erneut|wieder|nochmals) (?:\S+ ){0,3}(?:bewerben|bewerbung)",
        r"@(karriereseite|stellenangebote|jobportal|karriereportal|ausschreibungen)",
    ),
    Act.INVITE_TALK: (
        r"@(kennenlernen|kennenlerntermin)",
        r"@(lade|laden) (?:\S+ ){0,4}(?:zu|ein)",
        r"@(einladen|einladung|laden|eingeladen) (?:\S+ ){0,10}(?:<TALK>)",
        r"(?:<TALK>) (?:\S+ ){0,5}@(einladen|einladung|laden|vereinbaren|führen|kennenlernen)",
        r"@(persönlich|näher|besser|gerne) (?:\S+ )?kennen ?lernen",
        r"@(kennenlernen|kennenzulernen)",
        r"@(vorstellungsgespräch|kennenlerngespräch|bewerbungsgespräch|telefoninterview|zweitgespräch|jobinterview|videointerview|erstgespräch)",
        r"(?:weiteren|zweiten|ersten|nächste[nr]?) @(gespräch|runde|schritt|termin|interview)",
    ),
    Act.ASK_AVAILABILITY: (
        r"@(wann) (?:\S+ ){0,6}(?:passt|zeit|verfügbar|passen|erreichbar|möglich)",
        r"@(terminvorschlag|terminvorschläge|terminvereinbarung|verfügbarkeit|verfügbarkeiten|wunschtermin|terminauswahl|termine)",
        r"@(passt|passen) (?:\S+ ){0,4}(?:<SIE>|termin)",
        r"@(teilen|geben|nennen) (?:\S+ ){0,8}(?:termine?|zeit\w*|verfügbar\w*|bescheid)",
        r"@(termin) (?:\S+ ){0,3}(?:buchen|wählen|auswählen|vereinbaren|aussuchen)",
    ),
    Act.FIXED_SLOT: (
        r"@(termin) (?:\S+ ){0,6}(?:gespräch|interview|kennenlernen|call|teams|zoom)",
        r"(?:\S+ )?(?:um|ab) \d{1,2}(?::\d\d)? @uhr",
        r"(?:<TALK>) (?:\S+ ){0,12}@(uhr|statt|bestätigt|vereinbart|verschoben|geplant|bestätigen)",
        r"@(bestätigen|bestätigung|erinnerung|terminbestätigung|terminerinnerung) (?:\S+ ){0,6}(?:<TALK>)",
        r"@(terminbestätigung|interviewpartner|gesprächspartner|ansprechpartnerinnen)",
        r"@(uhrzeit|datum|ort|wann|wo|dauer): ?\S+",
        r"(?:<TALK>) (?:\S+ ){0,9}@(absagen|abgesagt|verschieben|verlegen|verlegt|entfallen|entfällt|ausfallen|stattfinden|verlegung|umbuchen)",
        r"@(absage|verschiebung|verlegung|änderung|verlegen|verschieben) (?:\S+ ){0,4}(?:<TALK>|\S+termins?|gesprächstermins?)",
        r"@(terminabsage|terminverschiebung|terminänderung|terminverlegung|interviewabsage|interviewverschiebung|ersatztermin|ausweichtermin|alternativtermin|interviewtermin|interviewtermins|gesprächstermin|gesprächstermins)",
        r"(?:neue[nr]?|andere[nr]?) @(termin|gesprächstermin|interviewtermin|uhrzeit)",
        r"(?:freuen uns|freue mich) (?:\S+ ){0,3}auf (?:das|unser|ein) (?:\S+ )?@(gespräch|treffen|kennenlernen|interview)",
    ),
    Act.TEST_INVITE: (
        r"@(bearbeiten|absolvieren|teilnehmen|lösen|durchführen|einladen|ausfüllen|bearbeitung) (?:\S+ ){0,8}(?:<TEST>)",
        r"(?:<TEST>) (?:\S+ ){0,8}@(bearbeiten|absolvieren|teilnehmen|lösen|durchführen|einladen|link|zeit|frist|einladung)",
        r"@(persönlichkeitstest|persönlichkeitsfragebogen|leistungstest|kompetenztest|testaufgabe|einstellungstest|eignungstest|probeaufgabe|fallstudie|programmieraufgabe|online-test|online-assessment)",
    ),
    Act.TEST_DONE: (
        r"@(danke|dank) (?:\S+ ){0,6}(?:bearbeitung|teilnahme|einreichung|lösung|absolvierung|<TEST>)",
        r"(?:<TEST>) (?:\S+ ){0,6}@(abgeschlossen|eingegangen|erhalten|eingereicht|absolviert)",
    ),
    Act.OFFER_TERMS: (
        r"@(vertragsangebot|arbeitsvertrag|jobangebot|stellenangebot|zusage|angebotsschreiben|dienstvertrag|vertragsentwurf|vertragsunterlagen|anstellungsvertrag)",
        r"@(freuen|freue) (?:\S+ ){0,5}(?:<SIE>) (?:\S+ ){0,6}(?:anbieten|anzubieten|zusagen|zuzusagen|zusage|einzustellen|willkommen|begrüßen)",
        r"@(willkommen) (?:im team|bei uns|an bord|in unserem)",
        r"@(angebot) (?:\S+ ){0,5}(?:stelle|position|unterschr\w+|annehmen|als|unterbreiten)",
    ),
    Act.JOB_TERMS: (
        r"@(jahresgehalt|bruttogehalt|gehalt|vergütung|eintrittsdatum|arbeitsbeginn|startdatum|vollzeit|teilzeit|homeoffice|gehaltsvorstellung|gehaltsspanne)",
    ),
    Act.ASK_INFO: (
        r"@(bitte) (?:\S+ ){0,8}(?:senden|schicken|zusenden|hochladen|nachreichen|ausfüllen|ergänzen|mitteilen|übermitteln)",
        r"@(fehlende|fehlen|weitere|folgende|benötigen|zeugnisse|gehaltsvorstellung|referenzen|nachweise) (?:\S+ ){0,4}(?:unterlagen|dokumente|informationen|angaben|<SIE>|zeugnisse|noch)",
        r"@(datenschutz|einwilligung|einverständnis) (?:\S+ ){0,4}(?:bestätigen|zustimm\w+|erteilen|geben)",
    ),
    Act.PROGRESS: (
        r"@(stand|status|update|rückmeldung|neuigkeiten|zwischenstand|zwischenbescheid|feedback) (?:\S+ ){0,4}(?:<BEW>|bewerbungsprozess|gibt|zu)",
        r"@(zwischenbescheid|verzögert|verzögerung|verzögern|geduld)",
        r"@(noch) (?:\S+ ){0,4}(?:in bearbeitung|im auswahlprozess|prüf\w+|zeit)",
    ),
    Act.PITCH: (
        r"auf (?:ihr|dein|das) (?:\S+ )?@(profil) (?:\S+ ){0,4}(?:aufmerksam|gestoßen)",
        r"@(aufmerksam) geworden",
        r"@(aufmerksam) auf (?:ihr|dein)",
        r"@(spannende|interessante|neue|attraktive) (?:\S+ ){0,3}(?:position|stelle|herausforderung|vakanz|möglichkeit|rolle|projekt)",
        r"@(personalberater|personalberatung|personalvermittlung|headhunter|recruiterin|personaldienstleister|personalberaterin)",
        r"@(mandanten|kunden|auftraggeber|klienten) (?:\S+ ){0,4}(?:such\w+|aus|eine)",
        r"für (?:unseren|einen|meinen) @(kunden|mandanten|auftraggeber)",
        r"@(offen|interesse|wechsel|wechselwillig|vorstellbar) (?:\S+ ){0,4}(?:für|an|neue\w*|stelle|position|herausforderung|wechsel)",
    ),
    Act.DIGEST_ITEM: (
        r"@(neue|passende|aktuelle|ähnliche|empfohlene|weitere) (?:\S+ ){0,2}(?:jobs|stellenangebote|stellen|jobangebote|stellenanzeigen)",
        r"@(jobagent|jobalarm|jobalert|suchauftrag|jobempfehlungen|jobnewsletter|job-newsletter|jobmail|jobvorschläge|suchagent)",
    ),
    Act.ACCOUNT: (
        r"@(passwort|kennwort|bestätigungscode|sicherheitscode|anmeldung|einmalcode|verifizierungscode)",
        r"@(konto|benutzerkonto|account|kundenkonto) (?:\S+ ){0,4}(?:bestätigen|aktivieren|erstellt|gesperrt|angelegt)",
        r"@(bestätigen|aktivieren) (?:\S+ ){0,4}(?:e-mail-adresse|konto|registrierung|anmeldung)",
    ),
    Act.COMMERCE: (
        r"@(bestellung|rechnung|lieferung|sendung|paket|zahlung|versandt|warenkorb|sendungsverfolgung|buchung|kontoauszug|versand)",
    ),
    Act.PROMOTION: (
        r"@(rabatt|angebote|gutschein|aktion|sale|gewinnspiel|webinar|veranstaltung|sonderangebot|gratis|kostenlos|sparen|seminar|messe|jobmesse|karrieremesse|newsletter)",
    ),
    Act.CHATTER: (
        r"@(geburtstag|abendessen|wochenende|urlaub|grillen|mama|papa|liebe familie|elternabend|verein|mietvertrag|wohnung)",
        r"@(zahnarzt|zahnarzttermin|zahnarztpraxis|arzttermin|hausarzt|arztpraxis|tierarzt|tierarzttermin|friseur|friseurtermin|friseursalon|werkstatt|werkstatttermin|reifenwechsel|autohaus|impftermin|physiotherapie|behandlungstermin|sprechstunde)",
    ),
    Act.OTHER_APPLICATION: (
        r"@(antrag|anträge) (?:\S+ ){0,3}(?:auf|für|wurde|ist)",
        r"@(kreditantrag|bauantrag|wohnungsbewerbung|mietinteressenten|kindergeldantrag|studienbewerbung|parkausweis|stipendium)",
    ),
    Act.EMPLOYEE: (
        r"@(gehaltsabrechnung|lohnabrechnung|kündigung|betriebsrat|urlaubsantrag|krankmeldung|betriebsausflug|arbeitszeitnachweis)",
    ),
    Act.CANDIDACY: (
        r"@(bewerbung|bewerbungsprozess|bewerber|bewerberin|bewerbungsunterlagen|bewerbungsverfahren|kandidat|kandidaten|kandidatin|auswahlverfahren)",
        r"@(stelle|position|vakanz|stellenausschreibung|praktikum|traineeprogramm|karriere|arbeitgeber|personalabteilung|recruiting|lebenslauf)",
    ),
}
