import { expect, test } from 'vitest';
import { configMap } from '../cli/testing/manifests.ts';
import { createCluster } from '../index.ts';
import { decodeManifests } from '../manifest/decode-manifests.ts';
import { apiConnection } from './api-connection.ts';

const WATCH = { method: 'GET', path: '/api/v1/namespaces/default/configmaps?watch=true' };

function watched() {
  const cluster = createCluster();
  const connection = apiConnection(() => cluster.api.server());
  const apply = (name: string) => cluster.apply(decodeManifests('a.yaml', configMap(name)).documents);
  return { connection, apply };
}

test('a stream tells what happens until its reader stops', async () => {
  const { connection, apply } = watched();
  const told: string[] = [];
  const stream = await connection.stream(WATCH, (text) => told.push(text));
  apply('first-one');
  stream.stop();
  await stream.ended;
  apply('second-one');
  expect(told.join('')).toContain('first-one');
  expect(told.join('')).not.toContain('second-one');
});

test('a reader that fails ends its own stream, and not what is written meanwhile', async () => {
  const { connection, apply } = watched();
  const stream = await connection.stream(WATCH, () => {
    throw new Error('cannot read this');
  });
  expect(apply('first-one')).toMatchObject([{ action: 'created' }]);
  await expect(stream.ended).rejects.toThrow('cannot read this');
});

test('a refusal comes as a whole, whether one asks for a stream or not', async () => {
  const { connection } = watched();
  const gone = { method: 'GET', path: '/api/v1/namespaces/default/pods/nobody/log?follow=true' };
  const { answer } = await connection.stream(gone, () => expect.fail());
  expect([answer.status, JSON.parse(answer.body).message]).toEqual([404, 'pods "nobody" not found']);
  expect((await connection.request(gone)).status).toBe(404);
});
