"""English sentences of recruiters' pitches, job alerts and lists of jobs."""

from __future__ import annotations

POOLS: dict[str, tuple[str, ...]] = {
    "pitch_intro": (
        "{My name is [recruiter] and I am|I'm [recruiter],|This is [recruiter],} {a|an IT|a technical|a senior} recruiter {at|with|for} [agency].",
        "I {came across|found|just saw|ran across} your {profile|resume|background} on {LinkedIn|Indeed|Dice|a job board|GitHub} and {was impressed|thought of you|wanted to reach out}.",
        "I {recruit|hire} {engineers|data people|sales talent} for {startups|a fintech company|our clients} in [city].",
        "{I am reaching out|I'm writing|I wanted to reach out} {about|regarding|to see if you'd be open to} {a new opportunity|an opening|a [title] role}{ with our client| at [company]|}.",
        "Your {background|experience|profile} {caught my eye|looks like a great match|stood out} for {a|our} [title] {role|position|opening}.",
        "We {are working with|partner with} {a fast growing startup|a leading bank|a Fortune 500 company} that {is hiring|is looking for} a [title].",
        "{A friend of yours|[recruiter]} {referred you to me|suggested I contact you|gave me your name}.",
        "My client in [city] {has an immediate need|is urgently looking} for a [title].",
        "I lead the {engineering|product} team at [company] and we are {hiring|growing quickly}.",
    ),
    "pitch_role": (
        "We have {an urgent|an immediate|an exciting|a new|a great} {opening|requirement|opportunity|position} for a [title] {in [city]|with our direct client|, fully remote|}.",
        "{This is|It is} a {6|12|3} month contract {to hire |}{with possible extension|, W2 only|, C2C is fine}.",
        "Role: [title]\nLocation: [city] ({remote|hybrid|onsite})\nDuration: {6+ months|12 months|Long term}\nRate: {$60/hr|DOE|market}",
        "The {pay range|salary|rate|compensation} is [salary]{ plus bonus and equity| depending on experience|}.",
        "{Must have|Looking for}: {5+|3+|8+} years of experience with {Python and AWS|Java|sales in SaaS|SQL and Tableau|patient care}.",
        "The company {just raised a Series B|is backed by top investors|builds tools for hospitals} and {the team is growing|needs great people}.",
        "Job Title: [title]\nJob Location: [city]\nJob Type: {Contract|Full time}",
        "Please find the job description below.",
        "Responsibilities:\n- Build and run services\n- Work with product\n- Mentor others",
        "Skills required:\n- {Python|Java|Excel}\n- {SQL|Kubernetes|Salesforce}\n- Good communication",
    ),
    "pitch_ask": (
        "{Are you|Would you be} {open to|interested in} {a quick chat|a call this week|hearing more|new opportunities|discussing this role|exploring a change}?",
        "If {you're interested|this sounds interesting|you are available}, {please |}{send me your updated resume|reply with your resume|share a good time to talk|let me know and I'll share details}.",
        "{Let me know|Please let me know} if {you'd be|you are} {interested|open to talking|available for a short call}{, and your expected rate|}.",
        "{If not|Not interested}? {Do you know anyone|Feel free to forward this to anyone|We pay a referral bonus if you know somebody} {who might be|looking}.",
        "What is the best {number|time} to reach you{ at|}?",
        "Please {forward|send|share} your {latest|updated|most recent} resume{ in Word format|}{ along with your rate and visa status|}.",
        "Even if {you're not looking right now|the timing is off}, {I'd love to connect|I would like to stay in touch}.",
        "Would you have {15|20|30} minutes {this week|on [weekday]} for a {chat|call} about it?",
    ),
    "alert_intro": (
        "{[n] new|New|Your latest|Top} {[title] |}jobs {in [city]|near you|for you|matching your profile|that match your search}.",
        "{Here are|We found|Check out} {[n] |}{new |}{jobs|openings|roles} {for you|based on your profile|you may like|matching your job alert}.",
        "Your job alert for [title]{ in [city]|} has {[n] |}new {results|jobs|matches}.",
        "{Recommended|Hand-picked|Suggested} jobs {for you|based on your recent searches}.",
        "[company] is hiring for [title]{ and [n] more jobs|}.",
        "{I found|We think we found} a job that {fits|matches} your {resume|experience}: {be one of the first to apply|apply before others do}.",
        "You joined our talent {community|network}, so we thought you'd like these {openings|new roles}.",
        "Jobs similar to ones you {viewed|saved|applied for}.",
    ),
    "alert_item": (
        "[title]\n[company] - [city]\n{2 days ago|Just posted|Easily apply|Posted 3 days ago}",
        "[title]\n[company]\n[city]\nApply now",
        "[title] at [company], [city]. {View job|Apply now|Easy apply}",
        "[title]\n[company] · [city] ({Remote|Hybrid|On-site})\n{Actively recruiting|[salary] a year|Be an early applicant}",
        "[company] is looking for a [title] in [city].\nView details",
    ),
    "alert_tail": (
        "{See all jobs|View all jobs|See more jobs|Edit this job alert|Manage your alerts}",
        "You {receive|are receiving} this because you {created a job alert|have an alert for [title]}.\nUnsubscribe",
        "Unsubscribe from these job recommendations",
        "Improve your matches: update your {preferences|profile}.",
    ),
}
