"""The phrases in which mails name the job: triggers left of the title, and role nouns right of it."""

from __future__ import annotations

import re

# (trigger, weight): the title follows. Longer triggers come first where they say more.
AHEAD: tuple[tuple[str, float], ...] = (
    ("position of ", 3.0),
    ("role of ", 3.0),
    ("post of ", 2.5),
    ("job of ", 2.5),
    ("position as ", 2.5),
    ("role as ", 2.5),
    ("position: ", 3.0),
    ("role: ", 3.0),
    ("job title: ", 3.5),
    ("position title: ", 3.5),
    ("job: ", 2.0),
    ("title: ", 2.0),
    ("position for ", 1.5),
    ("opening for ", 2.0),
    ("vacancy for ", 2.5),
    ("role for ", 1.2),
    ("position - ", 2.0),
    ("role - ", 2.0),
    ("applying for ", 2.6),
    ("applying to ", 2.1),
    ("applied for ", 2.6),
    ("applied to ", 2.1),
    ("apply for ", 2.0),
    ("application for ", 2.6),
    ("application to ", 2.1),
    ("application - ", 2.0),
    ("application: ", 2.4),
    ("applications for ", 2.0),
    ("application received for ", 2.5),
    ("application received - ", 2.2),
    ("application received: ", 2.2),
    ("received: ", 1.8),
    ("candidacy for ", 2.5),
    ("candidate for ", 1.8),
    ("considered for ", 2.0),
    ("consideration for ", 2.2),
    ("selected for ", 2.0),
    ("selected as ", 2.0),
    ("background for ", 2.0),
    ("qualifications for ", 2.0),
    ("resume for ", 2.0),
    ("interest in ", 1.8),
    ("interested in ", 1.5),
    ("interview for ", 2.2),
    ("interview - ", 1.8),
    ("interview: ", 1.8),
    ("interview, ", 1.8),
    ("recruiter for ", 1.8),
    (" for ", 0.8),
    ("interviewing for ", 2.0),
    ("offer for ", 2.2),
    ("offer you ", 1.8),
    ("offer - ", 1.8),
    ("offer: ", 1.8),
    ("join us as ", 2.5),
    ("joining us as ", 2.5),
    ("join our team as ", 2.5),
    ("joining as ", 2.2),
    ("hired as ", 2.2),
    ("as our new ", 2.4),
    ("as our ", 1.8),
    ("as an ", 1.2),
    ("as a ", 1.2),
    ("as the ", 1.2),
    ("hiring a ", 2.2),
    ("hiring an ", 2.2),
    ("hiring for ", 2.0),
    ("hiring: ", 2.0),
    ("looking for a ", 2.0),
    ("looking for an ", 2.0),
    ("searching for a ", 2.0),
    ("seeking a ", 2.0),
    ("seeking an ", 2.0),
    ("recruiting for ", 2.0),
    ("opportunity: ", 2.0),
    ("opportunity for ", 1.5),
    ("opportunity as ", 2.0),
    ("assessment for ", 1.8),
    ("challenge for ", 1.6),
    ("screen for ", 1.8),
    ("submission for ", 2.2),
    ("indeed application: ", 3.5),
    ("opening of ", 2.2),
    ("fill our ", 1.8),
    ("fill the ", 1.8),
    ("decline your application for ", 2.5),
    ("your application as ", 2.6),
    ("regarding ", 1.0),
    ("re: ", 1.2),
    ("for the ", 1.2),
    ("for our ", 1.4),
    ("confirmation - ", 1.4),
    ("confirmation \u2013 ", 1.4),
    ("confirmation: ", 1.2),
    ("next steps: ", 1.4),
    # German
    ("bewerbung als ", 3.0),
    ("bewerbung f\u00fcr die position ", 3.2),
    ("bewerbung f\u00fcr die stelle ", 3.2),
    ("bewerbung um ", 2.4),
    ("bewerbung auf die stelle ", 3.2),
    ("bewerbung auf die position ", 3.2),
    ("bewerbung f\u00fcr ", 2.2),
    ("bewerbung auf ", 2.0),
    ("bewerbung: ", 2.4),
    ("bewerbung ", 1.4),
    ("stelle als ", 3.0),
    ("position als ", 3.0),
    ("der position ", 2.4),
    ("die position ", 2.4),
    ("der stelle ", 2.4),
    ("die stelle ", 2.4),
    ("t\u00e4tigkeit als ", 2.6),
    ("mitarbeit als ", 2.6),
    ("stelle: ", 2.6),
    ("interesse - ", 1.6),
    ("stellenausschreibung ", 2.2),
    ("rolle als ", 2.6),
    ("f\u00fcr die position ", 2.6),
    ("f\u00fcr die stelle ", 2.6),
    ("praktikum als ", 2.4),
    # French
    ("poste de ", 2.8),
    ("poste d'", 2.8),
    ("poste : ", 2.8),
    ("poste: ", 2.8),
    ("poste ", 1.2),
    ("candidature pour le poste de ", 3.2),
    ("candidature au poste de ", 3.2),
    ("candidature pour ", 1.8),
    ("candidature - ", 2.0),
    ("candidature : ", 2.2),
    ("offre de ", 1.2),
    ("l'offre ", 1.4),
    ("en tant que ", 2.0),
    ("recherchons un ", 1.8),
    ("recherchons une ", 1.8),
)
# The title stands before one of these.
BEHIND: tuple[tuple[str, float], ...] = (
    (" position", 3.0),
    (" coding test", 2.0),
    (" case study", 2.0),
    (" process", 1.2),
    (" coding challenge", 2.0),
    (" assessment", 1.2),
    (" take-home", 1.2),
    (" team member", 1.2),
    (" role", 3.0),
    (" opening", 2.6),
    (" opportunity", 2.0),
    (" job", 1.8),
    (" vacancy", 2.6),
    (" internship", 1.2),
    (" posting", 2.0),
    (" post ", 1.6),
    (" requisition", 2.0),
    (" candidate", 0.8),
    (" interview", 1.0),
    (" opportunities", 1.0),
    (" at ", 0.8),
    (" offer", 1.0),
    (" application", 0.9),
)

