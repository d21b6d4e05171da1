"""The French grammar: sentences and plans."""

from __future__ import annotations

from app.classification.corpus.plans import parse_plans

POOLS: dict[str, tuple[str, ...]] = {
    "greeting": ("Bonjour,", "Bonjour [first],", "Madame, Monsieur,", "Chère candidate, cher candidat,", ""),
    "closing": (
        "Cordialement,\n[recruiter]\n[company]",
        "Bien cordialement,\nL'équipe recrutement",
        "Bien à vous,\n[recruiter]",
        "",
    ),
    "thanks": (
        "{Nous vous remercions|Merci} {de|pour} {l'intérêt que vous portez à [company]|votre candidature au poste de [title]|votre intérêt pour notre entreprise|le temps consacré à votre candidature}.",
    ),
    "received": (
        "{Nous avons bien reçu|Nous accusons réception de} votre candidature{ pour le poste de [title]|}.",
        "Votre candidature {a bien été reçue|a bien été enregistrée|nous est bien parvenue|a été transmise à l'employeur}.",
        "Vous avez postulé à l'offre [title].",
    ),
    "review": (
        "{Nous allons étudier|Notre équipe va examiner|Nous étudierons} votre {profil|dossier|candidature} {avec attention|dans les meilleurs délais}.",
        "{Si votre profil correspond, nous|Nous} {vous contacterons|reviendrons vers vous} {rapidement|pour un entretien|prochainement}.",
        "Sans réponse de notre part sous trois semaines, veuillez considérer que votre candidature n'a pas été retenue.",
    ),
    "aftertalk": (
        "Merci pour {notre échange|l'entretien|le temps accordé lors de notre entretien}{ du [date]|}.",
        "Suite à notre {entretien|échange}, je reviens vers vous.",
    ),
    "decline": (
        "{Malheureusement, |Nous sommes au regret de vous informer que |Après étude attentive, }{nous ne pouvons pas donner une suite favorable à votre candidature|votre candidature n'a pas été retenue|votre profil ne correspond pas à nos besoins|nous n'avons pas retenu votre profil}.",
        "Nous avons {choisi|décidé de retenir} {un autre candidat|d'autres profils}.",
        "Votre candidature a été {refusée|déclinée}{ par l'employeur|}.",
        "Le poste {est désormais pourvu|a été pourvu}.",
    ),
    "luck": (
        "Nous vous souhaitons {bonne chance|une bonne continuation|pleine réussite} dans {vos recherches|la suite de votre parcours}.",
    ),
    "keep": (
        "Nous {conservons|gardons} votre CV dans {notre base|notre vivier} pour de futures opportunités.",
    ),
    "invite": (
        "{Nous souhaitons|Nous aimerions|Je souhaiterais} {vous rencontrer|vous proposer un entretien|échanger avec vous lors d'un entretien téléphonique|vous inviter à un entretien}.",
        "Votre profil a retenu notre attention et nous vous convions à un {premier|second} entretien.",
        "La prochaine étape est un entretien en visioconférence.",
    ),
    "slots": (
        "{Pourriez-vous|Merci de} {m'indiquer|nous communiquer} vos disponibilités{ pour la semaine prochaine|}.",
        "Votre entretien est {confirmé|prévu} le [date] à 10 heures.",
        "Quel créneau vous conviendrait ?",
        "Date : [date]\nLieu : nos bureaux",
    ),
    "resched": (
        "{Malheureusement, nous|Nous} {devons|sommes contraints de|sommes obligés de} {reporter|annuler|décaler} {votre entretien|notre rendez-vous|l'entretien} {de [weekday]|du [date]|prévu [weekday]}.",
        "{Votre entretien|L'entretien prévu le [date]} {est|a été} {reporté|décalé|déplacé} au [date] à 15 heures.",
        "L'entretien de [weekday] {est annulé|ne pourra pas avoir lieu}{ : le responsable est souffrant|}.",
        "{Nous vous proposons|Je vous propose} une nouvelle date : le [date] à 10 heures.",
        "Nous reviendrons vers vous {très vite |}avec une nouvelle date.",
        "Merci de votre compréhension.",
        "{Seriez-vous disponible|Cela vous conviendrait-il} [weekday] à la même heure ?",
    ),
    "test": (
        "{Nous vous invitons à|Merci de} {réaliser|passer|compléter} {un test technique|une évaluation en ligne|un exercice|une étude de cas}{ avant le [date]|}.",
        "Le test dure environ 45 minutes.",
    ),
    "offer": (
        "{Nous avons le plaisir de|C'est avec plaisir que nous souhaitons} vous proposer {le poste de [title]|un contrat de travail}.",
        "Vous trouverez ci-joint {votre promesse d'embauche|le contrat de travail à signer|notre proposition d'embauche}.",
        "Bienvenue dans l'équipe !",
    ),
    "progress": (
        "Votre candidature est {toujours |}en cours {d'étude|de traitement}.",
        "Le processus de recrutement prend du retard, merci de votre patience.",
        "Votre candidature a été {mise en attente|transférée à un autre service|consultée par l'employeur}.",
        "Merci de nous transmettre les documents manquants.",
    ),
    "pitch": (
        "Je suis {chargée de recrutement|consultante en recrutement} chez [agency].",
        "Votre profil a attiré mon attention{ sur LinkedIn|}.",
        "Mon client recherche {un|une} [title] à [city].",
        "Seriez-vous {à l'écoute du marché|ouvert à de nouvelles opportunités} ?",
        "Envoyez-moi votre CV à jour si le poste vous intéresse.",
    ),
    "alert": (
        "[n] nouvelles offres d'emploi pour vous",
        "Votre alerte emploi [title]",
        "[title]\n[company]\n[city]\nPostuler",
        "Voir toutes les offres | Se désabonner",
    ),
    "private": (
        "Votre rendez-vous chez {le dentiste|le coiffeur|le médecin|le vétérinaire} {de [weekday] |}{est annulé|est reporté au [date]|est décalé}.",
        "Nous vous rappelons votre rendez-vous {au garage|chez le dentiste|avec le docteur} le [date] à 10 heures.",
        "La réunion de l'école de [weekday] est annulée.",
        "Merci de nous appeler pour choisir un autre créneau.",
    ),
    "noise": (
        "Votre commande a été expédiée.",
        "Votre facture est disponible.",
        "Profitez de nos soldes jusqu'au [date].",
        "Votre code de vérification est 5[n]1.",
        "Merci de confirmer votre adresse e-mail pour activer votre compte.",
        "On dîne ensemble samedi ?",
        "Bon anniversaire, bisous !",
        "Découvrez notre nouvelle collection, livraison gratuite.",
        "Votre bulletin de salaire est disponible.",
        "La réunion de quartier est reportée au [date].",
    ),
}

