"""The kinds of stories that the search is made of; each function tells one, of one or more applications."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tests.corpus.linking.names import AGENCIES, Company
from tests.corpus.linking.search import Writer

Tell = Callable[[Writer], None]


def plain(w: Writer) -> None:
    story = w.story("plain", next(w.pool), w.titles(1)[0], w.day())
    w.send(story, "received", "full")
    if w.chance.random() < 0.4:
        w.send(story, "interview", "full", days=6, via="person")
        w.answer(story)
    w.send(story, "update", "full", days=7)
    w.send(story, "rejection", "full", days=14)


def same_company_twice(w: Writer) -> None:
    company, titles, day = next(w.pool), w.titles(2), w.day()
    stories = [w.story("same company twice", company, title, day + 3 * n) for n, title in enumerate(titles)]
    for story in stories:
        w.send(story, "received", "full")
    for story in stories:
        w.send(story, "interview", "full", days=8, via="own")
    w.send(stories[1], "rejection", "full", days=9)
    w.send(stories[0], "offer", "full", days=16)


def levels_of_one_job(w: Writer) -> None:
    """Senior and Staff, II and III: near in letters, two jobs."""
    company, day = next(w.pool), w.day()
    role = w.chance.choice(("Software Engineer", "Data Engineer", "Product Designer"))
    pair = w.chance.choice((("Senior {}", "Staff {}"), ("{} II", "{} III"), ("{}", "Senior {}")))
    for number, form in enumerate(pair):
        story = w.story("levels of one job", company, form.format(role), day + 2 * number)
        w.send(story, "received", "full")
        w.send(story, "rejection", "full", days=11)


def two_requisitions(w: Writer) -> None:
    """The same title twice, told apart by numbers or job pages only."""
    company, title, day = next(w.pool), w.titles(1)[0], w.day()
    slug = company.name.lower().replace(" ", "")
    form = w.chance.choice(("Requisition ID: R-{1}", "Job: https://boards.greenhouse.io/{0}/jobs/{1}{1}"))
    for number in (1, 2):
        story = w.story("two requisitions", company, title, day + number)
        story.ref = form.format(slug, w.chance.randint(10_000, 99_999))
        w.send(story, "received", "full")
        w.send(story, "rejection", "full", days=12)


def known_by_number(w: Writer) -> None:
    """The title is worded anew each time; the number stays."""
    story = w.story("known by number", next(w.pool), "Platform Engineer", w.day())
    story.ref = f"Requisition ID: JR{w.chance.randint(10_000, 99_999)}"
    w.send(story, "received", "full")
    w.send(story, "interview", "full", days=5, title="Engineer, Internal Platforms")
    w.send(story, "rejection", "full", days=9, title="Cloud Systems Engineer")


def reapplied(w: Writer) -> None:
    """The same job again after a no."""
    company, title, day = next(w.pool), w.titles(1)[0], w.day()
    first = w.story("re-application", company, title, day)
    w.send(first, "received", "full")
    w.send(first, "rejection", "full", days=10)
    second = w.story("re-application", company, title, day + 80)
    w.send(second, "received", "full")
    w.send(second, "interview", "company", days=7, via="person")
    w.send(second, "rejection", "full", days=9)


def agency_and_employers(w: Writer) -> None:
    """One recruiter writes for two clients; the clients write themselves later."""
    agency = Company(AGENCIES[w.stories % len(AGENCIES)], "placeholder-talent.example")
    day = w.day()
    for number in (0, 1):
        client = next(w.pool)
        story = w.story("agency and employer", client, w.titles(1)[0], day + number)
        pitch = replace(client, domain=agency.domain)
        story.company = pitch
        w.send(story, "outreach", "client", via="person")
        w.answer(story)
        story.company = client
        w.send(story, "interview", "full", days=4, via="own")
        w.send(story, "rejection", "full", days=9, via="own")


def recruiter_first(w: Writer) -> None:
    story = w.story("recruiter first", next(w.pool), w.titles(1)[0], w.day())
    w.send(story, "outreach", "full", via="person")
    w.answer(story)
    w.send(story, "interview", "bare", days=2, via="person", reply=True)
    w.send(story, "received", "full", days=2)
    w.send(story, "rejection", "full", days=12)


def spelled_differently(w: Writer) -> None:
    forms = (
        ("{} GmbH", "{}", "{} Group"),
        ("{}, Inc.", "{}", "{} Inc"),
        ("The {} Company", "{}", "{}"),
        ("{} S.A.", "{} SA", "{}"),
        ("{} Ltd.", "{} Limited", "{} Careers"),
        ("{} GesmbH", "{} via Greenhouse", "{}"),
        ("{} GmbH & Co. KG", "{} Holding", "{}"),
    )
    company = next(w.pool)
    first, second, third = w.chance.choice(forms)
    story = w.story("spelled differently", company, w.titles(1)[0], w.day())
    w.send(story, "received", "full", company=first.format(company.name))
    w.send(story, "interview", "company", days=6, company=second.format(company.name))
    w.send(story, "rejection", "full", days=8, company=third.format(company.name))


def umlauts(w: Writer) -> None:
    names = iter(UMLAUTS[w.stories % len(UMLAUTS)])
    written, plainly, domain = next(names), next(names), next(names)
    company = Company(written, f"{domain}-{w.stories}.example")
    number = w.stories
    story = w.story("umlauts and German", company, w.titles(1)[0] + " (m/w/d)", w.day())
    story.company = company = replace(company, name=f"{written} {TOWNS[number % len(TOWNS)]}")
    w.send(story, "received", "full_de")
    w.send(story, "interview", "full_de", days=8, via="own")
    form = w.chance.choice(("full_de", "company_de"))
    w.send(story, "rejection", form, days=10, company=company.name.replace(written, plainly))


UMLAUTS = (
    ("Müllerbach & Söhne", "Muellerbach und Soehne", "muellerbach"),
    ("Grünfelder Maschinenbau", "Gruenfelder Maschinenbau", "gruenfelder"),
    ("Bäckerei Hörnle", "Baeckerei Hoernle", "hoernle"),
    ("Schönwetter Optik", "Schoenwetter Optik", "schoenwetter"),
)
TOWNS = ("Nord", "Ost", "Altdorf", "Neudorf", "Seefeld", "Waldau", "Bergheim", "Talheim")


def titles_reworded(w: Writer) -> None:
    forms = (
        ("Sr. Software Engineer", "Senior Software Engineer", "Senior Software-Engineer (m/w/d)"),
        ("Product Manager (f/m/x) - Lakeview", "Product Manager", "Product Manager"),
        ("Full Stack Developer", "Fullstack Developer", "Full-Stack Developer (Remote)"),
        ("Software Engineer, Payments", "Software Engineer", "Software Engineer - Payments"),
        ("Jr. Data Analyst #R-20911", "Junior Data Analyst", "Junior Data Analyst"),
        ("Softwareentwickler*in", "Softwareentwickler (m/w/d)", "Softwareentwickler"),
        ("Front End Engineer II", "Frontend Engineer 2", "Front-End Engineer II"),
    )
    story = w.story("titles reworded", next(w.pool), "", w.day())
    first, second, third = w.chance.choice(forms)
    w.send(story, "received", "full", title=first)
    w.send(story, "interview", "full", days=7, title=second, via="own")
    w.send(story, "rejection", "full", days=9, title=third)


def title_missing(w: Writer) -> None:
    story = w.story("title missing", next(w.pool), w.titles(1)[0], w.day())
    w.send(story, "received", w.chance.choice(("full", "company")))
    w.send(story, "assessment", "company", days=3)
    w.send(story, "update", "company", days=9)
    w.send(story, "rejection", "company", days=8)


def company_only_mentioned(w: Writer) -> None:
    """Later mail comes from a calendar and names the company in its subject only."""
    story = w.story("company in the subject only", next(w.pool), w.titles(1)[0], w.day())
    w.send(story, "received", "full")
    w.send(story, "interview", "mention", days=6, via="calendar")
    w.send(story, "rejection", "mention", days=10, via="calendar")


def answers_without_references(w: Writer) -> None:
    """A client that drops References: only subject and people are left."""
    story = w.story("answers without references", next(w.pool), w.titles(1)[0], w.day())
    w.send(story, "received", "full")
    w.send(story, "interview", "full", days=5, via="person")
    subject = f"Re: {story.subjects[-1]}"
    w.answer(story, reply=False)
    w.send(story, "interview", "bare", days=1, via="person", answers=subject)
    w.answer(story, reply=False)
    w.send(story, "rejection", "bare", days=6, via="person", answers=subject)


def one_person_writes(w: Writer) -> None:
    """No company, no title, no thread: the same recruiter at the employer's domain."""
    story = w.story("known by its sender", next(w.pool), w.titles(1)[0], w.day())
    w.send(story, "received", "full")
    w.send(story, "interview", "bare", days=5, via="person")
    w.send(story, "update", "bare", days=5, via="person")
    w.send(story, "rejection", "title", days=5, via="person")


