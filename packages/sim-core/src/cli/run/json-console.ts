import type { RunConsole } from './run-console.ts';

/** One JSON object a line (interfaces.md, "--output json"). */
export function jsonConsole(write: (line: string) => void): RunConsole {
  const say = (event: Record<string, unknown>) => write(`${JSON.stringify(event)}\n`);
  return {
    ready: (line) => say({ ...line }),
    applied: (outcomes) => {
      for (const { file, line, kind, apiVersion, namespace, name, action, problems } of outcomes) {
        if (action !== undefined) say({ event: 'applied', file, line, kind, apiVersion, namespace, name, action });
        for (const { reason, message, hint, ...place } of problems)
          say({ event: 'problem', reason, message, file: place.file, line: place.line, column: place.column, hint });
      }
    },
    pending: () => {},
    loadBalancer: ({ namespace, name, hostname, ports }) =>
      say({ event: 'loadbalancer', namespace, name, hostname, url: ports[0]?.url ?? '', ports }),
    answers: () => {},
    problem: (problem) => say({ event: 'problem', ...problem }),
    finding: ({ severity, reason, message, fix, source }) => {
      if (severity !== 'info') say({ event: 'problem', reason, message, ...source, hint: fix });
    },
    settled: ({ ok, rev, waitingFor }) => say({ event: 'settled', ok, rev, ...(ok ? {} : { waitingFor }) }),
    note: () => {},
  };
}
