"""Which sentences make up which kind of English mail.

A plan is: family, class, subjects, steps, sender styles. A step is a pool with how often it occurs (`pool:0.5`,
`pool*2` for up to two sentences). Families are held out as a whole when the model is calibrated.
"""

from __future__ import annotations

Plan = tuple[str, str, tuple[str, ...], str, str]

APPLICATION = "APPLICATION_RECEIVED"
INTERVIEW = "INTERVIEW_REQUEST"

PLANS: tuple[Plan, ...] = (
    ("received.ats", APPLICATION, ("Thank you for applying to [company]", "Your application to [company]", "Application received: [title]", "[company] - we got your application", "Thanks for applying!", "Your application for [title] at [company]"), "greeting thanks:.9 received:.85 will_review:.85 contact_if:.75 careers_links:.4 accommodation:.1 closing footer", "ats"),
    ("received.short", APPLICATION, ("Thank you for your application", "Application confirmation", "We received your application", "", "[title] application"), "greeting thanks:.5 received closing:.5", "own"),
    ("received.review", APPLICATION, ("Thank you for your interest in [company]", "Thanks for your interest", "Re: [title]", ""), "greeting thanks will_review contact_if*2 questions:.3 closing footer", "ats"),
    ("received.process", APPLICATION, ("Your application at [company]: what happens next", "Application submitted", "You applied to [title]"), "greeting received thanks:.4 will_review contact_if*2 careers_links luck:.2 keep_file:.2 closing footer", "ats"),
    ("received.board", APPLICATION, ("Indeed Application: [title]", "[first], your application was sent to [company]", "Application submitted: [title]"), "received careers_links:.5 questions:.3 footer", "board"),
    ("received.keep", APPLICATION, ("Thank you for applying", "Application to [company] received"), "greeting thanks:.6 received contact_if keep_file reapply:.2 closing", "own"),
    ("received.quiet", APPLICATION, ("Thank you from [company]", "Your interest in [company]", "Thank you"), "greeting thanks contact_if closing:.6 footer:.5", "own"),
    ("reject.direct", "REJECTION", ("Your application to [company]", "Update on your application", "[company] - [title]", "Thank you for your interest in [company]", "Application status", "Your application for [title]"), "greeting thanks:.8 regret_soft:.3 decline keep_file:.35 reapply:.35 luck:.6 closing footer", "ats"),
    ("reject.afterinterview", "REJECTION", ("Your interview with [company]", "Following up", "Re: Interview", "[title] at [company]", "Thank you for interviewing with us"), "greeting after_talk regret_soft:.5 decline keep_file:.4 luck:.6 feedback_survey:.1 closing", "own"),
    ("reject.filled", "REJECTION", ("Position filled", "[title] position update", "Update from [company]", "Your application"), "greeting thanks:.7 filled decline:.3 reapply:.4 keep_file:.4 luck:.5 closing footer", "ats"),
    ("reject.soft", "REJECTION", ("About your application", "An update from [company]", "[company] application", ""), "greeting thanks:.6 regret_soft*2 decline:.75 luck:.7 reapply:.4 closing", "own"),
    ("reject.softonly", "REJECTION", ("Your application", "Update on the [title] role"), "greeting thanks:.6 regret_soft*2 keep_file luck closing", "own"),
    ("reject.short", "REJECTION", ("Your application", "", "Application update", "[title]"), "greeting:.7 decline luck:.5", "ats"),
    ("reject.aftertest", "REJECTION", ("Your assessment results", "Coding challenge follow-up"), "greeting test_done decline luck:.6 reapply:.4 closing", "own"),
    ("reject.survey", "REJECTION", ("Thank you for your interest in [company]", "Your candidacy"), "greeting thanks decline reapply:.5 feedback_survey luck:.4 closing footer", "ats"),
    ("reject.talent", "REJECTION", ("Update on your application for [title]",), "greeting thanks decline reapply keep_file careers_links:.4 closing footer", "ats"),
    ("interview.invite", INTERVIEW, ("Interview invitation - [title]", "[company] interview", "Next steps with [company]", "Invitation to interview: [title]", "Your application to [company]", "Phone interview", "Interview request"), "greeting pleasant:.3 thanks:.5 invite ask_time:.7 questions:.5 closing", "own"),
    ("interview.ats", INTERVIEW, ("[company]: schedule your interview", "Interview availability request", "Please share your availability", "[title] - next steps"), "greeting thanks:.4 invite:.9 ask_time*2 accommodation questions closing footer", "ats"),
    ("interview.confirm", INTERVIEW, ("Interview confirmation: [title]", "Confirmed: interview with [company]", "Your interview on [weekday]", "Interview details", "Interview scheduled with [company]"), "greeting pleasant:.2 slot*4 questions:.4 closing", "own"),
    ("interview.remind", INTERVIEW, ("Reminder: your interview with [company]", "Upcoming interview", "Interview tomorrow", "Interview reminder"), "greeting slot*2 closing footer:.4", "ats"),
    ("interview.resched", INTERVIEW, ("Interview rescheduled", "Change to your interview", "Re: Interview [weekday]"), "greeting resched ask_time:.6 slot:.4 closing", "own"),
    ("interview.short", INTERVIEW, ("Re: [title]", "[title] at [company]", "Chat?", "Quick call", "Time to talk"), "greeting:.8 invite ask_time:.8 closing:.6", "own"),
    ("interview.next", INTERVIEW, ("Next round with [company]", "Great news from [company]", "Next steps"), "greeting after_talk invite ask_time:.7 slot:.3 closing", "own"),
    ("interview.aftertest", INTERVIEW, ("Re: Your test", "Your test results", "Great news", "Next steps after your coding challenge"), "greeting pleasant:.3 invite_tested ask_time:.6 ask_info:.15 questions:.3 closing", "own"),
    ("interview.mixed", INTERVIEW, ("Interview day: test and talk", "Technical interview details", "[title]: interview day", "Final interview"), "greeting invite_mixed slot*3 ask_time:.4 pitch_role:.1 closing", "own"),
    ("interview.coord", INTERVIEW, ("[company] onsite interview", "Scheduling your interviews", "On-site interview request"), "greeting coordinator after_talk:.5 invite slot:.4 ask_time:.5 ask_info:.3 questions closing", "own"),
    ("interview.reply", INTERVIEW, ("Re: Your application", "Re: Interview", "Re: Availability"), "greeting ask_time slot:.5 questions:.3 closing:.6", "own"),
    ("assess.invite", "ASSESSMENT", ("[company] online assessment", "Complete your assessment", "Next step: coding challenge", "Take-home exercise", "Invitation to take a test for [title]", "[title] - technical assessment", "HackerRank invitation"), "greeting thanks:.5 test*3 luck:.1 questions:.4 closing footer:.5", "ats"),
    ("assess.short", "ASSESSMENT", ("Your assignment", "Coding test", "[title] take-home", "Re: next steps"), "greeting pleasant:.2 test*2 closing", "own"),
    ("assess.after", "ASSESSMENT", ("Next step with [company]", "Following our call"), "greeting after_talk test*2 questions:.4 closing", "own"),
    ("assess.video", "ASSESSMENT", ("Your video interview with [company]", "On-demand interview", "Record your answers"), "greeting thanks:.5 test_video test:.4 questions:.4 closing", "ats"),
    ("assess.remind", "ASSESSMENT", ("Reminder: complete your assessment", "Your test expires soon"), "greeting test*2 footer:.4", "ats"),
    ("offer.letter", "OFFER", ("Offer of employment - [title]", "Your offer from [company]", "Job offer: [title]", "Offer letter", "Congratulations from [company]!", "Welcome to [company]"), "greeting offer*4 questions:.4 closing", "own"),
    ("offer.short", "OFFER", ("Great news!", "Congratulations", "Offer", "Your offer", "[title] offer"), "greeting offer*2 closing:.6", "own"),
    ("offer.after", "OFFER", ("[company] offer", "Next steps: your offer", "Selected: [title]"), "greeting after_talk offer*3 ask_info:.2 closing", "own"),
    ("offer.sign", "OFFER", ("Please sign: offer letter [company]", "Your offer letter is ready", "Reminder: your offer expires [date]"), "greeting offer_sign*2 closing footer:.4", "ats"),
    ("status.wait", "STATUS_UPDATE", ("Update on your application", "[title] - status update", "Where we are", "Your application at [company]"), "greeting pleasant:.3 after_talk:.3 thanks:.2 progress*2 questions:.3 closing", "own"),
    ("status.slow", "STATUS_UPDATE", ("An update on your application", "Your application", "Still reviewing"), "greeting thanks:.7 received:.4 will_review:.4 progress*2 questions:.4 closing footer:.3", "ats"),
    ("status.remind", "STATUS_UPDATE", ("Reminder: finish your application", "Action needed", "Your application is not complete"), "greeting thanks:.5 ask_info*2 will_review:.3 contact_if:.3 closing:.5", "ats"),
    ("status.house", "STATUS_UPDATE", ("Re: your application", "[title]: a few questions"), "greeting pleasant:.2 received:.3 pitchy:.4 ask_info*2 closing", "own"),
    ("status.auto", "STATUS_UPDATE", ("Your application status has changed", "Application update: [title]", "Your application was viewed by [company]"), "progress closing:.3 footer", "ats"),
    ("status.aftertalk", "STATUS_UPDATE", ("Thank you for interviewing", "Interview follow-up", "Following up"), "greeting after_talk progress:.85 closing", "own"),
    ("status.testdone", "STATUS_UPDATE", ("Assessment received", "Thank you for your submission", "Coding challenge completed"), "greeting test_done*2 progress:.5 closing:.6 footer:.3", "ats"),
    ("status.info", "STATUS_UPDATE", ("Additional information needed", "Action required: your application", "[title]: documents", "References", "Complete your application", "Background check"), "greeting thanks:.4 ask_info*2 questions:.3 closing", "own"),
    ("status.reply", "STATUS_UPDATE", ("Re: Application status", "Re: [title]", "Re: following up"), "greeting:.8 progress closing:.7", "own"),
    ("status.survey", "STATUS_UPDATE", ("How was your interview with [company]?", "Candidate feedback"), "greeting after_talk:.7 thanks:.2 feedback_survey closing footer", "ats"),
    ("pitch.agency", "RECRUITER_OUTREACH", ("[title] opportunity in [city]", "Urgent requirement: [title]", "[title] || [city] || contract", "Job opportunity - [title]", "Immediate opening for [title]", "Direct client: [title]"), "greeting pleasant:.5 pitch_intro:.7 pitch_role*3 pitch_ask*2 closing", "recruiter"),
    ("pitch.linkedin", "RECRUITER_OUTREACH", ("[first], quick question", "Opportunity at [company]", "Hi [first]", "[company] is growing", "New message from [recruiter]", "Your background"), "greeting pleasant:.3 pitch_intro*2 pitch_role:.4 pitch_ask closing", "recruiter"),
    ("pitch.short", "RECRUITER_OUTREACH", ("", "[title]", "Opportunities at [company]"), "greeting pitch_intro pitch_ask closing:.6", "own"),
    ("pitch.jd", "RECRUITER_OUTREACH", ("[title] - [city] - remote", "Need [title] ASAP", "[title] role"), "greeting pleasant:.4 pitch_role*4 pitch_ask closing footer:.3", "recruiter"),
    ("pitch.followup", "RECRUITER_OUTREACH", ("Following up: [title]", "Re: [title] opportunity"), "greeting pleasant:.3 pitch_follow pitch_ask closing", "recruiter"),
    ("alert.board", "JOB_ALERT", ("[n] new [title] jobs in [city]", "[company] is hiring a [title]", "Your job alert: [title]", "New jobs for you", "[first], check out these jobs", "[title] at [company] and [n] more jobs"), "alert_intro alert_item*6 alert_tail*2", "alert"),
    ("alert.single", "JOB_ALERT", ("[title] - [company]", "A job for you: [title]", "", "New job match"), "greeting:.5 alert_intro alert_item alert_tail", "alert"),
    ("alert.community", "JOB_ALERT", ("New openings at [company]", "Jobs for you from the [company] talent community", "[company] careers: new jobs"), "greeting alert_intro alert_item*5 alert_tail closing:.3", "own_bulk"),
    ("alert.bare", "JOB_ALERT", ("Jobs matching your profile", "Recommended jobs"), "alert_item*5 alert_tail:.6", "board"),
    ("none.order", "NOT_JOB_RELATED", ("Your order", "Your receipt", "Order #[n]12 shipped", "Payment declined", "", "Booking confirmation", "Thank you for your order"), "greeting:.5 order*3 footer", "shop"),
    ("none.account", "NOT_JOB_RELATED", ("Verify your email", "Your code", "Password reset", "Verify your candidate account", "Security alert", "Welcome"), "greeting:.5 account*2 footer:.4", "auto"),
    ("none.accountats", "NOT_JOB_RELATED", ("Verify your candidate account", "Your verification code", "Activate your [company] careers account"), "greeting:.5 account footer:.4", "ats"),
    ("none.promo", "NOT_JOB_RELATED", ("[n]% off", "This week's newsletter", "Webinar: grow faster", "Interview tips inside", "The hiring outlook", "You're invited", "Career fair next week"), "greeting:.3 promo*5 footer", "bulk"),
    ("none.spam", "NOT_JOB_RELATED", ("Work from home", "You have won", "Business proposal", "URGENT", "Make money fast", "Congratulations!!!"), "spam*4 greeting:.2", "spam"),
    ("none.list", "NOT_JOB_RELATED", ("Re: [n] broken again", "Re: [list] question", "[users] new release", "Re: your mail"), "list*5", "list"),
    ("none.dev", "NOT_JOB_RELATED", ("Re: [acme/site] Fix parser (#[n])", "Build failed", "[jira] ticket updated", "Run failed: nightly job"), "dev*2 list:.3", "auto"),
    ("none.social", "NOT_JOB_RELATED", ("[recruiter] wants to connect", "You appeared in [n] searches", "New follower"), "social*2 footer", "auto"),
    ("none.personal", "NOT_JOB_RELATED", ("Dinner?", "Saturday", "Hi!", "Re: photos", "Happy birthday", "", "Re: interview?"), "greeting:.7 personal*3 closing_plain:.5", "person"),
    ("none.podcast", "NOT_JOB_RELATED", ("Interview request for our podcast", "Speaking invitation", "User interview", "Press interview"), "greeting other_interview*3 ask_time:.4 closing:.6", "own"),
    ("none.applications", "NOT_JOB_RELATED", ("Your application", "Application received", "Decision on your application", "Your permit application", "Admissions decision"), "greeting applications_else*2 footer:.4", "own"),
    ("none.employee", "NOT_JOB_RELATED", ("Your payslip", "Open enrollment", "Company update", "End of employment", "Time off request"), "greeting employee*2 closing:.5", "own"),
    ("none.meeting", "NOT_JOB_RELATED", ("Project meeting", "Re: proposal", "Demo?", "Our offer", "Agenda for [weekday]", "Invitation: sync @ [weekday]"), "greeting meeting*2 ask_time:.2 closing:.6", "own"),
    ("none.career", "NOT_JOB_RELATED", ("Your daily question", "Mock test result", "When the job is a letdown", "New exam"), "greeting:.3 career_site*2 promo*2 footer", "bulk"),
    ("none.digestish", "NOT_JOB_RELATED", ("Weekly digest", "Top stories", "Community roundup"), "promo*3 social:.4 list:.3 footer", "bulk"),
    ("none.blank", "NOT_JOB_RELATED", ("", "fyi", "Test", "hello", "Photos", "document"), "misc*1 closing_plain:.3", "person"),
)

