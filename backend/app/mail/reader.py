"""Mail's HTML made safe to show: no scripts, no forms, nothing loaded from anywhere.

Used inside a sandboxed frame; this is the first wall, not the only one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import nh3
from selectolax.lexbor import LexborHTMLParser

from app.mail.html_text import is_too_deep, read_html
from app.mail.text import storable
from app.mail.values import HTML_LIMIT

_TAGS = (
    "a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del"
    " details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li"
    " main mark nav ol p pre q s samp section small span strike strong sub summary sup table tbody td tfoot"
    " th thead time tr tt u ul var wbr"
)
_DROPPED_WITH_CONTENT = (
    "script style title head template noscript iframe object embed applet svg math textarea select"
)
_ANYWHERE = "align bgcolor color dir height lang role style title valign width"
_ATTRIBUTES = {
    "*": set(_ANYWHERE.split()),
    "a": {"href", "name"},
    "img": {"src", "srcset", "alt", "border"},
    "table": {"border", "cellpadding", "cellspacing", "background"},
    "td": {"colspan", "rowspan", "nowrap", "background"},
    "th": {"colspan", "rowspan", "nowrap", "background", "scope"},
    "tr": {"background"},
    "div": {"background"},
    "col": {"span"},
    "colgroup": {"span"},
    "font": {"face", "size"},
    "li": {"value"},
    "ol": {"start", "type"},
    "ul": {"type"},
    "time": {"datetime"},
}
_PROPERTIES = (
    "background-color border border-bottom border-collapse border-color border-left border-radius"
    " border-right border-spacing border-style border-top border-width box-sizing clear color"
    " direction display float font font-family font-size font-style font-variant font-weight height"
    " letter-spacing line-height list-style-type margin margin-bottom margin-left margin-right"
    " margin-top max-width min-width opacity padding padding-bottom padding-left padding-right"
    " padding-top table-layout text-align text-decoration text-indent text-transform vertical-align"
    " visibility white-space width word-break word-spacing word-wrap"
)
_INLINE_IMAGE = re.compile(r"data:image/(?:png|gif|jpe?g|webp);base64,[A-Za-z0-9+/=\s]*", re.IGNORECASE)
_WEB_LINK = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)
_REMOTE = re.compile(r"\s*(?:https?:)?//", re.IGNORECASE)
_STYLE_LOADS = re.compile(r"url\s*\(|image\s*\(|image-set|expression|@import|\\|/\*", re.IGNORECASE)
# What would have loaded something too; the sanitiser asks about `src` and the like of every element.
_LOADING = "object[data], video[poster], link[href], image[href]"
_LOADING_ATTRIBUTES = ("data", "poster", "href")
_SHEET_LOADS = re.compile(r"(?:url\s*\(|@import)[\s'\"(url]*(?:https?:)?//", re.IGNORECASE)
_EMPTY_PICTURE = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"


@dataclass(frozen=True, slots=True)
class SafeHtml:
    """HTML that runs and loads nothing. `trackers_blocked` counts what would have been loaded from elsewhere: pictures
    above all, and frames, sheets, films and scripts."""

    html: str
    trackers_blocked: int


def reader_html(html: str) -> SafeHtml:
    """Sanitise a mail's HTML for showing.

    Remote pictures become an empty one and are counted; pictures inside the mail (data:) stay; links open a
    new window without telling where from. HTML that is too long or nests absurdly becomes plain paragraphs.
    """
    html = storable(html)
    if len(html) > HTML_LIMIT or is_too_deep(html):
        return SafeHtml(_plain(html), 0)
    blocked = 0

    def filter_attribute(tag: str, attribute: str, value: str) -> str | None:
        nonlocal blocked
        if attribute in ("src", "srcset", "background"):
            if attribute == "src" and _INLINE_IMAGE.fullmatch(value.strip()):
                return value
            blocked += _REMOTE.match(value) is not None
            return _EMPTY_PICTURE if tag == "img" and attribute == "src" else None
        if attribute == "style" and _STYLE_LOADS.search(value):
            blocked += "//" in value
            return None
        if attribute == "href":
            return value if _WEB_LINK.match(value.strip()) else None
        return value

    cleaned = nh3.clean(
        html,
        tags=set(_TAGS.split()),
        clean_content_tags=set(_DROPPED_WITH_CONTENT.split()),
        attributes=_ATTRIBUTES,
        attribute_filter=filter_attribute,
        link_rel="noopener noreferrer",
        set_tag_attribute_values={"a": {"target": "_blank"}},
        url_schemes={"http", "https", "mailto", "tel", "data"},
        filter_style_properties=set(_PROPERTIES.split()),
    )
    return SafeHtml(cleaned, blocked + _dropped_loads(html))


def _dropped_loads(html: str) -> int:
    """How often sheets and elements that are dropped unasked would have loaded something from elsewhere."""
    tree = LexborHTMLParser(html)
    sheets = sum(len(_SHEET_LOADS.findall(node.text())) for node in tree.css("style"))
    return sheets + sum(
        any(_REMOTE.match(node.attributes.get(name) or "") for name in _LOADING_ATTRIBUTES)
        for node in tree.css(_LOADING)
    )


def _plain(html: str) -> str:
    lines = read_html(html[:HTML_LIMIT]).text.split("\n")
    return "\n".join(f"<p>{nh3.clean_text(line)}</p>" for line in lines if line.strip())
