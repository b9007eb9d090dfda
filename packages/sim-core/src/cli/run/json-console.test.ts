import { expect, it } from 'vitest';
import { jsonConsole } from './json-console.ts';

function written(say: (console: ReturnType<typeof jsonConsole>) => void): unknown[] {
  const lines: string[] = [];
  say(jsonConsole((line) => lines.push(line)));
  for (const line of lines) expect(line).toMatch(/^\{.*\}\n$/);
  return lines.map((line) => JSON.parse(line));
}

const named = { file: 'a.yaml', line: 3, apiVersion: 'v1', kind: 'Service', namespace: 'default', name: 'web' };

it('ready is the whole line', () => {
  const ready = {
    event: 'ready' as const,
    http: 'http://127.0.0.1:8080',
    https: 'https://127.0.0.1:8443',
    ui: 'http://127.0.0.1:8088/?token=t',
    control: 'http://127.0.0.1:8088',
    token: 't',
    kubernetes: null,
    kubeconfig: null,
    dns: null,
    seed: 1,
    pid: 123,
  };
  expect(written((console) => console.ready(ready))).toEqual([ready]);
});

it('applied, with warnings and refusals as problems at their place', () => {
  const problem = {
    reason: 'FieldValueInvalid',
    message: 'no',
    field: 'spec',
    file: 'a.yaml',
    document: 0,
    line: 5,
    column: 9,
  };
  const events = written((console) =>
    console.applied([
      { ...named, action: 'created', problems: [], warnings: ['deprecated'] },
      { ...named, problems: [problem], warnings: [] },
    ]),
  );
  expect(events).toEqual([
    { event: 'applied', ...named, action: 'created' },
    { event: 'problem', reason: 'Warning', message: 'deprecated', file: 'a.yaml', line: 3 },
    { event: 'problem', reason: 'FieldValueInvalid', message: 'no', file: 'a.yaml', line: 5, column: 9 },
  ]);
});

it('loadbalancer, with the URL of its first port', () => {
  const ports = [{ port: 80, localPort: 4001, url: 'http://127.0.0.1:4001' }];
  const balancer = { namespace: 'default', name: 'web', hostname: 'k8s-x.localhost', ports, ingress: false };
  expect(written((console) => console.loadBalancer(balancer))).toEqual([
    {
      event: 'loadbalancer',
      namespace: 'default',
      name: 'web',
      hostname: 'k8s-x.localhost',
      url: 'http://127.0.0.1:4001',
      ports: [{ port: 80, url: 'http://127.0.0.1:4001' }],
    },
  ]);
});

it('settled, with what is waited for where it is not', () => {
  const waiting = { kind: 'Pod', namespace: 'default', name: 'a', reason: 'ErrImagePull', stuck: true };
  const events = written((console) => {
    console.settled({ ok: true, rev: 7, waitingFor: [], asked: true });
    console.settled({ ok: false, rev: 8, waitingFor: [waiting], asked: false });
  });
  expect(events).toEqual([
    { event: 'settled', ok: true, rev: 7 },
    {
      event: 'settled',
      ok: false,
      rev: 8,
      waitingFor: [{ kind: 'Pod', namespace: 'default', name: 'a', reason: 'ErrImagePull' }],
    },
  ]);
});

it('findings are problems, unless they are only information', () => {
  const finding = {
    reason: 'NoEndpoints',
    message: 'nobody',
    fix: 'do',
    source: { file: 'a.yaml', line: 1, column: 2 },
  };
  const events = written((console) => {
    console.finding({ ...finding, severity: 'warning' });
    console.finding({ ...finding, severity: 'info' });
  });
  expect(events).toEqual([
    { event: 'problem', reason: 'NoEndpoints', message: 'nobody', file: 'a.yaml', line: 1, column: 2, hint: 'do' },
  ]);
});

it('what only people need is silent', () => {
  const events = written((console) => {
    console.note('hello');
    console.next();
    console.gone([]);
    console.pending('default', 'web', 3000);
  });
  expect(events).toEqual([]);
});
