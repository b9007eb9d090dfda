import type { RunConsole, RunProblem } from './run-console.ts';

/** One JSON object a line (interfaces.md, "--output json"). */
export function jsonConsole(write: (line: string) => void): RunConsole {
  const say = (event: Record<string, unknown>) => write(`${JSON.stringify(event)}\n`);
  const problem = ({ reason, message, file, line, column, hint }: RunProblem) =>
    say({ event: 'problem', reason, message, file, line, column, hint: hint === '' ? undefined : hint });
  return {
    ready: (line) => say({ ...line }),
    applied: (outcomes) => {
      for (const {
        file,
        line,
        kind,
        apiVersion,
        namespace,
        name,
        action,
        problems,
        warnings,
        retriedAfter,
      } of outcomes) {
        const retried = retriedAfter === undefined ? {} : { retriedAfter };
        if (action !== undefined)
          say({ event: 'applied', file, line, kind, apiVersion, namespace, name, action, ...retried });
        for (const message of warnings) problem({ reason: 'Warning', message, file, line });
        for (const each of problems) problem(each);
      }
    },
    gone: () => {},
    pending: () => {},
    loadBalancer: ({ namespace, name, hostname, ports }) =>
      say({ event: 'loadbalancer', namespace, name, hostname, url: ports[0]?.url ?? '', ports: ports.map(portOf) }),
    answers: () => {},
    next: () => {},
    problem,
    finding: ({ severity, reason, message, fix, source }) => {
      if (severity !== 'info') problem({ reason, message, ...source, hint: fix });
    },
    settled: ({ ok, rev, waitingFor }) => {
      const waiting = waitingFor.map(({ kind, namespace, name, reason }) => ({ kind, namespace, name, reason }));
      say({ event: 'settled', ok, rev, ...(ok ? {} : { waitingFor: waiting }) });
    },
    reader: ({ what, role, reader, readers }) => say({ event: 'reader', what, role, reader, readers }),
    note: () => {},
  };
}

function portOf({ port, url }: { port: number; url: string }): { port: number; url: string } {
  return { port, url };
}
