import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sharedPath } from '../../../../test/support/shared.ts';
import { decodeManifests } from './decode-manifests.ts';
import type { ManifestProblem } from './problem.ts';
import { createSourceMap } from './source-map.ts';

const MANIFESTS = sharedPath('manifests');
const ERRORS = sharedPath('conformance', 'api-errors.json');

const files = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml'));

/** What is left to fill in, or no manifest, in the files as their users download them. */
const EXPECTED: readonly (readonly [RegExp, ManifestProblem['reason']])[] = [
  [/kustomization\.yaml$/, 'Kustomization'],
  [/helm\.values\.yaml$/, 'HelmValues'],
  [/nlb-with-tls-termination.deploy\.yaml$/, 'Placeholder'],
  [/(?:oauth2|vouch)-proxy\.yaml$/, 'Placeholder'],
  [/docker-registry.ingress-with(?:out)?-tls\.yaml$/, 'Placeholder'],
];

describe.skipIf(MANIFESTS === undefined)('the genuine manifests', () => {
  it.each(MANIFESTS === undefined ? [] : files(MANIFESTS))('%s', (file) => {
    const { documents, problems } = decodeManifests(file, readFileSync(join(MANIFESTS ?? '', file)));
    const expected = EXPECTED.filter(([name]) => name.test(file)).map(([, reason]) => reason);
    expect([...new Set(problems.map(({ reason }) => reason))]).toEqual(expected);
    if (expected.length === 0) expect(documents.length).toBeGreaterThan(0);
  });

  it('have each field where the text says so', () => {
    for (const file of files(MANIFESTS ?? '')) {
      const text = readFileSync(join(MANIFESTS ?? '', file), 'utf8');
      const source = createSourceMap([{ file, text }]);
      for (const document of decodeManifests(file, text).documents) {
        const kind = source.locateKey(document, ['kind']);
        expect(kind?.isExact).toBe(true);
        expect(source.lineText(file, kind?.line ?? 0)).toContain(`kind: ${document.value.kind}`);
        const { line } = source.locate(document, ['metadata', 'name']) ?? { line: 0 };
        expect(source.lineText(file, line)).toContain((document.value['metadata'] as { name: string }).name);
      }
    }
  });
});

interface Recorded {
  readonly id: string;
  readonly layer: string;
  readonly manifest: string;
  readonly kubectlStderr: string;
  readonly expectErrorContains: readonly string[];
}

/** The recorded refusals that kubectl makes before it knows the API. */
const DECODING = ['yaml-tab', 'yaml-unclosed-quote', 'yaml-not-an-object', 'dep-apiversion-missing'];

describe.skipIf(ERRORS === undefined)('manifests that a real cluster refused', () => {
  const recorded = ERRORS === undefined ? [] : (JSON.parse(readFileSync(ERRORS, 'utf8')) as Recorded[]);

  it.each(recorded.filter(({ id }) => DECODING.includes(id)))(
    '$id in the words of kubectl',
    ({ manifest, expectErrorContains }) => {
      const { problems } = decodeManifests('manifest.yaml', manifest);
      expect(problems).toHaveLength(1);
      for (const words of expectErrorContains) expect(problems[0]?.kubectl).toContain(words);
    },
  );

  it.each(recorded.filter(({ id }) => !DECODING.includes(id)))('$id is left to the API server', ({ manifest }) => {
    expect(decodeManifests('manifest.yaml', manifest).problems).toEqual([]);
  });
});
