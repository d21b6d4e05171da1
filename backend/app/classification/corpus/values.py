"""Invented values for the slots of the grammar, and the styles of senders."""

from __future__ import annotations

SLOTS: dict[str, tuple[str, ...]] = {
    "first": ("Robin", "Kim", "Sasha", "Noor", "Jules", "Mika", "Toni", "Ari", "Lou", "Remy"),
    "last": ("Testperson", "Sample", "Muster", "Placeholder", "Doe", "Exemplar"),
    "recruiter": ("Pat Sample", "Dana Placeholder", "Chris Example", "Alexis Demo", "Jo Muster", "Sam Fictive", "Nell Invented"),
    "company": ("Bluefern", "Quarrystone Labs", "Nimbus & Oak", "Tallgrass Health", "Orbitkite", "Paperlantern", "Greywharf", "Copper Kettle Group", "Vantablue", "Mossgate Systems", "Harbourlight", "Tinderbox Robotics"),
    "agency": ("Peopleriver Staffing", "Ladder & Rung Recruiting", "Talentquay", "Northbridge Search", "Skillharbour"),
    "title": ("Software Engineer", "Data Analyst", "Product Manager", "Registered Nurse", "Marketing Coordinator", "Senior Backend Developer", "Account Executive", "DevOps Engineer", "Research Assistant", "UX Designer", "Warehouse Associate", "Financial Analyst", "Teacher", "Machine Learning Engineer", "Customer Support Specialist", "Summer Intern", "HR Generalist", "Project Manager"),
    "city": ("Springfield", "Rivertown", "Lakeside, CA", "Port Example, NY", "Hillview", "Remote", "Eastham, TX"),
    "weekday": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"),
    "date": ("March 3", "12 June", "September 21", "2024-05-14", "May 9th", "October 30"),
    "month": ("March", "June", "September", "January"),
    "time": ("10:00 AM", "2pm", "3:30 PM EST", "14:00", "9 am"),
    "salary": ("$85,000", "$120k", "£54,000", "€62,000", "$40/hr"),
    "req": ("R-10234", "#4471", "JR-5521", "REF88A"),
    "list": ("kernel", "mail", "parser", "users"),
    "users": ("users", "dev", "announce"),
}

# style -> (display name, address, bulk)
SENDERS: dict[str, tuple[tuple[str, str, bool], ...]] = {
    "ats": (
        ("[company]", "no-reply@greenhouse.io", False),
        ("[company] Hiring Team", "no-reply@ashbyhq.com", False),
        ("[company]", "no-reply@hire.lever.co", False),
        ("[company] Talent Acquisition", "[company]@myworkday.com", False),
        ("[company]", "notifications@smartrecruiters.com", False),
        ("[company] Careers", "[company]+autoreply@talent.icims.com", False),
        ("[company] Careers", "noreply@workablemail.com", False),
        ("[company] Recruiting", "careers@[company].com", False),
        ("[company] Talent", "noreply@[company].com", True),
    ),
    "board": (("Indeed Apply", "indeedapply@indeed.com", False), ("LinkedIn", "jobs-noreply@linkedin.com", True)),
    "own": (
        ("[recruiter]", "recruiting@[company].com", False),
        ("[recruiter]", "hello@[company].com", False),
        ("[recruiter]", "pat@[company].io", False),
        ("[company] HR", "hr@[company].com", False),
        ("[company]", "info@[company].com", False),
    ),
    "own_bulk": (("[company] Careers", "careers@[company].com", True), ("[company] Talent Network", "talent@[company].com", True)),
    "recruiter": (
        ("[recruiter]", "jo@peopleriverstaffing.com", False),
        ("[recruiter]", "inmail-hit-reply@linkedin.com", True),
        ("[recruiter]", "dana@talentquay.com", True),
        ("[recruiter]", "sam@gmail.com", False),
        ("[recruiter]", "talent@[company].com", False),
    ),
    "alert": (
        ("LinkedIn Job Alerts", "jobalerts-noreply@linkedin.com", True),
        ("Indeed", "alert@indeed.com", True),
        ("ZipRecruiter", "alerts@ziprecruiter.com", True),
        ("Glassdoor Jobs", "noreply@glassdoor.com", True),
        ("[company] Careers", "jobs@[company].com", True),
    ),
    "shop": (("[company] Store", "orders@[company].com", True), ("[company]", "support@[company].com", False), ("Billing", "billing@[company].com", False)),
    "auto": (("[company]", "noreply@[company].com", False), ("Security", "account@[company].com", False), ("notifications", "notifications@github.com", True)),
    "bulk": (("[company]", "newsletter@[company].com", True), ("[company] News", "hello@[company].io", True), ("The Digest", "team@[company].com", True)),
    "spam": (("Winner Desk", "promo@[company].biz", False), ("[recruiter]", "pat@hotmail.com", False), ("Deals", "deals@[company].info", True)),
    "list": (("[recruiter]", "pat@[company].org", True), ("[recruiter]", "jo@gmail.com", False)),
    "person": (("[first] [last]", "kim@gmail.com", False), ("[recruiter]", "pat@outlook.com", False)),
}
