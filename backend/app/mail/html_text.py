"""HTML to the text that a reader sees, and the links that it offers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

from selectolax.lexbor import LexborHTMLParser, LexborNode

_PARSE_LIMIT = 1_000_000  # characters
_NODE_LIMIT = 100_000
_SKIPPED = frozenset(
    {"script", "style", "head", "title", "meta", "link", "template", "noscript", "iframe", "object", "embed"}
    | {"svg", "math", "canvas", "audio", "video", "select", "option", "textarea", "form-data", "map", "img"}
)
_BLOCKS = frozenset(
    {"address", "article", "aside", "center", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption"}
    | {
        "figure",
        "footer",
        "form",
        "header",
        "hr",
        "legend",
        "main",
        "nav",
        "section",
        "summary",
        "table",
        "tbody",
    }
    | {"tfoot", "thead", "tr", "caption", "body", "html", "li"}
)
_PARAGRAPHS = frozenset(
    {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "pre", "blockquote", "dl", "hr"}
)
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|max-height\s*:\s*0(?:px)?\s*(?:;|!|$)"
    r"|opacity\s*:\s*0(?:\.0+)?\s*(?:;|!|$)",
    re.IGNORECASE,
)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_HREF = re.compile(r"\bhref\s*=\s*[\"']?\s*(https?://[^\s\"'<>]{3,4000})", re.IGNORECASE)
_TAG_EDGE = re.compile(r"<(/?)[a-z]", re.IGNORECASE)
_CLOSES_ITSELF = re.compile(
    r"</?(?:br|img|hr|p|li|td|th|tr|input|meta|link|option|dt|dd|col|wbr|area)\b", re.IGNORECASE
)
_MANY_TAGS = 3_000
_MAX_DEPTH = 1_500  # unclosed elements; the parser's time grows with the square of the depth
_UNREAD = re.compile(
    r"<(script|style|head|title)\b.*?(?:</\1\s*>|$)|<!--.*?(?:-->|$)", re.IGNORECASE | re.DOTALL
)
_ANY_TAG = re.compile(r"<[^<>]{0,5000}>")
_ENOUGH = 20  # characters; with less to see, hidden text counts too


@dataclass(frozen=True, slots=True)
class HtmlReading:
    """`text` is not canonical yet; `links` are the href values in order, as written (trimmed)."""

    text: str
    links: tuple[str, ...]


def read_html(html: str) -> HtmlReading:
    """What a person would read in this HTML.

    Paragraphs, list items and table rows become lines, cells stand two spaces apart, quotes of earlier mail
    get "> ". Hidden preheaders, scripts and styles are left out; a mail of mere pictures gives their
    alternative texts.
    """
    html = html[:_PARSE_LIMIT].replace("\x00", "")
    if is_too_deep(html):
        return HtmlReading(_strip_tags(html), tuple(unescape(match[1]) for match in _HREF.finditer(html)))
    tree = LexborHTMLParser(html)
    root = tree.body or tree.root
    if root is None:
        return HtmlReading("", ())
    links = tuple(
        href.strip()
        for node in tree.css("a[href], area[href]")
        if (href := node.attributes.get("href")) is not None
    )
    text = _Writer(see_hidden=False).write(root)
    if len(text.strip()) < _ENOUGH:
        fuller = _Writer(see_hidden=True).write(root)
        text = fuller if len(fuller.strip()) > len(text.strip()) else text
    return HtmlReading(text, links)


def read_links(html: str) -> tuple[str, ...]:
    """The http(s) addresses of href attributes in order, without building the tree."""
    return tuple(unescape(match[1]).strip() for match in _HREF.finditer(html[:_PARSE_LIMIT]))


class _Writer:
    """Walks the tree without recursion (mail nests tables hundreds deep) and collects lines."""

    def __init__(self, *, see_hidden: bool) -> None:
        self._see_hidden = see_hidden
        self._lines: list[str] = []
        self._line: list[str] = []
        self._space = False  # a collapsed space waits for the next word
        self._quotes = 0
        self._pre = 0
        self._lists: list[int | None] = []  # next number of each open list; None for bullets

    def write(self, root: LexborNode) -> str:
        node: LexborNode | None = root
        opened: list[tuple[LexborNode, str]] = []
        for _ in range(_NODE_LIMIT):
            if node is None:
                break
            tag = node.tag or ""
            if tag == "-text":
                self._add_text(node.text_content or "")
            elif tag == "br":
                self._end_line()
            elif not tag.startswith(("-", "!")) and not self._leaves_out(node, tag):
                mark = self._enter(node, tag)
                child = node.child
                if child is not None:
                    opened.append((node, mark))
                    node = child
                    continue
                self._leave(mark)
            while node is not None and node.next is None:
                if not opened:
                    node = None
                    break
                node, mark = opened.pop()
                self._leave(mark)
            node = node.next if node is not None and opened else None
        while opened:
            self._leave(opened.pop()[1])
        self._end_line(force=False)
        return "\n".join(self._lines)

    def _leaves_out(self, node: LexborNode, tag: str) -> bool:
        if tag == "img" and self._see_hidden:
            self._add_text(f" {node.attributes.get('alt') or ''} ")
        if tag in _SKIPPED:
            return True
        if self._see_hidden:
            return False
        attributes = node.attributes
        if not attributes:
            return False
        if "hidden" in attributes:
            return True
        style = attributes.get("style")
        return bool(style) and _HIDDEN.search(style or "") is not None

    def _enter(self, node: LexborNode, tag: str) -> str:
        """Start an element; what is returned goes to `_leave`."""
        if tag in ("td", "th"):
            if self._line:
                self._line.append("  ")
                self._space = False
            return "cell"
        if tag == "blockquote":
            self._end_block()
            if _is_quote(node):
                self._quotes += 1
                return "quote"
            return "paragraph"
        if tag == "li":
            self._end_line(force=False)
            self._line.append(self._bullet())
            return "block"
        if tag in _PARAGRAPHS:
            self._end_block()
            if tag in ("ul", "ol"):
                self._lists.append(1 if tag == "ol" else None)
                return "list"
            if tag == "pre":
                self._pre += 1
                return "pre"
            return "paragraph"
        if tag in _BLOCKS:
            self._end_line(force=False)
            return "block"
        return ""

    def _leave(self, mark: str) -> None:
        if mark == "block":
            self._end_line(force=False)
        elif mark in ("paragraph", "list", "pre", "quote"):
            self._end_line(force=False)
            if mark == "list" and self._lists:
                self._lists.pop()
            elif mark == "pre":
                self._pre -= 1
            elif mark == "quote":
                self._quotes -= 1
                while self._lines and not self._lines[-1].strip("> "):
                    self._lines.pop()
            self._end_block()

    def _bullet(self) -> str:
        indent = "  " * max(0, min(len(self._lists), 5) - 1)
        if not self._lists or self._lists[-1] is None:
            return f"{indent}- "
        number = self._lists[-1]
        self._lists[-1] = number + 1
        return f"{indent}{number}. "

    def _add_text(self, text: str) -> None:
        if self._pre:
            first, *rest = text.replace("\r\n", "\n").split("\n")
            self._line.append(first)
            for part in rest:
                self._end_line()
                self._line.append(part)
            return
        collapsed = _SPACE.sub(" ", text)
        word = collapsed.strip(" ")
        if not word:
            self._space = self._space or bool(collapsed)
            return
        if (self._space or collapsed[0] == " ") and self._line and not self._line[-1].endswith(" "):
            self._line.append(" ")
        self._line.append(word)
        self._space = collapsed[-1] == " "

    def _end_line(self, *, force: bool = True) -> None:
        """Close the line; without `force` an empty one is not written."""
        text = "".join(self._line).rstrip(" ")
        self._line.clear()
        self._space = False
        if text or force:
            self._lines.append("> " * self._quotes + text)

    def _end_block(self) -> None:
        """Close the line and keep one blank line after what was written."""
        self._end_line(force=False)
        if self._lines and self._lines[-1].strip("> "):
            self._lines.append(("> " * self._quotes).rstrip())


def is_too_deep(html: str) -> bool:
    """Whether elements nest deeper than any real mail; elements that close themselves may make it look so."""
    if html.count("<") < _MANY_TAGS:
        return False
    depth = deepest = 0
    for match in _TAG_EDGE.finditer(_CLOSES_ITSELF.sub("", html)):
        depth = depth - 1 if match[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest > _MAX_DEPTH


def _strip_tags(html: str) -> str:
    return unescape(_ANY_TAG.sub("\n", _UNREAD.sub(" ", html)))


def _is_quote(node: LexborNode) -> bool:
    attributes = node.attributes
    return (attributes.get("type") or "").lower() == "cite" or "quote" in (
        attributes.get("class") or ""
    ).lower()
