"""Searches where somebody still owes an answer: silence, a test to do, papers to send."""

from __future__ import annotations

from app.demo.mailbox.notation import ASSESSMENT, RECEIVED, UPDATE, App, Mail

APPLICATIONS = (
    App("polarquill", "Polarquill", "Technical Writer", "assessment"),
    App("windmere", "Windmere Museum", "Digital Producer", "applied"),
    App("nimbus", "Nimbus Garden", "Staff Product Manager", "applied"),
    App("ironbark", "Ironbark Data", "Analytics Engineer", "applied"),
    App("bluecurrent", "Blue Current Utilities", "Data Analyst", "applied"),
    App("quietharbor", "Quiet Harbor Insurance", "Product Owner, Claims", "applied"),
    App("gridlark", "Gridlark", "Data Engineer", "applied"),
)

MAILS = (
    Mail(
        "polarquill/received",
        11,
        "22:40",
        "Polarquill <no-reply@us.greenhouse-mail.io>",
        "Polarquill | Thanks for applying, {first}",
        RECEIVED,
        """
        Hi {first},

        thanks for applying to be a **Technical Writer** at Polarquill. We confirm that your application
        and the two writing samples have arrived.

        Four of us read samples on Thursdays, over tea. We will be in touch after the next tea.

        Your friends in the docs guild
        """,
        shape="html",
        brand="Polarquill",
        footer="Polarquill Software, North Passage 8, Tromsø",
    ),
    Mail(
        "polarquill/exercise",
        4,
        "14:18",
        "Hanna Loremson at Polarquill <no-reply@us.greenhouse-mail.io>",
        "Your writing exercise for Technical Writer (due {long+3})",
        ASSESSMENT,
        """
        Hi {first},

        The samples went down well! As the next step we ask everyone to complete the same short writing
        exercise: we give you an undocumented command line tool, you give us the page you wish it had.

        Plan for 90 minutes, two hours at most. Please submit it **by {long+3}, 18:00 Berlin time**.

        [Start the exercise](https://tasks.polarquill.example/take-home/w-4471)!

        You may use anything but a ghostwriter. If the date is bad for you, say so and we move it.

        Hanna Loremson
        Documentation lead
        """,
        shape="both",
        brand="Polarquill",
        footer="Polarquill Software, North Passage 8, Tromsø",
    ),
    Mail(
        "windmere/received",
        25,
        "10:00",
        "Windmere Museum Personnel Office <personnel@windmere-museum.example>",
        "Acknowledgement of your application: Digital Producer (ref. WM-0317)",
        RECEIVED,
        """
        Dear Applicant,

        We acknowledge with thanks receipt of your application for the post of Digital Producer,
        reference WM-0317, at the Windmere Museum of Everyday Things.

        The closing date has not yet passed. Applications will be considered by the appointing panel
        thereafter, and all candidates will be informed of the outcome in writing.

        Yours faithfully,
        Mr A. Fauxley
        Personnel Office
        """,
        charset="iso-8859-1",
    ),
    Mail(
        "windmere/papers",
        5,
        "09:35",
        "Windmere Museum Personnel Office <personnel@windmere-museum.example>",
        "Digital Producer, WM-0317: documents outstanding",
        UPDATE,
        """
        Dear {name},

        The panel is about to consider the applications for the post of Digital Producer and finds that
        two enclosures are missing from yours. Kindly provide the following **no later than
        {long+5}**:

        - two samples of work, not exceeding ten pages or five minutes in total
        - a copy of your passport or other proof of the right to work

        The documents may be sent in answer to this message. Applications that remain incomplete cannot
        be put before the panel.

        Yours sincerely,
        A. Fauxley, Personnel Office
        """,
        shape="both",
        look="letter",
        reply_to="windmere/received",
    ),
    Mail(
        "nimbus/received",
        2,
        "19:03",
        "Nimbus Garden Hiring Team <no-reply@eu.greenhouse-mail.io>",
        "Nimbus Garden: we received your application",
        RECEIVED,
        """
        Hello {first},

        Your application to Nimbus Garden for **Staff Product Manager** has been received and is now in
        the hands of our product council. It meets every other Wednesday; you will hear from us after
        that.

        Applying for more than one role? There's no need to write again, we see all of them together.

        See you soon, perhaps,
        Nimbus Garden
        """,
        zone="+0200",
        shape="html",
        brand="Nimbus Garden",
        footer="Nimbus Garden AB, Lilla Molngatan 3, Malmö",
    ),
    Mail(
        "ironbark/received",
        7,
        "03:26",
        "Ironbark Data <no-reply@us.greenhouse-mail.io>",
        "Thanks for your application to Ironbark Data",
        RECEIVED,
        """
        G'day {first},

        Thanks for applying for the Analytics Engineer position with Ironbark Data.

        Here's what happens from now on. We go through applications in the order in which they came. If
        you are selected, we will contact you to schedule an interview with the team, followed by a short
        SQL assessment and a chat with the founder. If you are not, we'll tell you that too, unfortunately
        it can take up to four weeks.

        Cheers from Ballarat,
        Ironbark Data
        """,
        zone="+1000",
        shape="both",
        brand="Ironbark Data",
        footer="You get this mail because you applied at careers.ironbark-data.example",
    ),
    Mail(
        "bluecurrent/received",
        18,
        "11:47",
        "Blue Current Utilities <bluecurrent@myworkday.com>",
        "Data Analyst R-77120: application submitted",
        RECEIVED,
        """
        Dear {name},

        Your application for the position Data Analyst (R-77120) has been submitted successfully.

        Our recruitment partners will compare your qualifications with the requirements of the position.
        You can follow the status of your application at any time in your
        [candidate home](https://careers.blue-current.example/home).

        Regards,
        Blue Current Utilities Talent Acquisition
        """,
        shape="html",
        look="portal",
        brand="Blue Current Utilities",
        footer="Blue Current Utilities is an equal opportunity employer.",
    ),
    Mail(
        "quietharbor/received",
        39,
        "16:09",
        "Quiet Harbor Insurance Careers <quietharbor+autoreply@talent.icims.com>",
        "Your application: Product Owner, Claims",
        RECEIVED,
        """
        {name},

        Thank you for your interest in employment with Quiet Harbor Insurance. You have applied for:

        **2024-5512 Product Owner, Claims** (Bristol, hybrid)

        A member of the talent team will review your resume against the requirements of the job. Due to
        the number of applicants we only reach out to those whose experience fits best.

        [See the job again](https://careers.quiet-harbor.example/jobs/5512)
        """,
        shape="html",
        look="portal",
        brand="Quiet Harbor Insurance",
        footer="Quiet Harbor Insurance plc, registered in Nowhere-on-Sea",
    ),
    Mail(
        "gridlark/received",
        27,
        "08:14",
        "Gridlark <noreply@candidates.workablemail.com>",
        "Thanks for applying to Gridlark",
        RECEIVED,
        """
        Hi {first},

        Your application for the Data Engineer job was submitted successfully. Here's a copy of it for
        your records:

        Name: {name}
        Email: {email}
        Why Gridlark? "Because the grid is the largest machine that nobody documents."

        (We liked that one.)

        Good luck!
        The Gridlark crew
        """,
        zone="+0200",
        shape="both",
        brand="Gridlark",
        footer="Gridlark Oy, Sähkötie 2, Oulu",
    ),
)
