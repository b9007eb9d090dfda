import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LoopbackPrograms } from '../../../../test/support/real-nginx/loopback-programs.ts';
import { openRealNginx } from '../../../../test/support/real-nginx/transport.ts';
import { sharedPath } from '../../../../test/support/shared.ts';
import { available } from '../../../../test/support/tools.ts';
import { nodeCertificates } from '../host/certificates.ts';
import { PROGRAMS } from './ingress-nginx/programs.ts';
import { runVector } from './ingress-nginx/run.ts';
import type { Vector } from './ingress-nginx/vector.ts';

/*
 * The vectors once more, answered by Debian's nginx with the configuration that we print: what stock nginx has directives
 * for must come out as the real controller has it.
 */

const file = sharedPath('conformance', 'ingress-nginx.json');
const vectors = file === undefined ? [] : (JSON.parse(readFileSync(file, 'utf8')) as Vector[]);
const http = vectors.filter((vector) => vector.kind === 'http' && !isLua(vector));

/** What the controller does in Lua, or with a module of its own: canaries, sessions, taking the Server header off. */
function isLua({ manifests = [], expect: expected }: Vector): boolean {
  const names = manifests.flatMap(({ metadata }) => Object.keys(metadata.annotations ?? {}));
  const isBalanced = names.some((name) => /\/(canary|affinity|load-balance)$/.test(name));
  return isBalanced || Object.keys(expected?.responseHeaders ?? {}).some((name) => /^server$/i.test(name));
}

describe.skipIf(file === undefined || !available('nginx'))('a real nginx answers', () => {
  const programs = new LoopbackPrograms();
  beforeAll(async () => {
    for (const [address, program] of Object.entries(PROGRAMS))
      await programs.listen(() => program, Number(address.split(':')[1]));
  });
  afterAll(() => programs.close());

  test.each(http.map((vector) => [vector.id, vector] as const))('%s', async (_id, vector) => {
    const parts = { certificates: nodeCertificates, time: 'real', open: openRealNginx } as const;
    expect(await runVector(vector, parts)).toEqual([]);
  });
});
