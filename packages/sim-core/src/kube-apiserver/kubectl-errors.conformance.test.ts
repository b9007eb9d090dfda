import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sharedPath } from '../../../../test/support/shared.ts';
import { decodeManifests } from '../manifest/decode-manifests.ts';
import { type ApiClient, createApiClient } from './testing/api-client.ts';

/*
 * Mistakes over raw HTTP, recorded from a real kube-apiserver v1.33.3: the same status, type and Status.
 */

interface Recorded {
  readonly id: string;
  readonly http?: {
    readonly method: string;
    readonly path: string;
    readonly contentType: string | null;
    readonly body: string | null;
  };
  readonly status: number;
  readonly responseContentType: string;
  readonly response: unknown;
  readonly doNotCompare?: string;
}

const folder = sharedPath('conformance');
const read = (name: string) => readFileSync(join(folder ?? '', name), 'utf8');
const all: readonly Recorded[] = folder === undefined ? [] : JSON.parse(read('kubectl-errors.json'));

async function opsNamespace(): Promise<ApiClient> {
  const client = createApiClient();
  await client.ask('POST', '/api/v1/namespaces', { metadata: { name: 'ops' } });
  const { documents } = decodeManifests('setup.yaml', read('kubectl-errors-setup.yaml'));
  client.cluster.apply(documents, { namespace: 'ops' });
  return client;
}

test.each(all.filter(({ http, doNotCompare }) => http !== undefined && !doNotCompare))('$id', async (recorded) => {
  const { cluster, ask, watch } = await opsNamespace();
  const { method, path, contentType, body } = recorded.http as NonNullable<Recorded['http']>;
  const headers: Record<string, string> = contentType === null ? {} : { 'content-type': contentType };
  if (path.includes('watch=true')) {
    // What a client may still watch depends on how long the server runs.
    cluster.advance(1000);
    const { events } = await watch(path);
    expect(withoutRevisions(events[0])).toEqual(withoutRevisions(recorded.response));
    return;
  }
  const answer = await ask(method, path, body ?? undefined, headers);
  expect(answer.status).toBe(recorded.status);
  expect(answer.headers['content-type']).toBe(recorded.responseContentType);
  if (recorded.status < 300) expect(answer.body.spec).toEqual((recorded.response as { spec: unknown }).spec);
  else expect(answer.body ?? answer.text).toEqual(recorded.response);
});

function withoutRevisions(event: unknown): unknown {
  return JSON.parse(JSON.stringify(event).replace(/too old resource version: \d+ \(\d+\)/, 'too old resource version'));
}
