import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { packagedScenarios } from '../cli/package-root.ts';
import { BAD_SERVICE, configMap } from '../cli/testing/manifests.ts';
import { setWeight } from '../run/weight.ts';
import { InPageSandbox } from './in-page-sandbox.ts';

const CANARY = readFileSync(packagedScenarios().find(({ name }) => name === 'canary')?.file ?? '', 'utf8');

/** The page's sandbox, so late that everything of the scenario is up. */
function sandbox(): InPageSandbox {
  const page = new InPageSandbox({ files: [{ file: 'canary.yaml', text: CANARY }], epoch: 'test' });
  onTestFinished(() => page.stop());
  page.advance(10_000);
  return page;
}

test('a dry run answers with the API server’s refusal at its line, and changes nothing', () => {
  const { actions } = sandbox();
  const { errors, objects } = actions.apply([{ file: 'new.yaml', text: `${configMap('a')}---\n${BAD_SERVICE}` }], {
    dryRun: true,
  });
  expect(errors).toMatchObject([{ file: 'new.yaml', line: 10, column: 9, document: 1, field: 'spec.type' }]);
  expect(objects).toMatchObject([{ name: 'a', action: 'created' }]);
  expect(actions.export()).not.toContain('name: a\n');
});

test('what is applied is the text of its file from then on, and in no file that could be saved', () => {
  const page = sandbox();
  const text = CANARY.replace('canary-weight: "5"', 'canary-weight: "20"');
  const { errors, objects } = page.actions.apply([{ file: 'canary.yaml', text }], { dryRun: false });
  expect(errors).toEqual([]);
  expect(objects.filter(({ action }) => action === 'configured')).toMatchObject([{ name: 'canary' }]);
  expect(page.snapshot().files).toEqual([{ file: 'canary.yaml', text, draft: false }]);
  expect(() => page.actions.save('canary.yaml', text)).toThrow('This page has no disk');
});

test('a weight is changed where it is written, and a reset takes it back', () => {
  const page = sandbox();
  expect(setWeight(page.actions, { namespace: 'default', name: 'canary' }, 20)).toMatchObject({ file: 'canary.yaml' });
  expect(page.snapshot().files[0]?.text).toContain('canary-weight: "20"');
  page.actions.reset();
  expect(page.snapshot().files[0]?.text).toBe(CANARY);
  expect(page.actions.export()).toContain('canary-weight: "5"');
});

test('What if: a request that nobody sent is thought through', async () => {
  const { actions } = sandbox();
  const trace = await actions.explain({ url: 'http://LOAD_BALANCER/', headers: { FOO: 'bar' } });
  expect(trace.service).toMatch(/^default\/netflix-frontend/);
  expect(trace.hops.length).toBeGreaterThan(3);
  await expect(actions.explain({ like: 4711, headers: {} })).rejects.toThrow('no request 4711 has been answered');
});

test('nginx.conf says which annotation wrote a line', async () => {
  const { actions } = sandbox();
  const conf = await actions.nginxConf({});
  expect(conf?.lines.some(({ sources }) => sources.some(({ source }) => source?.file === 'canary.yaml'))).toBe(true);
});

test('kubectl asks the API server that is in the page: it reads, writes, and runs programs in pods', async () => {
  const { actions } = sandbox();
  const kubectl = async (line: string) => {
    let text = '';
    const say = (more: string) => {
      text += more;
    };
    const signal = new AbortController().signal;
    const exit = await actions.kubectl(line.split(' '), { signal, stdout: say, stderr: say });
    return { exit, text };
  };
  expect(await kubectl('get ingress canary -o name')).toEqual({ exit: 0, text: 'ingress.networking.k8s.io/canary\n' });
  expect((await kubectl('describe service netflix-frontend')).text).toContain('Selector:');
  expect(await kubectl('scale deployment netflix-frontend --replicas=5')).toMatchObject({ exit: 0 });
  expect((await kubectl('get deployment netflix-frontend -o jsonpath={.spec.replicas}')).text).toBe('5');
  expect(await kubectl('exec deployment/netflix-frontend -- echo hello')).toEqual({ exit: 0, text: 'hello\n' });
  expect(await kubectl('exec deployment/netflix-frontend -- nosuch')).toMatchObject({ exit: 1 });
  expect(await kubectl('get pods nobody')).toEqual({
    exit: 1,
    text: 'Error from server (NotFound): pods "nobody" not found\n',
  });
});

test('a watch goes on until it is ended', async () => {
  const { actions } = sandbox();
  const leaving = new AbortController();
  const lines: string[] = [];
  const ended = actions.kubectl(['get', 'deployments', '-w'], {
    signal: leaving.signal,
    stdout: (text) => {
      lines.push(text);
      leaving.abort();
    },
    stderr: () => {},
  });
  await ended;
  expect(lines.join('')).toContain('netflix-frontend');
});

test('fields are documented as the API server publishes them', async () => {
  const { actions } = sandbox();
  expect(JSON.stringify(await actions.schemas('networking.k8s.io/v1'))).toContain('ingressClassName');
  await expect(actions.schemas('nobody/v1')).rejects.toThrow('the API server has no group and version nobody/v1');
});