PLANS = parse_plans("""
fr.received APPLICATION_RECEIVED ats
    greeting thanks:.6 received review*2 closing
    Votre candidature chez [company] ~ Accusé de réception ~ Candidature envoyée : [title]
fr.reject REJECTION own
    greeting thanks:.7 decline*2 keep:.3 luck:.7 closing
    Votre candidature ~ Réponse à votre candidature ~ Candidature [title]
fr.reject2 REJECTION own
    greeting aftertalk decline luck closing
    Suite à notre entretien
fr.invite INTERVIEW_REQUEST own
    greeting thanks:.3 invite slots*2 closing
    Entretien [title] ~ Proposition d'entretien ~ Convocation à un entretien
fr.resched INTERVIEW_REQUEST own
    greeting thanks:.25 resched*3 slots:.2 closing
    Report de votre entretien ~ Entretien annulé ~ Nouvelle date ~ Votre candidature ~ Changement d'horaire
fr.test ASSESSMENT own
    greeting thanks:.3 test*2 closing
    Test technique ~ Prochaine étape
fr.offer OFFER own
    greeting offer*2 closing
    Promesse d'embauche ~ Votre contrat
fr.status STATUS_UPDATE own
    greeting progress*2 closing
    Suivi de votre candidature ~ Votre candidature
fr.pitch RECRUITER_OUTREACH recruiter
    greeting pitch*3 closing
    Opportunité [title] ~ Votre profil
fr.alert JOB_ALERT alert
    alert*4
    [n] nouvelles offres ~ Alerte emploi
fr.none NOT_JOB_RELATED shop
    greeting:.5 noise*2 closing:.3
    Votre commande ~ Soldes ~ Confirmation ~ Samedi
fr.private NOT_JOB_RELATED shop
    greeting:.6 private*2 closing:.5
    Rendez-vous annulé ~ Votre rendez-vous ~ Rappel ~ Report de rendez-vous
""")
