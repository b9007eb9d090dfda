import { PROGRAM } from '../command.ts';
import { describeProblem } from '../outcome-lines.ts';
import { seconds } from '../read-manifests.ts';
import { describeOutcomes } from './applied-lines.ts';
import type { RunConsole, RunProblem } from './run-console.ts';
import type { Shell } from './shell.ts';
import { tryLines } from './try-lines.ts';

/** What the banner needs to know of the run. */
export interface TextConsoleParts {
  readonly version: string;
  readonly title: string;
  /** The scenario's sentence; '' for none. */
  readonly summary: string;
  readonly platform: NodeJS.Platform;
  readonly shell: Shell;
  /** Whether this machine has a program. */
  has(command: 'curl' | 'wget'): boolean;
  /** Files of the add-on: their objects are told in one line. */
  readonly quietFile: string;
  readonly hasKeys: boolean;
  /** What to do first; '' for nothing special. */
  nextStep(): string;
  write(text: string): void;
}

/** Rows for the names of objects once the banner is written. */
const LATER_ROWS = 6;
const KEYS = 'Keys: Enter applies what you saved, d diff, r reset, o open the page, q quit.';

/** What leads kubectl to the running sandbox, in the shell that people paste into. */
const KUBECONFIG_LINES: Readonly<Record<Shell, string>> = Object.freeze({
  sh: `export KUBECONFIG=$(${PROGRAM} kubeconfig)`,
  fish: `set -gx KUBECONFIG (${PROGRAM} kubeconfig)`,
  powershell: `$env:KUBECONFIG = ${PROGRAM} kubeconfig`,
});

/** Says what happens for a person: a banner that fits 80×24, then events, quiet once all has settled. */
export function textConsole(parts: TextConsoleParts): RunConsole {
  const line = (text = '') => parts.write(`${text}\n`);
  let edge = '';
  let wasSettled = false;
  let isFirst = true;
  let isFirstPending = true;
  const problem = (told: RunProblem) => {
    line(`${told.file === undefined ? '! ' : ''}${describeProblem(told)}`);
  };
  return {
    ready: ({ ui, http, https }) => {
      edge = http;
      for (const text of banner(parts, { ui, http, https })) line(text);
    },
    applied: (outcomes) => {
      for (const text of describeOutcomes(outcomes, parts.quietFile, isFirst ? 1 : LATER_ROWS)) line(text);
      isFirst = false;
      for (const { file, line: at, problems, warnings } of outcomes) {
        for (const message of warnings) problem({ reason: 'Warning', message: `Warning: ${message}`, file, line: at });
        for (const each of problems) problem(each);
      }
    },
    gone: (entries) => {
      for (const { kind, namespace, name, document } of entries) {
        const place = ['', 'default'].includes(namespace) ? '' : ` --namespace ${namespace}`;
        line(`${kind} ${name} is no longer in ${document.file}, still in the cluster, as after kubectl apply.`);
        line(`  To delete it: ${PROGRAM} delete ${kind.toLowerCase()} ${name}${place}`);
      }
    },
    pending: (namespace, name, milliseconds) => {
      const about = `about ${seconds(milliseconds)}${isFirstPending ? ' (on AWS: minutes)' : ''}`;
      isFirstPending = false;
      line(`Load balancer of Service ${namespace}/${name}: <pending>, ${about}`);
    },
    loadBalancer: ({ namespace, name, hostname }) => {
      line(`Load balancer of Service ${namespace}/${name}: ${hostname}`);
    },
    answers: (balancer, first) => {
      const isEmpty = balancer.ingress && !first.routed;
      line(isEmpty ? 'It answers 404: no Ingress names a Service yet. Try:' : 'It answers. Try:');
      for (const text of tryLines({ ...parts, balancer, first, http: edge })) line(text);
    },
    next: () => {
      const step = parts.nextStep();
      if (step !== '') line(`Next: ${step}`);
      if (parts.hasKeys) line(KEYS);
    },
    problem,
    finding: ({ severity, reason, message, fix, source }) => {
      if (severity !== 'info') problem({ reason, message, ...source, hint: fix });
    },
    settled: ({ ok, waitingFor, asked }) => {
      if (ok && asked && wasSettled) line('Settled.');
      wasSettled ||= ok;
      if (ok) return;
      line('Not settled, still waiting for:');
      for (const { kind, namespace, name, reason } of waitingFor)
        line(`  ${kind} ${namespace === '' ? name : `${namespace}/${name}`}: ${reason}`);
    },
    reader: () => {},
    note: (text) => line(text),
  };
}

function banner(
  { version, title, summary, shell }: TextConsoleParts,
  { ui, http, https }: { ui: string; http: string; https: string },
): string[] {
  return [
    `k8s-ingress-sandbox ${version} · ${title}`,
    'Simulated cluster: images do not run; the proxy acts as ingress-nginx v1.15.1.',
    ...(summary === '' ? [] : [summary]),
    `  page     ${ui}`,
    `  edge     ${http}  ${https}`,
    `  kubectl  ${KUBECONFIG_LINES[shell]}`,
    '',
  ];
}
