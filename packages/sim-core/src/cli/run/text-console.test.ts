import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ADDON_FILE, loadManifests } from '../../run/load-manifests.ts';
import { RunManifests } from '../../run/run-manifests.ts';
import { packagedScenarios } from '../package-root.ts';
import { startCluster } from '../start-cluster.ts';
import { nextStep } from './next-step.ts';
import type { RunConsole } from './run-console.ts';
import { Teller } from './teller.ts';
import { textConsole } from './text-console.ts';

const READY = {
  event: 'ready' as const,
  http: 'http://127.0.0.1:8080',
  https: 'https://127.0.0.1:8443',
  ui: 'http://127.0.0.1:8088/?token=0123456789abcdef0123456789abcdef',
  control: 'http://127.0.0.1:8088',
  token: 't',
  kubernetes: null,
  kubeconfig: null,
  dns: null,
  seed: 1,
  pid: 123,
};

function recording(more: Partial<Parameters<typeof textConsole>[0]> = {}) {
  let text = '';
  const console = textConsole({
    version: '0.1.0',
    title: 'canary.yaml',
    summary: '',
    platform: 'linux',
    shell: 'sh',
    has: () => true,
    quietFile: ADDON_FILE,
    hasKeys: true,
    nextStep: () => '',
    write: (written) => {
      text += written;
    },
    ...more,
  });
  return { console, text: () => text, lines: () => text.replace(/\n$/, '').split('\n') };
}

const said = (say: (console: RunConsole) => void): string[] => {
  const { console, lines } = recording();
  say(console);
  return lines();
};

/** Rows that a line takes on a terminal of 80 columns. */
const rowsOf = (line: string) => Math.max(1, Math.ceil(line.length / 80));

describe('the banner', () => {
  /** Everything that a run of a scenario says until its load balancers answer. */
  function bannerOf(file: string, platform: NodeJS.Platform): string[] {
    const files = [{ file: `scenarios/${file.split('/').at(-1)}`, path: file, bytes: readFileSync(file) }];
    const manifests = loadManifests(files);
    const { console, lines } = recording({
      title: files[0]?.file ?? '',
      summary: manifests.settings.summary,
      platform,
      shell: platform === 'win32' ? 'powershell' : 'sh',
      nextStep: () => nextStep(manifests, files),
    });
    const cluster = startCluster(manifests, { settings: manifests.settings });
    const run = new RunManifests(cluster, manifests.settings);
    const teller = new Teller(cluster, console);
    console.ready(READY);
    console.applied([...run.applyAddons(), ...run.applyLoaded(files, manifests).outcomes]);
    teller.look();
    cluster.advance(10_000);
    for (const { namespace, name, hostname, ports } of cluster.edge.loadBalancers()) {
      const own = ports.map(({ port }, at) => ({ port, url: `http://127.0.0.1:${40_000 + at}` }));
      const ingress = cluster.edge.ingressLoadBalancer()?.hostname === hostname;
      teller.announced({ namespace, name, hostname, ports: own, ingress });
    }
    teller.judged([]);
    return lines();
  }

  it.each(
    packagedScenarios().flatMap(
      ({ name, file }) =>
        [
          [name, 'linux', file],
          [name, 'win32', file],
        ] as const,
    ),
  )('of %s fits 80×24 on %s', (_, platform, file) => {
    const lines = bannerOf(file, platform);
    expect(
      lines.map(rowsOf).reduce((sum, rows) => sum + rows, 0),
      lines.join('\n'),
    ).toBeLessThanOrEqual(24);
    for (const line of lines) {
      // Host names, and lines that are pasted, are as long as they are.
      if (!/localhost|127\.0\.0\.1|<pending>/.test(line)) expect(line.length, line).toBeLessThanOrEqual(80);
    }
    expect(lines[1]).toContain('Simulated cluster: images do not run');
    expect(lines.filter((line) => line.startsWith('Next: '))).toHaveLength(1);
  });

  it('names page and edge', () => {
    expect(said((console) => console.ready(READY))).toEqual([
      'k8s-ingress-sandbox 0.1.0 · canary.yaml',
      'Simulated cluster: images do not run; the proxy acts as ingress-nginx v1.15.1.',
      `  page     ${READY.ui}`,
      '  edge     http://127.0.0.1:8080  https://127.0.0.1:8443',
      '  kubectl  export KUBECONFIG=$(npx k8s-ingress-sandbox kubeconfig)',
      '',
    ]);
  });
});

describe('what happens later', () => {
  it('says once in a while that all is done, but only to whoever asked for something', () => {
    const settled = { ok: true, rev: 1, waitingFor: [] };
    expect(
      said((console) => {
        console.settled({ ...settled, asked: true });
        console.settled({ ...settled, asked: false });
        console.settled({ ...settled, asked: true });
      }),
    ).toEqual(['Settled.']);
  });

  it('says what the cluster waits for', () => {
    const waitingFor = [
      { kind: 'Deployment', namespace: 'shop', name: 'web', reason: '0 of 1', stuck: true },
      { kind: 'Node', namespace: '', name: 'node-1', reason: 'NotReady', stuck: true },
    ];
    expect(said((console) => console.settled({ ok: false, rev: 1, waitingFor, asked: true }))).toEqual([
      'Not settled, still waiting for:',
      '  Deployment shop/web: 0 of 1',
      '  Node node-1: NotReady',
    ]);
  });

  it('tells problems at their place, and marks those that have none', () => {
    const problem = { reason: 'x', message: 'that is wrong', hint: 'do this' };
    expect(
      said((console) => {
        console.problem({ ...problem, file: 'a.yaml', line: 3, column: 5 });
        console.problem(problem);
      }),
    ).toEqual(['a.yaml:3:5: that is wrong', '  do this', '! that is wrong', '  do this']);
  });

  it('tells objects that a file no longer has, with the line that deletes them', () => {
    const document = { file: 'canary.yaml', index: 0, path: [], line: 1, value: { apiVersion: 'v1', kind: 'Ingress' } };
    const entry = { kind: 'Ingress', name: 'canary', document };
    expect(
      said((console) =>
        console.gone([
          { ...entry, namespace: 'default' },
          { ...entry, namespace: 'shop' },
        ]),
      ),
    ).toEqual([
      'Ingress canary is no longer in canary.yaml, still in the cluster, as after kubectl apply.',
      '  To delete it: npx k8s-ingress-sandbox delete ingress canary',
      'Ingress canary is no longer in canary.yaml, still in the cluster, as after kubectl apply.',
      '  To delete it: npx k8s-ingress-sandbox delete ingress canary --namespace shop',
    ]);
  });

  it('every call ends its lines', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 1 }), (message, name) => {
        const { console, text } = recording();
        console.note(message);
        console.problem({ reason: 'x', message });
        console.pending('default', name, 1000);
        expect(text().endsWith('\n')).toBe(true);
      }),
    );
  });
});
