import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { sharedPath } from '../../../../test/support/shared.ts';
import { nodeCertificates } from '../host/certificates.ts';
import { readDeviations } from './deviations.ts';
import { runCase } from './run-suite.ts';
import { readSuite } from './suite.ts';
import { openMemory } from './testing/memory-transport.ts';

/*
 * What real nginx, running the controller's real Lua, answered (in part what its source says), and what
 * kubernetes-sigs/ingress-controller-conformance asks of every controller: here in virtual time, without sockets. The
 * command `conformance` runs the same over sockets (test/e2e/conformance.test.ts).
 */

const PARTS = { certificates: nodeCertificates, time: 'virtual', open: openMemory } as const;
const deviations = readDeviations(
  readFileSync(new URL('../../../../conformance/deviations.yaml', import.meta.url), 'utf8'),
);

describe.each(['ingress-nginx.json', 'ingress-conformance.json'])('%s', (name) => {
  const file = sharedPath('conformance', name);
  const cases = file === undefined ? [] : readSuite(JSON.parse(readFileSync(file, 'utf8'))).cases;

  test.skipIf(file === undefined).each(cases.map((each) => [each.id, each] as const))('%s', async (_id, each) => {
    const { result, reasons, deviation } = await runCase(each, PARTS, deviations);
    expect({ result, reasons: deviation === undefined ? reasons : [] }).toEqual({ result: 'passed', reasons: [] });
  });
});
