"""Shipped tables: who carries job mail without being the employer.

Domains are compared as whole suffixes of the sender's host ("us.greenhouse-mail.io" is "greenhouse-mail.io").
"""

from __future__ import annotations

from app.companies.tables import word_set

# Applicant tracking systems. The value names the relay.
ATS_DOMAINS: dict[str, str] = {
    "greenhouse-mail.io": "greenhouse",
    "greenhouse-jobs.com": "greenhouse",
    "greenhouse.io": "greenhouse",
    "lever.co": "lever",
    "ashbyhq.com": "ashby",
    "myworkday.com": "workday",
    "workday.com": "workday",
    "myworkdayjobs.com": "workday",
    "smartrecruiters.com": "smartrecruiters",
    "workablemail.com": "workable",
    "workable.com": "workable",
    "recruitee-mailbox.com": "recruitee",
    "recruitee.com": "recruitee",
    "teamtailor-mail.com": "teamtailor",
    "teamtailor.com": "teamtailor",
    "personio.de": "personio",
    "personio.com": "personio",
    "bamboohr.com": "bamboohr",
    "icims.com": "icims",
    "icims.eu": "icims",
    "taleo.net": "taleo",
    "oraclecloud.com": "oracle",
    "successfactors.com": "successfactors",
    "successfactors.eu": "successfactors",
    "jobvite.com": "jobvite",
    "brassring.com": "brassring",
    "kenexa.com": "brassring",
    "pinpointhq.com": "pinpoint",
    "breezy.hr": "breezy",
    "breezy-mail.com": "breezy",
    "applytojob.com": "jazzhr",
    "jazz.co": "jazzhr",
    "jazzhr.com": "jazzhr",
    "avature.net": "avature",
    "comeet-notifications.com": "comeet",
    "comeet.co": "comeet",
    "comeet.com": "comeet",
    "join.com": "join",
    "dayforcehcm.com": "dayforce",
    "ceridian.com": "dayforce",
    "ultipro.com": "ukg",
    "ukg.com": "ukg",
    "paylocity.com": "paylocity",
    "adp.com": "adp",
    "pageuppeople.com": "pageup",
    "pageupmail.com": "pageup",
    "eightfold.ai": "eightfold",
    "freshteam.com": "freshteam",
    "usastaffing.gov": "usastaffing",
    "rippling.com": "rippling",
    "gem.com": "gem",
    "phenompeople.com": "phenom",
    "phenom.com": "phenom",
    "softgarden.io": "softgarden",
    "softgarden.de": "softgarden",
    "rexx-systems.com": "rexx",
    "d-vinci.de": "dvinci",
    "dvinci-hr.com": "dvinci",
    "concludis.de": "concludis",
    "umantis.com": "umantis",
    "haufe-umantis.com": "umantis",
    "prescreen.io": "prescreen",
    "onlyfy.io": "onlyfy",
    "onlyfy.jobs": "onlyfy",
    "jobylon.com": "jobylon",
    "welcomekit.co": "welcomekit",
    "flatchr.io": "flatchr",
    "digitalrecruiters.com": "digitalrecruiters",
    "talentsoft.com": "talentsoft",
    "talent-soft.com": "talentsoft",
    "applicantpro.com": "applicantpro",
    "applicantstack.com": "applicantstack",
    "applicantemails.com": "applicantstack",
    "clearcompany.com": "clearcompany",
    "hrmdirect.com": "clearcompany",
    "governmentjobs.com": "neogov",
    "neogov.com": "neogov",
    "silkroad.com": "silkroad",
    "peopleadmin.com": "peopleadmin",
    "zohorecruit.com": "zoho",
    "recruitcrm.io": "recruitcrm",
    "bullhornmail.com": "bullhorn",
    "loxo.co": "loxo",
    "polymer.co": "polymer",
    "dover.com": "dover",
    "dover.io": "dover",
    "trakstar.com": "trakstar",
    "recruiterbox.com": "trakstar",
    "hireology.com": "hireology",
    "newtonsoftware.com": "newton",
    "homerun.co": "homerun",
    "factorialhr.com": "factorial",
    "hirebridge.com": "hirebridge",
    "jobscore.com": "jobscore",
    "cats.com": "cats",
    "catsone.com": "cats",
    "wellfound.com": "wellfound",
    "angel.co": "wellfound",
    "hire.com": "hire",
    "hired.com": "hired",
    "otta.com": "otta",
    "welcometothejungle.com": "welcometothejungle",
}

