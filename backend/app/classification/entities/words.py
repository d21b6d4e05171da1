"""Word tables that tell titles, names and boilerplate apart."""

from __future__ import annotations

import re
from functools import lru_cache

from app.companies.service import word_set

ROLE_WORDS = word_set(
    """
    accountant actuary administrator adviser advisor advocate agent analyst animator apprentice
    apprenticeship architect archivist artist assistant associate attorney auditor banker barista
    bartender biologist bookkeeper broker builder buyer caregiver caretaker carpenter cashier ceo cfo
    chemist chef cleaner clerk coach concierge consultant controller cook coo coordinator copywriter
    counsel counselor counsellor cto curator dba dentist designer developer devops dietitian director
    dispatcher driver economist editor educator electrician engineer entrepreneur estimator evangelist
    executive fellow fellowship foreman generalist geologist graduate graphic guard handler head
    illustrator inspector instructor intern interns internship interpreter interviewer investigator
    janitor journalist lawyer lead leader lecturer librarian linguist machinist maintainer manager
    marketer mathematician mechanic mentor merchandiser microbiologist modeler nurse officer operator
    optometrist owner painter paralegal paramedic partner pathologist pharmacist photographer physician
    physicist physiotherapist picker pilot planner plumber porter postdoc practitioner president
    principal processor producer professor programmer psychologist recruiter rep representative reporter
    researcher receptionist salesperson scheduler scientist scribe sde secretary sourcer specialist sre
    statistician steward stylist superintendent supervisor surgeon surveyor swe teacher technician
    technologist teller tester therapist trader trainee trainer translator tutor underwriter
    videographer vp waiter waitress welder writer student manageress sales coop co-op product praktikant
    praktikantin praktikum werkstudent werkstudentin entwickler ingenieur berater leiter leitung
    referent sachbearbeiter kaufmann kauffrau mitarbeiter informatiker techniker assistent assistenz
    architekt analytiker fachkraft projektleiter teamleiter trainee volontariat azubi ausbildung
    auszubildende verkäufer pfleger lehrer redakteur texter jurist buchhalter controllerin
    administratorin fachinformatiker produktmanager experte spezialist koordinator développeur
    développeuse ingénieur ingénieure responsable chargé chargée analyste stagiaire alternant alternante
    directeur directrice conseiller conseillère technicien technicienne comptable gestionnaire
    consultante rédacteur rédactrice vendeur vendeuse commercial commerciale infirmier infirmière
    formateur formatrice assistante architecte desarrollador desarrolladora ingeniero ingeniera analista
    consultor consultora diseñador gerente desenvolvedor engenheiro engenheira estagiário ontwikkelaar
    medewerker stagiair adviseur
    """
)
_ROLE_ENDS = (
    "entwickler",
    "ingenieur",
    "berater",
    "leiter",
    "manager",
    "entwicklung",
    "techniker",
    "referent",
    "leitung",
    "engineer",
    "developer",
    "designer",
    "kaufmann",
    "kauffrau",
    "mitarbeiter",
    "informatiker",
    "architekt",
    "assistent",
    "analyst",
    "spezialist",
    "student",
    "praktikant",
    "consultant",
    "kraft",
    "planer",
    "prüfer",
    "specialist",
    "ologist",
)
_ROLE_FIELDS = word_set(
    "engineering science development design research marketing analytics management programme program"
)
_GENDER = re.compile(r"(?:[*:_]|/-?|\()in(?:nen)?\)?$|(?<=[a-zäöü])in(?:nen)?$")
_WORD = re.compile(r"[^\W\d_][\w*:/'-]*")

# Words that no job title has: a stretch of text with one of them is a sentence.
NOT_IN_TITLE = word_set(
    """
    hinblick bezug auf dass your you we us our my me i they them their his her he she it its this that
    these those is are was were be been being am have has had will would could should can cannot may
    might do does did don't not no yes thank thanks please dear hi hello hey unfortunately however
    although because since if when whether what which who how why where there here regarding about
    interest interested applying applied apply application applications applicant candidate candidates
    candidacy resume cv interview interviews position positions role roles opening openings opportunity
    opportunities job jobs vacancy vacancies team's received receive receiving review reviewed reviewing
    consider considered considering selected select moving move forward proceed pursue decided decision
    filled closed update following recently currently time offer offers schedule scheduled invite
    invited invitation hope wish best regards sincerely congratulations confirm confirmed confirmation
    submitting submitted submission attached below above click link call chat meeting phone zoom today
    tomorrow yesterday week next step steps status let know looking forward depending intent duration a
    an letter assignment exercise challenge challenges candidate's manager's reach reached touch contact
    contacted want wanted like love glad happy pleased excited sorry regret inform told great well much
    many more most other others another similar such same different further sie ihre ihr wir uns unser
    unsere du dein deine bewerbung stelle leider vielen dank interesse haben sind ist wurde wird können
    möchten nous vous votre notre candidature poste merci malheureusement avons avez est re fw fwd aw wg
    tr
    """
)
# Generic words: alone (or only with each other) they are no title and no company.
GENERIC = word_set(
    """
    a an and the of for to in on at with from by or as new open current available vacant posted right
    full time part future current first second third final next other remote hybrid general various
    multiple several any all some above below aforementioned mentioned said advertised listed technical
    onsite phone virtual video initial team company organization organisation business department group
    office work working career careers employment hiring recruiting recruitment talent acquisition
    people hr human resources junior senior staff entry level mid lead head principal intern product
    sales graduate graphic student associate program online coding test challenge assessment task exam
    screening screen exercise software engineering it tech technology engineer developer die der das den
    dem des ein eine einen le la les un une de du des
    """
)
_ALONE_OK = frozenset({"engineer", "developer", "intern", "associate", "student"})
# Whom a mail names because they take part, not because the job is theirs.
_BAR = "|"
ALONE_NOT_TITLE = frozenset(
    "hiring manager|manager|recruiter|recruiters|interviewer|interviewers|interviewer's|representative"
    "|partner|officer|product|sales"
    "|leader|lead|head|owner|graduate|student|graphic|executive|president|coach|mentor|internship"
    "|interns|specialist|fellow|agent"
    "|technical recruiter|hiring managers|team lead|talent partner|coordinator|product team|sales team"
    "|engineers|developers|managers"
    "|mitarbeiter|experte|handler|leaders|master|buyer|guard|it".split(_BAR)
)

