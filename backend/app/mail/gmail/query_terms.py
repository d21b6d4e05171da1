"""The words of job mail, by language and by what the mail does: for searching on the server, before anything is read.

Written broadly on purpose. What is found too much costs a fetch, and is judged like any other mail; what is missed
comes only with the rest of the window. A word here must stand in the mail as a whole word, in this form.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`subjects` say enough when they stand in a subject, `phrases` wherever they stand, `weak` words only in mail
    that is not advertising, from a social network or a forum."""

    subjects: tuple[str, ...]
    phrases: tuple[str, ...]
    weak: tuple[str, ...] = ()


def _read(text: str) -> tuple[str, ...]:
    """The terms of lines like `act: one term | another`."""
    terms = [term.strip() for line in text.strip().splitlines() for term in line.partition(":")[2].split("|")]
    return tuple(dict.fromkeys(term for term in terms if term))


_ENGLISH = Vocabulary(
    subjects=_read("""
        apply: application | applications | applied | applying | applicant | applicants | candidacy | candidate
        meet: interview | interviews | interviewing | phone screen | phone call | video call | availability | chat
        test: assessment | coding challenge | coding test | take home | technical test | case study | assignment
        offer: offer | employment | compensation | salary | hired | selected | start date | contract
        enter: onboarding | background check | reference check | references | first day | welcome aboard
        people: recruiter | recruiting | recruitment | hiring | talent | careers | HR
        post: position | positions | vacancy | requisition | role | roles | opening | openings | opportunity
        kinds: engineer | developer | analyst | designer | manager | internship | intern | job | career
        self: resume | CV | cover letter | your profile | your background | your experience
        go on: next steps | next step | next round | final round
    """),
    phrases=_read("""
        apply: your application | application process | you applied | for applying | have applied | your candidacy
        interest: your interest in | interest in joining | interest in our | interest in working | for your interest
        send: your resume | your CV | your cover letter | attached resume | resume attached | attached my resume
        review: under review | hiring process | recruitment process | recruiting process | selection process
        decline: other candidates | another candidate | other applicants | not to move forward | candidate whose
        decline: not be moving forward | not moving forward | not to proceed | not be proceeding | unable to offer
        decline: been filled | not been selected | not selected | were not successful
        decline: regret to inform | future openings | future opportunities | future positions | keep you in mind
        decline: your job search | career search | different direction | unsuccessful on this occasion
        meet: an interview | interview with | your interview | the interview | interview process | interviewing with
        meet: phone interview | video interview | technical interview | onsite interview | interview for | interviewed
        meet: phone screen | next round | final round | schedule a call | schedule a time | set up a call | quick call
        meet: your availability | available for a call | chat with you | speak with you | meet the team | quick chat
        test: coding challenge | coding test | coding exercise | technical assessment | online assessment
        test: skills assessment | take home | technical test | technical challenge | aptitude test | complete the test
        test: the assessment | this assessment | assessment link
        offer: offer letter | job offer | offer of employment | pleased to offer you | delighted to offer you
        offer: happy to offer you | excited to offer you | thrilled to offer you | extend an offer | extend you an offer
        offer: formal offer | written offer | verbal offer | your offer | accept the offer | accept this offer
        offer: base salary | annual salary | starting salary | salary of | start date | employment contract
        offer: employment agreement | employee benefits | signing bonus | have been selected | you've been selected
        enter: welcome aboard | welcome to the team | joining our team | join our team | joining the team
        enter: background check | reference check | your first day | look forward to working with you
        reach: your profile | your background | your LinkedIn | LinkedIn profile
        reach: open role | open position | this role | this position | the position
        reach: great fit | good fit | strong fit | perfect fit | great match | strong match | our client | my client
        reach: career opportunity | job opportunity | exciting opportunity | new opportunity | opportunity at
        reach: opportunity with | we are hiring | we're hiring | currently hiring | hiring for | looking to hire
        reach: job description | years of experience | full time | contract role | contract position
        people: hiring manager | hiring team | recruiting team | recruitment team | talent team | talent acquisition
        people: talent partner | people team | people operations | human resources | HR team | recruiter | headhunter
        plus: application submitted | application for the | applications for | for the post of | screening call
        plus: available times | interviewer | extending an offer | offer you the job
        plus: offer you the role | most recent resume | updated resume | updated CV | we recruit | is hiring a
        plus: is hiring an | vacancy
    """),
    weak=(
        "interview",
        "interviews",
        "interviewing",
        "role",
        "roles",
        "hiring",
        "candidate",
        "applicant",
        "applicants",
    ),
)