def threaded(w: Writer) -> None:
    story = w.story("threads", next(w.pool), w.titles(1)[0], w.day())
    w.send(story, "interview", "full", via="person")
    w.answer(story)
    w.send(story, "interview", "bare", days=1, via="person", reply=True)
    w.answer(story)
    w.send(story, "rejection", "bare", days=6, via="person", reply=True)


def board_and_company(w: Writer) -> None:
    story = w.story("board and company confirm", next(w.pool), w.titles(1)[0], w.day())
    w.send(story, "received", "full")
    w.send(story, "received", "full", days=0.2, via="own")
    w.send(story, "rejection", "full", days=15, via="own")


def abbreviated(w: Writer) -> None:
    """ "Fernhollow Robotics" signs as FR."""
    company = next(w.pool)
    first = company.name.split()[0]
    company = replace(company, name=f"{first} {w.chance.choice(('Quantum', 'Zeppelin', 'Xylophone'))} Works")
    initials = "".join(word[0] for word in company.name.split())
    story = w.story("abbreviations", company, w.titles(1)[0], w.day())
    w.send(story, "received", "full")
    w.send(story, "rejection", "full", days=9, company=initials)


def subsidiary(w: Writer) -> None:
    """The brand that confirms and the parent that answers; the person has said that they are one."""
    brand, parent = next(w.pool), next(w.pool)
    w.search.aliases[parent.name] = brand.name
    story = w.story("subsidiary by alias", brand, w.titles(1)[0], w.day())
    w.send(story, "received", "full")
    story.company = parent
    w.send(story, "interview", "full", days=6, via="own")
    w.send(story, "rejection", "company", days=8, via="own")


