// A stand-in for the API, for looking at the page without the real server:
//   npm run build && npm run mock -- 8199 typical      then open http://127.0.0.1:8199
// Scenes: fresh (no owner yet), empty (owner, no mail), typical (40 applications), heavy (10,000 applications).
// Serves dist/ and canned answers; everything is invented, nothing is stored.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname } from "node:path";

const PORT = Number(process.argv[2] ?? 8199);
const SCENE = process.argv[3] ?? "typical";
const DIST = new URL("../../dist/", import.meta.url);
const DAY = 86_400_000;
const now = Date.now();
const at = (daysAgo, hour = 10) => new Date(now - daysAgo * DAY - ((new Date(now).getHours() - hour) * 3_600_000)).toISOString();

const COMPANIES = [
  ["Northwind Atlas", "Senior Backend Engineer", "Rotterdam", "interview"], ["Blue Fern Health", "Product Designer", "Remote, EU", "offer"],
  ["Kestrel Robotics", "Embedded Software Engineer (m/f/d)", "Zurich", "assessment"], ["Marlowe & Finch", "Data Analyst", "London", "rejected"],
  ["Tidewater Logistics", "Platform Engineer", "Hamburg", "applied"], ["Papermoon Studio", "Frontend Engineer", null, "applied"],
  ["Quarry Lane Bank", "Risk Analyst", "Dublin", "interview"], ["Solstice Energy", "Operations Manager", "Lisbon", "rejected"],
  ["Harborlight Insurance", "Claims Automation Engineer", "Cork", "applied"], ["Vesper Mobility", "Machine Learning Engineer, Routing and Demand Forecasting for Night Buses", "Berlin", "interview"],
  ["Old Mill Foods", "Supply Planner", "Lyon", "rejected"], ["Corvid Security", "Detection Engineer", "Remote", "applied"],
  ["Lumen & Oak", "UX Researcher", "Copenhagen", "assessment"], ["Tallgrass Software", "Engineering Manager", "Remote", "rejected"],
  ["Pinecrest Schools Trust", "IT Coordinator", "Leeds", "applied"], ["Brightwater Council", "Service Designer", "Bristol", "applied"],
  ["株式会社あおぞら", "ソフトウェアエンジニア", "東京", "applied"], ["Zephyr Aerospace", "Test Engineer", "Toulouse", "rejected"],
  ["Cobalt Freight", "Site Reliability Engineer", "Antwerp", "withdrawn"], ["Meridian Press", "Technical Editor", null, "rejected"],
  ["Fable & Co", null, null, "applied"], ["Amber Grid", "Firmware Engineer", "Graz", "applied"],
  ["Sundial Analytics", "Analytics Engineer", "Remote, EU", "interview"], ["Rook Street Labs", "Full-stack Engineer", "Edinburgh", "rejected"],
  ["Hollow Pine Games", "Gameplay Programmer", "Malmö", "applied"], ["Wren Telecom", "Network Engineer", "Porto", "rejected"],
  ["Greenhollow Farms", "Data Engineer", "Utrecht", "applied"], ["Stonebridge Partners", "Associate Consultant", "Frankfurt", "rejected"],
  ["Juniper Vale Clinic", "Integration Engineer", "Ghent", "applied"], ["Ferrous Works", "Controls Engineer", "Turin", "accepted"],
  ["Mistral Travel", "iOS Engineer", "Nice", "applied"], ["Opaline Cosmetics", "E-commerce Manager", "Paris", "rejected"],
  ["Redwood Signal", "Developer Advocate", "Remote", "applied"], ["Calder & Sons", "Accountant", "Sheffield", "applied"],
  ["Nimbus Yard", "Cloud Engineer", "Warsaw", "rejected"], ["Ivory Coast Tours", "Content Designer", null, "saved"],
  ["Northwind Atlas", "Staff Engineer, Payments", "Rotterdam", "rejected"], ["Plover Marine", "Naval Systems Engineer", "Bergen", "applied"],
  ["شركة النخيل", "مهندس برمجيات", "دبي", "applied"], ["Larkspur Care", "Care Coordinator", "Cardiff", "applied"],
];
const SOURCES = ["linkedin", "company_site", "indeed", "referral", "unknown", "agency"];
const ORDER = ["applied", "assessment", "interview", "offer", "accepted"];
const QUOTES = {
  applied: "Thank you for applying for the {title} position; we have received your application.",
  assessment: "The next step is a short exercise, which you can complete online within five days.",
  interview: "We would love to schedule a 45-minute call with you next week to talk about the role.",
  offer: "We are delighted to offer you the position and attach the details of our proposal.",
  accepted: "We are looking forward to welcoming you on the first.",
  rejected: "After careful consideration we have decided to move forward with other candidates.",
};
const SENTENCES = {
  applied: "Application received", assessment: "Moved to Assessment", interview: "Moved to Interview",
  offer: "Moved to Offer", accepted: "Moved to Accepted", rejected: "Moved to Rejected", withdrawn: "Moved to Withdrawn", saved: "Saved",
};
const CLASS = { applied: "APPLICATION_RECEIVED", assessment: "ASSESSMENT", interview: "INTERVIEW_REQUEST", offer: "OFFER", accepted: "STATUS_UPDATE", rejected: "REJECTION" };