# Boards on which people apply: their mail may be a real confirmation.
JOB_BOARD_DOMAINS: dict[str, str] = {
    "indeed.com": "indeed",
    "indeedemail.com": "indeed",
    "linkedin.com": "linkedin",
    "ziprecruiter.com": "ziprecruiter",
    "glassdoor.com": "glassdoor",
    "monster.com": "monster",
    "monster.de": "monster",
    "careerbuilder.com": "careerbuilder",
    "dice.com": "dice",
    "stepstone.de": "stepstone",
    "stepstone.com": "stepstone",
    "xing.com": "xing",
    "seek.com.au": "seek",
    "jobstreet.com": "jobstreet",
    "naukri.com": "naukri",
    "reed.co.uk": "reed",
    "totaljobs.com": "totaljobs",
    "cv-library.co.uk": "cvlibrary",
    "joinhandshake.com": "handshake",
    "usajobs.gov": "usajobs",
    "simplyhired.com": "simplyhired",
    "snagajob.com": "snagajob",
    "adzuna.com": "adzuna",
    "jooble.org": "jooble",
    "talent.com": "talent.com",
    "jobcase.com": "jobcase",
    "themuse.com": "themuse",
    "builtin.com": "builtin",
    "weworkremotely.com": "weworkremotely",
    "remoteok.com": "remoteok",
    "flexjobs.com": "flexjobs",
    "hellowork.com": "hellowork",
    "apec.fr": "apec",
    "francetravail.fr": "francetravail",
    "infojobs.net": "infojobs",
    "jobs.ch": "jobs.ch",
    "jobup.ch": "jobup",
    "karriere.at": "karriere.at",
    "arbeitsagentur.de": "arbeitsagentur",
    "jobteaser.com": "jobteaser",
    "workingnomads.com": "workingnomads",
    "ycombinator.com": "workatastartup",
    "workatastartup.com": "workatastartup",
}

# Digests and alerts: never a candidacy. Hosts and exact addresses.
ALERT_DOMAINS: dict[str, str] = {
    "jobalerts.jobvite.com": "jobvite",
    "jobs2web.com": "successfactors",
    "alerts.talent.com": "talent.com",
    "match.indeed.com": "indeed",
    "jobalert.indeed.com": "indeed",
    "alerts.ziprecruiter.com": "ziprecruiter",
    "lensa.com": "lensa",
    "jobs2careers.com": "talroo",
    "jobrapido.com": "jobrapido",
    "neuvoo.com": "talent.com",
    "mail.adzuna.com": "adzuna",
    "jobtome.com": "jobtome",
    "whatjobs.com": "whatjobs",
    "trovit.com": "trovit",
    "jobted.com": "jobted",
    "bebee.com": "bebee",
    "careerjet.com": "careerjet",
    "jobleads.com": "jobleads",
    "jobgether.com": "jobgether",
    "theladders.com": "ladders",
}
ALERT_ADDRESSES: dict[str, str] = {
    "jobalerts-noreply@linkedin.com": "linkedin",
    "jobs-listings@linkedin.com": "linkedin",
    "job-apps@linkedin.com": "linkedin",
    "alert@indeed.com": "indeed",
    "alerts@indeed.com": "indeed",
    "donotreply@match.indeed.com": "indeed",
    "noreply@glassdoor.com": "glassdoor",
    "alerts@ziprecruiter.com": "ziprecruiter",
}

RECRUITER_DOMAINS: frozenset[str] = word_set(
    """
    hays.com hays.de hays.co.uk hays.fr roberthalf.com roberthalf.de roberthalf.co.uk randstad.com
    randstad.de randstadusa.com randstad.co.uk adecco.com adecco.de adeccona.com michaelpage.com
    michaelpage.de michaelpage.co.uk pagegroup.com manpower.com manpowergroup.com manpower.de
    experis.com teksystems.com aerotek.com actalentservices.com kforce.com insightglobal.com
    insightglobal.net apexsystems.com collabera.com modis.com akkodis.com cybercoders.com
    jobspringpartners.com motionrecruitment.com robertwalters.com robertwalters.co.uk harnham.com
    huxley.com sthree.com computerfutures.com progressiverecruitment.com realstaffing.com
    kellyservices.com spencerogden.com nigelfrank.com frankgroup.com tenthrevolution.com masonfrank.com
    andersonfrank.com heidrick.com kornferry.com spencerstuart.com egonzehnder.com russellreynolds.com
    lhh.com beaconhillstaffing.com judge.com randstadtechnologies.com mondo.com vaco.com
    nextgentechnologiesinc.com diversant.com artech.com mindlance.com dexian.com brooksource.com
    eliassen.com matlensilver.com dise.com trinetix.com ferchau.com brunel.net gulp.de etengo.de
    solcom.de darwinrecruitment.com oliverbernard.com oxfordcorp.com optomi.com signatureconsultants.com
    yoh.com volt.com expresspros.com hirequest.com ackermanngroup.com betts.com bettsrecruiting.com
    riviera-partners.com rivierapartners.com
    """
)

