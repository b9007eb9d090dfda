import type { ApplyOutcome } from '../../index.ts';
import { formatPlace } from '../../manifest/problem.ts';
import { seconds } from './load-manifests.ts';
import type { RunConsole, RunProblem } from './run-console.ts';
import { tryLines } from './try-lines.ts';

/** What the banner needs to know of the run. */
export interface TextConsoleParts {
  readonly version: string;
  readonly title: string;
  readonly summary: string;
  readonly platform: NodeJS.Platform;
  /** Files of the add-on: their objects are told in one line. */
  readonly quietFile: string;
  readonly hasKeys: boolean;
  /** What to do first; '' for nothing special. */
  readonly next: string;
  write(text: string): void;
}

/** Says what happens for a person: a banner that fits 80×24, then events, quiet once all has settled. */
export function textConsole(parts: TextConsoleParts): RunConsole {
  const line = (text = '') => parts.write(`${text}\n`);
  let edge = '';
  let settledBefore = false;
  const problem = (told: RunProblem) => {
    const place = told.file === undefined ? '' : `${formatPlace(told.file, told)}: `;
    line(`! ${place}${told.message}`);
    if (told.hint !== undefined && told.hint !== '') for (const each of told.hint.split('\n')) line(`    ${each}`);
  };
  return {
    ready: ({ ui, http, https }) => {
      edge = http;
      line(`k8s-ingress-sandbox ${parts.version} · ${parts.title}`);
      line('Simulated cluster: images do not run; the proxy behaves as ingress-nginx v1.15.1.');
      if (parts.summary !== '') line(parts.summary);
      line();
      line(`  page   ${ui}`);
      line(`  edge   ${http}  ${https}`);
      line();
    },
    applied: (outcomes) => {
      for (const text of describeApplied(outcomes, parts.quietFile)) line(text);
      for (const outcome of outcomes) for (const each of outcome.problems) problem(each);
    },
    pending: (namespace, name, milliseconds) => {
      line(
        `Load balancer of Service ${namespace}/${name}: <pending>, the cloud needs about ${seconds(milliseconds)} (on AWS: minutes)`,
      );
    },
    loadBalancer: (balancer) => {
      line(`Load balancer of Service ${balancer.namespace}/${balancer.name}: ${balancer.hostname}`);
    },
    answers: (balancer, first) => {
      line('It answers. Try:');
      for (const text of tryLines({ balancer, first, http: edge, platform: parts.platform })) line(text);
      if (balancer.ingress && parts.next !== '') line(`\nNext: ${parts.next}`);
      if (balancer.ingress && parts.hasKeys)
        line('Keys: Enter applies saved changes, d diff, r reset, o open the page, q quit.');
    },
    problem,
    finding: ({ severity, reason, message, fix, source }) => {
      if (severity !== 'info') problem({ reason, message, ...source, hint: fix });
    },
    settled: ({ ok, waitingFor }) => {
      if (ok) {
        if (settledBefore) line('Settled.');
        settledBefore = true;
        return;
      }
      line('Not settled:');
      for (const { kind, namespace, name, reason } of waitingFor)
        line(`  ${kind} ${namespace === '' ? name : `${namespace}/${name}`}: ${reason}`);
    },
    note: (text) => line(text),
  };
}

/** `deployment/web created`, grouped so that a scenario's start fits the screen. */
function describeApplied(outcomes: readonly ApplyOutcome[], quietFile: string): string[] {
  const addon = outcomes.filter(({ file, action }) => file === quietFile && action !== undefined);
  const own = outcomes.filter(({ file, action }) => file !== quietFile && action !== undefined);
  const byAction = groupByAction(own);
  const lines = addon.length === 0 ? [] : [`add-on ingress-nginx: ${addon.length} objects`];
  for (const [action, names] of byAction) lines.push(...wrap(`${action}: ${names.join(', ')}`));
  for (const { kind, name, retriedAfter } of own) {
    if (retriedAfter !== undefined)
      lines.push(
        `  ${kind} ${name} was tried again after the rest; a real cluster says: ${retriedAfter.split('\n')[0]}`,
      );
  }
  return lines;
}

function groupByAction(outcomes: readonly ApplyOutcome[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { action = '', kind, name } of outcomes)
    groups.set(action, [...(groups.get(action) ?? []), `${kind.toLowerCase()}/${name}`]);
  return groups;
}

function wrap(text: string, width = 79): string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of text.split(' ')) {
    if (current !== '' && current.length + 1 + word.length > width) {
      lines.push(current);
      current = `  ${word}`;
    } else current = current === '' ? word : `${current} ${word}`;
  }
  return [...lines, current];
}