const emails = new Map();
const timelines = new Map();
let emailId = 500;
const pathTo = (stage, i) => {
  if (stage === "saved") return ["saved"];
  if (stage === "rejected") return i % 3 === 0 ? ["applied", "interview", "rejected"] : ["applied", "rejected"];
  if (stage === "withdrawn") return ["applied", "interview", "withdrawn"];
  return ORDER.slice(0, ORDER.indexOf(stage) + 1).filter((s) => s !== "assessment" || stage === "assessment" || i % 2 === 0);
};

function makeApplication(id, [company, title, city, stage], i) {
  const path = pathTo(stage, i);
  const age = 6 + ((i * 37) % 110);
  const step = Math.max(1, Math.floor(age / (path.length + 0.6)));
  const moments = Object.fromEntries(path.map((s, k) => [s, at(age - k * step, 9 + ((i + k) % 8))]));
  const slug = company.toLowerCase().replace(/[^a-z]+/g, "-") || "example";
  const events = [];
  const evidence = {};
  path.forEach((s, k) => {
    const quote = QUOTES[s]?.replace("{title}", title ?? "open");
    const byUser = !quote;
    let mail = null;
    if (quote) {
      mail = ++emailId;
      const intro = `Hi Robin,\n\n${k ? "It was good to hear from you." : `Thanks for your interest in ${company}.`} `;
      const text = `${intro}${quote}\n\nIf anything is unclear, just answer this mail or look at https://careers.${slug}.example/faq?ref=mail.\n\nKind regards,\nDana Whitlock\nTalent team, ${company}\n\nOn Tue, 3 Nov 2026 at 09:14, Robin Vale <robin@example.org> wrote:\n> Dear team,\n>\n> please find my application attached.\n> Best wishes, Robin`;
      emails.set(mail, {
        id: mail, provider_message_id: `m${mail}`, mail_account_id: 1, rfc822_message_id: `<${mail}@${slug}.example>`, thread_id: `t${id}`, direction: "in",
        subject: `${SENTENCES[s]}: ${title ?? "your application"} at ${company}`, sender_name: "Dana Whitlock", sender_email: `talent@${slug}.example`,
        received_at: moments[s], snippet: quote.slice(0, 90), labels: ["INBOX"], is_deleted: false, email_class: CLASS[s], confidence: 0.96, classified_by: "rules",
        needs_review: false, application_id: id, link_method: k ? "thread" : "new", link_score: 1, text, reader_html: null, html_available: true, trackers_blocked: k % 2 ? 2 : 0,
        recipients: ["robin@example.org"], attachments: s === "offer" ? [{ name: "Offer letter.pdf", type: "application/pdf", size: 182_000 }] : [], sources: [],
        verdict: { entities: {}, runner_ups: [{ email_class: "STATUS_UPDATE", probability: 0.03 }, { email_class: "RECRUITER_OUTREACH", probability: 0.01 }],
          reasoning: ["A sentence says what happens next", "The sender writes for an employer"], unsure: false, needs_review: false, classified_by: "rules", action_items: [],
          evidence: [{ quote, field: "text", start: [...intro].length, end: [...intro].length + [...quote].length, label: { applied: "received", assessment: "test_invite", interview: "invite_talk", offer: "offer_terms", rejected: "decline", accepted: "progress" }[s] }] },
      });
      evidence[s] = { email_id: mail, quote, at: moments[s], sender_name: "Dana Whitlock" };
    }
    events.push({
      id: `${id}-${k}`, type: k ? "stage_changed" : "application_created", at: moments[s], stage: s, sentence: byUser ? `You moved this to ${SENTENCES[s].replace("Moved to ", "")}` : SENTENCES[s],
      cause: byUser ? "user" : "email", email_id: mail, evidence: quote ? { quote, field: "text", start: 0, end: 0 } : null, automatic: !byUser, decision_id: byUser ? id * 10 + k : null,
      why: byUser ? null : { reasoning: ["rule:plain_receipt", "subject:received"], runner_ups: [{ email_class: "STATUS_UPDATE", probability: 0.03 }, { email_class: "RECRUITER_OUTREACH", probability: 0.01 }], link_method: k ? "thread" : "new", link_score: 1 },
    });
    if (mail) { const e = events.at(-1).evidence; const v = emails.get(mail).verdict.evidence[0]; e.start = v.start; e.end = v.end; }
  });
  if (stage === "interview") events.push({ id: `${id}-x`, type: "interview_scheduled", at: at(age - path.length * step + 1, 15), stage: "interview", sentence: "Interview set for Thursday at 14:30 with Dana Whitlock", cause: "email", email_id: events.at(-1).email_id, evidence: null, automatic: true, decision_id: null, why: null });
  timelines.set(id, events.toReversed());
  const last = events.at(-1).at;
  const waiting = stage === "assessment" || stage === "offer" || (stage === "interview" && i % 2 === 0);
  const next = stage === "assessment" ? { title: "Complete the exercise", due_at: at(i % 2 ? -2 : 1, 18) } : stage === "offer" ? { title: "Answer the offer", due_at: at(-4, 17) } : stage === "interview" && i % 2 === 0 ? { title: "Choose a time", due_at: at(-1, 12) } : null;
  const stale = stage === "applied" && age > 40;
  return {
    id, company_name: company, job_title: title, position_level: title?.includes("Senior") ? "senior" : null, location: city, salary_text: i % 5 === 0 ? "€68,000 to €80,000" : null,
    source: SOURCES[i % SOURCES.length], job_url: i % 2 ? null : `https://careers.${slug}.example/jobs/${1000 + id}`, requisition_id: i % 4 ? null : `R-${4000 + id}`,
    stage, pinned: i === 5, category: CLASS[stage] ?? null, confidence: 0.95, received_date: moments[path[0]],
    applied_at: moments.applied ?? null, assessment_at: moments.assessment ?? null, interview_at: moments.interview ?? null, offer_at: moments.offer ?? null,
    rejected_at: moments.rejected ?? null, accepted_at: moments.accepted ?? null, withdrawn_at: moments.withdrawn ?? null, last_activity_at: last,
    emails: path.filter((s) => QUOTES[s]).length, next_action: next, requires_action: waiting, needs_review: i % 11 === 4, days_in_stage: 4, stale, waiting_on: waiting ? "me" : null, tags: [], seen: i % 7 !== 1,
    action_items: next ? [{ id: id * 3, kind: "task", title: next.title, due_at: next.due_at, link: null, email_id: events.at(-1).email_id, done_at: null }] : [],
    interviews: stage === "interview" ? [{ id, starts_at: at(-3, 14), ends_at: at(-3, 15), time_zone: "Europe/Berlin", place: "https://meet.example.com/abc", round: "Technical interview", state: "confirmed", email_id: events.at(-1).email_id }] : [],
    contacts: [{ name: "Dana Whitlock", email: `talent@${slug}.example`, role: "Recruiter" }], notes: [], reminders: [], stage_evidence: evidence,
  };
}

