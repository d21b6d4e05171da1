"""Recruiters who write first, and the one application that came of it."""

from __future__ import annotations

from app.demo.mailbox.notation import INTERVIEW, ME, OUTREACH, RECEIVED, App, Mail

NGOZI = "Ngozi Mockford <ngozi@cobalt-kite.example>"

APPLICATIONS = (App("cobaltkite", "Cobalt Kite", "Developer Advocate", "interview"),)

MAILS = (
    Mail(
        "outreach/agency",
        65,
        "09:48",
        "Chadwick Dummerson <chadwick@brassbell-talent.example>",
        "Head of Product | stealth fintech | 130k",
        OUTREACH,
        """
        Hi {first},

        Hope you're having an amazing week! I'm a headhunter at Brassbell Talent and came across
        your impressive profile. I'm partnering with a stealth-mode fintech that is hiring a Head of
        Product: up to 130k plus meaningful equity, hybrid in London, backed by people whose names
        you would recognise if I could tell you.

        Would you be open to a quick confidential chat this week? If it's not for you, who do you know?

        Chadwick
        Principal Consultant, Brassbell Talent
        """,
        shape="both",
        look="letter",
    ),
    Mail(
        "outreach/agency-no",
        64,
        "18:03",
        ME,
        "Re: Head of Product | stealth fintech | 130k",
        None,
        """
        Hello Chadwick,

        thanks for thinking of me. London is not an option at the moment, so I'll pass. All the best
        for the search.

        {first}
        """,
        zone="+0100",
        reply_to="outreach/agency",
        quote="gmail",
    ),
    Mail(
        "outreach/founder",
        36,
        "23:19",
        "Yusuf Notreal <yusuf@hummock.example>",
        "employee no. 4?",
        OUTREACH,
        """
        hey {first}, yusuf here, founder of hummock (we map peat bogs from space, three people, one
        satellite we don't own).

        found you through your comment on that schema migration post. we need a product engineer who
        can talk to farmers AND to postgres and i have a hunch that's you. seed money is in the
        bank, salary is decent, equity is real.

        up for a chat? no recruiters, no process, just me

        yusuf
        """,
        zone="+0300",
        transfer="8bit",
    ),
    Mail(
        "outreach/inhouse",
        8,
        "15:07",
        "Annika Ipsum <annika.ipsum@vellichor-books.example>",
        "An opening at Vellichor that has your name on it",
        OUTREACH,
        """
        Dear {first},

        I work in talent acquisition at Vellichor, the audiobook people, and I'm looking for a Lead
        Product Manager for our search and discovery team. A former colleague of yours gave me your
        name (with a smile) and your portfolio did the rest.

        The position is based in Copenhagen or remote within two hours of it. If you are curious,
        I'd be happy to send you the job description and tell you more over the phone.

        Kind regards
        Annika Ipsum
        """,
        zone="+0100",
    ),
    Mail(
        "cobaltkite/hello",
        19,
        "13:44",
        NGOZI,
        "A developer advocate who writes documentation?",
        OUTREACH,
        """
        Hi {first},

        we haven't met. I'm the head of developer relations at Cobalt Kite (we make tools for testing
        weather models, small field, nice people) and I came across your talk about error messages.

        We are about to hire our second Developer Advocate and I think you might be a great fit: half
        writing, half listening to users, a little travel. Fully remote within Europe.

        Would you be open to hearing more? No hard feelings if the timing is off.

        Ngozi Mockford
        """,
        zone="+0000",
    ),
    Mail(
        "cobaltkite/hello-yes",
        18,
        "09:10",
        ME,
        "Re: A developer advocate who writes documentation?",
        None,
        """
        Hi Ngozi,

        somebody watched that talk! I'm curious, and I'll hand in a proper application through your page
        tonight so that it goes the official way.

        {first}
        """,
        zone="+0100",
        reply_to="cobaltkite/hello",
        quote="gmail",
    ),
    Mail(
        "cobaltkite/received",
        17,
        "21:02",
        "Cobalt Kite Careers <no-reply@ashbyhq.com>",
        "Application received: Developer Advocate at Cobalt Kite",
        RECEIVED,
        """
        Hello {name},

        we have received your application for Developer Advocate. Nice to see that it came by way of a
        conversation with Ngozi, we've added a note.

        Next step: the team takes a look, usually within five working days.

        Cobalt Kite
        """,
        shape="html",
        brand="Cobalt Kite",
        footer="Cobalt Kite Ltd, Cloudbase House, Leeds",
    ),
    Mail(
        "cobaltkite/intro",
        12,
        "15:25",
        NGOZI,
        "Re: A developer advocate who writes documentation?",
        INTERVIEW,
        """
        Saw your application come in, thank you! Let's do the first interview soon then. I can do
        {long-10} at 11:00 or 15:00 London time. It's just the two of us and I'll mostly ask what you
        would fix first in our docs (please be merciless).

        Ngozi
        """,
        reply_to="cobaltkite/hello-yes",
        quote="gmail",
    ),
    Mail(
        "cobaltkite/intro-yes",
        12,
        "18:12",
        ME,
        "Re: A developer advocate who writes documentation?",
        None,
        """
        11:00 London time suits me. Merciless is noted.

        {first}
        """,
        zone="+0100",
        reply_to="cobaltkite/intro",
    ),
    Mail(
        "cobaltkite/loop",
        3,
        "16:58",
        NGOZI,
        "Cobalt Kite: next round for Developer Advocate",
        INTERVIEW,
        """
        Hello {first},

        merciless it was, and every engineer who read your notes agreed with at least half of them.

        We'd like to invite you to the next round: a short talk of your choice for four of us, followed
        by an interview with our founders Aurelio and Bettina. Two hours altogether.

        Please reply with two or three afternoons in the coming week that would work for you, ideally by
        {long+2}, and I'll do the calendar puzzle.

        Ngozi
        """,
        reply_to="cobaltkite/intro-yes",
        shape="both",
        look="letter",
    ),
)
