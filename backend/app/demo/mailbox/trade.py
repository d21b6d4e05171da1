"""Searches in trade, hotels and logistics."""

from __future__ import annotations

from app.demo.mailbox.notation import RECEIVED, REJECTION, UPDATE, App, Mail

APPLICATIONS = (
    App("cargoloop", "Cargoloop", "Operations Product Manager", "rejected"),
    App("hollowpine", "Hollow Pine Outfitters", "E-commerce Manager", "rejected"),
    App("hazelwick", "Hazelwick Hotels", "Guest Experience Manager", "rejected"),
)

MAILS = (
    Mail(
        "cargoloop/received",
        60,
        "10:37",
        "Cargoloop <notifications@smartrecruiters.com>",
        "Thank you for applying to Cargoloop!",
        RECEIVED,
        """
        Dear {first},

        We are delighted that you applied to be our **Operations Product Manager**. At Cargoloop no
        truck drives home empty, and no application goes unread.

        What you can do meanwhile: nothing at all. We will come to you.

        The Cargoloop people team
        """,
        zone="+0100",
        shape="html",
        brand="Cargoloop",
        footer="Cargoloop B.V., Loading Bay 3, Antwerp",
    ),
    Mail(
        "cargoloop/viewed",
        55,
        "08:11",
        "Cargoloop <notifications@smartrecruiters.com>",
        "Your application was viewed",
        UPDATE,
        """
        Hi {first},

        Good to know: the hiring team of Cargoloop has opened your application for **Operations Product
        Manager** today. We tell you so that you are not left wondering whether anybody looked.

        There is no decision yet.
        """,
        zone="+0100",
        shape="html",
        brand="Cargoloop",
        footer="Cargoloop B.V., Loading Bay 3, Antwerp",
    ),
    Mail(
        "cargoloop/filled",
        40,
        "15:48",
        "Cargoloop <notifications@smartrecruiters.com>",
        "Operations Product Manager has been filled",
        REJECTION,
        """
        Dear {first},

        The position of **Operations Product Manager** at Cargoloop has now been filled and the job is closed.
        Somebody from our own warehouse in Ghent will do it, which we hope you can forgive.

        Thank you for wanting to come along for the ride.

        The Cargoloop people team
        """,
        zone="+0100",
        shape="html",
        brand="Cargoloop",
        footer="Cargoloop B.V., Loading Bay 3, Antwerp",
    ),
    Mail(
        "hollowpine/sent",
        63,
        "20:31",
        "LinkedIn <jobs-noreply@linkedin.com>",
        "{first}, your application was sent to Hollow Pine Outfitters",
        RECEIVED,
        """
        **Your application was sent to Hollow Pine Outfitters**

        E-commerce Manager
        Hollow Pine Outfitters · Inverness (Hybrid)
        Applied on {usfull-63}

        [View your application](https://jobs.hollow-pine.example/view/4401)!

        Now, take these next steps for more success: follow the company, and let your network know
        that you are open to work.
        """,
        shape="html",
        look="network",
        brand="LinkedIn",
        footer="You are receiving notifications about your applications.",
    ),
    Mail(
        "hollowpine/viewed",
        61,
        "12:19",
        "LinkedIn <jobs-noreply@linkedin.com>",
        "Your application was viewed by Hollow Pine Outfitters",
        UPDATE,
        """
        **Your application was viewed**

        E-commerce Manager
        Hollow Pine Outfitters · Inverness (Hybrid)

        Someone on the hiring team looked at your application for this job.
        """,
        shape="html",
        look="network",
        brand="LinkedIn",
        footer="You are receiving notifications about your applications.",
    ),
    Mail(
        "hollowpine/no",
        47,
        "11:02",
        "LinkedIn <jobs-noreply@linkedin.com>",
        "Your application to E-commerce Manager at Hollow Pine Outfitters",
        REJECTION,
        """
        **Your update from Hollow Pine Outfitters**

        E-commerce Manager
        Hollow Pine Outfitters · Inverness (Hybrid)

        Thank you for your interest in the E-commerce Manager position at Hollow Pine Outfitters in
        Inverness. Unfortunately, we will not be moving forward with your application, but we
        appreciate your time and your fondness for wool.

        Regards,
        Hollow Pine Outfitters
        """,
        shape="html",
        look="network",
        brand="LinkedIn",
        footer="You are receiving notifications about your applications.",
    ),
    Mail(
        "hazelwick/received",
        32,
        "13:31",
        "Hazelwick Hotels Careers <careers@hazelwick-hotels.example>",
        "Welcome in our lobby, {first}",
        RECEIVED,
        """
        Dear {name},

        May we take your coat? Your application for the position of Guest Experience Manager at
        Hazelwick Hotels has arrived and we would ask you to make yourself comfortable while our
        house managers read it.

        As a small thank-you we enclose a code for a free breakfast in any of our houses: PORRIDGE.

        With our compliments,
        Hazelwick Hotels
        """,
        shape="both",
        brand="Hazelwick Hotels",
        footer="Hazelwick Hotels Group, The Parlour, Bath",
    ),
    Mail(
        "hazelwick/filled",
        17,
        "16:52",
        "Hazelwick Hotels Careers <careers@hazelwick-hotels.example>",
        "Guest Experience Manager",
        REJECTION,
        """
        Dear {name},

        we should have written sooner. The position of Guest Experience Manager was filled at the beginning of
        the week by a colleague from our Bath house, and we are therefore closing all other applications.

        The breakfast remains yours, of course.

        Hazelwick Hotels
        """,
        reply_to="hazelwick/received",
        shape="both",
        brand="Hazelwick Hotels",
        footer="Hazelwick Hotels Group, The Parlour, Bath",
    ),
)