let world = SCENE === "fresh" || SCENE === "empty" ? [] : COMPANIES.map((c, i) => makeApplication(i + 1, c, i));
if (SCENE === "heavy") world = Array.from({ length: 10_000 }, (_, i) => makeApplication(i + 1, COMPANIES[i % COMPANIES.length], i));
let owner = SCENE !== "fresh";
let signedIn = owner;
let demo = false;
let visible = world.length;
const run = (over) => ({
  job_id: "0".repeat(32), kind: "sync", state: "done", phase: "finishing", processed: 412, total: 412, percent: 100, rate: 38, eta_seconds: null, waiting_until: null,
  created: 97, updated: 3, deleted: 0, skipped: 12, errors: 0, message: "", error: null, attempt: 1, priority: 0, created_at: at(0, 8), started_at: at(0, 8), finished_at: new Date(now - 140_000).toISOString(),
  cancel_requested: false, result: { listed: 412, fetched: 400, stored: 388, known: 12, skipped: 12, failed: 0, judged: 412, by_class: {}, about_jobs: 97, applications_created: 40, applications_changed: 40, capped: null }, ...over,
});
let runs = world.length ? [
  run({ job_id: "a".repeat(32), started_at: new Date(now - 190_000).toISOString() }),
  run({ job_id: "b".repeat(32), kind: "import", state: "error", error: { code: "mail.not_a_mailbox", detail: "The file holiday.zip holds no mailbox. Nothing was stored." }, processed: 0, created_at: at(2), finished_at: at(2), result: {} }),
  run({ job_id: "c".repeat(32), kind: "import", created_at: at(9), finished_at: at(9), started_at: at(9) }),
] : [];
const listeners = new Set();
const tell = (r) => { for (const res of listeners) res.write(`event: run\ndata: ${JSON.stringify(r)}\n\n`); };

