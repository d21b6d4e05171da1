"""Searches for work with data."""

from __future__ import annotations

from app.demo.mailbox.notation import ASSESSMENT, INTERVIEW, RECEIVED, REJECTION, UPDATE, App, Invite, Mail

OMAR = "Omar Fictional <omar@tidewater-analytics.example>"

APPLICATIONS = (
    App("tidewater", "Tidewater Analytics", "Data Engineer", "rejected"),
    App("tessellate", "Tessellate Labs", "Machine Learning Engineer", "rejected"),
    App("osprey", "Osprey Freight", "Supply Chain Analyst", "assessment"),
)

MAILS = (
    Mail(
        "tidewater/received",
        76,
        "15:50",
        "Tidewater Analytics <no-reply@hire.lever.co>",
        "Thank you for your application to Tidewater Analytics",
        RECEIVED,
        """
        Hi {first},

        We appreciate you taking the time to apply for our Data Engineer opening. Your application is in
        our system and you don't need to do anything else for now.

        Someone from the data platform group will take a look during the coming days.

        Regards,
        Tidewater Analytics
        """,
        zone="-0500",
        transfer="7bit",
    ),
    Mail(
        "tidewater/test",
        71,
        "12:00",
        "Tidewater Analytics <no-reply@hire.lever.co>",
        "Tidewater Analytics technical assessment",
        ASSESSMENT,
        """
        Hi {first},

        Congratulations, we'd like to move you forward for Data Engineer. The next stage is an online
        assessment: two SQL problems and one pipeline with a bug in it. You will have 75 minutes once you
        open it.

        Your personal link: https://assess.codeproof.example/t/tidewater/9f31c

        The link expires on {usfull-66}. Use your own editor if you like, nobody watches through the
        camera.

        Tidewater Analytics
        """,
        zone="-0500",
        transfer="7bit",
    ),
    Mail(
        "tidewater/test-done",
        67,
        "21:37",
        "Codeproof on behalf of Tidewater Analytics <results@codeproof.example>",
        "You completed the Tidewater Analytics assessment",
        UPDATE,
        """
        Hi {first},

        Thank you for completing the Data Engineer assessment for Tidewater Analytics. Your answers have
        been submitted and shared with the hiring team. They will contact you directly about the result;
        we at Codeproof don't see it.

        Time used: 61 of 75 minutes.
        """,
        shape="html",
        brand="Codeproof",
        footer="Codeproof runs assessments for companies. We never sell answers.",
    ),
    Mail(
        "tidewater/technical",
        63,
        "10:44",
        OMAR,
        "Invitation: Tidewater technical interview with Omar and Birgit @ {us-58} 9am (Eastern)",
        INTERVIEW,
        """
        Hi {first},

        You found the bug, and a second one we did not know about. Let's talk it through: I've put a
        technical interview in the calendar for {us-58}, 9:00 AM Eastern, 60 minutes. You, me and Birgit
        Ipsum, who wrote the pipeline and is slightly offended.

        If the slot does not work decline it and propose another.

        Omar
        """,
        zone="-0500",
        shape="both",
        look="letter",
        invite=Invite(
            "tidewater-tech",
            -58,
            "09:00",
            60,
            "Technical interview, Data Engineer (Tidewater Analytics)",
            "https://call.tidewater-analytics.example/birgit",
            "America/New_York",
        ),
    ),
    Mail(
        "tidewater/survey",
        57,
        "09:00",
        "Tidewater Candidate Experience <survey@tidewater-analytics.example>",
        "How was your interview with Tidewater?",
        UPDATE,
        """
        Hi {first},

        You recently interviewed with Tidewater Analytics for Data Engineer. Would you give us two minutes?
        Your answers are anonymous and have no influence on your application, which is still being decided.

        [Take the survey](https://survey.tidewater-analytics.example/s/candidates)!

        Thank you for helping us to be less awkward.
        """,
        zone="-0500",
        shape="html",
        brand="Tidewater Analytics",
        footer="Tidewater Analytics, 3 Low Water Road, Baltimore",
        bulk=True,
    ),
    Mail(
        "tidewater/no",
        51,
        "16:21",
        OMAR,
        "Tidewater: our decision",
        REJECTION,
        """
        Hi {first},

        I'd rather write this myself than let the system do it. After a long discussion we went with
        another candidate for the Data Engineer position. It came down to streaming: she has run it in
        production for years, and that's where we'll hurt next.

        Birgit insists that I pass on that your second bug is fixed and named after you. I hope that our
        paths cross again.

        Omar
        """,
        zone="-0500",
        reply_to="tidewater/technical",
        quote="gmail",
    ),
    Mail(
        "tessellate/sent",
        54,
        "13:13",
        "Indeed Apply <indeedapply@indeed.com>",
        "Indeed Application: Machine Learning Engineer",
        RECEIVED,
        """
        **Application submitted**

        Machine Learning Engineer
        Tessellate Labs - Utrecht, hybrid

        The following items were sent to Tessellate Labs. Good luck!

        - Application
        - Resume

        **What happens next?** The employer may contact you by mail or phone. Tessellate Labs usually
        answers within 12 days.
        """,
        shape="html",
        look="network",
        brand="Indeed Apply",
        footer="You applied with your saved resume.",
    ),
    Mail(
        "tessellate/no",
        43,
        "09:41",
        "Wei Sitamet <jobs@tessellate-labs.example>",
        "Machine Learning Engineer @ Tessellate Labs",
        REJECTION,
        """
        Dear {first},

        Thanks for your interest in Tessellate Labs. We read applications in pairs, and both readers came to
        the same view: strong on the data side, not enough model training for what this role needs from
        its first week. So we won't be moving forward with your application.

        It was a close read, and a good one. All the best with the search.

        Wei Sitamet
        """,
        zone="+0100",
    ),
    Mail(
        "osprey/received",
        28,
        "17:17",
        "Osprey Freight Talent <ospreyfreight+autoreply@talent.icims.com>",
        "Osprey Freight - Thank You for Applying",
        RECEIVED,
        """
        Dear {name},

        Thank you for applying to Osprey Freight. We have recorded your application for Supply Chain
        Analyst (Job ID 31-884). Recruiters in Gdansk and Hull work on this search together, so don't be
        surprised to hear from either.

        Osprey Freight Talent Acquisition
        """,
        shape="html",
        look="portal",
        brand="Osprey Freight",
        footer="Osprey Freight moves things. Equal opportunities for everyone who helps.",
    ),
    Mail(
        "osprey/test",
        24,
        "08:02",
        "Osprey Freight Talent <ospreyfreight+autoreply@talent.icims.com>",
        "Action required: Supply Chain Analyst case study",
        ASSESSMENT,
        """
        Dear {name},

        As part of the selection for Supply Chain Analyst, all shortlisted candidates complete an online
        case study: a port is closed, eleven containers are in the wrong place, what do you do first?

        Please finish the assessment no later than {full-19}. It takes around 50 minutes and can be
        paused once.

        [Open the case study](https://cases.ospreyfreight.example/start?c=31884)!
        """,
        shape="html",
        look="portal",
        brand="Osprey Freight",
        footer="Osprey Freight moves things. Equal opportunities for everyone who helps.",
    ),
)
