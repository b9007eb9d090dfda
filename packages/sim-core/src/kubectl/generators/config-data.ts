import type { KubectlContext } from '../context.ts';
import type { JsonObject } from '../json.ts';
import { failure } from '../kubectl-error.ts';
import { base64 } from './base64.ts';
import { metadataOf, nameFrom } from './name.ts';

/** `kubectl create configmap` (create_configmap.go). */
export async function configMap(context: KubectlContext, args: readonly string[]): Promise<JsonObject> {
  const data = await dataOf(context);
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: metadataOf(context, nameFrom(args)),
    ...(Object.keys(data).length > 0 ? { data } : {}),
  };
}

/** `kubectl create secret generic|tls|docker-registry` (create_secret.go). */
export async function secret(context: KubectlContext, [word = '', ...args]: readonly string[]): Promise<JsonObject> {
  const { flags } = context;
  if (word === 'tls') return secretOf(context, args, 'kubernetes.io/tls', await tlsData(context));
  if (word === 'docker-registry') return secretOf(context, args, 'kubernetes.io/dockerconfigjson', dockerData(context));
  if (word !== 'generic') throw failure(`unknown secret type "${word}": generic, tls or docker-registry`);
  return secretOf(context, args, flags.text('type'), await dataOf(context));
}

function secretOf(
  context: KubectlContext,
  args: readonly string[],
  type: string,
  data: Readonly<Record<string, string>>,
): JsonObject {
  const encoded = Object.fromEntries(Object.entries(data).map(([key, value]) => [key, base64(value)]));
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: metadataOf(context, nameFrom(args)),
    ...(type === '' ? {} : { type }),
    ...(Object.keys(encoded).length > 0 ? { data: encoded } : {}),
  };
}

async function tlsData({ flags, environment }: KubectlContext): Promise<Record<string, string>> {
  const [cert, key] = [flags.text('cert'), flags.text('key')];
  if (cert === '') throw failure('cert must be specified');
  if (key === '') throw failure('key must be specified');
  return { 'tls.crt': await environment.files.read(cert), 'tls.key': await environment.files.read(key) };
}

function dockerData({ flags }: KubectlContext): Record<string, string> {
  const [username, password] = [flags.text('docker-username'), flags.text('docker-password')];
  if (username === '') throw failure('docker-username must be specified');
  if (password === '') throw failure('docker-password must be specified');
  const email = flags.text('docker-email');
  const auth = { username, password, ...(email === '' ? {} : { email }), auth: base64(`${username}:${password}`) };
  return { '.dockerconfigjson': JSON.stringify({ auths: { [flags.text('docker-server')]: auth } }) };
}

async function dataOf({ flags, environment }: KubectlContext): Promise<Record<string, string>> {
  const data: Record<string, string> = {};
  const add = (key: string, value: string) => {
    if (Object.hasOwn(data, key))
      throw failure(`cannot add key "${key}", another key by that name already exists in Data for ConfigMap`);
    data[key] = value;
  };
  for (const source of flags.list('from-file')) {
    const [key, path] = source.includes('=')
      ? [source.slice(0, source.indexOf('=')), source.slice(source.indexOf('=') + 1)]
      : ['', source];
    const names = await environment.files.list(path);
    if (names === undefined) add(key || baseName(path), await environment.files.read(path));
    else
      for (const name of names)
        if ((await environment.files.list(`${path}/${name}`)) === undefined)
          add(name, await environment.files.read(`${path}/${name}`));
  }
  for (const literal of flags.list('from-literal')) {
    const equals = literal.indexOf('=');
    if (equals < 1) throw failure(`invalid literal source ${literal}, expected key=value`);
    add(literal.slice(0, equals), literal.slice(equals + 1).replace(/^(['"])(.*)\1$/, '$2'));
  }
  for (const file of flags.list('from-env-file'))
    for (const [key, value] of envLines(await environment.files.read(file))) add(key, value);
  return data;
}

/** `KEY=value` lines; comments and empty ones are passed over. */
export function envLines(text: string): [key: string, value: string][] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trimStart())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) =>
      line.includes('=') ? [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)] : [line, ''],
    );
}

function baseName(path: string): string {
  return path.split('/').at(-1) ?? path;
}