_GERMAN = Vocabulary(
    subjects=_read("""
        apply: Bewerbung | Bewerbungen | Bewerbungseingang | Bewerbungsunterlagen | Bewerbungsstatus | Bewerber
        apply: Bewerberin | Initiativbewerbung | Eingangsbestätigung | beworben | Kandidatur | Unterlagen
        meet: Bewerbungsgespräch | Vorstellungsgespräch | Kennenlerngespräch | Kennenlernen | Telefoninterview
        meet: Videointerview | Interview | Interviewtermin | Gespräch | Gesprächstermin | Gesprächseinladung
        meet: Telefonat | Videocall | Probetag | Probearbeiten | Terminvorschlag | Terminbestätigung
        test: Eignungstest | Einstellungstest | Probeaufgabe | Arbeitsprobe | Fallstudie | Onlinetest | Testaufgabe
        offer: Jobangebot | Stellenangebot | Vertragsangebot | Arbeitsvertrag | Angebot | Zusage | Vertrag
        enter: Arbeitsbeginn | erster Arbeitstag | Willkommen im Team | Onboarding
        decline: Absage | Ihre Anfrage
        post: Stelle | Stellenausschreibung | Stellenanzeige | Position | Praktikum | Werkstudent | Job | Karriere
        people: Recruiting | Personalabteilung | Personalvermittlung | Lebenslauf | Ihr Profil | dein Profil
    """),
    phrases=_read("""
        apply: Ihre Bewerbung | Ihrer Bewerbung | deine Bewerbung | deiner Bewerbung | meine Bewerbung | eure Bewerbung
        apply: Ihre Unterlagen | deine Unterlagen | Bewerbungsunterlagen | beworben | Bewerbungseingang | Ihr Lebenslauf
        interest: Interesse an der | Interesse an einer | Interesse an unserem | Interesse an unserer | Ihr Interesse
        interest: dein Interesse | Interesse an einem
        review: Bewerbungsprozess | Bewerbungsverfahren | Auswahlverfahren | Auswahlprozess | Bewerbungsstatus
        review: Bewerberauswahl | Bewerbungslage | Rückmeldung zu Ihrer | Rückmeldung zu deiner
        decline: andere Kandidaten | anderen Kandidaten | andere Bewerber | anderen Bewerbern | andere Bewerberin
        decline: anderen Bewerber | andere Kandidatin | nicht berücksichtigen | nicht in die engere | anderweitig
        decline: bedauern | Absage | leider mitteilen | leider keine | nicht weiter verfolgen
        decline: Bewerberpool | Talentpool
        decline: alles Gute für | viel Erfolg bei | beruflichen Weg | beruflichen Zukunft | berufliche Zukunft
        meet: Vorstellungsgespräch | Bewerbungsgespräch | Kennenlerngespräch | Telefoninterview | Videointerview
        meet: persönlichen Gespräch | persönliches Gespräch
        meet: kennenlernen | zum Interview | erstes Gespräch | zweites Gespräch | ersten Gespräch
        meet: nächste Runde | zweite Runde | Probearbeiten | Probetag | Gesprächstermin
        test: Einstellungstest | Eignungstest | Probeaufgabe | Coding Challenge | Testaufgabe | Fallstudie
        test: Online-Test
        offer: Arbeitsvertrag | Vertragsentwurf | Vertragsangebot | Jobangebot | Stellenangebot | Jahresgehalt
        offer: Bruttojahresgehalt | Gehaltsvorstellung | Gehaltsvorstellungen | Eintrittstermin | Eintrittsdatum
        offer: Arbeitsbeginn | Zusage | Startdatum | Probezeit
        enter: Willkommen im Team | im Team begrüßen | ersten Arbeitstag
        reach: Ihr Profil | dein Profil | offene Stelle | offene Position | vakante Position | die Stelle | der Stelle
        reach: Stellenausschreibung | Stellenanzeige | neue Herausforderung | berufliche Herausforderung | die Position
        reach: passende Stelle | mein Mandant | unseren Mandanten | unser Kunde sucht | wechselwillig
        people: Personalabteilung | Personalreferentin | Personalreferent | Personalberatung | Recruiterin | Recruiter
        people: Talent Acquisition | Personalgewinnung
    """),
    weak=("Interview", "Gespräch", "Gespräche", "Kandidat", "Kandidatin", "Stelle", "Rolle"),
)

