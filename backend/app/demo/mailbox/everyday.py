"""The rest of a mailbox: not about the owner's applications, though some of it uses the same words."""

from __future__ import annotations

from app.demo.mailbox.notation import ME, OTHER, Invite, Mail

JULES = "Jules Storybrook <jules@storybrook-family.example>"

MAILS = (
    Mail(
        "everyday/flat",
        81,
        "12:01",
        "Havel & Hearth Lettings <lettings@havelhearth.example>",
        "We have received your application for the flat in Lindenweg 7",
        OTHER,
        """
        Dear {name},

        thank you for viewing the two-room flat in Lindenweg 7. We have received your application to
        rent it, including the proof of income. The landlord will choose among all applicants by the
        end of the month and we will then be in touch.

        Havel & Hearth Lettings
        """,
        zone="+0100",
    ),
    Mail(
        "everyday/verify",
        68,
        "01:55",
        "Kestrel Cloud <kestrelcloud@myworkday.com>",
        "Verify your candidate account",
        OTHER,
        """
        This email address was used to create a candidate account with Kestrel Cloud. Please verify
        it by clicking the link below. The link works for 24 hours.

        [Verify account](https://careers.kestrel-cloud.example/verify/5e0b)

        If you did not create an account you can ignore this message.
        """,
        zone="-0800",
        shape="html",
        look="portal",
        brand="Kestrel Cloud",
        footer="Kestrel Cloud, Hover Street 200, Portland",
    ),
    Mail(
        "everyday/train",
        59,
        "19:20",
        "Railhopper <tickets@railhopper.example>",
        "Your booking RH-20X7: Berlin to Rotterdam",
        OTHER,
        """
        Thank you for your purchase!

        **Berlin Hbf 06:34 - Rotterdam 12:58**, coach 21, seat 63 (window, quiet zone)

        - 1 adult, flexible: EUR 69.90
        - Seat: EUR 4.90
        - Paid by card ending in 0000: EUR 74.80

        Your ticket is attached. Have it ready together with an ID.
        """,
        zone="+0100",
        shape="html",
        brand="Railhopper",
        footer="Railhopper Tickets, invoice number 20X7-1",
        attach=("ticket-RH-20X7.pdf",),
    ),
    Mail(
        "everyday/dinner",
        56,
        "20:15",
        JULES,
        "dumplings on saturday",
        OTHER,
        """
        hey you,

        sam and i are making far too many dumplings on saturday around seven, come over? bring
        nothing except maybe the board game with the lighthouses. and tell us everything about the
        robot people!

        jules
        """,
        zone="+0100",
        transfer="8bit",
    ),
    Mail(
        "everyday/dinner-yes",
        55,
        "07:32",
        ME,
        "Re: dumplings on saturday",
        None,
        """
        I'm in. Lighthouses are packed. No news from the robots before dessert.
        """,
        zone="+0100",
        reply_to="everyday/dinner",
        quote="gmail",
    ),
    Mail(
        "everyday/password",
        24,
        "19:30",
        "Osprey Freight Talent <ospreyfreight+autoreply@talent.icims.com>",
        "Password reset request",
        OTHER,
        """
        We received a request to reset the password of your candidate profile. Use this code within
        30 minutes:

        **604 118**

        If you did not ask for it, no action is needed and your password stays the same.
        """,
        shape="html",
        look="portal",
        brand="Osprey Freight",
        footer="This is a message about the security of your account.",
    ),
    Mail(
        "everyday/parcel",
        49,
        "11:28",
        "Snailpost <status@snailpost.example>",
        "Your parcel is on its way",
        OTHER,
        """
        Good news {first}!

        Parcel 00 340 001 from Hollow Pine Outfitters was handed to our driver and arrives on
        {us-48} between 9 AM and 12 noon. Not at home? Choose a neighbour or a drop-off point until
        midnight.

        [Follow your parcel](https://snailpost.example/p/00340001)!
        """,
        zone="+0100",
        shape="html",
        brand="Snailpost",
        footer="Snailpost, slow but certain",
    ),
    Mail(
        "everyday/dentist",
        44,
        "08:00",
        "Dental Practice Dr. Molarsen <praxis@molarsen.example>",
        "Reminder of your appointment on {long-42}",
        OTHER,
        """
        Dear {name},

        this is a reminder of your appointment for a check-up on {long-42} at 17:30. Please bring
        your insurance card.

        If you can't come, let us know 24 hours ahead so that we can offer the slot to someone in pain.

        Practice Dr. Molarsen
        """,
        zone="+0100",
        transfer="7bit",
    ),
    Mail(
        "everyday/podcast",
        39,
        "14:52",
        "Delphine Madeup <delphine@second-shift-show.example>",
        "Would you be a guest on my podcast?",
        OTHER,
        """
        Hi {first},

        I host The Second Shift, a small podcast about the side projects of people in tech. I'd love
        to interview you for an episode about the bakery shop, which a listener told me about. We
        record remotely, forty minutes, and you get to hear it before it goes out.

        Could you do a Tuesday evening in the next weeks?

        Delphine
        """,
        zone="-0500",
    ),
    Mail(
        "everyday/bank",
        38,
        "04:30",
        "Pennywhistle Bank <statements@pennywhistle-bank.example>",
        "Your statement is ready",
        OTHER,
        """
        Dear {name},

        a new statement for your current account ending in 0042 is in your online mailbox. For your
        security we never send account details by e-mail.

        Pennywhistle Bank
        """,
        zone="+0100",
        shape="html",
        look="portal",
        brand="Pennywhistle Bank",
        footer="Pennywhistle Bank eG",
    ),
    Mail(
        "everyday/craft-letter",
        29,
        "07:00",
        "Product Crumbs <crumbs@product-crumbs.example>",
        "Crumbs #57: why good candidates fail the case interview",
        OTHER,
        """
        Dear reader,

        this week I sat on the other side of the table and watched nine product managers do the same
        case. Six of them made the same mistake: they began with a framework. The three who began
        with a question got an offer.

        What to do instead, in three sentences: ask who is hurting. Ask since when. Then be quiet
        for longer than is comfortable.

        Also this week: a reader asks whether one should answer a rejection (yes), and a chart about
        roadmaps that I wish I had drawn.

        Until next Thursday,
        Quentin Loremson
        """,
        shape="html",
        look="news",
        brand="Product Crumbs",
        footer="You subscribed at product-crumbs.example.",
        bulk=True,
    ),
    Mail(
        "everyday/birthday",
        26,
        "18:40",
        JULES,
        "Invitation: Sam turns 40 (at last) @ {long-21} 19:00",
        OTHER,
        """
        in your calendar so that you have no excuse. there will be a quiz about sam. no presents!

        j
        """,
        zone="+0100",
        shape="both",
        look="letter",
        invite=Invite("sams-birthday", -21, "19:00", 240, "Sam turns 40", "Storybrook kitchen, 3rd floor"),
    ),
    Mail(
        "everyday/conference",
        21,
        "09:30",
        "LoremConf <hello@loremconf.example>",
        "You're invited: LoremConf, two days of talks on docs and data",
        OTHER,
        """
        Hi {first},

        last year's guests get the first tickets: LoremConf returns with thirty speakers, one track
        and the good coffee.

        - Keynote: documentation as a kindness
        - Workshop: pipelines that explain themselves
        - Hallway: generously sized

        Early tickets cost EUR 240 until the end of the month.

        [Get a ticket](https://loremconf.example/tickets)!
        """,
        zone="+0100",
        shape="html",
        look="news",
        brand="LoremConf",
        footer="LoremConf e.V., you came last year and ticked the box.",
        bulk=True,
    ),
    Mail(
        "everyday/power",
        17,
        "06:20",
        "Ampere Friends <service@ampere-friends.example>",
        "Your personal offer expires on Sunday",
        OTHER,
        """
        {first}, your offer is waiting!

        Change to green power now and save 20 % in the first year. We've prepared a contract for
        you, all that is missing is your signature.

        [Accept the offer](https://ampere-friends.example/o/20)!
        """,
        zone="+0100",
        shape="html",
        brand="Ampere Friends",
        footer="Ampere Friends GmbH. Price guarantee for 12 months.",
        bulk=True,
    ),
    Mail(
        "everyday/searches",
        14,
        "16:00",
        "LinkedIn <notifications-noreply@linkedin.com>",
        "You appeared in 9 searches this week",
        OTHER,
        """
        You appeared in **9 searches** this week

        People with these titles found you: Recruiter, Founder, Teacher.

        [See who is looking](https://me.digest-list.example/searches)!
        """,
        shape="html",
        look="network",
        brand="LinkedIn",
        footer="You get a weekly summary of your profile.",
        bulk=True,
    ),
    Mail(
        "everyday/library",
        9,
        "10:00",
        "Lindenviertel Library <library@lindenviertel.example>",
        "Your reservation is ready to collect",
        OTHER,
        """
        Dear reader,

        the title that you reserved, "Thinking in Queues", has been returned and is kept for you at
        the desk for seven days. One other book is due back on {long+4}.

        Lindenviertel Library
        """,
        zone="+0100",
        transfer="7bit",
    ),
    Mail(
        "everyday/mum",
        5,
        "20:48",
        "Mum Sample <mum@sample-family.example>",
        "Fwd: New position for the piano",
        OTHER,
        """
        Darling, what do you think? Aunt Vera says by the window. And have you heard from the Dutch robots?

        Begin forwarded message:

        From: Vera Sample <vera@sample-family.example>
        Subject: New position for the piano

        I measured it, the new position would be free from the first of the month on. The tuner has time on
        {wd+2}. Shall I book him?
        """,
        zone="+0000",
    ),
    Mail(
        "everyday/cloud",
        2,
        "03:15",
        "Cumulus Hosting <billing@cumulus-hosting.example>",
        "Invoice 7718 for your small server",
        OTHER,
        """
        Hello {name},

        your invoice for this month is attached. Amount: EUR 5.83, it will be charged to your card
        on {short+2}.

        One small server, no overages, thirty days without a restart. Well done.
        """,
        shape="both",
        brand="Cumulus Hosting",
        footer="Cumulus Hosting, VAT ID XX000000000",
        attach=("invoice-7718.pdf",),
    ),
)