# Services that nearly every mail names (follow us, dial in); an employer only when the mail says so plainly.
SERVICES = word_set(
    """
    facebook twitter instagram youtube tiktok glassdoor linkedin x whatsapp telegram medium google zoom
    skype teams webex hackerrank codility codesignal calendly docusign indeed ziprecruiter monster
    github gitlab slack microsoft outlook gmail meta yahoo oracle adobe dropbox notion
    """
)
# Words that begin sentences, headings and salutations, or name what every company has.
NOT_COMPANY = word_set(
    """
    outcome result results decision feedback canceled cancelled aktualisiert abgesagt accepted declined
    interview we you your our us my me i he she it they this that these those the a an and or but so if
    when while as at in on to for from with by of about after before during since until hi hello hey
    dear thank thanks please unfortunately however although congratulations congrats best kind warm
    regards sincerely cheers respectfully yours welcome good great all any each every some many more
    most both application applications applicant applying applied candidate candidates candidacy
    interview interviews interviewing position positions role roles job jobs opening opportunity
    opportunities offer offers career careers resume cv portfolio team teams recruiting recruitment
    recruiter recruiters talent acquisition hiring people hr human resources manager department company
    companies organization client employer corporation group office campus university college update
    updates status confirmation confirmed confirm invitation reminder follow followup follow-up
    information important action required urgent notice notification registration received submission
    submitted selection selected next step steps schedule scheduled scheduling availability available
    online coding code technical phone video virtual onsite on-site in-person test challenge assessment
    assignment exercise task round final first second third screening screen call chat meeting
    conversation request response reply re fw fwd aw wg sv tr january february march april may june july
    august september october november december jan feb mar apr jun jul aug sep sept oct nov dec monday
    tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun spring summer fall
    autumn winter today tomorrow yesterday am pm est pst cst edt pdt cet utc gmt note news bad letter
    message mail email e-mail subject date time location place address link website site page portal
    name id number ref reference requisition req no yes ok not now then here there what why how where
    who which faq help support privacy policy terms conditions legal equal eeo inc llc ltd gmbh corp
    linkedin new open current future other another later internal external official formal bewerbung
    ihre ihr dein deine sie wir uns unser unsere leider vielen dank danke hallo guten tag sehr geehrte
    geehrter liebe lieber mit freundlichen grüßen herr frau einladung absage zusage eingangsbestätigung
    stelle interesse rückmeldung bestätigung kennenlernen vorstellungsgespräch votre notre nous vous
    merci bonjour madame monsieur cordialement candidature entretien poste suite agency excellent great
    do not complete back sr jr lehrling fachhochschule duration requirement urgent immediate need
    fulltime contract founder founders resume xyz abc covid covid-19 remote hybrid worldwide master
    bachelor phd mba ceo cto cfo coo vp svp evp
    """
)

# What stands before a profession in a title; alone such words are no company.
TITLE_MODIFIERS = word_set(
    """
    ai api automation backend bi big business cloud content creative customer data database deep design
    development devops digital distributed electrical embedded enterprise entry ethics experience field
    finance financial firmware frontend fullstack gcp aws azure full stack front end graphic hardware
    help desk html ios android java javascript python react node net php ruby rails go rust c c++ sql
    power bi tableau spark investment learning legal machine marketing market mechanical media ml mobile
    network operations platform procurement product program project qa quality assurance reliability
    research sales security site social software solution solutions support system systems supply chain
    talent technical test ui ux user video vision visual web civil chemical clinical industrial process
    production risk strategy success summer winter undergraduate
    """
)