_FRENCH = Vocabulary(
    subjects=_read("""
        apply: candidature | candidatures | candidat | candidate | postulé | postulation | accusé de réception | dossier
        meet: entretien | entretiens | rendez-vous | échange | convocation | disponibilités | visio
        test: test technique | étude de cas | évaluation | exercice technique | test en ligne
        offer: contrat | embauche
        offer: proposition | rémunération | votre offre | notre offre
        post: poste | recrutement | recruteur | recruteuse | stage | alternance | emploi | opportunité | CDI | CDD
        self: votre profil | ton profil | votre CV | ton CV | lettre de motivation
        decline: suite à votre | réponse à votre | refus
    """),
    phrases=_read("""
        apply: votre candidature | ta candidature | ma candidature | avez postulé | as postulé | postuler
        apply: votre dossier de candidature | lettre de motivation | votre CV | ton CV | mon CV
        interest: votre intérêt pour | l'intérêt que vous | intérêt porté | intérêt pour notre | ton intérêt pour
        review: processus de recrutement | processus de sélection | étude de votre | examen de votre | étudier votre
        decline: pas donner suite | pas donner une suite | suite favorable | pas retenu | pas retenue | pas été retenue
        decline: d'autres candidats | autres candidatures | autre candidat | autre profil | vivier | avons le regret
        decline: au regret de | malheureusement | bonne continuation | recherche d'emploi | vos recherches
        meet: un entretien | entretien téléphonique | votre entretien | l'entretien | entretien avec | cet entretien
        meet: vous rencontrer | te rencontrer | vos disponibilités | tes disponibilités | échanger avec vous
        meet: échanger avec toi | prochain entretien | deuxième entretien | second entretien | prochaine étape
        test: test technique | étude de cas | exercice technique | cas pratique | tests en ligne | évaluation technique
        offer: promesse d'embauche | proposition d'embauche | contrat de travail
        offer: rejoindre notre équipe | rejoindre l'équipe | rejoindre nos équipes
        offer: rémunération | salaire annuel | brut annuel | période d'essai | prise de poste | date de début
        offer: bienvenue dans l'équipe | plaisir de vous proposer | plaisir de te proposer
        reach: votre profil | ton profil | votre parcours | ton parcours | poste de | le poste | ce poste
        reach: opportunité professionnelle | nouvelle opportunité | nous recrutons | nous recherchons | recherche un
        reach: mon client | notre client | offre d'emploi
        people: ressources humaines | équipe recrutement | chargée de recrutement | chargé de recrutement | recruteur
        people: responsable recrutement | recruteuse | service RH | équipe RH
    """),
    weak=("entretien", "entretiens", "candidat", "candidate", "poste", "recrutement", "embauche"),
)

