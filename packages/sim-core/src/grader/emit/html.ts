import type { CheckResult, GradeResult } from '../result.ts';
import type { EmitContext, Emitter, Graded } from './emitter.ts';
import { HTML_STYLE } from './html-style.ts';
import {
  adviceOf,
  LONE_SURROGATE,
  nextStep,
  OUTCOME_WORDS,
  oneLine,
  pointsOf,
  remarkableLines,
  scoreWords,
  statusWords,
  studentOf,
  unusedFiles,
} from './words.ts';
import { escapeXml } from './xml.ts';

/**
 * A page that needs nothing else: no script, no font, no picture from anywhere, and a policy that forbids them. Student
 * text is text in it. The manifests come along as a download, with the line that shows them at work.
 */
export const html: Emitter = {
  name: 'html',
  summary: 'a page that needs nothing else, with a way to see the submission at work',
  extension: '.html',
  holds: 'class',
  *emit(graded, context) {
    let isFirst = true;
    for (const each of graded) {
      if (isFirst) yield head(each.result);
      isFirst = false;
      yield section(each, context);
    }
    yield isFirst ? '' : '</main>\n</body>\n</html>\n';
  },
};

function head({ exercise, engine }: GradeResult): string {
  const title = escapeXml(oneLine(exercise.title));
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="${escapeXml(engine)}">
<title>${title}</title>
<style>
${HTML_STYLE}</style>
</head>
<body>
<main>
<h1>${title}</h1>
`;
}

function section(graded: Graded, context: EmitContext): string {
  const { result } = graded;
  const status = statusWords(graded);
  const next = nextStep(result);
  return `<section aria-label="${escapeXml(result.submission.id)}">
<h2>${escapeXml(studentOf(graded))}: ${escapeXml(scoreWords(result))}</h2>
${status === '' ? '' : `<p class="status">${escapeXml(status)}</p>\n`}<table>
<thead><tr><th scope="col">result</th><th scope="col">points</th><th scope="col">check</th></tr></thead>
<tbody>
${result.checks.map((check) => row(check, context)).join('')}</tbody>
</table>
${next === undefined ? '' : `<p><strong>Next:</strong> ${escapeXml(`${next.title}. ${adviceOf(next)}`)}</p>\n`}${list('Remarks', result.remarks)}${list('Files that were not used', filesOf(result))}${replay(result, context)}</section>
`;
}

function row(check: CheckResult, context: EmitContext): string {
  const text = remarkableLines(check, context)
    .map((line) => `<br><span>${escapeXml(line)}</span>`)
    .join('');
  return `<tr class="${check.result}"><td>${OUTCOME_WORDS[check.result]}</td><td>${escapeXml(pointsOf(check))}</td><td><strong>${escapeXml(oneLine(check.title))}</strong>${text}</td></tr>\n`;
}

function list(title: string, items: readonly string[]): string {
  if (items.length === 0) return '';
  return `<details><summary>${title}</summary><ul>${items.map((item) => `<li>${escapeXml(oneLine(item))}</li>`).join('')}</ul></details>\n`;
}

function filesOf(result: GradeResult): string[] {
  return unusedFiles(result).map(({ path, reason = '' }) => `${path}: ${reason}`);
}

function replay(result: GradeResult, context: EmitContext): string {
  const { command, manifests } = context.replay(result);
  const name = `${result.submission.id.replace(/[^\w.-]+/g, '-')}.yaml`;
  const link =
    manifests === undefined
      ? ''
      : `<a download="${escapeXml(name)}" href="data:application/yaml;charset=utf-8,${encodeURIComponent(manifests.replace(LONE_SURROGATE, '\uFFFD'))}">Save the manifests</a> and `;
  return `<p class="replay">See it run: ${link}<code>${escapeXml(command)}</code></p>\n`;
}
