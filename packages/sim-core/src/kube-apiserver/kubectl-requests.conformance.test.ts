import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { sharedPath } from '../../../../test/support/shared.ts';
import { decodeManifests } from '../manifest/decode-manifests.ts';
import { createApiClient } from './testing/api-client.ts';

/*
 * Every HTTP request of 72 commands of kubectl v1.33.1, replayed in their order: the status, type and shape of answer that
 * kube-apiserver v1.33.3 gave.
 */

interface RecordedRequest {
  readonly m: string;
  readonly u: string;
  readonly accept?: string;
  readonly ct?: string;
  readonly body?: string;
  /** Status; absent where the recorder's proxy could not follow: connections, and watches that were cut off. */
  readonly st?: number;
  /** Content type of the answer. */
  readonly rct?: string;
  /** If-None-Match. */
  readonly inm?: string;
}

interface RecordedCommand {
  readonly cmd: string;
  readonly requests: readonly RecordedRequest[];
}

const file = sharedPath('conformance', 'kubectl-requests.json');
const commands: readonly RecordedCommand[] = file === undefined ? [] : JSON.parse(readFileSync(file, 'utf8')).commands;

/** What the recorder had made before. */
const SETUP = `apiVersion: v1
kind: Pod
metadata: {name: trace-pod, labels: {app: trace}}
spec: {containers: [{name: web, image: nginx:1.27}]}
---
apiVersion: v1
kind: Service
metadata: {name: trace-svc, labels: {app: trace}}
spec: {selector: {app: trace}, ports: [{port: 80}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: trace-ing}
spec: {defaultBackend: {service: {name: trace-svc, port: {number: 80}}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: trace-dep, labels: {app: trace-dep}}
spec:
  replicas: 2
  selector: {matchLabels: {app: trace-dep}}
  template: {metadata: {labels: {app: trace-dep}}, spec: {containers: [{name: web, image: nginx:1.27}]}}
`;
const PROTOBUF = 'application/vnd.kubernetes.protobuf';

describe.skipIf(file === undefined)('requests of kubectl', () => {
  const client = createApiClient();
  const { documents } = decodeManifests('setup.yaml', SETUP);
  client.cluster.apply(documents);
  client.cluster.advance(60_000);
  afterAll(() => expect(client.errors).toEqual([]));

  test.each(commands)('$cmd', async ({ requests }) => {
    // What comes behind a deletion depends on how long a kubelet takes.
    const deletion = requests.findIndex(({ m }) => m === 'DELETE');
    for (const request of deletion < 0 ? requests : requests.slice(0, deletion + 1)) await replay(request);
    client.cluster.advance(10_000);
  });

  async function replay(recorded: RecordedRequest): Promise<void> {
    const { m, accept, ct, inm, st, rct } = recorded;
    // Logs: the recorder had no kubelet. Connections and what was cut off have no status.
    if (st === undefined || st === 500) return;
    const url = await rewritten(recorded.u);
    const etag = inm === undefined ? undefined : await etagOf(url, accept);
    const headers = {
      ...(accept && { accept }),
      ...(ct && { 'content-type': ct }),
      ...(etag && { 'if-none-match': etag }),
    };
    if (url.includes('watch=true')) {
      const { events, stop } = await client.watch(url, headers);
      for (const { type, object } of events)
        expect(['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK'], JSON.stringify(object)).toContain(type);
      return stop();
    }
    const answer = await client.ask(m, url, await bodyOf(recorded), headers);
    expect(answer.status, `${m} ${url} ${answer.text.slice(0, 500)}`).toBe(st);
    if (st === 304) return;
    // Answers are JSON where the client takes both (docs/deviations.md).
    const type = answer.headers['content-type'];
    if (rct === PROTOBUF) expect(type).toBe('application/json');
    else if (!url.startsWith('/openapi/v3')) expect(type).toBe(rct);
    expectShape(recorded, answer.body);
  }

  /** As it would be asked of this server: names of pods, uids and revisions are its own. */
  async function rewritten(url: string): Promise<string> {
    const own = async (path: string) => (await client.ask('GET', path)).body;
    const pod = (await own('/api/v1/namespaces/default/pods')).items.find(
      ({ metadata }: { metadata: { name: string } }) => metadata.name.startsWith('trace-dep-'),
    );
    const paths = (await own('/openapi/v3')).paths as Record<string, { serverRelativeURL: string }>;
    const document = /^\/openapi\/v3\/(.*)\?hash/.exec(url)?.[1] ?? '';
    return url
      .replace(/^\/openapi\/v3\/.*\?hash=\w+/, paths[document]?.serverRelativeURL ?? '')
      .replace(/trace-dep-[0-9a-f]+-\w{5}/, pod?.metadata.name)
      .replace(/resourceVersion=[1-9]\d*/, `resourceVersion=${client.cluster.client.revision}`);
  }

  async function etagOf(url: string, accept = ''): Promise<string | undefined> {
    return (await client.ask('GET', url, undefined, { accept })).headers.etag;
  }

  /** Revisions in bodies are this server's; of protobuf that was recorded as text the bytes that were none. */
  async function bodyOf({ u, body, ct }: RecordedRequest): Promise<string | Uint8Array | undefined> {
    if (body === undefined) return undefined;
    if (ct === PROTOBUF) return repaired(body);
    if (!/"resourceVersion":"\d+"/.test(body)) return body;
    const { metadata } = (await client.ask('GET', u.split('?')[0] as string)).body;
    return body.replace(/"resourceVersion":"\d+"/, `"resourceVersion":"${metadata.resourceVersion}"`);
  }
});

/**
 * What the recorder, who took it for text, lost of `create deployment`: low bytes of two lengths, then of the tags of four
 * fields of a container and of four fields of a pod.
 */
const LOST: readonly number[] = Object.freeze([0xc5, 0x89, 0x80, 0x88, 0x90, 0xa2, 0x82, 0x8a, 0x9a, 0xc2]);

function repaired(body: string): Uint8Array {
  const lost = LOST.values();
  return Uint8Array.from(body, (character) => {
    const code = character.charCodeAt(0);
    return code === 0xfffd ? (lost.next().value ?? 0) : code;
  });
}

function expectShape({ m, u, accept = '' }: RecordedRequest, body: { kind?: string }): void {
  if (u.startsWith('/healthz') || u.startsWith('/openapi') || /^\/apis?\?/.test(u)) return;
  const isTable = m === 'GET' && accept.includes('as=Table') && !u.startsWith('/api?') && !u.startsWith('/apis?');
  if (isTable && body.kind !== 'Status') expect(body.kind).toBe('Table');
  else expect(body.kind, u).toMatch(/^[A-Z]/);
}
