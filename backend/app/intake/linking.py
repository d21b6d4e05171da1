"""From verdicts to links: components that a batch made dirty are recomputed once, as a whole."""

from __future__ import annotations

from collections.abc import Sequence

from app.core.db import WriteSession
from app.correlation import keys as link_keys
from app.correlation import repository as correlation
from app.intake import words
from app.intake.components import find_components, load_facts
from app.intake.placing import Changes, Placing, apply_some, settle_poorer

_ALL = 1_000_000_000  # applications at once: a person waits for all of it


def put_keys(session: WriteSession, user_id: int, email_ids: Sequence[int]) -> list[int]:
    """Store the keys of judged emails; answers with those that can be linked at all."""
    facts = load_facts(session, user_id, email_ids)
    said = words.keys_by_word(session, user_id)
    companies = {one.company_key for one in facts if one.company_key}
    names = link_keys.KnownNames(correlation.names_like(session, user_id, companies))
    found: dict[int, set[str]] = {}
    for one in facts:
        own = set(link_keys.component_keys(one)) | said.get(one.email_id, set())
        if one.company_key:
            own |= {correlation.name_key(one.company_key), link_keys.slips_key(one.company_key)}
            for other in names.similar(one.company_key):
                own.update(key[: link_keys.KEY_LIMIT] for key in link_keys.company_keys(other))
            names.add(one.company_key)
        found[one.email_id] = own
    correlation.put_keys(session, user_id, found)
    return list(found)


def relink(session: WriteSession, user_id: int, email_ids: Sequence[int]) -> Changes:
    """Link these emails anew, at once, after the user spoke about them: their old and new neighbours with them."""
    links = correlation.links_of(session, user_id, email_ids)
    homes = sorted({link.application_id for link in links.values()})
    mates = [link.email_id for link in correlation.emails_of_applications(session, user_id, homes)]
    anchors = [a for a in words.anchors(session, user_id, email_ids) if a not in email_ids]
    linkable = put_keys(session, user_id, [*email_ids, *anchors])
    gone = set(email_ids) - set(linkable)
    left = let_go(session, user_id, sorted(gone))
    session.flush()
    fresh = set(email_ids)
    components = find_components(session, user_id, sorted({*linkable, *left, *mates} - gone))
    waiting = [Placing(one, one.divide(), fresh) for one in components]
    changes = Changes()
    while waiting:
        changes.add(apply_some(session, user_id, waiting, _ALL))
    return changes


def let_go(session: WriteSession, user_id: int, email_ids: Sequence[int]) -> list[int]:
    """Unlink emails that, read again, are about no application; answers with the mail they leave behind, which
    has to be linked anew: what they held together may fall apart."""
    if not email_ids:
        return []
    links = correlation.links_of(session, user_id, email_ids)
    correlation.put_keys(session, user_id, dict.fromkeys(email_ids, ()))
    if not links:
        return []
    touched = {link.application_id for link in links.values()}
    correlation.delete_links(session, links.keys())
    session.flush()
    settle_poorer(session, user_id, touched, {}, Changes())
    return [link.email_id for link in correlation.emails_of_applications(session, user_id, sorted(touched))]
