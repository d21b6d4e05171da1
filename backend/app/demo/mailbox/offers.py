"""Two searches that ended with an offer: one still open, one accepted."""

from __future__ import annotations

from app.demo.mailbox.notation import INTERVIEW, ME, OFFER, RECEIVED, UPDATE, App, Invite, Mail

ROBIN = "Robin Placeholder <robin.placeholder@northwind-robotics.example>"
ODETTE = "Odette Storybrook <odette@crumb-and-kettle.example>"

APPLICATIONS = (
    App("northwind", "Northwind Robotics", "Senior Product Manager", "offer"),
    App("crumb", "Crumb & Kettle Bakery", "Online Shop Manager", "offer", own_mail_says="accepted"),
)

MAILS = (
    Mail(
        "northwind/received",
        58,
        "14:03",
        "Northwind Robotics Hiring Team <no-reply@us.greenhouse-mail.io>",
        "Thank you for applying to Northwind Robotics",
        RECEIVED,
        """
        Hi {first},

        Thanks for applying for the **Senior Product Manager** role at Northwind Robotics. Your
        application landed safely, attachments included.

        A person on our team reads every application, which is slower than a filter but a lot more fun.
        You can expect to hear from us within ten working days, whatever the answer is.

        Until then, our engineers write about warehouse robots that misbehave on the
        [Northwind blog](https://blog.northwind-robotics.example/).

        The Northwind Robotics Hiring Team
        """,
        shape="html",
        brand="Northwind Robotics",
        footer="Northwind Robotics, 1 Imaginary Quay, Rotterdam",
    ),
    Mail(
        "northwind/screen",
        52,
        "10:12",
        ROBIN,
        "Northwind Robotics: time for a call?",
        INTERVIEW,
        """
        Hi {first},

        I'm Robin, I look after product hiring at Northwind. Ines, who leads the fleet software group,
        read your application for Senior Product Manager twice and then forwarded it to me with the
        subject line "please be quick".

        So, could we find half an hour this week or next? I'd like to hear what you are looking for, tell
        you how the team works and answer whatever the job ad left out. Afternoons are best for me,
        anything between 13:00 and 17:00 Berlin time. Which day suits you?

        Best wishes,
        Robin

        Robin Placeholder
        Talent Partner, Northwind Robotics
        """,
        zone="+0100",
    ),
    Mail(
        "northwind/screen-answer",
        52,
        "17:45",
        ME,
        "Re: Northwind Robotics: time for a call?",
        None,
        """
        Hi Robin,

        that is a lovely subject line to be forwarded with. {wd-49} would be perfect for me, say 14:00?

        My number is the one on the CV, a video link works just as well.

        {first}
        """,
        zone="+0100",
        reply_to="northwind/screen",
        quote="gmail",
    ),
    Mail(
        "northwind/screen-invite",
        51,
        "08:58",
        ROBIN,
        "Invitation: Northwind x {name}, first call @ {short-49} 14:00 (Berlin)",
        INTERVIEW,
        """
        14:00 it is. The video link is in the invitation; no slides, no preparation, bring questions.

        Robin
        """,
        zone="+0100",
        reply_to="northwind/screen-answer",
        shape="both",
        look="letter",
        invite=Invite(
            "northwind-screen",
            -49,
            "14:00",
            30,
            "Northwind x {first}: first call",
            "https://meet.northwind-robotics.example/r/robin",
        ),
    ),
    Mail(
        "northwind/manager",
        46,
        "15:31",
        ROBIN,
        "Next step: meet Ines",
        INTERVIEW,
        """
        Hello {first},

        Good talk on {wd-49}! Ines Fabelton would like to meet you next. It is an hour about one product
        decision you would make differently today, and it is a conversation, not a test.

        Please pick whatever suits you in her calendar:
        https://schedule.northwind-robotics.example/ines/60min

        She is travelling from {long-38} on, so earlier is better.

        Robin
        """,
        zone="+0100",
        reply_to="northwind/screen-invite",
        shape="both",
        look="letter",
    ),
    Mail(
        "northwind/panel",
        34,
        "09:20",
        "Lucía Specimen <lucia.specimen@northwind-robotics.example>",
        "Fwd: Panel day {name} / Senior Product Manager",
        INTERVIEW,
        """
        Hi {first}, forwarding the plan for your day with us so that you have it in writing. Someone will
        wait for you at the reception from 9:30. Tell me if you eat anything special.

        Lucía Specimen
        Hiring coordinator, Northwind Robotics

        ---------- Forwarded message ---------
        From: Ines Fabelton <ines.fabelton@northwind-robotics.example>
        Subject: Panel day {name} / Senior Product Manager
        To: Lucía Specimen <lucia.specimen@northwind-robotics.example>

        Lucía, here is the interview schedule for {long-29}:

        - 10:00 roadmap exercise with Femi and Joost
        - 11:15 a walk through the test hall with the field engineers
        - 12:30 lunch, no questions asked
        - 13:30 closing interview with me and Ottoline (CTO)

        Candidates should be out by 15:00, please book the train accordingly.
        """,
        zone="+0100",
        charset="utf-8",
        transfer="base64",
    ),
    Mail(
        "northwind/wait",
        23,
        "16:40",
        ROBIN,
        "A word on where we are",
        UPDATE,
        """
        Dear {first},

        only a short sign of life. You left a very good impression and nothing is wrong; two of the four
        panel members were on holiday and we write our feedback down before we compare it. We need until
        the end of next week. If another company is pressing you in the meantime, tell me and I'll press
        back on our side.

        Robin
        """,
        zone="+0100",
        reply_to="northwind/manager",
    ),
    Mail(
        "northwind/offer",
        4,
        "11:05",
        ROBIN,
        "Your offer from Northwind Robotics",
        OFFER,
        """
        Dear {first},

        it's my favourite kind of mail to write: we would like you to join us. On behalf of the whole
        panel I am happy to offer you the position of **Senior Product Manager** at Northwind Robotics.

        The terms in short, the letter attached has all of them:

        - base salary of EUR 94,000 a year, reviewed every spring
        - 30 days of holiday, Berlin office or remote as you like
        - start on the first of the month that suits your notice period

        Please let us have your answer **by {long+4}**. To accept, sign the letter here:

        [Review and sign](https://sign.northwind-robotics.example/letters/7Q2-alex)!

        Ines wants to call you to say it in person, so don't be surprised by an unknown number.

        Warmly,
        Robin
        """,
        zone="+0100",
        shape="both",
        look="letter",
        reply_to="northwind/wait",
        attach=("Northwind-offer-letter.pdf",),
    ),
    Mail(
        "northwind/question",
        3,
        "19:22",
        ME,
        "Re: Your offer from Northwind Robotics",
        None,
        """
        Dear Robin,

        thank you, that made my week, and Ines did call. Before I sign I have one question: would it be
        possible to start a month later than planned? There is a bakery that I can't leave alone so
        soon, it is a longer story.

        You'll have my answer before the date in your mail in any case.

        {first}
        """,
        zone="+0100",
        reply_to="northwind/offer",
        quote="gmail",
    ),
    Mail(
        "northwind/revised",
        1,
        "07:48",
        ROBIN,
        "Re: Your offer from Northwind Robotics",
        OFFER,
        """
        Hi {first},

        bakeries come first. I have changed the start date in your offer letter to a month later, the
        rest of the offer stands as it was. The new version waits for your signature under the same link,
        and {long+4} is still the day by which we need it.

        Robin
        """,
        zone="+0100",
        reply_to="northwind/question",
        quote="gmail",
    ),
    Mail(
        "crumb/received",
        70,
        "05:12",
        ODETTE,
        "your application for the online shop",
        RECEIVED,
        """
        Good morning (it is five, this is when bakers write mails),

        thank you for your application as Online Shop Manager at Crumb & Kettle Bakery. I have it
        here in a folder between the flour invoices and I promise not to lose it. There were more
        letters than I thought so give me till the weekend to read them all.

        Odette
        Crumb & Kettle Bakery
        """,
        zone="+0100",
        transfer="7bit",
    ),
    Mail(
        "crumb/visit",
        66,
        "05:40",
        ODETTE,
        "come and see us?",
        INTERVIEW,
        """
        Hello {first},

        I read them all and yours was the one with the typo in our shop's address, which you were right
        about. I'd like to invite you for an interview, if you can call it that: come by on
        {long-63} at 15:00 when the ovens are off, we sit down with a coffee, you show me what you would
        change on the website and I show you why the rye is always sold out.

        We are in Kettle Lane 4, the blue door. Does that work?

        Odette
        """,
        zone="+0100",
        reply_to="crumb/received",
    ),
    Mail(
        "crumb/visit-yes",
        66,
        "09:15",
        ME,
        "Re: come and see us?",
        None,
        """
        Hello Odette,

        it does work. I'll be at the blue door at three, hungry.

        {first}
        """,
        zone="+0100",
        reply_to="crumb/visit",
        quote="gmail",
    ),
    Mail(
        "crumb/offer",
        60,
        "05:31",
        ODETTE,
        "Re: come and see us?",
        OFFER,
        """
        Dear {first},

        my sister and I talked about it all weekend and we want to offer you the job. Two days a week,
        you choose which, 28 euros an hour, bread for free. The contract is attached, my cousin wrote it
        and he is a lawyer so it should hold.

        Could you tell us in the next few days whether you accept?

        Odette
        """,
        zone="+0100",
        reply_to="crumb/visit-yes",
        attach=("contract-online-shop.pdf",),
    ),
    Mail(
        "crumb/accept",
        59,
        "12:02",
        ME,
        "Re: come and see us?",
        None,
        """
        Dear Odette, dear sister,

        I gladly accept the offer. The signed contract is attached. Two days a week beside my search for
        a full-time product job is just what I was hoping for, and you know that I'll keep looking, so
        all is said.

        See you on Monday,
        {first}
        """,
        zone="+0100",
        reply_to="crumb/offer",
        quote="gmail",
        attach=("contract-online-shop-signed.pdf",),
    ),
    Mail(
        "crumb/first-day",
        58,
        "05:08",
        ODETTE,
        "Re: come and see us?",
        UPDATE,
        """
        Wonderful!! The whole bakery says welcome.

        For Monday please bring your tax number and your bank details, the accountant needs them before
        the 20th. The password of the shop system is on a note behind the till, you may be the one who
        finally changes it.

        Odette
        """,
        zone="+0100",
        reply_to="crumb/accept",
    ),
)
