"""From the written text to the text and HTML bodies that are sent.

The notation is small: blank lines part paragraphs, `- ` begins a list item, `**strong**`, `[label](address)`
is a link, and a paragraph that is one link followed by `!` is a button.
"""

from __future__ import annotations

import re
from html import escape
from textwrap import fill
from zlib import crc32

from app.demo.mailbox.notation import Mail

_LINK = re.compile(r"\[([^\]]+)\]\((https?://[^)\s]+)\)")
_BUTTON = re.compile(r"\[([^\]]+)\]\((https?://[^)\s]+)\)!")
_STRONG = re.compile(r"\*\*([^*]+)\*\*")
# A shorter source line ends on purpose (an address, a sign-off); a longer one was only wrapped.
_ON_PURPOSE = 60
_ACCENTS = ("#1f6feb", "#0b7a75", "#8a3ffc", "#b4530a", "#22543d", "#9b2c5a", "#34495e")


def write_text(source: str, *, wrapped: bool) -> str:
    """The plain text: hard-wrapped as written, or with one line per paragraph."""
    text = _BUTTON.sub(r"\1:\n\2", source)
    text = _STRONG.sub(r"\1", _LINK.sub(r"\1 (\2)", text))
    if wrapped:
        return text
    return "\n\n".join("\n".join(_join_lines(block)) for block in text.split("\n\n"))


def write_html(mail: Mail, source: str, sender_name: str) -> str:
    """The HTML document of `mail` in its look."""
    brand = mail.brand or sender_name
    number = crc32(mail.key.encode())
    accent = _ACCENTS[crc32(brand.encode()) % len(_ACCENTS)]
    slug = re.sub(r"[^a-z0-9]+", "-", brand.lower()).strip("-")
    inner = "\n".join(_block(block, mail.look, accent) for block in source.split("\n\n"))
    footer = "<br>".join(_inline(line) for line in mail.footer.splitlines())
    pixel = f"https://t.{slug}.example/o/{number:08x}.gif"
    leave = f"https://mail.{slug}.example/preferences/{number:08x}"
    shell = {"letter": _letter, "card": _card, "portal": _portal, "network": _network, "news": _news}[
        mail.look
    ]
    return shell(escape(brand), accent, inner, footer, pixel, leave)


def quote_text(source: str) -> str:
    """Every line of `source` behind `> `, wrapped as mail programs do."""
    lines: list[str] = []
    for line in source.splitlines():
        if line.startswith(">") or len(line) <= 76:
            lines.append(line)
        else:
            lines.extend(fill(line, 76, break_long_words=False, break_on_hyphens=False).splitlines())
    return "\n".join(f">{line}" if line.startswith(">") else f"> {line}".rstrip() for line in lines)


def quote_html(heading: str, html_inner: str) -> str:
    """A quoted mail as web mail programs write it below the answer."""
    return (
        f'<div class="gmail_quote"><div dir="ltr" class="gmail_attr">{escape(heading)}<br></div>'
        '<blockquote class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px solid #ccc">'
        f"{html_inner}</blockquote></div>"
    )


def write_inner(source: str) -> str:
    """The bare paragraphs of `source` as HTML, without a shell."""
    return "\n".join(_block(block, "letter", "#1f6feb") for block in source.split("\n\n"))


def _join_lines(block: str) -> list[str]:
    joined: list[str] = []
    last = ""
    for line in block.split("\n"):
        special = line.startswith(("- ", ">", "--", "http"))
        if joined and len(last) >= _ON_PURPOSE and not special and not last.startswith((">", "http")):
            joined[-1] = f"{joined[-1]} {line.strip()}"
        else:
            joined.append(line)
        last = line
    return joined


def _inline(text: str) -> str:
    text = escape(text, quote=False)
    text = _LINK.sub(lambda hit: f'<a href="{hit[2]}" style="color:inherit">{hit[1]}</a>', text)
    return _STRONG.sub(r"<strong>\1</strong>", text)


def _block(block: str, look: str, accent: str) -> str:
    if button := _BUTTON.fullmatch(block.strip()):
        return (
            '<table role="presentation" cellpadding="0" cellspacing="0" style="margin:18px 0"><tr>'
            f'<td style="background:{accent};border-radius:4px;padding:11px 22px"><a href="{button[2]}" '
            f'style="color:#ffffff;text-decoration:none;font-weight:bold">{escape(button[1])}</a></td></tr></table>'
        )
    lines = _join_lines(block)
    if all(line.startswith("- ") for line in lines):
        items = "".join(f"<li>{_inline(line[2:])}</li>" for line in lines)
        return f'<ul style="padding-left:20px;margin:0 0 16px 0">{items}</ul>'
    body = "<br>\n".join(_inline(line) for line in lines)
    if look == "portal":
        return f'<p><font face="Verdana" size="2" color="#333333">{body}</font></p>'
    return f'<p style="margin:0 0 16px 0">{body}</p>'


