"""Texts that want to be more than text in a page."""

from __future__ import annotations

ATTACKS = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>", "<body onload=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'>", "<a href=javascript:alert(1)>x</a>", "\"><script>alert(1)</script>",
    "' onmouseover='alert(1)", "\" autofocus onfocus=\"alert(1)", "</title><script>alert(1)</script>",
    "</style><script>alert(1)</script>", "</script><script>alert(1)</script>", "</desc><script>alert(1)</script>",
    "</svg><script>alert(1)</script>", "</table><script>alert(1)</script>", "--><script>alert(1)</script>",
    "]]><script>alert(1)</script>", "<!--<script>", "<style>@import 'http://127.0.0.1:9/x'</style>",
    "<link rel=stylesheet href=http://127.0.0.1:9/x>", "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<base href=http://127.0.0.1:9/>", "<form action=http://127.0.0.1:9/><input autofocus onfocus=alert(1)>",
    "<object data=javascript:alert(1)>", "<embed src=javascript:alert(1)>", "<math><mtext><script>alert(1)</script>",
    "<details open ontoggle=alert(1)>", "<video><source onerror=alert(1)>", "<input type=image src=x onerror=alert(1)>",
    "<marquee onstart=alert(1)>", "<select autofocus onfocus=alert(1)>",
    "<template><script>alert(1)</script></template>",
    "&lt;script&gt;alert(1)&lt;/script&gt;", "&#60;img src=x onerror=alert(1)&#62;", "＜script＞alert(1)＜/script＞",
    "javascript:alert(1)", "data:text/html,<script>alert(1)</script>", "vbscript:msgbox(1)",
    "<scr\u200bipt>alert(1)</scr\u200bipt>", "\u202e<script>alert(1)</script>\u2028\u2029",
    "<\x00script>alert(1)</script>",
    "{{constructor.constructor('alert(1)')()}}", "${alert(1)}", "<image href=x onerror=alert(1)>",
)  # fmt: skip