_SPANISH = Vocabulary(
    subjects=_read("""
        apply: candidatura | postulación | inscripción | candidato | candidata | has aplicado
        meet: entrevista | entrevistas | videollamada | disponibilidad | reunión
        test: prueba técnica | evaluación técnica | caso práctico | prueba online
        offer: oferta | contrato | incorporación
        post: vacante | puesto | empleo | trabajo | selección | oportunidad | prácticas
        self: tu perfil | su perfil | currículum | tu CV | su CV
        people: reclutamiento | reclutador | reclutadora
    """),
    phrases=_read("""
        apply: tu candidatura | su candidatura | tu postulación | su postulación | mi candidatura | tu solicitud
        apply: su solicitud | has aplicado | ha aplicado | te has inscrito | se ha inscrito | tu currículum | tu CV
        apply: su currículum | su CV | gracias por aplicar | gracias por postular | gracias por postularte
        interest: tu interés en | su interés en | interés por formar | tu interés por | su interés por
        interest: interés en formar
        review: proceso de selección | proceso selectivo | proceso de reclutamiento | revisando tu | evaluando tu
        decline: otros candidatos | otro candidato | otras candidaturas | otros perfiles | no continuar
        decline: no seguir adelante | no has sido | no ha sido seleccionado | no ha sido seleccionada | lamentamos
        decline: sentimos comunicarte | sentimos comunicarle | futuras vacantes | futuras oportunidades | mucha suerte
        meet: una entrevista | la entrevista | tu entrevista | su entrevista | entrevista con | agendar una
        meet: tu disponibilidad | su disponibilidad | siguiente fase | próxima fase | próxima etapa | conocerte
        test: prueba técnica | caso práctico | prueba de código | evaluación técnica | reto técnico
        offer: oferta de trabajo | oferta laboral | oferta de empleo | contrato de trabajo | carta oferta
        offer: salario bruto | bruto anual | salario anual | fecha de incorporación | tu incorporación
        offer: bienvenido al equipo | bienvenida al equipo | unirte a nuestro
        reach: tu perfil | su perfil | tu experiencia | el puesto | la vacante | la posición | puesto de | vacante de
        reach: estamos buscando | buscamos un | buscamos una | nuestro cliente | oportunidad laboral | nueva oportunidad
        people: recursos humanos | equipo de selección | equipo de talento | reclutador | reclutadora
        people: adquisición de talento
    """),
    weak=("entrevista", "entrevistas", "vacante", "puesto", "candidato", "candidata"),
)

_PORTUGUESE = Vocabulary(
    subjects=_read("""
        apply: candidatura | inscrição | candidato | candidata | processo seletivo
        meet: entrevista | entrevistas | videochamada | disponibilidade | conversa
        test: teste técnico | desafio técnico | avaliação | estudo de caso
        offer: proposta | contrato | admissão | contratação
        post: vaga | vagas | emprego | oportunidade | recrutamento | seleção | estágio | cargo
        self: seu perfil | teu perfil | currículo | seu CV
        people: recrutador | recrutadora
    """),
    phrases=_read("""
        apply: sua candidatura | tua candidatura | minha candidatura | sua inscrição
        apply: se candidatou | te candidataste | se candidatar | seu currículo | teu currículo | seu CV | teu CV
        interest: seu interesse em | teu interesse em | interesse na vaga | interesse em fazer parte
        interest: interesse demonstrado | seu interesse na | teu interesse na | interesse pela vaga
        review: processo seletivo | processo de seleção | processo de recrutamento | analisando a sua | analisar a tua
        decline: outros candidatos | outro candidato | outras candidaturas | não seguir | não avançar
        decline: não dar continuidade | não foi selecionado | não foi selecionada | não foste selecionado | infelizmente
        decline: lamentamos | banco de talentos | futuras oportunidades | boa sorte
        meet: uma entrevista | a entrevista | sua entrevista | tua entrevista | entrevista com | agendar uma
        meet: sua disponibilidade | tua disponibilidade | próxima etapa | próxima fase | conversar com você
        meet: te conhecer | bater um papo
        test: teste técnico | desafio técnico | estudo de caso | avaliação técnica | teste online
        offer: proposta de emprego | proposta de trabalho | carta proposta | contrato de trabalho | oferta de emprego
        offer: salário bruto | remuneração | data de início | data de admissão | bem-vindo à equipe
        offer: bem-vinda à equipe | bem-vindo à equipa | bem-vinda à equipa | oferecer-te
        reach: seu perfil | teu perfil | sua experiência | a vaga | da vaga | vaga de | a posição
        reach: estamos buscando | estamos à procura | procuramos um | procuramos uma | nosso cliente | nova oportunidade
        people: recursos humanos | equipe de recrutamento | equipa de recrutamento | recrutador | recrutadora
        people: aquisição de talentos
    """),
    weak=("entrevista", "entrevistas", "vaga", "candidato", "candidata", "recrutamento"),
)

