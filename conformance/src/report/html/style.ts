/** The page's looks, light and dark, wide and narrow, on screen and on paper. Every pair of colours has a contrast of at least 4.5 to 1. */
export const style = `
:root { color-scheme: light dark; --page: #ffffff; --text: #1b1f24; --faint: #57606a; --line: #d0d7de; --raised: #f6f8fa; --link: #0550ae;
  --good: #116329; --good-page: #dafbe1; --bad: #a40e26; --bad-page: #ffebe9; --odd: #7d4e00; --odd-page: #fff8c5; --plain: #424a53; --plain-page: #eaeef2; }
@media (prefers-color-scheme: dark) {
  :root { --page: #0d1117; --text: #e6edf3; --faint: #9198a1; --line: #3d444d; --raised: #161b22; --link: #79c0ff;
    --good: #7ee787; --good-page: #12261e; --bad: #ffa198; --bad-page: #2d1415; --odd: #f2cc60; --odd-page: #272115; --plain: #b6c0cc; --plain-page: #21262d; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 72rem; padding: 0 1rem 3rem; background: var(--page); color: var(--text);
  font: 1rem/1.5 system-ui, "Noto Sans", "Noto Sans CJK SC", sans-serif; overflow-wrap: anywhere; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 1rem; top: 0.5rem; padding: 0.25rem 0.5rem; background: var(--page); }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 1.5rem 0 0.5rem; }
h2 { font-size: 1.25rem; margin: 2rem 0 0.5rem; border-bottom: 1px solid var(--line); padding-bottom: 0.25rem; }
h3 { font-size: 1.05rem; margin: 1.5rem 0 0.5rem; }
h4 { font-size: 0.9rem; margin: 1rem 0 0.25rem; color: var(--faint); }
nav ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; list-style: none; padding: 0; margin: 0.5rem 0; }
.faint { color: var(--faint); }
.verdict { border-left: 0.4rem solid; padding: 0.75rem 1rem; font-size: 1.1rem; margin: 1rem 0; }
.mark { display: inline-block; padding: 0 0.5em; border-radius: 0.3em; font-size: 0.85em; font-weight: 600; white-space: nowrap; }
.good { color: var(--good); background: var(--good-page); border-color: var(--good); }
.bad { color: var(--bad); background: var(--bad-page); border-color: var(--bad); }
.odd { color: var(--odd); background: var(--odd-page); border-color: var(--odd); }
.plain { color: var(--plain); background: var(--plain-page); border-color: var(--plain); }
.wide { overflow-x: auto; }
table { border-collapse: collapse; overflow-wrap: normal; }
th, td { text-align: left; padding: 0.3rem 0.75rem 0.3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th.number, td.number { text-align: right; font-variant-numeric: tabular-nums; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0.2rem 1rem; margin: 0.5rem 0; }
dt { color: var(--faint); } dd { margin: 0; } dd p { margin: 0; }
code, pre { font: 0.9em/1.45 ui-monospace, "DejaVu Sans Mono", monospace; }
pre { margin: 0.25rem 0; padding: 0.5rem 0.75rem; white-space: pre-wrap; background: var(--raised); border: 1px solid var(--line); border-radius: 0.3rem; }
fieldset { border: 1px solid var(--line); border-radius: 0.3rem; margin: 0.5rem 0; display: flex; flex-wrap: wrap; gap: 0.15rem 1rem; }
fieldset label { white-space: nowrap; padding: 0.1rem 0; }
details { border: 1px solid var(--line); border-radius: 0.3rem; margin: 0.35rem 0; }
summary { cursor: pointer; padding: 0.35rem 0.75rem; }
summary .title { color: var(--faint); }
details .inside { padding: 0 0.75rem 0.75rem 1.5rem; }
details:target { outline: 2px solid var(--link); }
footer { margin-top: 3rem; border-top: 1px solid var(--line); }
@media (max-width: 40rem) {
  dl { grid-template-columns: minmax(0, 1fr); } dd { margin-bottom: 0.4rem; }
  summary .title { display: block; } details .inside { padding-left: 0.75rem; }
}
@media print {
  nav, .filter, .skip { display: none; }
  body { max-width: none; font-size: 0.8rem; }
  details.problem::details-content { content-visibility: visible; block-size: auto; }
  details { break-inside: avoid-page; } details.problem { break-inside: auto; }
  .wide { overflow: visible; }
}
`;