FREEMAIL_DOMAINS: frozenset[str] = word_set(
    """
    gmail.com googlemail.com outlook.com hotmail.com hotmail.co.uk hotmail.de hotmail.fr live.com
    live.co.uk msn.com outlook.de outlook.fr yahoo.com yahoo.co.uk yahoo.de yahoo.fr yahoo.co.in
    ymail.com rocketmail.com aol.com icloud.com me.com mac.com proton.me protonmail.com pm.me
    tutanota.com tuta.io tuta.com gmx.de gmx.net gmx.at gmx.ch gmx.com web.de freenet.de t-online.de
    posteo.de mailbox.org fastmail.com fastmail.fm hey.com zoho.com zohomail.com mail.com mail.ru
    yandex.com yandex.ru qq.com 163.com 126.com orange.fr wanadoo.fr free.fr laposte.net sfr.fr
    libero.it virgilio.it hotmail.it hotmail.es bluewin.ch hotmail.com.br uol.com.br bol.com.br
    terra.com.br naver.com daum.net hanmail.net rediffmail.com comcast.net verizon.net att.net
    sbcglobal.net bellsouth.net cox.net charter.net btinternet.com sky.com virginmedia.com talktalk.net
    """
)

# Tools that write on a company's behalf, and networks that write on their own: neither is the employer.
TOOL_DOMAINS: dict[str, str] = {
    "calendly.com": "calendly",
    "calendlymail.com": "calendly",
    "goodtime.io": "goodtime",
    "cronofy.com": "cronofy",
    "savvycal.com": "savvycal",
    "prelude.co": "prelude",
    "modernloop.io": "modernloop",
    "doodle.com": "doodle",
    "zoom.us": "zoom",
    "hackerrank.com": "hackerrank",
    "hackerrankforwork.com": "hackerrank",
    "codesignal.com": "codesignal",
    "codility.com": "codility",
    "testgorilla.com": "testgorilla",
    "hirevue.com": "hirevue",
    "hirevue-app.eu": "hirevue",
    "sparkhire.com": "sparkhire",
    "coderbyte.com": "coderbyte",
    "coderpad.io": "coderpad",
    "shl.com": "shl",
    "talentcentral.com": "shl",
    "pymetrics.com": "pymetrics",
    "karat.io": "karat",
    "karat.com": "karat",
    "byteboard.dev": "byteboard",
    "woven.com": "woven",
    "qualified.io": "qualified",
    "criteriacorp.com": "criteria",
    "plum.io": "plum",
    "docusign.net": "docusign",
    "docusign.com": "docusign",
    "hellosign.com": "hellosign",
    "pandadoc.com": "pandadoc",
    "echosign.com": "adobe sign",
    "adobesign.com": "adobe sign",
    "checkr.com": "checkr",
    "hireright.com": "hireright",
    "sterlingcheck.com": "sterling",
    "goodhire.com": "goodhire",
    "sendgrid.net": "sendgrid",
    "amazonses.com": "amazon ses",
    "mailgun.org": "mailgun",
    "mailchimpapp.net": "mailchimp",
    "mcsv.net": "mailchimp",
    "hubspotemail.net": "hubspot",
    "facebookmail.com": "facebook",
    "meetup.com": "meetup",
    "eventbrite.com": "eventbrite",
    "substack.com": "substack",
    "medium.com": "medium",
    "slack.com": "slack",
    "googlegroups.com": "google groups",
    "reply.io": "reply.io",
    "braintrust.com": "braintrust",
    "usebraintrust.com": "braintrust",
    "untapped.io": "untapped",
    "ripplematch.com": "ripplematch",
    "wayup.com": "wayup",
    "triplebyte.com": "triplebyte",
    "teamblind.com": "blind",
    "levels.fyi": "levels.fyi",
    "simplify.jobs": "simplify",
    "tealhq.com": "teal",
    "huntr.co": "huntr",
}
TOOL_ADDRESSES: dict[str, str] = {
    "calendar-notification@google.com": "google calendar",
    "calendar-server@google.com": "google calendar",
    "forms-receipts-noreply@google.com": "google forms",
    "meetings-noreply@google.com": "google meet",
}

