"""The style sheet of a report: a phone's width first, dark where the reader's machine is dark, ink-saving on paper.

One hue and greys. What is beyond a budget has no colour of its own: the numbers say it.
"""

from __future__ import annotations

from typing import Final

STYLE: Final = """
:root{--ink:#1c2733;--soft:#52606d;--paper:#fff;--line:#d9e0e6;--track:#e9eef2;--fill:#0f766e;--mark:#1c2733}
@media (prefers-color-scheme:dark){:root{--ink:#e6edf3;--soft:#a3b1be;--paper:#12181f;--line:#2c3844;--track:#232d37;
--fill:#2dd4bf;--mark:#e6edf3}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,"Segoe UI",Roboto,"Noto Sans",sans-serif}
main,footer{max-width:52rem;margin:0 auto;padding:1rem}
h1{font-size:1.5rem;line-height:1.25;margin:.5rem 0 0}
h2{font-size:1.1rem;margin:2rem 0 .5rem}
h1,h2,th,td,dd,p,summary{overflow-wrap:anywhere}
header p{margin:.25rem 0 1rem;color:var(--soft)}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(12rem,1fr));gap:.75rem;margin:1rem 0}
.cards div{border:1px solid var(--line);border-radius:.5rem;padding:.6rem .75rem}
dt,.note,.of,footer,.highest,.ends,thead{color:var(--soft);font-size:.875rem}
dd{margin:0}
.value{font-size:1.25rem;font-weight:600;font-variant-numeric:tabular-nums}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;font-weight:400;padding:.35rem .6rem .35rem 0;vertical-align:top}
th,td{border-bottom:1px solid var(--line)}
thead th,thead td{vertical-align:bottom}
td.number,th.number{text-align:right;font-variant-numeric:tabular-nums;padding-right:0;padding-left:.6rem}
.number{white-space:nowrap;overflow-wrap:normal}
thead .number{white-space:normal}
.scroll{overflow-x:auto}
.scroll th{min-width:6rem}
.scroll .whole th{min-width:0}
.scroll .whole tbody th{white-space:nowrap}
.bar{width:30%;min-width:6rem}
.bar svg{display:block;width:100%;height:.7rem;margin-top:.45rem}
.track{fill:var(--track)}
.fill{fill:var(--fill)}
.mark{stroke:var(--mark);stroke-width:2;vector-effect:non-scaling-stroke}
.base{stroke:var(--soft);stroke-width:1;vector-effect:non-scaling-stroke}
polyline{fill:none;stroke:var(--fill);stroke-width:2.5;vector-effect:non-scaling-stroke;stroke-linejoin:round}
.pace{stroke:var(--mark);stroke-width:1.5;stroke-dasharray:6 4}
.ahead{stroke-width:1.5;stroke-dasharray:2 4}
.earlier{stroke:var(--soft);stroke-width:1;opacity:.75}
.fan{fill:var(--fill);opacity:.18}
.now{stroke:var(--soft);stroke-width:1;vector-effect:non-scaling-stroke}
.legend{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin:.25rem 0;font-size:.875rem;color:var(--soft)}
.course .legend svg{display:inline-block;width:24px;height:10px;margin-right:.35rem}
.facts{margin:.25rem 0}
.facts div{display:flex;flex-wrap:wrap;justify-content:space-between;column-gap:1rem}
.facts div{padding:.35rem 0;border-bottom:1px solid var(--line)}
.facts dt{color:inherit;font-size:1rem}
.facts .number{white-space:normal;text-align:right;font-variant-numeric:tabular-nums;font-weight:600;margin-left:auto}
.facts .note{flex:1 0 100%}
ul{margin:.25rem 0;padding-left:1.2rem}
.of{display:none}
figure{margin:0}
.course svg{display:block;width:100%;height:9rem}
.lines>svg{height:12rem}
.highest,.ends{margin:.25rem 0}
.ends{display:flex;justify-content:space-between}
summary{cursor:pointer;padding:.5rem 0;color:var(--soft)}
footer p{margin:.25rem 0}
@media (max-width:36rem){
.bars thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.bars,.bars tbody{display:block}
.bars tr{display:flex;flex-wrap:wrap;column-gap:.75rem;padding:.5rem 0;border-bottom:1px solid var(--line)}
.bars th,.bars td{display:block;border:0;padding:0}
.bars th{flex:1 1 0;min-width:40%}
.bars .bar{order:1;flex:1 0 100%;width:auto}
.bars .bar svg{margin:.3rem 0}
.bars .number~.number{order:2;font-size:.875rem;color:var(--soft);text-align:left}
.bars .number~.number .of{display:inline}
.bars .number~.number .of::after{content:":"}
.bars .none{display:none}
.scroll table{font-size:.875rem}
.scroll th,.scroll td{padding-right:.4rem}
.scroll td.number,.scroll th.number{padding-left:.4rem}
.scroll thead th{font-size:.8rem}
.cards{grid-template-columns:1fr;gap:0;border-top:1px solid var(--line)}
.cards div{display:flex;flex-wrap:wrap;justify-content:space-between;column-gap:.75rem}
.cards div{border:0;border-bottom:1px solid var(--line);border-radius:0;padding:.5rem 0}
.cards .note{flex:1 0 100%}
}
@media print{
:root{--ink:#000;--soft:#333;--paper:#fff;--line:#999;--track:#fff;--fill:#555;--mark:#000}
body{font-size:11pt}
main,footer{max-width:none;padding:0}
section,tr,figure,.cards div{break-inside:avoid}
h2{break-after:avoid}
details,.folded{display:none}
.scroll{overflow:visible}
.track{stroke:#999;stroke-width:.5;vector-effect:non-scaling-stroke}
.fill,.track{print-color-adjust:exact;-webkit-print-color-adjust:exact}
}
@page{margin:15mm}
"""