function startReading(kind) {
  const id = Math.random().toString(16).slice(2).padEnd(32, "d").slice(0, 32);
  world = COMPANIES.map((c, i) => makeApplication(i + 1, c, i));
  visible = 0;
  demo = kind === "demo";
  const total = 167;
  const r = run({ job_id: id, kind, state: "running", phase: "judging", processed: 0, total, percent: 0, rate: null, created: 0, skipped: 0, created_at: new Date().toISOString(), started_at: new Date().toISOString(), finished_at: null, result: { judged: 0, about_jobs: 0, applications_created: 0, by_class: {} } });
  runs = [r, ...runs];
  const timer = setInterval(() => {
    const done = Math.min(total, r.processed + 6);
    const ended = done === total || r.cancel_requested;
    visible = Math.round((world.length * done) / total);
    Object.assign(r, { processed: done, percent: (100 * done) / total, rate: 21, eta_seconds: Math.ceil((total - done) / 21), created: done, result: { judged: done, about_jobs: Math.round(done * 0.7), applications_created: visible, by_class: {} } });
    if (ended) { Object.assign(r, { state: r.cancel_requested ? "canceled" : "done", finished_at: new Date().toISOString(), eta_seconds: null }); clearInterval(timer); }
    tell(r);
  }, 300);
  return { job_id: id, started: true, status_url: `/api/runs/${id}` };
}