EXTRA_POOLS: dict[str, tuple[str, ...]] = {
    "invite_tested": (
        "Your {test|coding|assessment} {score|result} was {strong|well above the bar}, so {the next thing is|we go on with} {an onsite interview|a phone interview|an interview with the team}.",
        "You {cleared|passed} the {assessment|test round}{!|,} {The|and the} interview stage comes next.",
        "{We want to|The team would like to} {talk through|go over} your {solution|take-home code} with you{ in a call|}.",
    ),
    "invite_mixed": (
        "The appointment has two parts: a {written test|coding task}, then the interview.",
        "{First|On [weekday]} comes {a short exercise|a technical test}, after it you {interview with|meet} [recruiter].",
        "The final {conversation|interview} is with [recruiter].",
        "During the {interview|session} you will {do a coding exercise|present your solution|work on a case study} with {the team|[recruiter]}.",
    ),
    "coordinator": (
        "[recruiter] here, {recruiting coordinator|the one who books interviews} at [company].",
        "I work with [recruiter] and look after the calendars.",
        "Anything about {scheduling|the day itself} comes to me.",
    ),
    "pitchy": (
        "Your background looks like a good fit{ for us|}.",
        "My name is [recruiter], {VP of Engineering|founder} at [company].",
    ),
    "test_video": (
        "{Please|You are invited to} {record|complete} {a|your} {one-way|on-demand|pre-recorded} video interview {by [date]|within five days|at a time that suits you}.",
        "{It takes|The recorded interview takes} about {20|30} minutes and {you can do it any time|there is no live interviewer}.",
    ),
    "offer_sign": (
        "{Your|The} {offer letter|employment agreement|contract} {is ready for|needs|awaits} your {signature|e-signature}.",
        "{Please|Kindly} {review and sign|sign} {your offer|the offer letter|the contract} {by [date]|before it expires|}.",
        "Your offer {expires|will expire} on [date].",
    ),
    "pitch_follow": (
        "I {wanted to follow up|am following up} on my {earlier message|last email} about {the [title] role|an opening with our client}.",
        "Just {checking whether you saw|bumping} my note about the [title] {opportunity|position}.",
    ),
    "misc": ("See attached.", "{Here is|Here's} the {file|photo|link} {you asked for|from yesterday}.", "fyi", "Sent from my phone", "Thanks!", "Ok, sounds good.", "Call me when you can."),
    "closing_plain": ("Love,\n[first]", "[first]", "See you!", "x", "Cheers"),
}
