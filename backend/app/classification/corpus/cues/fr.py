"""French cues."""

from __future__ import annotations

from app.classification.act_names import Act

FRAGMENTS = {
    "CAND": r"candidatures?|cv|dossiers?|profil|postulation",
    "POSTE": r"postes?|offres?|emploi|stage|alternance|mission|opportunit[ée]",
    "TALK": r"entretiens?|entrevues?|rendez-vous|[ée]change(?:r)?|rencontrer?|appel|visioconf[ée]rence|discuter|rencontre",
    "TEST": r"tests?|[ée]valuations?|exercices?|[ée]tudes? de cas|cas pratiques?|d[ée]fis?|questionnaires?",
}

CUES: dict[Act, tuple[str, ...]] = {
    Act.THANKS: (
        r"@(merci|remercions|remercie|remerciements) (?:\S+ ){0,9}(?:<CAND>|int[ée]r[êe]t|confiance|temps)",
        r"l'@(intérêt|interet) (?:\S+ ){0,4}(?:port\w+|manifest\w+|pour)",
    ),
    Act.AFTER_TALK: (
        r"@(merci|remercions|remercie|suite|après|lors) (?:\S+ ){0,8}(?:entretien|entrevue|[ée]change|rencontre)",
    ),
    Act.RECEIVED: (
        r"(?:<CAND>) (?:\S+ ){0,8}@(reçue|reçu|transmise|enregistrée|envoyée|parvenue|déposée|réception)",
        r"@(reçu|accusons|réception|confirmons|accuse) (?:\S+ ){0,5}(?:<CAND>|r[ée]ception)",
        r"@(merci|remercions) (?:\S+ ){0,4}(?:d'avoir postul[ée]|pour votre candidature|de votre candidature)",
        r"avez @postulé",
    ),
    Act.WILL_REVIEW: (
        r"@(étudier|examiner|étudions|examinons|étudiera|analyser|étudiée|examinée|étudierons|examinera|analysée|traiter|traitée) (?:\S+ ){0,5}(?:<CAND>|attentivement|attention|avec|par|dans|nos)",
        r"(?:<CAND>) (?:\S+ ){0,8}@(étudiée|examinée|étude|traitement|analysée|étudié|examen|étudier|examiner|traitée)",
    ),
    Act.CONTACT_IF_MATCH: (
        r"@(contacterons|recontacterons|reviendrons|contactera|recontacter|contacter|recontactera|reviendra|contacté|contactée) (?:\S+ ){0,6}(?:si|dans|rapidement|vers vous|bientôt|prochainement|afin|pour|vous|plus)",
        r"sans (?:r[ée]ponse|retour|nouvelles?) (?:\S+ ){0,6}@(considérer|délai|semaines|jours)",
    ),
    Act.DECLINE: (
        r"(?:pas|ne|n'a|n'avons|n'est|non|ni) (?:\S+ ){0,8}@(retenue|retenu|retenir|suite|poursuivre|favorablement|favorable|correspond|donner|aboutir|sélectionnée|sélectionné|sélectionner|positive|abouti|adéquation)",
        r"@(refusée|déclinée|rejetée|refuse|décliner|décliné|refusé)",
        r"@(autres|autre) (?:candidat\w*|profils?|personnes?) (?:\S+ ){0,8}(?:correspond\w*|ad[ée]quation|retenu\w*|plus|proches?|mieux)",
        r"(?:retenu|choisi|poursuivre avec|orient[ée]s? vers|privil[ée]gi[ée]) (?:\S+ ){0,3}@(autre|autres|candidat|candidats)",
        r"@(négative|défavorable)",
    ),
    Act.REGRET: (
        r"@(malheureusement|regret|regrettons|regretterions|désolés|désolé|hélas|désolée)",
        r"(?:examen|[ée]tude|analyse) (?:\S+ )?@(attentive|attentif|approfondie|approfondi|attentivement)",
    ),
    Act.FILLED: (
        r"(?:<POSTE>) (?:\S+ ){0,10}@(pourvu|pourvue|clôturé|clôturée|annulé|annulée|fermé|suspendu)",
        r"@(recrutement|processus) (?:\S+ ){0,4}(?:cl[ôo]tur[ée]|termin[ée]|suspendu|annul[ée])",
    ),
    Act.KEEP_ON_FILE: (
        r"@(conserver|conservons|conserverons|gardons|garder|garderons|vivier|cvthèque) (?:\S+ ){0,6}(?:<CAND>|base|contact|fichier|coordonn[ée]es|talents|entreprise)",
        r"@(futures|future|prochaines|ultérieures) (?:opportunit[ée]s?|besoins|postes|recrutements?)",
        r"@vivier",
    ),
    Act.WISH_LUCK: (
        r"@(souhaitons|souhaite|souhaiter) (?:\S+ ){0,8}(?:r[ée]ussite|succ[èe]s|bonne (?:chance|continuation)|meilleur|recherches?|plein)",
        r"bonne @(continuation|chance)",
    ),
    Act.REAPPLY: (
        r"(?:[àa]|de) (?:nouveau|nous) @(postuler|solliciter|recontacter)",
        r"@(postuler) (?:[àa] nouveau|[àa] d'autres)",
        r"(?:consulter|visiter) (?:\S+ ){0,4}@(offres|carrières|carrière|site)",
    ),
    Act.INVITE_TALK: (
        r"@(convier|inviter|invitons|invitation|convions|convoquer|convocation|proposer|proposons|souhaitons|souhaiterions|aimerions|planifier|programmer|souhaiterais|fixer|organiser) (?:\S+ ){0,9}(?:<TALK>)",
        r"@(entretien|entrevue) (?:\S+ )?(?:t[ée]l[ée]phonique|d'embauche|vid[ée]o|technique|rh|en visio)",
        r"(?:premier|deuxi[èe]me|prochain|second|prochaine) @(entretien|échange|étape|entrevue)",
        r"(?:vous|de vous) @(rencontrer)",
    ),
    Act.ASK_AVAILABILITY: (
        r"@(disponibilités|disponibilité|disponible|créneau|créneaux|disponibles)",
        r"@(convient|conviendrait|convenir|arrange|arrangerait)",
        r"(?:choisir|r[ée]server|s[ée]lectionner) (?:\S+ ){0,4}@(date|horaire|créneau|rendez-vous)",
    ),
    Act.FIXED_SLOT: (
        r"@(entretien|entrevue|rendez-vous|échange|visioconférence) (?:\S+ ){0,6}(?:annul[ée]e?|report[ée]e?|d[ée]cal[ée]e?|d[ée]plac[ée]e?|avoir lieu|se tenir)",
        r"@(reporter|reportons|décaler|décalons|déplacer|déplaçons|annuler|annulons|reprogrammer|reprogrammons|replanifier|modifier) (?:\S+ ){0,4}(?:entretien|entrevue|rendez-vous|[ée]change|appel|visio\w*|rencontre)",
        r"@(report|annulation|décalage|modification|changement|reprogrammation) (?:\S+ ){0,4}(?:entretien|d'entretien|l'entretien|entrevue|rendez-vous|appel|rencontre)",
        r"(?:nouvelle|autre|nouveau|nouvel) @(date|créneau|horaire|rendez-vous) (?:\S+ ){0,6}(?:entretien|entrevue|rendez-vous|[ée]change|propos\w*|vous)",
        r"@(proposons|propose|proposer|proposerons) (?:\S+ ){0,4}(?:nouvelle date|nouveau cr[ée]neau|autre cr[ée]neau|autre date|nouvel horaire|nouveau rendez-vous)",
        r"(?:<TALK>) (?:\S+ ){0,10}@(confirmé|prévu|fixé|lieu|heures|reporté|confirmée|prévue|planifié)",
        r"@(confirmation|confirmons|rappel|confirme) (?:\S+ ){0,6}(?:<TALK>)",
        r"@(lieu|date|heure|horaire): ?\S+",
    ),
    Act.TEST_INVITE: (
        r"@(réaliser|passer|compléter|effectuer|répondre|invitons|inviter|remplir|faire) (?:\S+ ){0,8}(?:<TEST>)",
        r"@(test|évaluation|exercice) (?:\S+ )?(?:technique|en ligne|de comp[ée]tences|de code|pratique)",
        r"étude de @cas",
        r"@cas pratique",
    ),
    Act.TEST_DONE: (
        r"@(merci|remercions|reçu) (?:\S+ ){0,8}(?:<TEST>)",
        r"(?:<TEST>) (?:\S+ ){0,5}@(terminé|reçu|complété|soumis|effectué|envoyé)",
    ),
    Act.OFFER_TERMS: (
        r"@(proposer|offrir|proposons|offrons|confirmer|faire) (?:\S+ ){0,6}(?:le poste|un poste|contrat|une offre|embauche|cdi|cdd|d'embauche)",
        r"@(promesse|offre|proposition|lettre|contrat) (?:d'embauche|d'engagement|de travail|d'emploi)",
        r"@(candidature) (?:\S+ ){0,4}(?:accept[ée]e|retenue)",
        r"@(bienvenue) (?:dans|parmi|chez|[àa] bord)",
        r"(?:vous avez|avez) [ée]t[ée] @(retenu|retenue|embauché|embauchée|sélectionné)",
    ),
    Act.JOB_TERMS: (r"@(salaire|rémunération|cdi|cdd|télétravail|prétentions|brut)",),
    Act.ASK_INFO: (
        r"@(transmettre|envoyer|fournir|communiquer|compléter|joindre|retourner) (?:\S+ ){0,7}(?:documents?|pi[èe]ces?|informations?|r[ée]f[ée]rences?|formulaire|justificatifs?|dossier|pr[ée]tentions)",
        r"@(pièces|documents) (?:\S+ ){0,3}(?:manquant\w*|suivant\w*|n[ée]cessaires)",
    ),
    Act.PROGRESS: (
        r"@(suivi|avancement|statut|état|nouvelles|point) (?:\S+ ){0,4}(?:<CAND>|recrutement)",
        r"(?:<CAND>) (?:\S+ ){0,10}@(attente|cours|transférée|transmise|ajoutée|consultée|vue|transféré)",
        r"@(patienter|patience|retard)",
    ),
    Act.PITCH: (
        r"votre @profil (?:\S+ ){0,5}(?:retenu|attir[ée]|int[ée]ress\w+|correspond\w*|attention|sur)",
        r"@(recherche|recherchons|recrute|recrutons) (?:\S+ ){0,4}(?:un|une|des|pour|actuellement)",
        r"(?:mon|notre|un|pour un de nos) @(client|clients)",
        r"@(ouvert|ouverte|écoute|intéressé|intéressée|opportunités|opportunité) (?:\S+ ){0,5}(?:opportunit[ée]s?|march[ée]|poste|professionnelle?|par|de nouvelles)",
        r"(?:cabinet de|chargée? de|consultante? en) @recrutement",
    ),
    Act.DIGEST_ITEM: (
        r"@(nouvelles|nouvelle|autres|dernières) offres?",
        r"offres? d'@emploi (?:\S+ ){0,4}(?:pour vous|correspond\w*|r[ée]centes?|du jour)",
        r"@(alerte|alertes) (?:emploi|job|offres?)",
    ),
    Act.ACCOUNT: (
        r"mot de @passe",
        r"@code (?:de v[ée]rification|de confirmation|de s[ée]curit[ée])",
        r"(?:activer|confirmer|v[ée]rifier|cr[ée]ation de|valider) (?:\S+ ){0,3}@(compte|adresse|inscription|email|e-mail)",
    ),
    Act.COMMERCE: (
        r"@(commande|facture|livraison|colis|paiement|expédié|panier|achat|remboursement|réservation|abonnement)",
    ),
    Act.PROMOTION: (
        r"@(promotion|promotions|soldes|réduction|remise|offrez|profitez|gratuit|webinaire|salon|livraison gratuite|prix|concours|cadeau)",
    ),
    Act.CHATTER: (
        r"@(dentiste|médecin|docteur|dr|vétérinaire|coiffeur|ordonnance|anniversaire|dîner|vacances|maman|papa|bisous|famille|école|appartement|loyer|propriétaire)",
    ),
    Act.OTHER_APPLICATION: (
        r"demande (?:de|d'|pour) (?:\S+ ){0,3}@(prêt|visa|logement|crédit|passeport|bourse|permis|subvention|carte|location)",
        r"@(parcoursup|inscription) (?:\S+ ){0,4}(?:universit[ée]|licence|master|formation)",
    ),
    Act.EMPLOYEE: (
        r"@(licenciement|licencié|congés)",
        r"fiche de @paie",
        r"bulletin de @(paie|salaire)",
    ),
    Act.CANDIDACY: (
        r"@(candidature|candidatures|candidat|candidats|candidate|recrutement|recruteur|recruteuse|postuler|postulé|embauche)",
        r"@(poste|stage|alternance|emploi|employeur|cv|entretien|entrevue)",
    ),
}
