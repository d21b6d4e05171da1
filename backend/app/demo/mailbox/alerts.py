"""Job alerts and newsletters with openings: many jobs, none of them applied for."""

from __future__ import annotations

from app.demo.mailbox.notation import ALERT, Mail

MAILS = (
    Mail(
        "alerts/network-1",
        77,
        "06:10",
        "LinkedIn Job Alerts <jobalerts-noreply@linkedin.com>",
        "“product manager”: 6 new jobs in Berlin and remote",
        ALERT,
        """
        Your job alert for **product manager** in Berlin

        **Product Manager, Checkout**
        Parsnip Pay · Berlin, Germany (Hybrid)
        Actively recruiting

        **Senior Product Manager**
        Clockwork Otter · Remote, EU
        12 school alumni

        **Product Manager (f/m/x)**
        Kiosk & Sons · Berlin, Germany (On-site)

        **Group Product Manager, Growth**
        Tangerine Dial · Hamburg, Germany (Hybrid)
        Easy Apply

        [See all jobs](https://jobs.digest-list.example/search?q=product-manager)!
        """,
        shape="html",
        look="network",
        brand="LinkedIn",
        footer="You get job alert emails daily.",
        bulk=True,
    ),
    Mail(
        "alerts/board-1",
        62,
        "07:33",
        "Indeed <alert@indeed.com>",
        "Data Engineer @ Moonraker Mills and 14 more data engineer jobs in Berlin for you",
        ALERT,
        """
        **15 new data engineer jobs in Berlin**

        **Data Engineer**
        Moonraker Mills - Berlin
        EUR 65,000 - EUR 80,000 a year
        Our bakeries produce more data than bread...

        **Junior Data Engineer**
        Pelican Post GmbH - Potsdam
        You bring first experience with SQL...

        **Data Platform Engineer (all genders)**
        Vintner's Cloud - Berlin
        Home office possible

        **Analytics Engineer**
        Brass Button AG - remote in Germany
        EUR 70,000 a year

        [View all 15 jobs](https://alerts.digest-list.example/j/berlin)!
        """,
        shape="html",
        look="network",
        brand="Indeed Job Alert",
        footer="These jobs match your saved search.",
        bulk=True,
    ),
    Mail(
        "alerts/rolefinder",
        53,
        "05:45",
        "Rolefinder <hello@rolefinder.example>",
        "{first}, 9 roles picked for you this week",
        ALERT,
        """
        Good morning {first}, these fit your profile best:

        **1. Senior UX Researcher**
        Tin Whistle Media, Manchester - 92 % match

        **2. Product Analyst**
        Gooseberry Games, remote - 89 % match

        **3. Service Designer**
        County of Elsewhere, Leeds - 85 % match

        **4. Product Owner**
        Halfpenny Insurance, Bristol - 81 % match

        [Apply in one click](https://www.rolefinder.example/picks)!

        Complete your profile to get better picks.
        """,
        shape="both",
        look="news",
        brand="Rolefinder",
        footer="Rolefinder Ltd, sent because you saved a search.",
        bulk=True,
    ),
    Mail(
        "alerts/long-bench",
        42,
        "08:00",
        "The Long Bench <letters@longbench.example>",
        "Issue 118: eleven small companies that are hiring right now",
        ALERT,
        """
        Hello benchers,

        a big clear-out of the list: we threw out every opening older than a month. These are the ones
        that remain, all with a salary range, as always.

        **Founding Engineer** at Gutter & Gable (roof drones), Lille, EUR 60-75k

        **Product Manager** at Thistlewire (rural broadband), Glasgow, GBP 55-62k

        **Designer, half-time** at Oddment Press, anywhere, EUR 30k

        **Data Engineer** at Salt & Scale (fish markets), Bergen, NOK 720-800k

        Seven more [on the website](https://longbench.example/118). Know a company that should be on
        the bench? Write back.
        """,
        zone="+0100",
        shape="html",
        look="news",
        brand="The Long Bench",
        footer="1,904 readers. Made by two people and a cat.",
        bulk=True,
    ),
    Mail(
        "alerts/marigold-community",
        20,
        "06:30",
        "Marigold Mobility Talent Community <notifications@smartrecruiters.com>",
        "New openings at Marigold Mobility for our talent community",
        ALERT,
        """
        Dear member of our talent community,

        here's what is new on our careers page this month:

        **Product Operations Lead** - Pune or Rotterdam

        **Field Technician, e-bikes** - Rotterdam

        **Working Student, Data** - Pune

        **Head of Charging** - remote

        [Browse all openings](https://careers.marigold-mobility.example/openings)!

        You joined the community when you applied with us and can leave it any time.
        """,
        zone="+0530",
        shape="html",
        brand="Marigold Mobility",
        footer="Marigold Mobility Pvt., Petal Road 5, Pune",
        bulk=True,
    ),
    Mail(
        "alerts/portal",
        12,
        "04:00",
        "Blue Current Utilities Job Alerts <bluecurrent@myworkday.com>",
        "Your job alert: 3 new jobs match “analyst”",
        ALERT,
        """
        Hello,

        Your saved search "analyst" found 3 new jobs:

        R-77391 Billing Analyst, Leipzig
        R-77402 Senior Data Analyst, Leipzig or remote
        R-77410 Grid Operations Analyst, Cottbus

        [Manage job alerts](https://careers.blue-current.example/alerts)
        """,
        shape="html",
        look="portal",
        brand="Blue Current Utilities",
        footer="You receive this message because you created a job alert.",
        bulk=True,
    ),
    Mail(
        "alerts/network-2",
        3,
        "06:12",
        "LinkedIn Job Alerts <jobalerts-noreply@linkedin.com>",
        "“technical writer”: Copy Lead at Quillon and 3 others",
        ALERT,
        """
        Your job alert for **technical writer** in European Union

        **Copy Lead, Product**
        Quillon · Remote, EU
        Be an early applicant

        **Technical Writer (API)**
        Doorstop Systems · Vienna, Austria (Hybrid)

        **Documentation Engineer**
        Fennel Robotics · Tallinn, Estonia (On-site)
        Easy Apply

        [See all jobs](https://jobs.digest-list.example/search?q=technical-writer)!
        """,
        shape="html",
        look="network",
        brand="LinkedIn",
        footer="You get job alert emails daily.",
        bulk=True,
    ),
)