# Names that a relay, board or tool shows as its own display name; never an employer's, unless its own
# domain says so.
PROVIDER_NAMES: frozenset[str] = frozenset(
    set(ATS_DOMAINS.values())
    | set(JOB_BOARD_DOMAINS.values())
    | set(ALERT_DOMAINS.values())
    | set(TOOL_DOMAINS.values())
    | set(TOOL_ADDRESSES.values())
    | {
        "ashby hq",
        "ashbyhq",
        "bamboo hr",
        "breezy hr",
        "gmail",
        "google",
        "google meet",
        "greenhouse recruiting",
        "greenhouse software",
        "handshake",
        "icims talent",
        "indeed apply",
        "indeed job feed",
        "indeed jobs",
        "jazz hr",
        "jobs via dice",
        "lever hire",
        "linkedin jobs",
        "linkedin job alerts",
        "microsoft teams",
        "ms teams",
        "my workday",
        "myworkday",
        "oracle cloud",
        "oracle hcm",
        "outlook",
        "sap successfactors",
        "skype",
        "smart recruiters",
        "success factors",
        "teams",
        "usa jobs",
        "usajobs",
        "webex",
        "work day",
        "yahoo",
        "zip recruiter",
        "zoho recruit",
        "glassdoor jobs",
        "monster jobs",
        "hacker rank",
        "code signal",
    }
)

SCHEDULING_HOSTS: frozenset[str] = word_set(
    """
    calendly.com cal.com savvycal.com goodtime.io hire.goodtime.io cronofy.com doodle.com youcanbook.me
    acuityscheduling.com chilipiper.com meetings.hubspot.com calendar.app.google koalendar.com
    tidycal.com zcal.co motion.com usemotion.com reclaim.ai app.reclaim.ai x.ai vyte.in appointlet.com
    oncehub.com scheduleonce.com modernloop.io app.modernloop.io prelude.co interviewschedule.com
    interviewplanner.com outlook.office.com/bookwithme outlook.office365.com/owa/calendar
    bookings.cloud.microsoft calendar.google.com/calendar/appointments
    calendar.google.com/calendar/u/0/appointments book.morgen.so fantastical.app simplybook.me
    setmore.com picktime.com harmonizely.com timeify.com app.greenhouse.io/availability
    app.greenhouse.io/self_schedule app.ashbyhq.com/candidate-availability
    jobs.ashbyhq.com/meeting/schedule schedule.greenhouse.io hire.lever.co/schedule paradox.ai
    olivia.paradox.ai
    """
)
ASSESSMENT_HOSTS: frozenset[str] = word_set(
    """
    hackerrank.com codesignal.com app.codesignal.com codility.com app.codility.com testgorilla.com
    hackerearth.com coderpad.io coderbyte.com codesubmit.io qualified.io devskiller.com testdome.com
    adaface.com imocha.io mettl.com mercer-mettl.com hirevue.com sparkhire.com willo.video
    vidcruiter.com myinterview.com interviewer.ai talview.com shl.com talentcentral.com talentlens.com
    cut-e.com aon.com/assessment pymetrics.com pymetrics.ai harver.com plum.io criteriacorp.com
    ondemandassessment.com predictiveindex.com wonderlic.com thomas.co arctic-shores.com
    arcticshores.com korn-ferry-assess.com byteboard.dev karat.com karat.io woven.com wovenlab.com
    glider.ai codeinterview.io leetcode.com/assessment assessment.hackerrank.com take-home.dev
    tryhackertest.com equip.co vervoe.com maki.io makipeople.com testify.io bryq.com assessfirst.com
    app.assessfirst.com central-test.com cappfinity.com tazio.io sova-assessment.com amcatglobal.com
    cocubes.com hiretest.com alva.se alvalabs.io
    """
)
ESIGNATURE_HOSTS: frozenset[str] = word_set(
    """
    docusign.net docusign.com hellosign.com app.hellosign.com sign.dropbox.com pandadoc.com echosign.com
    adobesign.com documents.adobe.com signnow.com signwell.com eversign.com yousign.com yousign.app
    skribble.com signrequest.com oneflow.com scrive.com zohosign.com sign.zoho.com onespan.com
    esignlive.com juro.com docuseal.com docuseal.co docsketch.com rightsignature.com
    """
)
