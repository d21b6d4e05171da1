"""Searches that are in their interviews now."""

from __future__ import annotations

from app.demo.mailbox.notation import INTERVIEW, ME, RECEIVED, UPDATE, App, Invite, Mail

DANA = "Dana Sample <dana.sample@maple-ledger.example>"
PRIYA = "Priya Testwell <priya.testwell@paperlane.example>"

APPLICATIONS = (
    App("maple", "Maple Ledger", "Product Manager, Payments", "interview"),
    App("paperlane", "Paperlane", "UX Researcher", "interview"),
)

MAILS = (
    Mail(
        "maple/received",
        48,
        "18:26",
        "Maple Ledger <no-reply@hire.lever.co>",
        "Maple Ledger: application for Product Manager, Payments",
        RECEIVED,
        """
        {first},

        This confirms that we received your application for Product Manager, Payments at Maple Ledger.
        The hiring manager will review it along with the others that came in this week. Should your
        background match what the team is after, a recruiter will be in touch.

        Maple Ledger Recruiting

        ** Please note: replies to this address are not monitored. **
        """,
        zone="-0500",
        transfer="7bit",
    ),
    Mail(
        "maple/first",
        41,
        "09:55",
        DANA,
        "Phone interview, Product Manager, Payments",
        INTERVIEW,
        """
        Hi {first},

        Dana from Maple Ledger here. We enjoyed reading about the refund flow you rebuilt (we have scars
        of our own) and would like to set up a 45 minute phone interview with our payments lead, Theo.

        Grab any open slot here: https://book.maple-ledger.example/theo-pretend/45

        If none of them work from Europe let me know and I will shake something loose.

        Cheers,
        Dana Sample | Recruiting, Maple Ledger
        """,
        zone="-0500",
    ),
    Mail(
        "maple/first-invite",
        39,
        "12:30",
        DANA,
        "Invitation: Maple Ledger interview with Theo Pretend @ {us-36} 10am (Eastern)",
        INTERVIEW,
        """
        You are booked! Theo will call you over the link below on {us-36} at 10:00 AM Eastern.

        Agenda: ten minutes on you, twenty on a payments case, the rest is yours.
        """,
        zone="-0500",
        reply_to="maple/first",
        shape="both",
        look="letter",
        invite=Invite(
            "maple-theo",
            -36,
            "10:00",
            45,
            "Maple Ledger interview: Theo / {first}",
            "https://video.maple-ledger.example/theo",
            "America/New_York",
        ),
    ),
    Mail(
        "maple/second",
        30,
        "11:17",
        DANA,
        "Second round at Maple Ledger",
        INTERVIEW,
        """
        Hi {first},

        Theo came out of your conversation with two pages of notes, so: on to round two. This one is
        three back-to-back interviews of 40 minutes (risk, design, and our COO Marguerite), all remote,
        all on the same afternoon.

        Could you send me your availability for the week of {us-26}? Anything after 9 AM Eastern.

        Dana
        """,
        zone="-0500",
        reply_to="maple/first",
        quote="gmail",
    ),
    Mail(
        "maple/references",
        21,
        "10:02",
        DANA,
        "References for your Maple Ledger application",
        UPDATE,
        """
        Hi {first},

        Marguerite is convinced, and so we are at the paperwork part. Before the hiring committee meets
        we would like to speak to two people who have worked with you, ideally one former manager and one
        engineer. Please send me their names, mail addresses and the best time to reach them.

        Each call takes ten minutes and nobody has been bitten so far.

        Dana
        """,
        zone="-0500",
    ),
    Mail(
        "maple/references-sent",
        20,
        "08:41",
        ME,
        "Re: References for your Maple Ledger application",
        None,
        """
        Hi Dana,

        here they are, both know that you'll call:

        - Wilhelmina Dummerson, my manager at the time, wilhelmina@dummerson-consult.example, mornings
        - Tariq Notreal, engineering lead, tariq@notreal.example, any time

        Best,
        {first}
        """,
        zone="+0100",
        reply_to="maple/references",
        quote="gmail",
    ),
    Mail(
        "maple/committee",
        6,
        "17:09",
        DANA,
        "Re: References for your Maple Ledger application",
        UPDATE,
        """
        Both calls are done. I learned that you once fixed a payments outage from a ferry, you should
        have put that in the CV.

        The committee sits on {us+3} and I'll write to you the same day, one way or the other. Nothing
        for you to do until then.

        Dana
        """,
        zone="-0500",
        reply_to="maple/references-sent",
    ),
    Mail(
        "paperlane/received",
        14,
        "20:14",
        "Paperlane <no-reply@ashbyhq.com>",
        "We've got your application, {first}!",
        RECEIVED,
        """
        Hi {first},

        Thank you for your interest in Paperlane and for applying to our **UX Researcher** opening. We
        know that a good application takes an evening, so we owe you a proper look at it.

        We'll review your application over the next two weeks and get in touch if we think there is
        a match.

        The Paperlane team
        """,
        zone="-0800",
        shape="both",
        brand="Paperlane",
        footer="Paperlane Inc., 77 Origami Street, Suite 0",
    ),
    Mail(
        "paperlane/talk",
        8,
        "10:33",
        PRIYA,
        "UX Researcher at Paperlane: let's talk",
        INTERVIEW,
        """
        Hey {first}!

        Your diary study about people who read manuals made the rounds here. I run research at Paperlane
        and I would love to chat about the UX Researcher role.

        Would any of these work for a 45 min interview over video?

        - {long-4}, 16:00 Berlin
        - {long+1}, 10:30 Berlin
        - {long+2}, 17:00 Berlin

        Priya
        """,
        zone="+0100",
    ),
    Mail(
        "paperlane/talk-yes",
        7,
        "08:20",
        ME,
        "Re: UX Researcher at Paperlane: let's talk",
        None,
        """
        Hi Priya,

        the second one, {long+1} at 10:30, is great. I'm bringing a manual.

        {first}
        """,
        zone="+0100",
        reply_to="paperlane/talk",
        quote="gmail",
    ),
    Mail(
        "paperlane/talk-invite",
        6,
        "09:01",
        PRIYA,
        "Invitation: Paperlane research interview @ {long+1} 10:30 - 11:15 (Berlin)",
        INTERVIEW,
        """
        Booked! Please bring a manual, I'm serious now. Joining with me is Kofi Madeup, who designs our
        editor. We'll leave the last ten minutes for you.

        Priya
        """,
        zone="+0100",
        reply_to="paperlane/talk-yes",
        shape="both",
        look="letter",
        invite=Invite(
            "paperlane-priya",
            1,
            "10:30",
            45,
            "Paperlane research interview",
            "https://meet.paperlane.example/priya-kofi",
        ),
    ),
    Mail(
        "paperlane/reminder",
        1,
        "06:00",
        "Paperlane Scheduling <notifications@ashbyhq.com>",
        "Reminder: your interview with Paperlane on {wd+1} at 10:30",
        INTERVIEW,
        """
        Hi {first},

        This is a friendly reminder of your upcoming interview for **UX Researcher** at Paperlane.

        - When: {long+1}, 10:30 to 11:15 (Europe/Berlin)
        - Who: Priya Testwell, Kofi Madeup
        - Where: https://meet.paperlane.example/priya-kofi

        Something came up? [Reschedule here](https://interviews.paperlane.example/manage/u81).
        """,
        shape="html",
        brand="Paperlane",
        footer="Sent by Paperlane's scheduling assistant",
    ),
)