const me = { id: 1, username: "robin", display_name: "Robin Vale", email: null, is_admin: true, time_zone: "Europe/Berlin", locale: "en", own_addresses: [], created_at: at(100) };
const SORT = { last_activity: (a) => a.last_activity_at, received_date: (a) => a.received_date, company: (a) => a.company_name.toLowerCase(), title: (a) => a.job_title ?? "", stage: (a) => a.stage, next_due: (a) => a.next_action?.due_at ?? "9" };
const shown = () => world.slice(0, visible || (runs[0]?.state === "running" ? 0 : world.length));
const page = (items, url) => { const offset = Number(url.searchParams.get("offset") ?? 0); const limit = Number(url.searchParams.get("limit") ?? 50); return { items: items.slice(offset, offset + limit), total: items.length, offset, limit }; };
const count = (stage) => shown().filter((a) => a.stage === stage).length;
const problem = (status, title, detail, code) => ({ status, body: { type: "about:blank", title, status, detail, code, params: {}, request_id: "r1" } });

function answer(method, url, body) {
  const path = url.pathname.slice(4);
  const q = (name) => url.searchParams.get(name);
  if (path === "/auth/status") return { owner_exists: owner, registration: owner ? "closed" : "open", authenticated: signedIn, user: signedIn ? me : null, setup_code_required: false };
  if (path === "/auth/register") { owner = true; return me; }
  if (path === "/login") { if (body.password === "wrong") return problem(401, "That user name and password don't match", "Check both and try again.", "auth.bad_credentials"); signedIn = true; return { access_token: "x", token_type: "bearer", expires_in: 3600 }; }
  if (path === "/auth/logout") { signedIn = false; return null; }
  if (path === "/v1/health/live") return { status: "ok", version: "0.1.0" };
  if (path === "/gmail/health") return { status: "ok", gmail_configured: false };
  if (!signedIn) return problem(401, "Sign in first", "Your session has ended.", "auth.required");
  if (path === "/me") return Object.assign(me, body);
  if (path === "/mail-accounts") {
    const items = SCENE === "typical" && !demo ? [
      { id: 1, provider: "gmail", address: "robin@example.org", is_demo: false, needs_reauth: false, emails: 388, last_synced_at: new Date(now - 140_000).toISOString(), complete_since: at(120), created_at: at(120) },
      { id: 2, provider: "archive", address: null, is_demo: false, needs_reauth: false, emails: 1240, last_synced_at: null, complete_since: null, created_at: at(90) },
    ] : [];
    if (demo) items.push({ id: 3, provider: "archive", address: "demo", is_demo: true, needs_reauth: false, emails: 167, last_synced_at: null, complete_since: null, created_at: at(0) });
    return { items, total: items.length, offset: 0, limit: 50 };
  }
  if (path === "/demo" && method === "POST") return startReading("demo");
  if (path === "/demo") { world = []; visible = 0; demo = false; return null; }
  if (path === "/imports/mail") return startReading("import");
  if (path === "/sync-emails") return startReading("sync");
  if (path === "/runs") return page(runs, url);
  if (/^\/runs\/.+\/cancel$/.test(path)) { const r = runs.find((x) => path.includes(x.job_id)); r.cancel_requested = true; return r; }
  if (/^\/runs\/.+\/messages$/.test(path)) {
    const outcomes = ["stored", "stored", "known", "skipped", "stored", "failed"];
    const items = [...emails.values()].slice(0, 24).map((e, i) => ({ id: i, provider_message_id: e.provider_message_id, subject: e.subject, sender: e.sender_email, received_at: e.received_at, outcome: outcomes[i % 6], reason: i % 6 === 3 ? "spam" : i % 6 === 5 ? "unreadable" : null, classification: i % 6 < 2 ? e.email_class : null, error: null, processed_at: at(0) })).filter((l) => !q("outcome") || l.outcome === q("outcome"));
    return { items, next_cursor: null };
  }
  if (path === "/applications") {
    const sort = q("sort") ?? "-last_activity";
    const key = SORT[sort.replace("-", "")];
    const text = (q("q") ?? "").toLowerCase();
    const items = shown().filter((a) => (!q("stage") || a.stage === q("stage")) && (!q("stale") || a.stale) && (!q("waiting_on") || a.waiting_on === q("waiting_on")) && (!q("needs_review") || a.needs_review) && (!q("after") || a.received_date >= q("after")) && (!q("before") || a.received_date < q("before")) && (!q("source") || a.source === q("source")) && (!text || `${a.company_name} ${a.job_title}`.toLowerCase().includes(text)))
      .sort((a, b) => (sort.startsWith("-") ? -1 : 1) * String(key(a)).localeCompare(String(key(b))));
    return page(items, url);
  }
  const one = path.match(/^\/applications\/(\d+)$/);
  if (one) {
    const found = world.find((a) => a.id === Number(one[1]));
    if (!found) return problem(404, "There is no such application", "It may have been removed.", "application.not_found");
    if (method === "PATCH") { Object.assign(found, body); return { ...found, decision_ids: [found.id * 10] }; }
    return found;
  }
  const line = path.match(/^\/v1\/applications\/(\d+)\/timeline$/);
  if (line) return { items: timelines.get(Number(line[1])) ?? [], next_cursor: null };
  if (/^\/decisions\//.test(path)) return world[0];
  if (path === "/emails") return page([...emails.values()].filter((e) => e.application_id === Number(q("application_id"))).reverse(), url);
  const mail = path.match(/^\/emails\/(\d+)$/);
  if (mail) return emails.get(Number(mail[1])) ?? problem(404, "There is no such mail", "", "email.not_found");
  if (path === "/stats") { const s = shown(); return { total: s.length, applied: count("applied"), assessments: count("assessment"), interviews: count("interview"), offers: count("offer"), accepted: count("accepted"), rejections: count("rejected"), withdrawn: count("withdrawn"), pending: 0, needs_review: s.filter((a) => a.needs_review).length, action_items: 6, stale: s.filter((a) => a.stale).length, ever: {} }; }
  if (path === "/search") {
    const text = (q("q") ?? "").toLowerCase();
    const hits = [...world.filter((a) => `${a.company_name} ${a.job_title}`.toLowerCase().includes(text)).map((a) => ({ kind: "application", id: a.id, application_id: a.id, title: a.company_name, subtitle: a.job_title, snippet: null, at: a.last_activity_at })),
      ...[...emails.values()].filter((e) => e.subject.toLowerCase().includes(text)).map((e) => ({ kind: "email", id: e.id, application_id: e.application_id, title: e.subject, subtitle: e.sender_name, snippet: null, at: e.received_at }))];
    return page(hits, url);
  }
  return problem(404, "There is nothing at this address", "", "not_found");
}

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2", ".webmanifest": "application/manifest+json" };
const POLICY = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

createServer(async (request, response) => {
  const url = new URL(request.url, "http://x");
  if (url.pathname === "/api/events") {
    if (!signedIn) { response.writeHead(401).end(); return; }
    response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
    response.write(`event: snapshot\ndata: ${JSON.stringify({ runs: runs.slice(0, 5) })}\n\n`);
    listeners.add(response);
    request.on("close", () => listeners.delete(response));
    return;
  }
  if (url.pathname.startsWith("/api/")) {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const isJson = request.headers["content-type"]?.includes("json");
    const given = answer(request.method, url, isJson ? JSON.parse(Buffer.concat(chunks).toString() || "{}") : {});
    const status = given === null ? 204 : given.status && given.body ? given.status : 200;
    response.writeHead(status, { "Content-Type": "application/json", "Set-Cookie": "csrf_token=mock; Path=/" });
    response.end(given === null ? "" : JSON.stringify(given.body && given.status ? given.body : given));
    return;
  }
  const file = extname(url.pathname) ? url.pathname.slice(1) : "index.html";
  try {
    const body = await readFile(new URL(file, DIST));
    response.writeHead(200, { "Content-Type": TYPES[extname(file)] ?? "application/octet-stream", "Content-Security-Policy": POLICY });
    response.end(body);
  } catch {
    response.writeHead(404).end();
  }
}).listen(PORT, "127.0.0.1", () => console.log(`http://127.0.0.1:${PORT}  (${SCENE})`));
