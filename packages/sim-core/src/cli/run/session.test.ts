import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ADDON_FILE } from '../../run/load-manifests.ts';
import { parseFlags } from '../flags.ts';
import { readManifests } from '../read-manifests.ts';
import { RUN_FLAGS } from './run-flags.ts';
import { Session } from './session.ts';
import { textConsole } from './text-console.ts';

const INGRESS =
  'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: canary }\nspec: { ingressClassName: nginx, defaultBackend: { service: { name: web, port: { number: 80 } } } }\n';
const SERVICE = 'apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { ports: [{ port: 80 }] }\n';

/** A session over one file that was applied; nothing listens. */
function sessionOver(text: string) {
  const folder = mkdtempSync(join(tmpdir(), 'session-'));
  const path = join(folder, 'web.yaml');
  writeFileSync(path, text);
  const said: string[] = [];
  const console = textConsole({
    version: '0.0.0',
    title: 'web.yaml',
    summary: '',
    platform: 'linux',
    shell: 'sh',
    has: () => true,
    quietFile: ADDON_FILE,
    hasKeys: true,
    nextStep: () => '',
    write: (line) => said.push(...line.trimEnd().split('\n')),
  });
  const { input, manifests } = readManifests('run', [path], { packaged: false });
  const { flags, given } = parseFlags(RUN_FLAGS, []);
  const session = new Session({
    files: input.files,
    names: [path],
    directory: folder,
    manifests,
    flags,
    given,
    environment: {},
    console,
    title: 'web.yaml',
  });
  onTestFinished(async () => {
    await session.stop();
    rmSync(folder, { recursive: true });
  });
  session.reset();
  const names = () => session.cluster.userObjects().map(({ object }) => `${object.kind}/${object.metadata.name}`);
  said.length = 0;
  return { session, path, said, names };
}

test('a document that is deleted from the file: applying leaves its object and says so, reset takes it away', () => {
  const { session, path, said, names } = sessionOver(`${SERVICE}---\n${INGRESS}`);
  expect(names()).toEqual(['Service/web', 'Ingress/canary']);
  writeFileSync(path, SERVICE);
  session.applySaved();
  expect(said).toEqual([
    'unchanged: 1 object',
    `Ingress canary is no longer in ${path}, still in the cluster, as after kubectl apply.`,
    '  To delete it: npx k8s-ingress-sandbox delete ingress canary',
  ]);
  expect(names()).toEqual(['Service/web', 'Ingress/canary']);
  session.reset();
  expect(names()).toEqual(['Service/web']);
});

test('reset follows what was saved and not applied, too', () => {
  const { session, path, names } = sessionOver(`${SERVICE}---\n${INGRESS}`);
  writeFileSync(path, SERVICE);
  session.reset();
  expect(names()).toEqual(['Service/web']);
});

test('what is left in no file is said at the end', async () => {
  const { session, path, said } = sessionOver(`${SERVICE}---\n${INGRESS}`);
  writeFileSync(path, SERVICE);
  session.applySaved();
  await session.stop();
  expect(said.at(-1)).toBe('In no file: Ingress canary');
});

test('a file that is gone, or a folder now, changes nothing', () => {
  const { session, path, said, names } = sessionOver(SERVICE);
  const text = readFileSync(path);
  rmSync(path);
  session.applySaved();
  mkdirSync(path);
  session.applySaved();
  expect(said).toEqual(Array(2).fill('Nothing was saved since the last apply.'));
  rmSync(path, { recursive: true });
  writeFileSync(path, `${text}---\n${INGRESS}`);
  session.applySaved();
  expect(names()).toEqual(['Service/web', 'Ingress/canary']);
});