def _letter(brand: str, accent: str, inner: str, footer: str, pixel: str, leave: str) -> str:
    below = f'<p style="color:#888888;font-size:11px">{footer}</p>' if footer else ""
    return (
        f'<div dir="ltr" style="font-family:Arial,Helvetica,sans-serif;font-size:14px">{inner}{below}</div>\n'
    )


def _card(brand: str, accent: str, inner: str, footer: str, pixel: str, leave: str) -> str:
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>body {{ margin: 0; background: #f4f5f7 }}
@media (max-width: 620px) {{ .box {{ width: 100% !important }} }}</style>
</head><body>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" bgcolor="#f4f5f7"><tr>
<td align="center">
<table role="presentation" class="box" width="600" cellpadding="0" cellspacing="0" bgcolor="#ffffff">
<tr><td style="padding:26px 34px;border-top:5px solid {accent};font:bold 20px Georgia,serif;color:{accent}">
{brand}</td></tr>
<tr><td style="padding:4px 34px 20px;font:15px/1.55 Helvetica,Arial,sans-serif;color:#2b2f36">
{inner}
</td></tr>
<tr><td style="padding:16px 34px;font:11px/1.5 Arial,sans-serif;color:#8c939d;border-top:1px solid #e6e8eb">
{footer}<br><a href="{leave}" style="color:#8c939d">Unsubscribe</a> |
<a href="{leave}/privacy" style="color:#8c939d">Privacy notice</a></td></tr>
</table></td></tr></table>
<img src="{pixel}" width="1" height="1" alt="" style="display:block">
</body></html>
"""


def _portal(brand: str, accent: str, inner: str, footer: str, pixel: str, leave: str) -> str:
    return f"""<html><head><title></title></head><body bgcolor="#FFFFFF">
<table border="0" cellspacing="0" cellpadding="8" width="640"><tr><td bgcolor="{accent}">
<font face="Verdana" size="4" color="#FFFFFF"><b>{brand}</b></font></td></tr>
<tr><td>
{inner}
</td></tr>
<tr><td><hr size="1" noshade><font face="Verdana" size="1" color="#777777">{footer}<br>
This is an automatic message from a mailbox that nobody reads. Please do not reply to it.</font></td></tr>
</table>
<img src="{pixel}" height="1" width="1" border="0">
</body></html>
"""


def _network(brand: str, accent: str, inner: str, footer: str, pixel: str, leave: str) -> str:
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"></head>
<body style="margin:0;background:#f3f2f0;font-family:-apple-system,'Segoe UI',Roboto,sans-serif">
<table role="presentation" align="center" width="512" cellpadding="0" cellspacing="0" bgcolor="#fff"><tbody>
<tr><td style="padding:20px 24px;border-bottom:1px solid #e0dfdc">
<b style="color:{accent};font-size:18px">{brand}</b>
<span style="float:right;color:#666;font-size:12px">{{name}}</span></td></tr>
<tr><td style="padding:24px;font-size:16px;line-height:1.4;color:#1d1d1d">
{inner}
</td></tr>
<tr><td style="padding:18px 24px;background:#f3f2f0;font-size:12px;color:#666">
This mail was meant for {{name}}.
{footer}<br><a href="{leave}">Unsubscribe</a> &middot; <a href="{leave}/help">Help</a></td></tr>
</tbody></table><img alt="" role="presentation" src="{pixel}" style="width:1px;height:1px"></body></html>
"""


def _news(brand: str, accent: str, inner: str, footer: str, pixel: str, leave: str) -> str:
    return f"""<!doctype html><html><body style="background:#fffdf8">
<div style="display:none;max-height:0;overflow:hidden">&#8199;&#847; &#8199;&#847;</div>
<p style="text-align:center;font:11px sans-serif"><a href="{leave}/web">View in your browser</a></p>
<div style="max-width:620px;margin:0 auto;font:16px/1.6 Georgia,serif;color:#222">
<h1 style="color:{accent};font-size:26px;letter-spacing:-.5px">{brand}</h1>
{inner}
<hr style="border:0;border-top:2px solid {accent}">
<p style="font:12px sans-serif;color:#777">{footer}<br><a href="{leave}">Unsubscribe</a> or
<a href="{leave}/frequency">hear from us less often</a>.</p></div>
<img src="{pixel}" width="1" height="1"></body></html>
"""