_DUTCH = Vocabulary(
    subjects=_read("""
        apply: sollicitatie | sollicitaties | sollicitatieprocedure | gesolliciteerd | sollicitant | kandidaat
        apply: ontvangstbevestiging
        meet: sollicitatiegesprek | kennismakingsgesprek | kennismaking | gesprek | interview | beschikbaarheid
        meet: meeloopdag
        test: assessment | technische test | opdracht | case
        offer: arbeidsovereenkomst | arbeidscontract | aanbod | contract | arbeidsvoorwaarden | aanstelling
        decline: afwijzing
        post: vacature | vacatures | functie | baan | stage | werving | personeel
        self: jouw profiel | uw profiel | je profiel | je cv | uw cv | motivatiebrief
    """),
    phrases=_read("""
        apply: jouw sollicitatie | je sollicitatie | uw sollicitatie | mijn sollicitatie | gesolliciteerd
        apply: sollicitatie ontvangen | jouw cv | je cv | uw cv | motivatiebrief
        interest: je interesse in | uw interesse in
        interest: jouw interesse in | getoonde interesse
        review: sollicitatieprocedure | sollicitatieproces | selectieprocedure | selectieproces | wervingsprocedure
        decline: andere kandidaten | andere kandidaat | niet verder te gaan | niet uit te nodigen | helaas
        decline: afgewezen | afwijzing | niet geselecteerd | beter aansluit | beter aansluiten | veel succes
        meet: sollicitatiegesprek | kennismakingsgesprek | kennis te maken | eerste gesprek | tweede gesprek
        meet: uitnodigen voor een | een gesprek | jouw beschikbaarheid | je beschikbaarheid | uw beschikbaarheid
        meet: volgende ronde
        test: technische test | technische opdracht | capaciteitentest | online assessment | casus
        offer: arbeidsovereenkomst | arbeidscontract | arbeidsvoorwaarden | bruto per maand | bruto per jaar
        offer: een aanbod | jaarsalaris | startdatum | welkom in het team | welkom bij het team | proeftijd
        reach: jouw profiel | je profiel | uw profiel | de functie | deze functie | functie van | de vacature
        reach: deze vacature | wij zoeken een | we zoeken een | op zoek naar een | nieuwe uitdaging | opdrachtgever
        people: personeelszaken | afdeling HR | recruitment team | talent acquisition | recruiter
    """),
    weak=("sollicitatie", "vacature", "functie", "kandidaat"),
)

# The languages of the page's first users, most common in job mail first.
VOCABULARIES: dict[str, Vocabulary] = {
    "en": _ENGLISH,
    "de": _GERMAN,
    "fr": _FRENCH,
    "es": _SPANISH,
    "pt": _PORTUGUESE,
    "nl": _DUTCH,
}