SKIP = re.compile(
    r"(?i:(?:(?:the|our|an?|your|this|my|der|die|das|den|dem|le|la|l'|un|une|du|as|einen?|einer)\s)?"
    r"(?:(?:open|vacant|new|current|available|posted|exciting|advertised|following|full-time|full time"
    r"|part-time)\s){0,2}"
    r"(?:(?:position|role|job|opening|post|vacancy|stelle|rolle|opportunity|poste|internship)\s?(?:of"
    r"|as|for|:|-|\u2013|titled|named|als|de|des|einer?s?)?\s?)?"
    r"(?:(?:the|our|an?|your|\|)\s)?)(?:[\"'\[]|\((?!Junior|Senior|junior|senior))?"
)
STOP = re.compile(
    r"\n|(?:(?<![SsJjDd][rR])(?<!\bNo))[.](?=\s|$)|[!?;](?=\s|$)|[\"\]](?=\s|$|[,.])|\s\u2022|https?:"
    r"|\s[<>]|\s(?i:"
    r"(?:position|role|opening|opportunity|job|vacancy|requisition|team at|stelle|posting"
    r"|internship position|application|applications|interview"
    r"|has|have|had|can|may|must|should|before|is|was|were|are|will|would|we|we've|you|your|i(?=\s(?:am"
    r"|have|was|would|will|think"
    r"|had|want|look|hope|wanted|believe|just|can))|it|they|which|that|who|here|there|please"
    r"|after|since|because|but"
    r"|has been|via|through|received|by|from|on|based|located|within|so|if|while|when|this"
    r"|unfortunately|thank|thanks|could|please"
    r"|at|with|@|bei|im(?!\sBereich)|vom|und das|und ihr|und die|sowie|haben|ist|wurde|leider|chez|dans"
    r"|au sein|et|nous|a|an|the|our|under|starting"
    r"|as|also|then|now|and(?=\s(?:has|is|are|we|the|your|will|would|to|our|that|it|finds?|want|are|i|i'd"
    r"|i'm|i've|i'll))|next"
    r"|steps|update|reference|beginnend|we're|i'm)(?=[\s,.:;!?)]|$))"
)
# Left of a role noun: where the title may begin.
MARK = re.compile(
    r"(?i:(?<!\w)(?:for|to|in|as|of|on|with|about|regarding|fill|filling|filled|considering|hiring|is"
    r"|pursue|by|at|via|re|have|"
    r"the|our|an?|your|this|open|new|current|available|following|exciting|vacant|closed|fwd|fw"
    r"|company's|interest)[\s:]+|'s\s|s'\s|[:|\u2013-]\s|[\"(\[])"
)
SUBJECT_SPLIT = re.compile(
    r"\s+[-\u2013\u2014|@/]+\s+|(?::\s+|\s*[|\u2013\u2014]\s*)|\s*[\"\[\]]\s*|\s+(?:at|bei|chez"
    r"|from|with)\s+(?=[A-Z])|\s+\||!\s|\?\s|,\s(?=your|we|ihre)"
)
LEAD_JUNK = re.compile(
    r"(?:(?i:the|our|an?|your|this|open(?!\ssource)|new(?!\s(?:business|grad|product|media|home))"
    r"|current|available|following|exciting|vacant|position|role|job|opening|title|of|for|as|to"
    r"|in|on"
    r"|re|fwd|fw|aw|wg|als|die|der|das|den|stelle|position als|poste|de|exclusive|urgent(?:ly)?|hiring"
    r"|opportunity|excellent|interview|need(?:ed)?(?: for)?|looking for|requirement|immediate|direct"
    r"|long term|contract(?=\s)|fulltime|full[- ]time|job opportunity|job opening|confirmed"
    r"|invitation|join us|we're hiring)"
    r"(?:[\s:]+|-(?=[A-Z]))|[\s\"'(\[:,\u2013|-](?!Junior|Senior|junior|senior)|(?!19\d\d|20\d\d)\d{4}\s"
    r"|\d{5,12}[\s,-]+|(?:R|JR"
    r"|REQ|Req)-?\d{3,}[\s,:-]+)+"
)
TAIL_JUNK = re.compile(
    r"(?:[\s,:;\"'\u2013|.!?-]+|\s\((?i:open|evergreen|closed|filled|external|internal|remote|hybrid|ref)\)"
    r"|\s(?i:position|role|opening|opportunity|job|vacancy|posting|application|interview|offer|team"
    r"|candidate|at|with|in|for|and|or|of|the|to|as|a|bei|im|als|mit|vom|"
    r"update|phone|screen|internship position|exclusive|requisition|stelle|challenge|code|coding|hiring"
    r"|round|follow-up))+$"
)
WITHIN = re.compile(
    r"\s?(?:,\s|\s|-\s?)(?:in|at|@|for)\s[A-Z][\w .]{1,30}\s?,\s?[A-Z]{2}\b.*$|\s(?i:within|in"
    r"|on|for|with|at|mit|im|bei|to join)\s(?i:our|the|their|its|a|an|unserem|unserer|der|dem"
    r"|schwerpunkt|us)\b.*$"
)
DATED = re.compile(r"\s(?i:vom|dated|from|on)\s\d.*$|\s[-\u2013(]\s?(?i:befristet).*$")
