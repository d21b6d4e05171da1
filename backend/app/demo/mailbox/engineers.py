"""Searches for engineering work, two companies with two openings each among them."""

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

TOMASZ = "Tomasz Inventa <tomasz.inventa@lumenfold.example>"

APPLICATIONS = (
    App("kestrel-backend", "Kestrel Cloud", "Backend Engineer", "rejected"),
    App("kestrel-sre", "Kestrel Cloud", "Site Reliability Engineer", "applied"),
    App("lumenfold-senior", "Lumenfold", "Senior Backend Engineer", "rejected"),
    App("lumenfold-staff", "Lumenfold", "Staff Backend Engineer", "interview"),
    App("emberfox", "Emberfox", "QA Engineer", "rejected"),
    App("cinderpeak", "Cinderpeak Security", "Security Engineer", "rejected"),
)

MAILS = (
    Mail(
        "kestrel-backend/received",
        68,
        "02:14",
        "Kestrel Cloud <kestrelcloud@myworkday.com>",
        "Thank you for applying - R-20417 Backend Engineer",
        RECEIVED,
        """
        Hello {first},

        We have received your application for **R-20417 Backend Engineer** at Kestrel Cloud.

        Our team is reviewing all profiles and will get back to you should there be a fit. You may view or
        withdraw your application in the [candidate portal](https://careers.kestrel-cloud.example/R-20417).

        Thank you,
        Kestrel Cloud Talent
        """,
        zone="-0800",
        shape="html",
        look="portal",
        brand="Kestrel Cloud",
        footer="Kestrel Cloud, Hover Street 200, Portland",
    ),
    Mail(
        "kestrel-backend/no",
        56,
        "02:03",
        "Kestrel Cloud <kestrelcloud@myworkday.com>",
        "Update on your application - R-20417 Backend Engineer",
        REJECTION,
        """
        Hello {first},

        Thank you for your interest in the R-20417 Backend Engineer position. After careful consideration,
        we have decided to pursue other candidates whose experience more closely matches the needs of the
        team at this time.

        We encourage you to look at our open positions from time to time.

        Kestrel Cloud Talent
        """,
        zone="-0800",
        shape="html",
        look="portal",
        brand="Kestrel Cloud",
        footer="Kestrel Cloud, Hover Street 200, Portland",
    ),
    Mail(
        "kestrel-sre/received",
        33,
        "03:30",
        "Kestrel Cloud <kestrelcloud@myworkday.com>",
        "Thank you for applying - R-20988 Site Reliability Engineer",
        RECEIVED,
        """
        Hello {first},

        Welcome back! We've received your application for **R-20988 Site Reliability Engineer**. It will be
        considered independently of any earlier application with Kestrel Cloud.

        Kestrel Cloud Talent
        """,
        zone="-0800",
        shape="html",
        look="portal",
        brand="Kestrel Cloud",
        footer="Kestrel Cloud, Hover Street 200, Portland",
    ),
    Mail(
        "lumenfold-senior/received",
        64,
        "12:55",
        "Lumenfold Hiring Team <no-reply@eu.greenhouse-mail.io>",
        "Lumenfold: your application as Senior Backend Engineer",
        RECEIVED,
        """
        Hej {first},

        thanks for applying! We are a small company (31 people, two dogs) so please allow us about a week
        and a half to look at your application for **Senior Backend Engineer**.

        Lumenfold
        """,
        zone="+0100",
        shape="both",
        brand="Lumenfold",
        footer="Lumenfold ApS, Lygtevej 14, Aarhus",
    ),
    Mail(
        "lumenfold-senior/no",
        57,
        "11:11",
        "Lumenfold Hiring Team <no-reply@eu.greenhouse-mail.io>",
        "Your application for Senior Backend Engineer at Lumenfold",
        REJECTION,
        """
        Hej {first},

        we have looked at your application for Senior Backend Engineer, and this time the answer is no. The
        role grew towards firmware while we were searching, and that is not where your strengths lie.

        Sorry to bring bad news. We do like how you write, and we mean that.

        Lumenfold
        """,
        zone="+0100",
        shape="both",
        brand="Lumenfold",
        footer="Lumenfold ApS, Lygtevej 14, Aarhus",
    ),
    Mail(
        "lumenfold-staff/received",
        29,
        "18:45",
        "Lumenfold Hiring Team <no-reply@eu.greenhouse-mail.io>",
        "Lumenfold: your application as Staff Backend Engineer",
        RECEIVED,
        """
        Hej again {first},

        your application for **Staff Backend Engineer** has arrived. You have applied with us before and we
        remember (the dogs too). This is a different team and a fresh start.

        Lumenfold
        """,
        zone="+0100",
        shape="both",
        brand="Lumenfold",
        footer="Lumenfold ApS, Lygtevej 14, Aarhus",
    ),
    Mail(
        "lumenfold-staff/call",
        20,
        "14:20",
        TOMASZ,
        "Staff Backend Engineer: shall we talk?",
        INTERVIEW,
        """
        Hi {first},

        Tomasz here, I lead platform at Lumenfold and the Staff Backend Engineer would be my right hand
        (I am left-handed). I'd like to have a first video call with you about the job and the mess it is
        meant to clean up.

        Would {wd-18} or {wd-17} be possible, between 10 and 12?

        Tomasz
        """,
        zone="+0100",
    ),
    Mail(
        "lumenfold-staff/call-yes",
        20,
        "20:06",
        ME,
        "Re: Staff Backend Engineer: shall we talk?",
        None,
        """
        Hi Tomasz,

        {wd-18} at 10:30 would be good. I have cleaned up worse, probably.

        {first}
        """,
        zone="+0100",
        reply_to="lumenfold-staff/call",
        quote="gmail",
    ),
    Mail(
        "lumenfold-staff/call-invite",
        19,
        "08:15",
        TOMASZ,
        "Invitation: {first} / Tomasz, Lumenfold @ {long-18} 10:30",
        INTERVIEW,
        """
        See you then.

        T.
        """,
        zone="+0100",
        reply_to="lumenfold-staff/call-yes",
        invite=Invite(
            "lumenfold-tomasz",
            -18,
            "10:30",
            45,
            "Staff Backend Engineer: {first} / Tomasz",
            "https://meet.lumenfold.example/t",
        ),
    ),
    Mail(
        "lumenfold-staff/design",
        11,
        "13:38",
        TOMASZ,
        "System design interview at Lumenfold",
        INTERVIEW,
        """
        Hi {first},

        I had a good feeling and slept over it, still have it. So the next round is a system design interview
        with Astrid and Mehmet, 75 minutes at a shared whiteboard. Topic: a queue that must never lose
        a lamp's last word.

        You can choose a time here: https://meet.lumenfold.example/book/system-design

        It is meant to be hard at the end, so nobody should feel bad at the end.

        Tomasz
        """,
        zone="+0100",
        reply_to="lumenfold-staff/call-invite",
        shape="both",
        look="letter",
    ),
    Mail(
        "emberfox/received",
        40,
        "09:09",
        "Emberfox <no-reply@emberfox.teamtailor-mail.com>",
        "Emberfox: thanks for your application",
        RECEIVED,
        """
        Hi!

        We've just received your application for the position QA Engineer. You rock! Our tester-in-chief
        will look at it as if it were a release candidate and come back with findings.

        /Team Emberfox
        """,
        zone="+0100",
        shape="both",
        brand="Emberfox",
        footer="Sent from the career site of Emberfox. Manage your data on the site.",
    ),
    Mail(
        "emberfox/test",
        34,
        "10:30",
        "Ebba Dolor <ebba@emberfox.teamtailor-mail.com>",
        "Break our calculator, please",
        ASSESSMENT,
        """
        Hi {first},

        the practical part for QA Engineer: we built a pocket calculator with (at least) nine faults. Your
        task is to find as many as you can and to write up the worst three as you would for a developer in a
        hurry. Please hand it in within five days, that is before the end of {long-29}.

        The calculator lives at https://challenge.emberfox.example/calc

        Ebba
        """,
        zone="+0100",
        reply_to="emberfox/received",
    ),
    Mail(
        "emberfox/test-arrived",
        30,
        "08:40",
        "Ebba Dolor <ebba@emberfox.teamtailor-mail.com>",
        "Re: Break our calculator, please",
        UPDATE,
        """
        Your report arrived, thank you! Fourteen faults, five of them new to us. We compare all reports next
        week and then I'll come back to you.

        Ebba
        """,
        zone="+0100",
        reply_to="emberfox/test",
        quote="gmail",
    ),
    Mail(
        "emberfox/no",
        25,
        "16:16",
        "Ebba Dolor <ebba@emberfox.teamtailor-mail.com>",
        "QA Engineer at Emberfox",
        REJECTION,
        """
        Hi {first},

        it was the best report on bugs and the second best on setting priorities, and in the end the second
        counted for more. We have offered the QA Engineer job to someone else and she said yes this morning.

        The five new faults are fixed. If you ever want to do this as a freelancer, write to me, truly.

        Ebba
        """,
        zone="+0100",
        shape="both",
        look="letter",
    ),
    Mail(
        "cinderpeak/received",
        24,
        "13:58",
        "Cinderpeak Security <no-reply@ashbyhq.com>",
        "Application received",
        RECEIVED,
        """
        {name},

        Application for Security Engineer at Cinderpeak Security received.
        Expect an answer within 72 hours.

        Do not send further documents by mail.
        """,
        zone="-0800",
        transfer="7bit",
    ),
    Mail(
        "cinderpeak/no",
        22,
        "12:12",
        "Cinderpeak Security <no-reply@ashbyhq.com>",
        "Application for Security Engineer closed",
        REJECTION,
        """
        {name},

        Your application for Security Engineer at Cinderpeak Security was not selected.
        This decision is final for the current opening.

        Your data will be erased in 30 days.
        """,
        zone="-0800",
        transfer="7bit",
    ),
)
