import { expect, test } from 'vitest';
import { checkCycles } from './cycles.ts';
import { parseModule } from './module.ts';
import { checkRooms } from './rooms.ts';
import { ROOMS } from './rooms-table.ts';

const core = (path: string, text: string) => parseModule(`packages/sim-core/src/${path}`, text);
const messages = (...modules: ReturnType<typeof core>[]): string[] => checkRooms(modules).map(({ message }) => message);

test('an arrow that runs down is fine, one that runs up is named at its line', () => {
  expect(messages(core('api/core-v1/pod.ts', `import { x } from '../../apimachinery/object-meta.ts';`))).toEqual([]);
  const upward = core('api/core-v1/pod.ts', `\nimport { x } from '../../etcd/store.ts';`);
  expect(checkRooms([upward])).toEqual([
    { path: upward.path, line: 2, column: 1, message: 'sim-core/api may not import sim-core/etcd' },
  ]);
});

test('controllers never import one another', () => {
  expect(messages(core('kubelet/probes.ts', `import { x } from '../kube-proxy/service-routing.ts';`))).toHaveLength(1);
});

test('where only types are allowed, a value is not', () => {
  expect(messages(core('client/client.ts', `import type { Store } from '../etcd/store.ts';`))).toEqual([]);
  expect(messages(core('client/client.ts', `import { type Store } from '../etcd/store.ts';`))).toEqual([]);
  expect(messages(core('client/client.ts', `import { Store } from '../etcd/store.ts';`))).toEqual([
    'sim-core/client may not import sim-core/etcd (types only)',
  ]);
});

test('import(), export from and import types count as well', () => {
  expect(messages(core('sim/clock.ts', `const x = await import('../api/kinds.ts');`))).toHaveLength(1);
  expect(messages(core('sim/clock.ts', `export { x } from '../api/kinds.ts';`))).toHaveLength(1);
  expect(messages(core('sim/clock.ts', `type X = import('../api/kinds.ts').X;`))).toHaveLength(1);
});

test('Node and packages only where the table says so', () => {
  expect(messages(core('host/listener.ts', `import { createServer } from 'node:http';`))).toEqual([]);
  expect(messages(core('network/dns.ts', `import { Resolver } from 'node:dns';`))).toEqual([
    'sim-core/network may not import node:dns',
  ]);
  expect(messages(core('host/listener.ts', `import 'left-pad';`))).toEqual(['sim-core/host may not import left-pad']);
});

test('the data plane knows no Kubernetes, annotations see directives only, and the page sees wire types only', () => {
  expect(
    messages(core('ingress-nginx/nginx/request.ts', `import type { Pod } from '../../api/core-v1/pod.ts';`)),
  ).toHaveLength(1);
  expect(
    messages(core('ingress-nginx/annotations/app-root.ts', `import { x } from '../nginx/request.ts';`)),
  ).toHaveLength(1);
  expect(
    messages(core('ingress-nginx/annotations/app-root.ts', `import { x } from '../nginx/directives.ts';`)),
  ).toEqual([]);
  const page = parseModule('packages/sim-ui/src/main.tsx', `import type { Pod } from '@k8s-ingress-sandbox/sim-core';`);
  expect(checkRooms([page])).toHaveLength(1);
});

test('annotations stand side by side, except in a folder of their own', () => {
  const one = (path: string, text: string) =>
    core(`ingress-nginx/annotations/${path}`, `${text}\nexport const a = defineAnnotation({});`);
  const [a, b] = [one('app-root.ts', `import { b } from './rewrite-target.ts';`), one('rewrite-target.ts', '')];
  expect(messages(a, b)).toHaveLength(1);
  expect(messages(one('canary/canary.ts', `import { b } from './weight.ts';`), one('canary/weight.ts', ''))).toEqual(
    [],
  );
  expect(messages(core('ingress-nginx/annotations/index.ts', `import { b } from './app-root.ts';`), a)).toEqual([]);
});

test('tests may look everywhere, and nobody else at tests', () => {
  expect(messages(core('sim/clock.test.ts', `import { x } from '../host/files.ts';`))).toEqual([]);
  expect(messages(core('sim/clock.ts', `import { x } from './clock.test.ts';`))).toEqual(['only tests import tests']);
});

test('the table has floors: every room may import only rooms of earlier lines', () => {
  const lineOf = (path: string): number => {
    const matches = ROOMS.filter((room) => path === room.path || path.startsWith(`${room.path}/`));
    return Math.max(
      ...matches
        .sort((a, b) => a.path.length - b.path.length)
        .map((room) => ROOMS.indexOf(room))
        .slice(-1),
    );
  };
  const upward = ROOMS.flatMap((room, line) =>
    [...room.may, ...(room.mayTypes ?? [])]
      .filter((path) => !(lineOf(path) < line))
      .map((path) => `${room.path} → ${path}`),
  );
  expect(upward).toEqual([]);
});

test('a folder that is in no room is found', () => {
  expect(messages(core('misc/helpers.ts', ''))).toEqual([
    'belongs to no room: add one to scripts/check/rooms-table.ts',
  ]);
});

test('circles of values are found, in tests too; types may close one inside a room', () => {
  const circle = [
    core('sim/a.ts', `import './b.ts';`),
    core('sim/b.ts', `import './c.ts';`),
    core('sim/c.ts', `import './a.ts';`),
  ];
  expect(checkCycles(circle).map(({ message }) => message)).toEqual([
    'a circle of imports: packages/sim-core/src/sim/a.ts → packages/sim-core/src/sim/b.ts → packages/sim-core/src/sim/c.ts → packages/sim-core/src/sim/a.ts',
  ]);
  expect(checkCycles(circle.slice(0, 2))).toEqual([]);
  expect(
    checkCycles([
      core('sim/a.ts', `import type { B } from './b.ts';`),
      core('sim/b.ts', `import { A } from './a.ts';`),
    ]),
  ).toEqual([]);
  expect(
    checkCycles([core('a.test.ts', `import './b.test.ts';`), core('b.test.ts', `import './a.test.ts';`)]),
  ).toHaveLength(1);
});
