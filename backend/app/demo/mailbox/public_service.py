"""Searches at a school, a hospital and a city council."""

from __future__ import annotations

from app.demo.mailbox.notation import INTERVIEW, ME, RECEIVED, REJECTION, UPDATE, App, Mail

HEAD_OFFICE = "Mrs. G. Storybrook <office@brightwater-academy.example>"
COUNCIL = "Wrenfield City Council Recruitment <recruitment@wrenfield-council.example>"

APPLICATIONS = (
    App("brightwater", "Brightwater Academy", "Computer Science Teacher", "rejected"),
    App("heronhill", "Heron Hill Hospital", "Nursing Informatics Coordinator", "rejected"),
    App("wrenfield", "Wrenfield City Council", "Digital Service Manager", "rejected"),
)

MAILS = (
    Mail(
        "brightwater/received",
        74,
        "08:05",
        HEAD_OFFICE,
        "Computer Science Teacher at Brightwater Academy",
        RECEIVED,
        """
        Dear {first},

        Thank you for your application for the post of Computer Science Teacher at Brightwater
        Academy, which reached us this morning with all its enclosures.

        The Head and the governors shortlist in the week after half-term. I will write to every
        applicant then.

        Gwendolen Storybrook
        School Office
        """,
        transfer="7bit",
    ),
    Mail(
        "brightwater/papers",
        69,
        "08:20",
        HEAD_OFFICE,
        "Your application: two more documents, please",
        UPDATE,
        """
        Dear {first},

        Before your application for Computer Science Teacher can go to the governors we are obliged
        to see a transcript of your degree and the form for the background check (attached). Could
        you return both by the end of the week?

        With apologies for the bureaucracy,
        Gwendolen Storybrook
        """,
        reply_to="brightwater/received",
        attach=("background-check-form.pdf",),
    ),
    Mail(
        "brightwater/papers-sent",
        68,
        "21:14",
        ME,
        "Re: Your application: two more documents, please",
        None,
        """
        Dear Mrs. Storybrook,

        please find both attached.

        Kind regards,
        {name}
        """,
        zone="+0100",
        reply_to="brightwater/papers",
        quote="outlook",
        attach=("transcript.pdf", "background-check-signed.pdf"),
    ),
    Mail(
        "brightwater/interview",
        61,
        "08:30",
        HEAD_OFFICE,
        "Invitation to interview and sample lesson",
        INTERVIEW,
        """
        Dear {first},

        I am pleased to say that you have been shortlisted for Computer Science Teacher. The Head
        invites you to interview on {long-56} at 9.15 a.m.

        The morning will include a sample lesson of thirty minutes with Year 9 (topic: what a
        computer cannot do), a tour of the school by two pupils who have been told to be honest, and
        an interview with the panel.

        Kindly let me know by return whether you will attend.

        Gwendolen Storybrook
        """,
        reply_to="brightwater/papers-sent",
    ),
    Mail(
        "brightwater/no",
        53,
        "16:30",
        "Dr. Percival Mockford <head@brightwater-academy.example>",
        "Computer Science Teacher",
        REJECTION,
        """
        Dear {first},

        Thank you for spending a morning with us. I write to let you know that we have appointed
        another candidate as Computer Science Teacher, someone who already holds the teaching
        certificate that you are still working on.

        Year 9 voted for you, which I thought you should know. I would urge you to finish that certificate.

        With every good wish,
        Percival Mockford
        Head of Brightwater Academy
        """,
        transfer="7bit",
    ),
    Mail(
        "heronhill/received",
        46,
        "12:44",
        "Heron Hill Hospital Careers <heronhill+autoreply@talent.icims.com>",
        "Heron Hill Hospital: application confirmation 8841",
        RECEIVED,
        """
        {name},

        This message confirms your application to Heron Hill Hospital.

        - Job: 8841 Nursing Informatics Coordinator
        - Department: Nursing Administration
        - Submitted: {usfull-46}

        Applications are screened by a recruiter and a nurse manager.
        """,
        zone="-0500",
        shape="html",
        look="portal",
        brand="Heron Hill Hospital",
        footer="Heron Hill Hospital. EEO employer. If you need an accommodation to apply, call us.",
    ),
    Mail(
        "heronhill/review",
        35,
        "12:45",
        "Heron Hill Hospital Careers <heronhill+autoreply@talent.icims.com>",
        "Status change for 8841 Nursing Informatics Coordinator",
        UPDATE,
        """
        {name},

        The status of your application for 8841 Nursing Informatics Coordinator has changed to:

        **Under review by nurse manager**

        No action is required on your part at this time.
        """,
        zone="-0500",
        shape="html",
        look="portal",
        brand="Heron Hill Hospital",
        footer="Heron Hill Hospital. EEO employer. If you need an accommodation to apply, call us.",
    ),
    Mail(
        "heronhill/no",
        15,
        "14:29",
        "Heron Hill Hospital Careers <heronhill+autoreply@talent.icims.com>",
        "8841 Nursing Informatics Coordinator",
        REJECTION,
        """
        {name},

        Thank you for your interest in the Nursing Informatics Coordinator position at Heron Hill
        Hospital. The nurse manager has completed the review of applicants. Since a current nursing
        license is essential for the position, you are no longer being considered for it.

        We are grateful to everyone who wants to work on the side of patients.
        """,
        zone="-0500",
        shape="html",
        look="portal",
        brand="Heron Hill Hospital",
        footer="Heron Hill Hospital. EEO employer. If you need an accommodation to apply, call us.",
    ),
    Mail(
        "wrenfield/received",
        79,
        "17:01",
        COUNCIL,
        "Ref WCC/2207 Digital Service Manager: receipt",
        RECEIVED,
        """
        Dear {name}

        Thank you for your application for the above post with Wrenfield City Council, which has
        been received and allocated the number 2207/018.

        Shortlisting is carried out anonymously: your name is removed from the form and put back
        afterwards. If you have not heard from us within four weeks of the closing date, please
        assume that you have not been shortlisted.

        Recruitment Team
        Wrenfield City Council
        """,
        charset="iso-8859-1",
    ),
    Mail(
        "wrenfield/interview",
        72,
        "10:16",
        COUNCIL,
        "Ref WCC/2207 Digital Service Manager: interview",
        INTERVIEW,
        """
        Dear {name}

        You have been shortlisted for the post of Digital Service Manager (WCC/2207). Your interview
        will take place as follows:

        Date: {long-67}
        Time: 11.40 a.m.
        Place: Committee Room 2, Town Hall, Wrenfield
        Panel: Mrs Dolores Pretend (chair), Mr Idris Fauxley, Ms Xanthe Loremson

        Please bring photographic identification and confirm attendance by replying to this e-mail.
        The time can't be changed as the room is shared with the Allotments Committee.

        Recruitment Team
        """,
        charset="iso-8859-1",
        reply_to="wrenfield/received",
    ),
    Mail(
        "wrenfield/interview-yes",
        72,
        "13:30",
        ME,
        "Re: Ref WCC/2207 Digital Service Manager: interview",
        None,
        """
        Dear Recruitment Team,

        I confirm that I will attend, and will vacate the room in time for the allotments.

        Yours faithfully,
        {name}
        """,
        zone="+0100",
        reply_to="wrenfield/interview",
        quote="outlook",
    ),
    Mail(
        "wrenfield/no",
        63,
        "15:00",
        COUNCIL,
        "Ref WCC/2207 Digital Service Manager: result of interview",
        REJECTION,
        """
        Dear {name}

        I refer to your recent interview for the post of Digital Service Manager. I regret to inform
        you that you were not the successful candidate. The panel placed you second.

        Your name will be held on a reserve list for six months in case the appointment falls
        through. You need take no action.

        For and on behalf of the Head of People
        """,
        reply_to="wrenfield/interview-yes",
        transfer="base64",
    ),
)
