/** Looks of the admin page, in light and dark, on wide and narrow screens. */
export const style = `
:root { color-scheme: light dark; --back: #ffffff; --text: #1f2328; --quiet: #59636e; --line: #d1d9e0; --link: #0550ae; --bad: #a40e26; }
@media (prefers-color-scheme: dark) {
  :root { --back: #0d1117; --text: #f0f6fc; --quiet: #9198a1; --line: #3d444d; --link: #79c0ff; --bad: #ff8182; }
}
body { margin: 0; background: var(--back); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 1rem; }
a { color: var(--link); }
fieldset { border: 1px solid var(--line); border-radius: 6px; margin: 0 0 0.75rem; }
fieldset p { margin: 0.25rem 0; }
button { font: inherit; min-height: 2.25rem; padding: 0 1rem; }
label { display: inline-block; min-height: 24px; }
[hidden] { display: none; }
input { width: 18px; height: 18px; vertical-align: -3px; }
ol { list-style: none; padding: 0; }
li { border-top: 1px solid var(--line); padding: 0.5rem 0; overflow-wrap: anywhere; }
li p { margin: 0; }
li p + p, time, summary, .none { color: var(--quiet); font-size: 0.9rem; }
summary { min-height: 24px; }
pre { white-space: pre-wrap; margin: 0; font-size: 0.85rem; }
.problem, li .violation { color: var(--bad); }
`;

/** Keeps the list of requests fresh, as long as the reader wants that and reads no headers. */
export const script = `
const list = document.getElementById("requests");
const live = document.getElementById("live");
live.parentElement.hidden = false;
setInterval(async () => {
  if (!live.checked || document.hidden || list.querySelector("details[open]") || list.contains(document.activeElement)) return;
  try {
    const answer = await fetch("/_mock/requests", { headers: { accept: "text/html" } });
    const text = await answer.text();
    if (answer.ok && text !== list.dataset.text) list.innerHTML = list.dataset.text = text;
  } catch {
    // The mock is gone, and may come back.
  }
}, 1000);
`;
