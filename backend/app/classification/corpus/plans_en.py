"""The English plans."""

from __future__ import annotations

from app.classification.corpus.plans import parse_plans

PLANS = parse_plans("""
received.ats APPLICATION_RECEIVED ats
    greeting thanks:.9 received:.85 will_review:.85 contact_if:.75 careers_links:.4 accommodation:.1 closing footer
    Thank you for applying to [company] ~ Your application to [company] ~ Application received: [title] ~ [company] - we got your application ~ Thanks for applying! ~ Your application for [title] at [company]
received.short APPLICATION_RECEIVED own
    greeting thanks:.5 received closing:.5
    Thank you for your application ~ Application confirmation ~ We received your application ~ - ~ [title] application
received.review APPLICATION_RECEIVED ats
    greeting thanks will_review contact_if*2 questions:.3 closing footer
    Thank you for your interest in [company] ~ Thanks for your interest ~ Re: [title] ~ -
received.process APPLICATION_RECEIVED ats
    greeting received thanks:.4 will_review contact_if*2 careers_links luck:.2 keep_file:.2 closing footer
    Your application at [company]: what happens next ~ Application submitted ~ You applied to [title]
received.board APPLICATION_RECEIVED board
    received careers_links:.5 questions:.3 footer
    Indeed Application: [title] ~ [first], your application was sent to [company] ~ Application submitted: [title]
received.keep APPLICATION_RECEIVED own
    greeting thanks:.6 received contact_if keep_file reapply:.2 closing
    Thank you for applying ~ Application to [company] received
received.quiet APPLICATION_RECEIVED own
    greeting thanks contact_if closing:.6 footer:.5
    Thank you from [company] ~ Your interest in [company] ~ Thank you
reject.direct REJECTION ats
    greeting thanks:.8 regret_soft:.3 decline keep_file:.35 reapply:.35 luck:.6 closing footer
    Your application to [company] ~ Update on your application ~ [company] - [title] ~ Thank you for your interest in [company] ~ Application status ~ Your application for [title]
reject.afterinterview REJECTION own
    greeting after_talk regret_soft:.5 decline keep_file:.4 luck:.6 feedback_survey:.1 closing
    Your interview with [company] ~ Following up ~ Re: Interview ~ [title] at [company] ~ Thank you for interviewing with us
reject.filled REJECTION ats
    greeting thanks:.7 filled decline:.3 reapply:.4 keep_file:.4 luck:.5 closing footer
    Position filled ~ [title] position update ~ Update from [company] ~ Your application
reject.soft REJECTION own
    greeting thanks:.6 regret_soft*2 decline:.75 luck:.7 reapply:.4 closing
    About your application ~ An update from [company] ~ [company] application ~ -
reject.softonly REJECTION own
    greeting thanks:.6 regret_soft*2 keep_file luck closing
    Your application ~ Update on the [title] role
reject.short REJECTION ats
    greeting:.7 decline luck:.5
    Your application ~ - ~ Application update ~ [title]
reject.aftertest REJECTION own
    greeting test_done decline luck:.6 reapply:.4 closing
    Your assessment results ~ Coding challenge follow-up
reject.survey REJECTION ats
    greeting thanks decline reapply:.5 feedback_survey luck:.4 closing footer
    Thank you for your interest in [company] ~ Your candidacy
reject.talent REJECTION ats
    greeting thanks decline reapply keep_file careers_links:.4 closing footer
    Update on your application for [title]
interview.invite INTERVIEW_REQUEST own
    greeting pleasant:.3 thanks:.5 invite ask_time:.7 questions:.5 closing
    Interview invitation - [title] ~ [company] interview ~ Next steps with [company] ~ Invitation to interview: [title] ~ Your application to [company] ~ Phone interview ~ Interview request
interview.ats INTERVIEW_REQUEST ats
    greeting thanks:.4 invite:.9 ask_time*2 accommodation questions closing footer
    [company]: schedule your interview ~ Interview availability request ~ Please share your availability ~ [title] - next steps
interview.confirm INTERVIEW_REQUEST own
    greeting pleasant:.2 slot*4 questions:.4 closing
    Interview confirmation: [title] ~ Confirmed: interview with [company] ~ Your interview on [weekday] ~ Interview details ~ Interview scheduled with [company]
interview.remind INTERVIEW_REQUEST ats
    greeting slot*2 closing footer:.4
    Reminder: your interview with [company] ~ Upcoming interview ~ Interview tomorrow ~ Interview reminder
interview.resched INTERVIEW_REQUEST own
    greeting thanks:.2 resched ask_time:.6 slot:.4 closing
    Interview rescheduled ~ Change to your interview ~ Re: Interview [weekday] ~ Interview cancelled, new time ~ Your interview at [company] ~ Your application to [company] ~ New time
interview.short INTERVIEW_REQUEST own
    greeting:.8 invite ask_time:.8 closing:.6
    Re: [title] ~ [title] at [company] ~ Chat? ~ Quick call ~ Time to talk
interview.next INTERVIEW_REQUEST own
    greeting after_talk invite ask_time:.7 slot:.3 closing
    Next round with [company] ~ Great news from [company] ~ Next steps
interview.aftertest INTERVIEW_REQUEST own
    greeting pleasant:.3 invite_tested ask_time:.6 ask_info:.15 questions:.3 closing
    Re: Your test ~ Your test results ~ Great news ~ Next steps after your coding challenge
interview.mixed INTERVIEW_REQUEST own
    greeting invite_mixed slot*3 ask_time:.4 pitch_role:.1 closing
    Interview day: test and talk ~ Technical interview details ~ [title]: interview day ~ Final interview
interview.coord INTERVIEW_REQUEST own
    greeting coordinator after_talk:.5 invite slot:.4 ask_time:.5 ask_info:.3 questions closing
    [company] onsite interview ~ Scheduling your interviews ~ On-site interview request
interview.reply INTERVIEW_REQUEST own
    greeting ask_time slot:.5 questions:.3 closing:.6
    Re: Your application ~ Re: Interview ~ Re: Availability
assess.invite ASSESSMENT ats
    greeting thanks:.5 test*3 luck:.1 questions:.4 closing footer:.5
    [company] online assessment ~ Complete your assessment ~ Next step: coding challenge ~ Take-home exercise ~ Invitation to take a test for [title] ~ [title] - technical assessment ~ HackerRank invitation
assess.short ASSESSMENT own
    greeting pleasant:.2 test*2 closing
    Your assignment ~ Coding test ~ [title] take-home ~ Re: next steps
assess.after ASSESSMENT own
    greeting after_talk test*2 questions:.4 closing
    Next step with [company] ~ Following our call
assess.video ASSESSMENT ats
    greeting thanks:.5 test_video test:.4 questions:.4 closing
    Your video interview with [company] ~ On-demand interview ~ Record your answers
assess.remind ASSESSMENT ats
    greeting test*2 footer:.4
    Reminder: complete your assessment ~ Your test expires soon
offer.letter OFFER own
    greeting offer*4 questions:.4 closing
    Offer of employment - [title] ~ Your offer from [company] ~ Job offer: [title] ~ Offer letter ~ Congratulations from [company]! ~ Welcome to [company]
offer.short OFFER own
    greeting offer*2 closing:.6
    Great news! ~ Congratulations ~ Offer ~ Your offer ~ [title] offer
offer.after OFFER own
    greeting after_talk offer*3 ask_info:.2 closing
    [company] offer ~ Next steps: your offer ~ Selected: [title]
offer.sign OFFER ats
    greeting offer_sign*2 closing footer:.4
    Please sign: offer letter [company] ~ Your offer letter is ready ~ Reminder: your offer expires [date]
status.wait STATUS_UPDATE own
    greeting pleasant:.3 after_talk:.3 thanks:.2 progress*2 questions:.3 closing
    Update on your application ~ [title] - status update ~ Where we are ~ Your application at [company]
status.slow STATUS_UPDATE ats
    greeting thanks:.7 received:.4 will_review:.4 progress*2 questions:.4 closing footer:.3
    An update on your application ~ Your application ~ Still reviewing
status.remind STATUS_UPDATE ats
    greeting thanks:.5 ask_info*2 will_review:.3 contact_if:.3 closing:.5
    Reminder: finish your application ~ Action needed ~ Your application is not complete
status.house STATUS_UPDATE own
    greeting pleasant:.2 received:.3 pitchy:.4 ask_info*2 closing
    Re: your application ~ [title]: a few questions
status.auto STATUS_UPDATE ats
    progress closing:.3 footer
    Your application status has changed ~ Application update: [title] ~ Your application was viewed by [company]
status.aftertalk STATUS_UPDATE own
    greeting after_talk progress:.85 closing
    Thank you for interviewing ~ Interview follow-up ~ Following up
status.testdone STATUS_UPDATE ats
    greeting test_done*2 progress:.5 closing:.6 footer:.3
    Assessment received ~ Thank you for your submission ~ Coding challenge completed
status.info STATUS_UPDATE own
    greeting thanks:.4 ask_info*2 questions:.3 closing
    Additional information needed ~ Action required: your application ~ [title]: documents ~ References ~ Complete your application ~ Background check
status.reply STATUS_UPDATE own
    greeting:.8 progress closing:.7
    Re: Application status ~ Re: [title] ~ Re: following up
status.survey STATUS_UPDATE ats
    greeting after_talk:.7 thanks:.2 feedback_survey closing footer
    How was your interview with [company]? ~ Candidate feedback
pitch.agency RECRUITER_OUTREACH recruiter
    greeting pleasant:.5 pitch_intro:.7 pitch_role*3 pitch_ask*2 closing
    [title] opportunity in [city] ~ Urgent requirement: [title] ~ [title] || [city] || contract ~ Job opportunity - [title] ~ Immediate opening for [title] ~ Direct client: [title]
pitch.linkedin RECRUITER_OUTREACH recruiter
    greeting pleasant:.3 pitch_intro*2 pitch_role:.4 pitch_ask closing
    [first], quick question ~ Opportunity at [company] ~ Hi [first] ~ [company] is growing ~ New message from [recruiter] ~ Your background
pitch.short RECRUITER_OUTREACH own
    greeting pitch_intro pitch_ask closing:.6
    - ~ [title] ~ Opportunities at [company]
pitch.jd RECRUITER_OUTREACH recruiter
    greeting pleasant:.4 pitch_role*4 pitch_ask closing footer:.3
    [title] - [city] - remote ~ Need [title] ASAP ~ [title] role
pitch.followup RECRUITER_OUTREACH recruiter
    greeting pleasant:.3 pitch_follow pitch_ask closing
    Following up: [title] ~ Re: [title] opportunity
alert.board JOB_ALERT alert
    alert_intro alert_item*6 alert_tail*2
    [n] new [title] jobs in [city] ~ [company] is hiring a [title] ~ Your job alert: [title] ~ New jobs for you ~ [first], check out these jobs ~ [title] at [company] and [n] more jobs
alert.single JOB_ALERT alert
    greeting:.5 alert_intro alert_item alert_tail
    [title] - [company] ~ A job for you: [title] ~ - ~ New job match
alert.community JOB_ALERT own_bulk
    greeting alert_intro alert_item*5 alert_tail closing:.3
    New openings at [company] ~ Jobs for you from the [company] talent community ~ [company] careers: new jobs
alert.bare JOB_ALERT board
    alert_item*5 alert_tail:.6
    Jobs matching your profile ~ Recommended jobs
none.order NOT_JOB_RELATED shop
    greeting:.5 order*3 footer
    Your order ~ Your receipt ~ Order #[n]12 shipped ~ Payment declined ~ - ~ Booking confirmation ~ Thank you for your order
none.account NOT_JOB_RELATED auto
    greeting:.5 account*2 footer:.4
    Verify your email ~ Your code ~ Password reset ~ Verify your candidate account ~ Security alert ~ Welcome
none.accountats NOT_JOB_RELATED ats
    greeting:.5 account footer:.4
    Verify your candidate account ~ Your verification code ~ Activate your [company] careers account
none.promo NOT_JOB_RELATED bulk
    greeting:.3 promo*5 footer
    [n]% off ~ This week's newsletter ~ Webinar: grow faster ~ Interview tips inside ~ The hiring outlook ~ You're invited ~ Career fair next week
none.spam NOT_JOB_RELATED spam
    spam*4 greeting:.2
    Work from home ~ You have won ~ Business proposal ~ URGENT ~ Make money fast ~ Congratulations!!!
none.list NOT_JOB_RELATED list
    list*5
    Re: [n] broken again ~ Re: [list] question ~ [users] new release ~ Re: your mail
none.dev NOT_JOB_RELATED auto
    dev*2 list:.3
    Re: [acme/site] Fix parser (#[n]) ~ Build failed ~ [jira] ticket updated ~ Run failed: nightly job
none.social NOT_JOB_RELATED auto
    social*2 footer
    [recruiter] wants to connect ~ You appeared in [n] searches ~ New follower
none.personal NOT_JOB_RELATED person
    greeting:.7 personal*3 closing_plain:.5
    Dinner? ~ Saturday ~ Hi! ~ Re: photos ~ Happy birthday ~ - ~ Re: interview?
none.podcast NOT_JOB_RELATED own
    greeting other_interview*3 ask_time:.4 closing:.6
    Interview request for our podcast ~ Speaking invitation ~ User interview ~ Press interview
none.applications NOT_JOB_RELATED own
    greeting applications_else*2 footer:.4
    Your application ~ Application received ~ Decision on your application ~ Your permit application ~ Admissions decision
none.employee NOT_JOB_RELATED own
    greeting employee*2 closing:.5
    Your payslip ~ Open enrollment ~ Company update ~ End of employment ~ Time off request
none.meeting NOT_JOB_RELATED own
    greeting meeting*2 ask_time:.2 closing:.6
    Project meeting ~ Re: proposal ~ Demo? ~ Our offer ~ Agenda for [weekday] ~ Invitation: sync @ [weekday]
none.career NOT_JOB_RELATED bulk
    greeting:.3 career_site*2 promo*2 footer
    Your daily question ~ Mock test result ~ When the job is a letdown ~ New exam
none.digestish NOT_JOB_RELATED bulk
    promo*3 social:.4 list:.3 footer
    Weekly digest ~ Top stories ~ Community roundup
none.world NOT_JOB_RELATED bulk
    greeting:.2 world*6 promo:.5 footer
    Morning briefing ~ [n] things to know ~ Newsletter [month] ~ Weekend guide ~ Your weekly update ~ Re: article
none.worldshort NOT_JOB_RELATED auto
    greeting:.4 world*2 closing_plain:.2 footer:.3
    News ~ Reminder ~ - ~ [weekday] notice
none.shopping NOT_JOB_RELATED bulk
    world:.7 promo*3 order:.3 footer
    Deals of the week ~ New in our shop ~ Only until [date]
none.homework NOT_JOB_RELATED spam
    spam*3 pitch_role:.15 promo:.3
    Work when you want ~ An income from home ~ Partners wanted
none.blank NOT_JOB_RELATED person
    misc*1 closing_plain:.3
    - ~ fyi ~ Test ~ hello ~ Photos ~ document
""")

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
    "misc": (
        "See attached.",
        "{Here is|Here's} the {file|photo|link} {you asked for|from yesterday}.",
        "fyi",
        "Sent from my phone",
        "Thanks!",
        "Ok, sounds good.",
        "Call me when you can.",
    ),
    "closing_plain": ("Love,\n[first]", "[first]", "See you!", "x", "Cheers"),
}
