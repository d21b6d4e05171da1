"""HTML made safe: nothing runs, nothing loads, nothing is sent."""

from __future__ import annotations

import re
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from app.mail.reader import reader_html
from tests.factories.hostile import HOSTILE, LEFT

TAGS = {
    "script",
    "style",
    "form",
    "input",
    "button",
    "iframe",
    "object",
    "embed",
    "svg",
    "math",
    "meta",
    "base",
}
TAGS |= {"link", "video", "audio", "source", "picture", "template", "textarea", "noscript"}
ATTRIBUTES = {
    "srcset",
    "background",
    "poster",
    "action",
    "srcdoc",
    "id",
    "name",
    "class",
    "ping",
    "formaction",
}


def check_safe(html: str) -> None:
    tree = LexborHTMLParser(f"<body>{html}</body>")
    for node in tree.css("body *"):
        assert node.tag not in TAGS
        for name, value in node.attributes.items():
            assert name not in ATTRIBUTES
            assert not name.startswith("on")
            if name == "href":
                assert re.match(r"(https?|mailto|tel):", value or "")
            if name == "src":
                assert (value or "").startswith("data:image/")
                assert "svg" not in (value or "")
            if name == "style":
                assert "url" not in (value or "")
                assert "position" not in (value or "")
        if node.tag == "a":
            assert node.attributes["target"] == "_blank"
            assert set((node.attributes["rel"] or "").split()) == {"noopener", "noreferrer"}


@pytest.mark.parametrize("html", HOSTILE)
def test_hostile_html(html: str) -> None:
    check_safe(reader_html(f"<p>before</p>{html}<p>after</p>").html)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from([*HOSTILE, "</p>", "<b>", "'", '"', "<!--", "-->", "</style>", "\ud800", "\0"]))
)
def test_hostile_html_in_any_mixture(pieces: list[str]) -> None:
    check_safe(reader_html("".join(pieces)).html)


def test_what_a_reader_needs_stays() -> None:
    html = "<p style='color: red'>Hi <b>Alex</b></p><a href='https://larkspur.example/?a=1&amp;b=2'>Open</a>"
    safe = reader_html(html + "<img alt=logo src='data:image/png;base64,iVBORw0KGgo='>")
    assert safe.trackers_blocked == 0
    assert '<p style="color:red">Hi <b>Alex</b></p>' in safe.html
    assert 'href="https://larkspur.example/?a=1&amp;b=2"' in safe.html
    assert "data:image/png;base64,iVBORw0KGgo=" in safe.html


def test_remote_pictures_are_counted() -> None:
    html = (
        "<img src='https://t.example/1'><img src='//t.example/2'><img src='HTTP://t.example/3'>"
        "<img src='cid:4'>"
        "<td background='https://t.example/5'></td><div style='background: url(https://t.example/6)'>x</div>"
        "<table background='https://t.example/7'></table>"
    )
    assert reader_html(html).trackers_blocked == 5  # a cell outside a table is no cell
    assert "t.example" not in reader_html(html).html


@pytest.mark.parametrize(
    ("html", "count"),
    [
        ("<style>@import 'https://t.example/a';p{background:url(//t.example/b)}i{color:url(#x)}</style>", 2),
        (
            "<iframe src=https://t.example/></iframe><embed src=//t.example/a><object data='https://t.example/b'>",
            3,
        ),
        ("<link rel=stylesheet href=https://t.example/a><video poster=//t.example/b src=//t.example/c>", 3),
        ("<script src=https://t.example/a></script><svg><image href='https://t.example/b'/></svg>", 2),
        ("<p>None</p><a href=https://t.example/>a link loads nothing</a><style>p{color:red}</style>", 0),
    ],
)
def test_what_is_dropped_is_counted_too(html: str, count: int) -> None:
    assert reader_html(html).trackers_blocked == count


def test_nothing_of_the_hostile_corpus_is_loaded() -> None:
    """Links may name the host: they are for a person to follow."""
    for html in HOSTILE:
        left = re.sub(r'href="[^"]*"', "", reader_html(html).html)
        for attribute in re.findall(r'(?:src|srcset|background|style|poster|action)="([^"]*)"', left):
            assert LEFT.partition("//")[2] not in attribute.lower(), html


@pytest.mark.parametrize(
    "html", ["<div>" * 100_000, "<b><i>" * 60_000, "<p>x</p>" * 60_000, "<table><tr><td>" * 20_000]
)
def test_absurd_html_costs_little(html: str) -> None:
    began = process_time()
    check_safe(reader_html(html + "<script>x</script>").html)
    assert process_time() - began < 2
