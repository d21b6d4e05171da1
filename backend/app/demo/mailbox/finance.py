"""Searches at banks and payment companies."""

from __future__ import annotations

from app.demo.mailbox.notation import ASSESSMENT, INTERVIEW, RECEIVED, REJECTION, App, Invite, Mail

FATIMA = "Fatima Specimen <fatima.specimen@plumtree-payments.example>"

APPLICATIONS = (
    App("finch", "Finch & Barrow Bank", "Business Analyst, Regulatory Reporting", "rejected"),
    App("plumtree", "Plumtree Payments", "Engineering Manager, Ledger", "rejected"),
)

MAILS = (
    Mail(
        "finch/received",
        52,
        "09:00",
        "Finch & Barrow Bank Recruitment <finchbarrow@myworkday.com>",
        "Acknowledgement of application JR-0098 Business Analyst, Regulatory Reporting",
        RECEIVED,
        """
        Dear {name},

        Thank you for submitting your application for the role of **Business Analyst, Regulatory Reporting**
        (JR-0098) at Finch & Barrow Bank.

        Your application will now be assessed against the published criteria. Candidates whose applications
        progress will be notified by e-mail; the Bank aims to do so within fifteen business days.

        Yours sincerely,
        Recruitment Services
        """,
        shape="html",
        look="portal",
        brand="Finch & Barrow Bank",
        footer="Finch & Barrow Bank is authorised by the Imaginary Regulation Authority.",
    ),
    Mail(
        "finch/test",
        45,
        "09:00",
        "Finch & Barrow Bank Recruitment <finchbarrow@myworkday.com>",
        "JR-0098: invitation to complete a numerical reasoning test",
        ASSESSMENT,
        """
        Dear {name},

        Further to your application for Business Analyst, Regulatory Reporting (JR-0098) you are
        invited to complete a numerical reasoning test. The test consists of 24 questions, is taken
        online and lasts 25 minutes.

        It must be completed before **{full-40}, 23:59 GMT**. Reminders will not be sent.

        [Begin the test](https://tests.finch-barrow.example/begin?c=98)!

        Should you require adjustments, please inform us before you begin.

        Recruitment Services
        """,
        shape="html",
        look="portal",
        brand="Finch & Barrow Bank",
        footer="Finch & Barrow Bank is authorised by the Imaginary Regulation Authority.",
    ),
    Mail(
        "finch/no",
        38,
        "09:00",
        "Finch & Barrow Bank Recruitment <finchbarrow@myworkday.com>",
        "JR-0098: outcome of your application",
        REJECTION,
        """
        Dear {name},

        Your results in the numerical reasoning test for the role of Business Analyst, Regulatory
        Reporting have been considered together with your application. The Bank has concluded that
        it will not take your application any further.

        The Bank is unable to provide individual feedback at this stage.

        Yours sincerely,
        Recruitment Services
        """,
        shape="html",
        look="portal",
        brand="Finch & Barrow Bank",
        footer="Finch & Barrow Bank is authorised by the Imaginary Regulation Authority.",
    ),
    Mail(
        "plumtree/received",
        73,
        "19:50",
        "Plumtree Payments <no-reply@hire.lever.co>",
        "Plumtree Payments - Engineering Manager, Ledger",
        RECEIVED,
        """
        Hello {first},

        Thanks for your application for Engineering Manager, Ledger at Plumtree Payments!
        Double-entry people are rare, so we'll be reading yours with interest.

        You'll hear from a human within a week.

        Plumtree
        """,
        zone="-0800",
        transfer="7bit",
    ),
    Mail(
        "plumtree/recruiter",
        67,
        "11:24",
        FATIMA,
        "A human from Plumtree",
        INTERVIEW,
        """
        Hi {first},

        As promised, a human. I'm the recruiter for Engineering Manager, Ledger, and I'd like to
        invite you to a first phone screen of 30 minutes. What does your Thursday look like? I have
        16:00 and 17:30 (Berlin).

        Fatima
        """,
        zone="-0300",
        reply_to="plumtree/received",
    ),
    Mail(
        "plumtree/manager",
        61,
        "12:10",
        FATIMA,
        "Invitation: Plumtree hiring manager interview @ {long-58} 17:00 (Berlin)",
        INTERVIEW,
        """
        Hi {first},

        Great talking to you. Next up is an interview with Leopold Ipsum, our director of
        engineering. It will be about a team that missed three deadlines in a row and what you would
        do in week one.

        The calendar invite is attached.

        Fatima
        """,
        zone="-0300",
        reply_to="plumtree/recruiter",
        shape="both",
        look="letter",
        invite=Invite(
            "plumtree-leopold",
            -58,
            "17:00",
            60,
            "Plumtree: Engineering Manager, Ledger",
            "https://meet.plumtree-payments.example/leo",
        ),
    ),
    Mail(
        "plumtree/final",
        51,
        "10:33",
        FATIMA,
        "Final round at Plumtree: schedule",
        INTERVIEW,
        """
        Hi {first},

        The final round for Engineering Manager, Ledger is set for {long-47}. All times Berlin:

        14:00 - 14:45 People interview (Fatima, Sunniva)
        15:00 - 16:00 Architecture of a ledger (Leopold, Hideo)
        16:15 - 16:45 Our CEO, who will only ask about your hobbies

        Please confirm that you can make it.

        Fatima
        """,
        zone="-0300",
        reply_to="plumtree/manager",
        transfer="7bit",
    ),
    Mail(
        "plumtree/no",
        41,
        "13:57",
        FATIMA,
        "Re: Final round at Plumtree: schedule",
        REJECTION,
        """
        Hi {first},

        I tried to call you just now and would have preferred to say this aloud. After the final
        round the panel decided not to make you an offer for Engineering Manager, Ledger. Everyone
        agreed on the people side; on the architecture side Leopold and Hideo missed depth on
        settlement, which the team can't supply from elsewhere.

        If you would like the long version, call me any time this week. You have been one of the
        most thoughtful candidates that I've accompanied.

        Fatima
        """,
        zone="-0300",
        reply_to="plumtree/final",
        quote="outlook",
    ),
)
