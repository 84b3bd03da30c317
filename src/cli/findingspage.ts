/** A page of findings in the training report's style. It has no scripts and asks nothing of a network. */
import type { Language } from '../messages/index.ts';
import { visible } from '../messages/visible.ts';
import { STYLE } from '../view/style.ts';

export const escaped = (text: string): string =>
  visible(text).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

export const listed = (items: readonly string[]): string =>
  items.length === 0 ? '' : `<ul>${items.map((i) => `<li>${escaped(i)}</li>`).join('')}</ul>`;

/** A heading and what stands below it; nothing of nothing. */
export const headed = (heading: string, html: string): string =>
  html === '' ? '' : `<h2>${escaped(heading)}</h2>\n${html}`;

/** A score of 0 to 100, as a number and as a bar. */
export const scored = (score: number): string =>
  `<td>${score}</td><td><meter min="0" max="100" low="50" high="80" optimum="100" ` +
  `value="${score}"></meter></td>`;

const OWN = `
body { max-width: 62rem; margin: 2rem auto; padding: 0 1rem; font: 16px/1.6 system-ui, sans-serif; }
section.finding { border-left: .3rem solid var(--warn); padding: .1rem 1rem; margin: 1rem 0; }
section.finding { background: var(--raised); } section.finding.bad { border-color: var(--bad); }
section.finding h3 { margin: .4rem 0; } .quiet { color: var(--quiet); } meter { width: clamp(3rem, 20vw, 12rem); }
table { border-collapse: collapse; display: block; overflow-x: auto; } td:first-child { min-width: 9rem; } section.finding, li, td:first-child { overflow-wrap: anywhere; }
td, th { padding: .2rem .8rem; text-align: left; border-bottom: 1px solid var(--line); }
`;

/** @param parts HTML, one below the other; empty ones are left out */
export const findingsPage = (title: string, language: Language, parts: readonly string[]): string =>
  `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Seatrial · ${escaped(title)}</title>
<style>${STYLE}${OWN}</style>
</head>
<body>
<h1>${escaped(title)}</h1>
${parts.filter((p) => p !== '').join('\n')}
</body>
</html>
`;