def which_one(w: Writer) -> None:
    """Two are open, the mail says neither: nobody can tell, so nobody may guess."""
    company, titles, day = next(w.pool), w.titles(2), w.day()
    stories = [w.story("which one?", company, title, day + n) for n, title in enumerate(titles)]
    for story in stories:
        w.send(story, "received", "full")
    w.send(stories[0], "update", "company", days=6, decidable=False)
    for story in stories:
        w.send(story, "rejection", "full", days=9)


def near_names(w: Writer) -> None:
    """ "Fernhollow Robotics" and "Fernhollow Foods" have nothing to do with each other."""
    stem, day = next(w.pool).name.split()[0], w.day()
    for number, branch in enumerate(w.chance.sample(("Robotics", "Foods", "Shipping", "Insurance"), 2)):
        company = Company(f"{stem} {branch}", f"{stem}-{branch}.example".lower())
        story = w.story("near names", company, w.titles(1)[0], day + number)
        w.send(story, "received", "full")
        w.send(story, "interview", "company", days=6, via="person")
        w.send(story, "rejection", "company", days=9)


def one_is_left(w: Writer) -> None:
    """Two at one company, one of them over: what names no job is about the other."""
    company, titles, day = next(w.pool), w.titles(2), w.day()
    over, alive = (w.story("one is left", company, title, day + n) for n, title in enumerate(titles))
    w.send(over, "received", "full")
    w.send(alive, "received", "full")
    w.send(over, "rejection", "full", days=6)
    w.send(alive, "interview", "company", days=12, via="own")
    w.send(alive, "rejection", "company", days=9)


