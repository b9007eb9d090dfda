/** The report's style sheet. Outcomes are told by their words; colour only helps. */
export const HTML_STYLE = `:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0; }
main { max-width: 60rem; margin: 0 auto; padding: 1rem; }
section { border-top: 1px solid #8888; padding: 0.5rem 0; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: start; vertical-align: top; padding: 0.35rem 0.6rem; border-bottom: 1px solid #8884; }
td:nth-child(1), td:nth-child(2) { white-space: nowrap; }
td { overflow-wrap: anywhere; }
.pass td:first-child { border-inline-start: 4px solid #1a7f37; }
.not-yet td:first-child { border-inline-start: 4px solid #cf222e; }
.could-not-check td:first-child, .blocked td:first-child { border-inline-start: 4px solid #8a6d00; }
.status { font-weight: bold; }
code { overflow-wrap: anywhere; }
`;
