import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type Fields, isFields } from '../../manifest/document.ts';
import { readYaml } from '../../manifest/read-yaml.ts';

/** How to reach an API server, and as whom. PEM texts. */
export interface KubeconfigAccess {
  readonly server: string;
  readonly ca?: string;
  /** Whether anybody may be the server. */
  readonly insecure: boolean;
  readonly token?: string;
  readonly cert?: string;
  readonly key?: string;
}

/**
 * The current context of a kubeconfig (client-go/tools/clientcmd). Programs that it names are not run.
 * @throws Error in words, where it cannot be read or used
 */
export function readKubeconfig(path: string): KubeconfigAccess {
  const { value } = readYaml(readFileSync(path, 'utf8'));
  const config = isFields(value) ? value : {};
  const context = named(config['contexts'], config['current-context'], 'context', path)['context'] as Fields;
  const cluster = named(config['clusters'], context['cluster'], 'cluster', path)['cluster'] as Fields;
  const user = named(config['users'], context['user'], 'user', path)['user'] as Fields;
  if (user['exec'] !== undefined || user['auth-provider'] !== undefined)
    throw new Error(`${path}: its user is known by a program only; write one with a token: kubectl create token …`);
  const pem = (fields: Fields, name: string) => pemOf(fields, name, dirname(path));
  const ca = pem(cluster, 'certificate-authority');
  const cert = pem(user, 'client-certificate');
  const key = pem(user, 'client-key');
  const token = textOf(user['token']);
  return {
    server: textOf(cluster['server']) ?? '',
    insecure: cluster['insecure-skip-tls-verify'] === true,
    ...(ca !== undefined && { ca }),
    ...(token !== undefined && { token }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
  };
}

function named(list: unknown, name: unknown, kind: string, path: string): Fields {
  const found: unknown = Array.isArray(list) ? list.find((each) => isFields(each) && each['name'] === name) : undefined;
  if (isFields(found) && isFields(found[kind])) return found;
  throw new Error(`${path}: there is no ${kind} "${String(name ?? '')}"`);
}

/** `name-data` holds it in base64, `name` is the path of a file. */
function pemOf(fields: Fields, name: string, folder: string): string | undefined {
  const data = textOf(fields[`${name}-data`]);
  if (data !== undefined) return Buffer.from(data, 'base64').toString();
  const file = textOf(fields[name]);
  return file === undefined ? undefined : readFileSync(resolve(folder, file), 'utf8');
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
