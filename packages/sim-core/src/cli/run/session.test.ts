import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { parseFlags } from '../flags.ts';
import { readInput } from '../input.ts';
import { loadManifests } from './load-manifests.ts';
import type { RunConsole } from './run-console.ts';
import { RUN_FLAGS } from './run-flags.ts';
import { Session } from './session.ts';

const INGRESS =
  'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: canary }\nspec: { ingressClassName: nginx, defaultBackend: { service: { name: web, port: { number: 80 } } } }\n';
const SERVICE = 'apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { ports: [{ port: 80 }] }\n';

/** A session over one file that was applied; nothing listens. */
function sessionOver(text: string) {
  const folder = mkdtempSync(join(tmpdir(), 'session-'));
  const path = join(folder, 'web.yaml');
  writeFileSync(path, text);
  const notes: string[] = [];
  const silent = () => {};
  const console: RunConsole = {
    ready: silent,
    applied: silent,
    pending: silent,
    loadBalancer: silent,
    answers: silent,
    problem: silent,
    finding: silent,
    settled: silent,
    note: (line) => notes.push(line),
  };
  const { files } = readInput([path], { packaged: false });
  const manifests = loadManifests(files);
  const { flags, given } = parseFlags(RUN_FLAGS, []);
  const session = new Session({ files, manifests, flags, given, console, title: 'web.yaml' });
  onTestFinished(async () => {
    await session.stop();
    rmSync(folder, { recursive: true });
  });
  session.reset();
  const names = () => session.cluster.userObjects().map(({ object }) => `${object.kind}/${object.metadata.name}`);
  return { session, path, notes, names };
}

test('a document that is deleted from the file: applying leaves its object and says so, reset takes it away', () => {
  const { session, path, notes, names } = sessionOver(`${SERVICE}---\n${INGRESS}`);
  expect(names()).toEqual(['Service/web', 'Ingress/canary']);
  writeFileSync(path, SERVICE);
  session.applySaved();
  expect(notes).toEqual([expect.stringContaining('In no file any more, but still in the cluster: Ingress canary.')]);
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
  const { session, path, notes } = sessionOver(`${SERVICE}---\n${INGRESS}`);
  writeFileSync(path, SERVICE);
  session.applySaved();
  await session.stop();
  expect(notes.at(-1)).toBe('In no file: Ingress canary');
});

test('a file that is gone, or a folder now, changes nothing', () => {
  const { session, path, notes, names } = sessionOver(SERVICE);
  const text = readFileSync(path);
  rmSync(path);
  session.applySaved();
  mkdirSync(path);
  session.applySaved();
  expect(notes).toEqual(Array(2).fill('Nothing was saved since the last apply.'));
  rmSync(path, { recursive: true });
  writeFileSync(path, `${text}---\n${INGRESS}`);
  session.applySaved();
  expect(names()).toEqual(['Service/web', 'Ingress/canary']);
});
