"""The marks by which mail programs and senders set off quotes, footers, signatures and job descriptions."""

from __future__ import annotations

import re

_I = re.IGNORECASE

FORWARD_MARK = re.compile(
    r"[-_*\s>]{0,20}(?:begin )?(?:forwarded message|weitergeleitete nachricht|message transf[ée]r[ée]"
    r"|anfang der weitergeleiteten|mensaje reenviado|mensagem encaminhada|doorgestuurd bericht)",
    _I,
)
ORIGINAL_MARK = re.compile(
    r"[-_*\s]{2,20}(?:original message|original appointment|urspr[üu]ngliche nachricht"
    r"|message d'origine|mensaje original|mensagem original|oorspronkelijk bericht)",
    _I,
)
ON_WROTE = re.compile(
    r"(?:on\b.{6,200}\bwrote|am\b.{6,200}\bschrieb\b.{0,90}|le\b.{6,200}\ba [ée]crit"
    r"|el\b.{6,200}\bescribi[óo]"
    r"|em\b.{6,200}\bescreveu|op\b.{6,200}\bschreef\b.{0,90})\s?:\s*$",
    _I,
)
HEADER_FIELD = re.compile(
    r"\*?(from|sent|to|cc|subject|date|von|gesendet|an|betreff|datum|de|envoy[ée]|[àa]|objet|para"
    r"|asunto)\s?:\*?\s",
    _I,
)
CLOSING = re.compile(
    r"(?:(?:with )?(?:best|kind|warm|warmest|kindest|many|my)?\s?(?:regards|wishes|thanks)|best|cheers"
    r"|sincerely"
    r"|yours (?:truly|sincerely|faithfully)|respectfully|all the best|(?:many )?thanks(?: (?:again|so much))?"
    r"|thank you(?: (?:again|very much|and (?:best|kind) regards))?|talk soon|warmly|take care|cordially"
    r"|thanks (?:&|and) regards|thanks and best|regards|(?:mit )?(?:freundlichen?|besten?|herzlichen?"
    r"|lieben?|sch[öo]ne[nr]?|viele[nr]?)"
    r" (?:gr[üu](?:ß|ss)en?)|beste gr[üu](?:ß|ss)e|mfg|lg|bien cordialement|cordialement|bien [àa] vous"
    r"|(?:sinc[èe]res|meilleures) salutations|un saludo|saludos(?: cordiales)?|atentamente|atenciosamente"
    r"|abra[çc]os"
    r"|met vriendelijke groet(?:en)?|groeten)\s?[,.!;]?\s*$",
    _I,
)
# Below one of these nothing but footer follows.
FOOTER_REST = re.compile(
    r"\bunsubscribe\b|\bopt[- ]out\b|manage (?:your )?(?:email |notification |alert )?(?:preferences"
    r"|settings|subscriptions?)"
    r"|email preferences|this (?:e-?mail|message) (?:was|has been|is being) (?:sent|intended"
    r"|generated)(?! (?:by|on behalf))"
    r"|you(?:'re| are| have)? (?:receiv(?:ed|ing)) this (?:e-?mail|message|notification)"
    r"|(?:©|\(c\)|copyright)\s{0,3}\d{4}|all rights reserved|view (?:this email )?in (?:your )?browser"
    r"|confidentiality notice|(?:e-?mail|message|communication)[^.]{0,60}\b(?:is|may be|are"
    r"|contains?)\b[^.]{0,40}"
    r"\b(?:confidential|privileged)|intended (?:only|solely) for the|abmelden|newsletter abbestellen"
    r"|se d[ée]sabonner|d[ée]sinscrire|darse de baja|uitschrijven|diese e-mail (?:wurde|ist)"
    r"|sent from my (?:iphone|ipad|phone)"
    r"|powered by (?:greenhouse|lever|workable|ashby|jobvite|icims|smartrecruiters|recruitee|teamtailor)",
    _I,
)
# These lines never vote, wherever they stand.
FOOTER_LINE = re.compile(
    r"equal[- ](?:employment )?opportunit(?:y|ies)|\bEEO\b|affirmative action|without regard to (?:race"
    r"|sex|age|color)"
    r"|reasonable accommodations?|(?:do not|don't|please do not|please don't) (?:reply"
    r"|respond) (?:directly )?to this"
    r"|(?:this|address|mailbox|inbox)[^.]{0,30}\b(?:is )?(?:not|un)[ -]?monitored|privacy (?:policy|notice"
    r"|statement)"
    r"|terms (?:of (?:use|service)|and conditions)|similar jobs|jobs you (?:may|might) (?:like|be interested)"
    r"|we will never (?:ask|request)[^.]{0,80}(?:payment|bank|money|fee)|chancengleichheit"
    r"|datenschutz(?:erkl[äa]rung|hinweise)"
    r"|bitte (?:antworten sie )?nicht auf diese|ne pas r[ée]pondre|politique de confidentialit[ée]"
    r"|follow us on|connect with us (?:on|at)|automatically generated|automated (?:message"
    r"|email)[,.]? please do not",
    _I,
)
DESCRIPTION_HEAD = re.compile(
    r"[*#_\s]{0,4}(?:(?:full |detailed )?job (?:description|summary|details?|requirements?"
    r"|responsibilities|duties|overview|title)"
    r"|(?:key |primary |main |your |core |essential )?(?:responsibilities|requirements|qualifications"
    r"|duties|competencies)"
    r"|(?:required|preferred|basic|minimum|desired|must[- ]have|nice[- ]to[- ]have|key|technical|mandatory)"
    r" (?:skills?|qualifications?|experience|requirements?)|must haves?|nice to haves?|skills?(?: required"
    r"| needed)?"
    r"|what you(?:'ll|’ll| will) (?:do|bring|need)|what we(?:'re|’re| are) looking for|who you are"
    r"|you have|the role|role overview"
    r"|about (?:the (?:role|job|position|company|team|client|opportunity)|us)|position (?:summary|overview"
    r"|description|title)"
    r"|day[- ]to[- ]day|job id|(?:deine|ihre|die) (?:aufgaben|qualifikationen)|aufgaben|anforderungen"
    r"|anforderungsprofil|(?:dein|ihr) profil"
    r"|wir bieten|missions?|profil recherch[ée]|votre profil)\b\s?(?:[:\-–*(&/].*)?$",
    _I,
)
DESCRIPTION_END = re.compile(
    r"(?:please|kindly|if (?:you|this|interested)|let me know|i(?:'d|’d| would| look|'m| am)|we (?:look"
    r"|would|will)|looking forward|thank"
    r"|(?:best|kind|warm) |regards|sincerely|are you|would you|feel free|do you|bitte|wenn sie"
    r"|bei interesse|merci|unfortunately)",
    _I,
)
# Lines that job lists repeat for every job.
DIGEST_MARK = re.compile(
    r"^\s*(?:easily apply|easy apply|apply (?:now|today)|view (?:job|details|role|position)s?|quick apply"
    r"|see (?:job|details)"
    r"|(?:posted )?(?:just posted|just now|today|yesterday|\d{1,3}\+? ?(?:minutes?|hours?|days?|weeks?|h"
    r"|d) ago)|be an early applicant"
    r"|actively (?:recruiting|hiring)|new|save job|1-click apply|(?:excellent|good|great|fair) match"
    r"|\d+ connections?|promoted)\b[^.]{0,30}$"
    r"|^\s*[$€£]\s?\d[\d,.]*k?\s?(?:[-–]|to)\s?[$€£]?\s?\d[\d,.]*k?\s*(?:a|per|an|/)?\s?(?:year|hour|yr|hr"
    r"|annum)?\s*$"
    r"|https?://\S*(?:jobs/view|viewjob|jobalert|job_?id=|/rc/clk)",
    _I,
)
PLACE_LINE = re.compile(
    r"(?:[^\W\d_][\w.&'’ -]{1,50} (?:[-–—·•|]|in) )?[A-Z][\w.'’ -]{1,28}, (?:[A-Z]{2}\b"
    r"|[A-Z][a-z]+(?: [A-Z][a-z]+)?)"
    r"(?:,? (?:USA|United States|\d{5}))?(?:\s?\((?:remote|hybrid|on-?site)\))?\s*$"
)