def coordinated_elsewhere(w: Writer) -> None:
    """A scheduling service writes for everybody: its domain says nothing, its text names the company."""
    story = w.story("coordinated elsewhere", next(w.pool), w.titles(1)[0], w.day())
    w.send(story, "received", "full")
    w.send(story, "interview", "company", days=5, via="desk")
    w.send(story, "interview", "mention", days=2, via="desk")
    w.send(story, "rejection", "full", days=9)


def misspelt(w: Writer) -> None:
    """A slip in the company's name, and another in the title."""
    company, title = (
        next(w.pool),
        w.chance.choice(("Product Designer", "Software Engineer", "Marketing Manager")),
    )
    story = w.story("slips of the pen", company, title, w.day())
    w.send(story, "received", "full")
    slip = company.name[:4] + company.name[3] + company.name[4:]
    w.send(story, "interview", "full", days=5, via="own", company=slip)
    w.send(story, "rejection", "full", days=9, title=title.replace("gn", "ng").replace("rk", "kr"))


def system_without_company(w: Writer) -> None:
    """A system that says the title only; it is the one such application that is open."""
    story = w.story("only the title", next(w.pool), f"{w.titles(1)[0]} {w.chance.choice(FIELDS)}", w.day())
    w.send(story, "received", "full")
    w.send(story, "interview", "title", days=4, via="system")
    w.send(story, "rejection", "title", days=8, via="system")


FIELDS = ("Hydrogen", "Antarctica", "Night Trains", "Beekeeping", "Lighthouses", "Glaciers", "Bridges")


def others_mentioned(w: Writer) -> None:
    """The subject speaks of a partner that the person applied to as well; the sender's domain knows better."""
    first, second, day = next(w.pool), next(w.pool), w.day()
    mine = w.story("others mentioned", first, w.titles(1)[0], day)
    other = w.story("others mentioned", second, w.titles(1)[0], day + 1)
    w.send(mine, "received", "full")
    w.send(other, "received", "full")
    w.send(mine, "update", "bare", days=5, via="person", answers=f"Our work with {second.name}")
    w.send(mine, "rejection", "full", days=5)
    w.send(other, "rejection", "full", days=12)


def again_without_a_word(w: Writer) -> None:
    """A second application after a no, and then mail that names neither job nor time."""
    company, titles, day = next(w.pool), w.titles(2), w.day()
    first = w.story("another try", company, titles[0], day)
    w.send(first, "received", "full")
    w.send(first, "rejection", "company", days=10)
    second = w.story("another try", company, titles[1], day + 45)
    w.send(second, "received", "company")
    w.send(second, "interview", "full", days=6, via="person")
    w.send(second, "rejection", "bare", days=8, via="person")


def answer_crosses(w: Writer) -> None:
    """The invitation comes before the confirmation, and the confirmation twice."""
    story = w.story("out of order", next(w.pool), w.titles(1)[0], w.day())
    w.send(story, "interview", "full", via="person")
    w.answer(story, days=0.1)
    w.send(story, "received", "full", days=0.2)
    w.send(story, "received", "company", days=0.1)
    w.send(story, "offer", "company", days=9, via="person")


STORIES: tuple[tuple[Tell, int], ...] = (
    (plain, 10),
    (same_company_twice, 8),
    (levels_of_one_job, 8),
    (two_requisitions, 8),
    (known_by_number, 8),
    (reapplied, 8),
    (agency_and_employers, 8),
    (recruiter_first, 8),
    (spelled_differently, 10),
    (umlauts, 8),
    (titles_reworded, 10),
    (title_missing, 10),
    (company_only_mentioned, 10),
    (answers_without_references, 10),
    (one_person_writes, 8),
    (threaded, 10),
    (board_and_company, 6),
    (abbreviated, 6),
    (subsidiary, 8),
    (which_one, 6),
    (near_names, 8),
    (one_is_left, 8),
    (coordinated_elsewhere, 6),
    (misspelt, 6),
    (system_without_company, 6),
    (others_mentioned, 6),
    (again_without_a_word, 8),
    (answer_crosses, 8),
)