FIRST_NAMES = word_set(
    """
    aaron abby abdul abigail adam aditi adrian aisha akash alan albert alejandro alex alexa alexander
    alexandra alexis ali alice alicia alison allison amanda amber amelia amit amy ana anders andrea
    andreas andrew andy angela anil anita anja ann anna anne annette anthony antonio arjun arthur ashley
    ashok austin barbara beatrice becky ben benjamin bernd beth bethany betty bill birgit bob brad
    bradley brandon brenda brent brian bridget brittany bruce bryan caitlin cameron camille carina carl
    carla carlos carmen carol caroline carolyn casey catherine cathy cecilia chad charles charlie
    charlotte chen chris christian christina christine christoph christopher cindy claire clara claudia
    colin connor courtney craig crystal cynthia daisy dan dana daniel daniela danielle dave david dawn
    dean deborah deepak denise dennis derek diana diane diego dirk dmitry dominik don donald donna
    dorothy doug douglas dylan ed eddie edward eleanor elena elise elizabeth ella ellen emily emma eric
    erica erik erin ethan eva evan evelyn fabian fatima felix fiona florian frances francesca francois
    frank franziska fred gabriel gabriela gary george gerald gina giulia gloria grace graham greg
    gregory hannah hans harold harry hassan heather heidi heike heinz helen helena henry holly hugo ian
    ines ingrid irene isaac isabel isabella ivan jack jackie jacob jacqueline jake james jamie jan jane
    janet janice jason javier jay jean jeff jeffrey jen jenna jennifer jenny jens jeremy jerry jess
    jesse jessica jill jim joan joanna jochen joe joel johannes john johnny jon jonas jonathan jordan
    jorge jose joseph josh joshua joyce juan judith judy julia julian julie jun justin kai karen karin
    karl karthik kate katharina katherine kathleen kathryn kathy katie katja katrin kayla keith kelly
    ken kenneth kerstin kevin kim kimberly kirsten klaus kristen kristin kristina kurt kyle lara larry
    lars laura lauren laurent lea leah lee lena leo leon leonie leslie lily linda lindsay lisa liz logan
    lori louis louise lucas lucia lucy luis luisa lukas luke lydia lynn madison maggie manish manuel
    marc marcel marco marcus margaret maria mariana marie marina mario marion mark markus martha martin
    martina mary mathias mathilde matt matthew matthias maureen max maya megan mehmet melanie melissa
    mia michael michaela michel michelle miguel mike mila mohamed mohammed molly monica monika morgan
    nadine nancy naomi natalia natalie natasha nathan neha neil nicholas nick nicole nikhil nina noah
    nora norbert oliver olivia omar oscar owen pablo pam pamela patricia patrick paul paula pauline
    pedro peggy peter petra phil philip philipp phillip pierre pooja prakash priya rachel rahul raj
    rajesh ralf ralph ramesh raymond rebecca renee ricardo richard rick rita robert roberto robin
    rodrigo roger roland ron ronald rosa rose ross roy ruth ryan sabine sabrina sally sam samantha
    samuel sandra sanjay sara sarah sascha scott sean sebastian sergio shannon sharon shawn sheila
    shelly sherry silvia simon simone sofia sonia sophia sophie stacey stacy stefan stefanie stella
    stephan stephanie stephen steve steven stuart sue sunil susan susanne suzanne svenja sven sylvia
    tamara tanja tanya tara taylor ted teresa terry theresa thomas thorsten tiffany tim timothy tina
    tobias todd tom tony tracy travis trevor tyler ulrich ulrike ursula uwe valentina valerie vanessa
    vera veronica victor victoria vijay vikram vincent virginia vivek walter wanda wendy wei werner will
    william wolfgang xavier yasmin yuki yusuf yvonne zach zachary zoe
    """
)


def role_words(text: str) -> list[str]:
    """The words of `text` (any case) that name a profession."""
    return [word for word in _WORD.findall(text.lower()) if is_role_word(word)]


@lru_cache(maxsize=16384)
def is_role_word(word: str) -> bool:
    """Whether one lower-case word names a profession, plural and German feminine included."""
    if word in ROLE_WORDS or word.rstrip("s") in ROLE_WORDS:
        return True
    stem = _GENDER.sub("", word)
    return (
        stem in ROLE_WORDS
        or any(len(stem) > len(end) and stem.endswith(end) for end in _ROLE_ENDS)
        or any(piece in ROLE_WORDS for piece in word.split("/"))
    )


@lru_cache(maxsize=8192)
def names_profession(text: str) -> bool:
    """Whether `text` reads like a job title: a profession in it, more than one generic word."""
    words = [word.strip("'*:/-") for word in _WORD.findall(text.lower())]
    if not any(is_role_word(word) for word in words):
        return False
    if len(words) == 1:
        return words[0] not in GENERIC or words[0] in _ALONE_OK
    return any(word not in GENERIC for word in words) or any(word in _ALONE_OK for word in words)


def names_field(text: str) -> bool:
    """Whether `text` names a field of work ("Data Science", "Software Engineering")."""
    return any(word in _ROLE_FIELDS for word in _WORD.findall(text.lower()))


def is_person_name(text: str) -> bool:
    """Whether `text` begins with a common first name and has the shape of a person's name."""
    words = text.split()
    return (
        1 <= len(words) <= 4
        and words[0].lower().strip(".,") in FIRST_NAMES
        and all(word[:1].isupper() for word in words)
    )
