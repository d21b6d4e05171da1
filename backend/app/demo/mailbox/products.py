"""Searches for product management."""

from __future__ import annotations

from app.demo.mailbox.notation import INTERVIEW, ME, RECEIVED, REJECTION, UPDATE, App, Invite, Mail

INGRID = "Ingrid Sunmock <ingrid.sunmock@sundial-energy.example>"
FARID = "Farid Imagina <farid@saffron-street.example>"

APPLICATIONS = (
    App("sundial", "Sundial Energy", "Product Manager", "interview", own_mail_says="withdrawn"),
    App("orchard", "Orchard Lane Health", "Product Manager, Patient Apps", "rejected"),
    App("marigold", "Marigold Mobility", "Product Manager, Fleet", "rejected"),
    App("larkspur", "Larkspur Legal", "Product Manager", "rejected"),
    App("larkspur-again", "Larkspur Legal", "Product Manager", "applied"),
    App("saffron", "Saffron Street", "Product Manager, Delivery", "interview"),
)

MAILS = (
    Mail(
        "sundial/received",
        44,
        "13:20",
        "Sundial Energy <no-reply@us.greenhouse-mail.io>",
        "Your application at Sundial Energy",
        RECEIVED,
        """
        Hi {first},

        The sun is up and so is your application: we have received it for the **Product Manager** position
        at Sundial Energy. Expect news from our recruiting team in one to two weeks.

        Sundial Energy
        """,
        zone="-0500",
        shape="html",
        brand="Sundial Energy",
        footer="Sundial Energy Cooperative, Noon Plaza, Albuquerque",
    ),
    Mail(
        "sundial/interview",
        38,
        "10:10",
        INGRID,
        "Product Manager interview, Sundial Energy",
        INTERVIEW,
        """
        Dear {first},

        I am glad to invite you to interview for the Product Manager position at Sundial Energy. You
        would speak with two of our member-owners (we are a cooperative, they will ask about money)
        and with me.

        I can offer {us-34} or {us-33}, each at 8:30 AM Mountain Time. Kindly tell me which one you prefer.

        Ingrid Sunmock
        """,
        zone="-0700",
    ),
    Mail(
        "sundial/interview-yes",
        38,
        "22:30",
        ME,
        "Re: Product Manager interview, Sundial Energy",
        None,
        """
        Dear Ingrid,

        {us-34} is fine, that is half past four in the afternoon for me.

        Best regards
        {first}
        """,
        zone="+0100",
        reply_to="sundial/interview",
        quote="gmail",
    ),
    Mail(
        "sundial/interview-invite",
        37,
        "08:45",
        INGRID,
        "Invitation: Sundial Energy interview @ {us-34} 4:30pm (Berlin)",
        INTERVIEW,
        """
        Confirmed. The member-owners are called Floyd and Conchita and they are kinder than I made them sound.

        Ingrid
        """,
        zone="-0700",
        reply_to="sundial/interview-yes",
        invite=Invite(
            "sundial-members",
            -34,
            "16:30",
            60,
            "Sundial Energy: Product Manager",
            "https://conf.sundial-energy.example/4",
        ),
    ),
    Mail(
        "sundial/withdraw",
        28,
        "11:48",
        ME,
        "Re: Product Manager interview, Sundial Energy",
        None,
        """
        Dear Ingrid,

        thank you again for the conversation, and please greet Floyd and Conchita. After thinking it over
        I have decided to withdraw my application. The office days in Albuquerque are a promise that I could
        not keep, and I would rather say so now than in the second month.

        With kind regards,
        {first}
        """,
        zone="+0100",
        reply_to="sundial/interview-invite",
    ),
    Mail(
        "sundial/withdraw-noted",
        27,
        "09:30",
        INGRID,
        "Re: Product Manager interview, Sundial Energy",
        UPDATE,
        """
        Dear {first},

        that is a pity and very decent of you. I have noted that you withdrew from the Product Manager process
        and closed your file. Should you ever move closer to the sun, my door is open.

        Ingrid
        """,
        zone="-0700",
        reply_to="sundial/withdraw",
        quote="gmail",
    ),
    Mail(
        "orchard/received",
        31,
        "16:06",
        "Orchard Lane Health <no-reply@ashbyhq.com>",
        "Thank you for applying: Product Manager, Patient Apps",
        RECEIVED,
        """
        Dear {first},

        We have received your application for Product Manager, Patient Apps at Orchard Lane Health, thank you.

        Because our apps are used by patients, two clinicians take part in every hiring decision.
        That makes us thorough and, admittedly, slow: please allow three weeks.

        Kind regards,
        Orchard Lane Health
        """,
        shape="both",
        brand="Orchard Lane Health",
        footer="Orchard Lane Health CIC, Canterbury",
    ),
    Mail(
        "orchard/no",
        24,
        "12:20",
        "Orchard Lane Health <no-reply@ashbyhq.com>",
        "Outcome: Product Manager, Patient Apps",
        REJECTION,
        """
        Dear {first},

        The review of applications for Product Manager, Patient Apps is complete. We're sorry to tell you that
        yours is not among those we are taking to interview.

        It was a near thing. With your permission we would like to keep your details on file for twelve months
        and write to you when a suitable vacancy comes up; you can object with one click in the footer.

        We wish you every success.
        Orchard Lane Health
        """,
        shape="both",
        brand="Orchard Lane Health",
        footer="Orchard Lane Health CIC, Canterbury",
    ),
    Mail(
        "marigold/received",
        34,
        "07:44",
        "Marigold Mobility <notifications@smartrecruiters.com>",
        "Your application to Marigold Mobility",
        RECEIVED,
        """
        Hi {first},

        Thanks for taking the time to apply for **Product Manager, Fleet** at Marigold Mobility.
        It's great that you want to help cities to share what they have.

        Our hiring team will take it from here. You can check on it any time in your candidate portal.

        Marigold Mobility
        """,
        zone="+0530",
        shape="html",
        brand="Marigold Mobility",
        footer="Marigold Mobility Pvt., Petal Road 5, Pune",
    ),
    Mail(
        "marigold/no",
        26,
        "10:58",
        "Marigold Mobility <notifications@smartrecruiters.com>",
        "News about Product Manager, Fleet",
        REJECTION,
        """
        Hi {first},

        Thank you for your patience. For **Product Manager, Fleet** we decided to continue with candidates who
        have run a vehicle fleet before, so we will not be proceeding with your application.

        Your profile made us think of a different opening though: our **Product Operations Lead** is
        still wanted. If that sounds interesting to you, we'd warmly invite you to apply on our
        careers page. The interviews for that role begin next month.

        Marigold Mobility
        """,
        zone="+0530",
        shape="html",
        brand="Marigold Mobility",
        footer="Marigold Mobility Pvt., Petal Road 5, Pune",
    ),
    Mail(
        "larkspur/received",
        78,
        "14:35",
        "Larkspur Legal <noreply@candidates.workablemail.com>",
        "Thanks for applying to Larkspur Legal",
        RECEIVED,
        """
        Dear {first},

        your application for the Product Manager position was submitted successfully. Larkspur Legal will
        be in touch if the team decides to take it further.

        This confirmation does not constitute a contract (we are lawyers, we have to say it).
        """,
        shape="both",
        brand="Larkspur Legal",
        footer="Larkspur Legal LLP, 9 Hereinafter Court, Dublin",
    ),
    Mail(
        "larkspur/no",
        70,
        "09:19",
        "Larkspur Legal <noreply@candidates.workablemail.com>",
        "Your application for Product Manager",
        REJECTION,
        """
        Dear {first},

        We regret to inform you that your application for Product Manager at Larkspur Legal has been
        unsuccessful on this occasion. We received 412 applications for one post and could not
        interview as many people as we would have liked.

        Thank you for considering us.
        """,
        shape="both",
        brand="Larkspur Legal",
        footer="Larkspur Legal LLP, 9 Hereinafter Court, Dublin",
    ),
    Mail(
        "larkspur-again/received",
        10,
        "15:02",
        "Larkspur Legal <noreply@candidates.workablemail.com>",
        "Thanks for applying to Larkspur Legal",
        RECEIVED,
        """
        Dear {first},

        we confirm receipt of your new application for the Product Manager position. The post has
        been advertised again with a wider brief, hence everybody may apply again and starts on
        equal terms.

        Larkspur Legal
        """,
        shape="both",
        brand="Larkspur Legal",
        footer="Larkspur Legal LLP, 9 Hereinafter Court, Dublin",
    ),
    Mail(
        "saffron/received",
        21,
        "06:50",
        "Saffron Street <noreply@candidates.workablemail.com>",
        "We have your application for Product Manager, Delivery",
        RECEIVED,
        """
        Hey {first},

        your application for Product Manager, Delivery just came out of the oven at Saffron Street.
        Somebody with an appetite for it will read it within a week. Promise.
        """,
        zone="+0200",
        shape="html",
        brand="Saffron Street",
        footer="Saffron Street, 4 Cardamom Yard, Amsterdam",
    ),
    Mail(
        "saffron/interview",
        13,
        "09:44",
        FARID,
        "Interview: Product Manager, Delivery",
        INTERVIEW,
        """
        Hi {first},

        Farid here, head of product at Saffron Street. I'd love to speak with you about the Product Manager,
        Delivery role. Can we meet for an hour on {long-10}? I'm free between 14:00 and 17:00, online or over
        lunch leftovers in our kitchen.

        Farid
        """,
        zone="+0100",
    ),
    Mail(
        "saffron/interview-yes",
        12,
        "07:55",
        ME,
        "Re: Interview: Product Manager, Delivery",
        None,
        """
        Hi Farid,

        {wd-10} at 15:00, online please. I'll bring my own leftovers.

        {first}
        """,
        zone="+0100",
        reply_to="saffron/interview",
        quote="gmail",
    ),
    Mail(
        "saffron/paused",
        2,
        "17:27",
        FARID,
        "Re: Interview: Product Manager, Delivery",
        UPDATE,
        """
        Hi {first},

        you asked me for a straight answer, here it is. We are merging two kitchens this month and
        have paused hiring for Product Manager, Delivery until that is done. It is a pause and not a
        no; my notes from our talk are good and they stay good. I'll get back to you at the
        beginning of next month.

        Farid
        """,
        zone="+0100",
        reply_to="saffron/interview-yes",
        quote="gmail",
    ),
)
