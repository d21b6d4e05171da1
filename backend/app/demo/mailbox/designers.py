"""Searches for design, games and learning."""

from __future__ import annotations

from app.demo.mailbox.notation import (
    ASSESSMENT,
    INTERVIEW,
    ME,
    RECEIVED,
    REJECTION,
    UPDATE,
    App,
    Invite,
    Mail,
)

BEN = "Ben Fablewright <ben@stellarbrook.example>"
ZOE = "Zoë at Velvet Moss Studio <zoe@velvetmoss.example>"
MIRA = "Mira Dolorsen <mira.dolorsen@fernway.example>"

APPLICATIONS = (
    App("juniper", "Juniper & Oak", "Product Designer", "interview"),
    App("velvetmoss", "Velvet Moss Studio", "Brand Designer", "rejected"),
    App("stellarbrook", "Stellarbrook Games", "Associate Producer", "rejected"),
    App("fernway", "Fernway Education", "Learning Experience Designer", "interview"),
)

MAILS = (
    Mail(
        "juniper/received",
        50,
        "12:12",
        "Juniper & Oak <no-reply@juniperoak.teamtailor-mail.com>",
        "Hello from Juniper & Oak",
        RECEIVED,
        """
        Hello {first},

        your application for **Product Designer** reached our workshop. We build furniture that comes in flat
        boxes and an app that keeps couples from arguing while building it; you would work on the second.

        We are looking forward to opening your portfolio and will write back within a fortnight.

        Juniper & Oak
        """,
        zone="+0000",
        shape="html",
        brand="Juniper & Oak",
        footer="Juniper & Oak Furniture Makers, The Old Sawmill, Kendal",
    ),
    Mail(
        "juniper/portfolio",
        43,
        "10:50",
        "Beatrix Fauxley <beatrix@juniperoak.teamtailor-mail.com>",
        "Product Designer: portfolio interview",
        INTERVIEW,
        """
        Dear {first},

        We'd be glad to see you for a portfolio interview. Choose one project, not the prettiest, and walk
        us through it for twenty minutes; then we ask questions for twenty more. With me will be Gil from
        engineering and Wanda, who answers the angry phone calls.

        We suggest {long-39} at 14:00 (London), online. Please confirm.

        Beatrix Fauxley
        Head of Design
        """,
        shape="both",
        look="letter",
        reply_to="juniper/received",
        zone="+0000",
    ),
    Mail(
        "juniper/hold",
        31,
        "15:15",
        "Beatrix Fauxley <beatrix@juniperoak.teamtailor-mail.com>",
        "Re: Product Designer: portfolio interview",
        UPDATE,
        """
        Dear {first},

        I owe you an honest answer to where things stand. We liked you a great deal. A week ago however our
        board put all new positions on hold until the new numbers are in, and that includes the Product
        Designer.

        I haven't given up on it and would like to keep you in the process if you don't mind waiting. I will
        write as soon as I know more, in six weeks at the latest.

        Beatrix
        """,
        reply_to="juniper/portfolio",
        quote="outlook",
    ),
    Mail(
        "velvetmoss/received",
        80,
        "11:59",
        ZOE,
        "got it!",
        RECEIVED,
        """
        hi {first}!!

        just a quick one to say your application for the Brand Designer role landed, all 38 pages of it (we
        counted). we're in the middle of a launch so it might be a week before anyone at velvet moss studio
        can think straight. hang in there

        zoë x
        """,
        transfer="8bit",
    ),
    Mail(
        "velvetmoss/coffee",
        75,
        "10:05",
        ZOE,
        "coffee + portfolio?",
        INTERVIEW,
        """
        hi {first},

        launch survived! pat and i went through your portfolio and would love to meet you, it's a proper
        interview for the Brand Designer job but with cake. {long-72}, 4pm, our studio, third floor, ring
        twice?

        bring the tea tin project, we have Questions about that green

        zoë
        """,
        reply_to="velvetmoss/received",
        transfer="8bit",
    ),
    Mail(
        "velvetmoss/no",
        67,
        "18:31",
        ZOE,
        "Re: coffee + portfolio?",
        REJECTION,
        """
        hi {first},

        this is a hard one to write because that was the nicest interview we've had in ages. we've decided to
        go with someone else for the Brand Designer role. she has done packaging for ten years and half our
        pipeline is packaging now, that's really all there is to it.

        your green is still on our wall. thank you for coming by, and sorry

        zoë
        """,
        reply_to="velvetmoss/coffee",
        quote="gmail",
        shape="both",
        look="letter",
    ),
    Mail(
        "stellarbrook/received",
        42,
        "17:00",
        "Stellarbrook Games <jobs@stellarbrook.example>",
        "[Stellarbrook] Associate Producer - application #4096",
        RECEIVED,
        """
        QUEST ACCEPTED

        Player {first}, your application for Associate Producer has been saved to slot #4096.

        Current objective: wait for the Producers' Guild to read it (5 to 8 days).
        Optional objective: play our demo.

        Stellarbrook Games - we reply to everyone, even on hard mode.
        """,
        zone="-0800",
        transfer="7bit",
    ),
    Mail(
        "stellarbrook/interview",
        36,
        "10:15",
        BEN,
        "Invitation: Interview Associate Producer (Stellarbrook) @ {us-33} 18:00 Berlin",
        INTERVIEW,
        """
        Hey {first}, your application rolled a natural 20. Sending you a slot for a first interview with me
        and Kenji Specimen (lead producer): {us-33}, 9 AM our time, which should be 6 PM yours. OK?

        Ben
        """,
        zone="-0800",
        shape="both",
        look="letter",
        reply_to="stellarbrook/received",
        invite=Invite(
            "stellarbrook-first",
            -33,
            "18:00",
            60,
            "Interview: Associate Producer",
            "https://talk.stellarbrook.example/ben",
        ),
    ),
    Mail(
        "stellarbrook/canceled",
        34,
        "19:40",
        BEN,
        "Canceled: Interview Associate Producer (Stellarbrook) @ {us-33} 18:00 Berlin",
        INTERVIEW,
        """
        Sorry {first}, I have to cancel our interview tomorrow. Something came up on our side that I can't
        write about yet. More as soon as I may.

        Ben
        """,
        zone="-0800",
        reply_to="stellarbrook/interview",
        invite=Invite(
            "stellarbrook-first",
            -33,
            "18:00",
            60,
            "Interview: Associate Producer",
            "https://talk.stellarbrook.example/ben",
            method="CANCEL",
            sequence=1,
        ),
    ),
    Mail(
        "stellarbrook/closed",
        32,
        "11:30",
        BEN,
        "Re: [Stellarbrook] Associate Producer - application #4096",
        REJECTION,
        """
        {first},

        now I may. Our publisher pulled out, the second team is closed and the Associate Producer position no
        longer exists. You did nothing wrong; there is simply no job to give you any more.

        I'm updating my own CV tonight. Good luck to both of us.

        Ben
        """,
        zone="-0800",
        reply_to="stellarbrook/received",
    ),
    Mail(
        "fernway/received",
        35,
        "14:41",
        "Fernway Education <no-reply@hire.lever.co>",
        "Fernway Education has received your application",
        RECEIVED,
        """
        Dear {first},

        Thank you for applying to join Fernway Education as a Learning Experience Designer. We've received
        your materials and will be reviewing them carefully.

        Learners first, always.
        Fernway People Team
        """,
        zone="-0500",
        shape="both",
        brand="Fernway Education",
        footer="Fernway Education is a non-profit. 12 Understory Avenue, Vermont",
    ),
    Mail(
        "fernway/exercise",
        30,
        "09:27",
        MIRA,
        "A small task: explain fractions",
        ASSESSMENT,
        """
        Dear {first},

        we ask every shortlisted Learning Experience Designer for a sample lesson. Explain in one page, or in
        three minutes of video, why you may not add the denominators. The audience is nine years old and
        would rather be outside.

        Please return the take-home task by {us-27}. Our students will grade it. They are strict.

        Mira Dolorsen
        """,
        zone="-0500",
        reply_to="fernway/received",
    ),
    Mail(
        "fernway/exercise-sent",
        28,
        "22:10",
        ME,
        "Re: A small task: explain fractions",
        None,
        """
        Dear Mira,

        my page is attached. It contains a pizza, I could not avoid it, but the pizza is wrong on purpose.

        Regards to the jury,
        {first}
        """,
        zone="+0100",
        reply_to="fernway/exercise",
        quote="gmail",
        attach=("wrong-pizza.pdf",),
    ),
    Mail(
        "fernway/interview",
        23,
        "12:08",
        MIRA,
        "Re: A small task: explain fractions",
        INTERVIEW,
        """
        Dear {first},

        "The pizza made me angry and then I understood it" is the highest praise our jury has given this
        year. We would like to invite you to an interview with the curriculum team on {us-16} at 11 AM
        Eastern. It will last one hour and a nine-year-old may walk in.

        Please let me know if this time is convenient.

        Mira
        """,
        zone="-0500",
        reply_to="fernway/exercise-sent",
        quote="outlook",
    ),
    Mail(
        "fernway/wait",
        9,
        "15:35",
        MIRA,
        "Learning Experience Designer, still deciding",
        UPDATE,
        """
        Dear {first},

        thank you for a delightful hour. There are two finalists and you are one of them. The grant that pays
        for the position must be signed by the foundation first, which we expect by the middle of the month,
        so please bear with us a little longer.

        Mira
        """,
        zone="-0500",
        shape="both",
        look="letter",
        reply_to="fernway/interview",
    ),
)
