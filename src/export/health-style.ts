// How the health report looks: on a phone and a wide screen, light and dark, and on paper.

/** The style sheet. It names no file and no address, since the report is one file that loads nothing. */
export const healthStyle = `
:root{color-scheme:light dark;--page:#f5f6f8;--card:#fff;--text:#18202b;--quiet:#525d6c;--rule:#dce0e6;--line:#2a63b0;--bad:#b3261e;--bad-page:#fdf1f0;--limit:#8a5a00;--good:#1c6b3c}
@media (prefers-color-scheme:dark){:root{--page:#0f141b;--card:#171e27;--text:#e4e9f0;--quiet:#a2adbb;--rule:#2d3744;--line:#82b1f4;--bad:#ff8f85;--bad-page:#2a1917;--limit:#e2b34a;--good:#7fd39f}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--page);color:var(--text);font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
main,header,footer{max-width:76rem;margin:0 auto;padding:0 1rem}
header{padding-top:2rem}
footer{padding-bottom:3rem}
h1{font-size:1.75rem;line-height:1.2;margin:0 0 .25rem}
h2{font-size:1.3rem;line-height:1.3;margin:3rem 0 .75rem}
h3{font-size:1.05rem;line-height:1.35;margin:0}
p{margin:0 0 .5rem}
ul,ol,dl,dd,figure{margin:0;padding:0;list-style:none}
a{color:var(--line);text-underline-offset:.2em}
code span{display:inline-block;max-width:100%}
code{font:.875rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
small,.quiet{font-size:.875rem;color:var(--quiet)}
.bad{color:var(--bad)}
.good{color:var(--good)}
.card,article{background:var(--card);border:1px solid var(--rule);border-radius:.5rem;padding:1rem}
.cards{display:grid;gap:.75rem;grid-template-columns:repeat(auto-fill,minmax(min(100%,24rem),1fr))}
.cards .card{border-left:.25rem solid var(--bad)}
.card p:last-child{margin:0}
.totals{display:grid;gap:.75rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,9.5rem),1fr));margin:1.5rem 0}
.totals div{background:var(--card);border:1px solid var(--rule);border-radius:.5rem;padding:.75rem 1rem;display:flex;flex-direction:column-reverse}
.totals dt{font-size:.875rem;color:var(--quiet)}
.totals dd{font-size:1.6rem;line-height:1.2;font-weight:600}
.totals .bad{border-color:var(--bad);background:var(--bad-page)}
.totals .bad dd{color:var(--bad)}
nav li{padding:.3rem 0;border-top:1px solid var(--rule)}
nav li:last-child{border-bottom:1px solid var(--rule)}
article{margin:0 0 1rem}
.head{display:flex;flex-wrap:wrap;gap:.25rem .75rem;align-items:baseline}
.tag{font-size:.875rem;border:1px solid currentColor;border-radius:1rem;padding:0 .6rem;max-width:100%}
.facts{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;margin:.5rem 0;font-size:.9375rem}
.facts dt,.facts dd{display:inline}
.facts dt{color:var(--quiet)}
.lines li{padding:.3rem 0}
.grid{display:grid;gap:1.5rem;grid-template-columns:repeat(auto-fill,minmax(min(100%,18rem),1fr));margin-top:1rem}
figure{display:flex;flex-direction:column;justify-content:space-between}
figcaption{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 .75rem;margin-bottom:.25rem}
figcaption small{flex-basis:100%}
svg{display:block;width:100%;height:auto}
svg *{fill:none;stroke-linejoin:round;stroke-linecap:round}
svg .n{fill:var(--quiet);font-size:14px}
svg .k{fill:var(--limit)}
svg .e{text-anchor:end}
svg .m{text-anchor:middle}
svg .a{stroke:var(--rule)}
svg .t{stroke:var(--limit);stroke-width:1.5;stroke-dasharray:5 4;stroke-linecap:butt}
svg .l{stroke:var(--line);stroke-width:1.5}
svg .d{stroke:var(--line);stroke-width:5}
svg .s{stroke-width:3}
svg .b{fill:var(--bad);stroke:var(--card);stroke-width:.6}
svg .u{stroke:var(--quiet);stroke-width:1.5}
.key{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin:1.5rem 0 .5rem}
.key span{display:inline-flex;align-items:center;gap:.4rem}
.key svg{width:28px;height:16px;flex:none}
@media (min-width:48rem){.grid{grid-template-columns:repeat(auto-fill,minmax(21rem,1fr))}svg .n{font-size:12px}}
details{margin-top:1rem}
summary{cursor:pointer;padding:.25rem 0;color:var(--line)}
table{width:100%;border-collapse:collapse;table-layout:fixed;font-size:.9375rem}
th,td{text-align:left;vertical-align:top;padding:.5rem .5rem .5rem 0;border-top:1px solid var(--rule)}
th{font-size:.875rem;font-weight:600;color:var(--quiet)}
td small,td code{display:block}
.due{margin:.25rem 0 1.5rem}
.day{width:7.5rem}
.number{width:32%}
@media print{
:root{color-scheme:light;--page:#fff;--card:#fff;--text:#000;--quiet:#444;--rule:#bbb;--line:#1d4f91;--bad:#a31515;--bad-page:#fff;--limit:#6b4700;--good:#14532d}
body{font-size:10pt}
main,header,footer{max-width:none;padding:0}
figure,.card,tr,.totals div{break-inside:avoid}
h2,h3{break-after:avoid}
.grid{grid-template-columns:repeat(3,1fr)}
details::details-content{content-visibility:visible;display:block;height:auto}
a{color:inherit}
}
`;
