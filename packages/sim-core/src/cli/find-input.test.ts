import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findScenario, notFound } from './find-input.ts';
import { packagedScenarios } from './package-root.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

const CANARY = packagedScenarios().find(({ name }) => name === 'canary')?.file;

describe('findScenario', () => {
  it.each(['canary', 'canary.yaml', 'scenarios/canary.yaml', './scenarios/canary.yml', 'scenarios\\canary.yaml'])(
    'takes %s for the packaged scenario',
    (name) => {
      expect(findScenario(name, temporaryFolder().path)?.path).toBe(CANARY);
    },
  );

  it.each(['k8s/canary.yaml', '/scenarios/canary.yaml', 'canaries', '../scenarios/canary.yaml'])(
    'takes %s for none',
    (name) => {
      expect(findScenario(name, temporaryFolder().path)).toBeUndefined();
    },
  );

  it("prefers the folder's own scenarios for a bare word", () => {
    const { path } = temporaryFolder({ 'scenarios/canary.yaml': '' });
    const own = join('scenarios', 'canary.yaml');
    expect(findScenario('canary', path)).toEqual({ file: own, path: join(path, own), note: '' });
  });

  it('finds none where a parent folder has the path, and that is what is proposed', () => {
    const { path } = temporaryFolder({ 'scenarios/canary.yaml': '', 'src/deep/x': '' });
    const directory = join(path, 'src', 'deep');
    for (const name of ['scenarios/canary.yaml', 'canary']) {
      expect(findScenario(name, directory)).toBeUndefined();
      expect(notFound(name, directory)).toBe(`${name}: no such file; did you mean ../../scenarios/canary.yaml?`);
    }
  });
});

describe('notFound', () => {
  const folder = () => temporaryFolder({ 'k8s/ingress.yaml': '' }).path;

  it.each([
    ['k8s/ingres.yaml', 'k8s/ingres.yaml: no such file; did you mean k8s/ingress.yaml?'],
    ['my/canray.yaml', 'my/canray.yaml: no such file; did you mean the scenario canary?'],
    [
      'zzzzzzzz.yaml',
      'zzzzzzzz.yaml: no such file or folder\n  Scenarios that come with the package: npx k8s-ingress-sandbox scenarios',
    ],
    [
      'https://example.com/deploy.yaml',
      'https://example.com/deploy.yaml: a sandbox opens no connection to the outside\n  Download it first: curl -LO https://example.com/deploy.yaml',
    ],
  ])('of %s', (name, message) => {
    expect(notFound(name, folder())).toBe(message);
  });
});
