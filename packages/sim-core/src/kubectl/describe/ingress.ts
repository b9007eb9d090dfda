import type { KubectlContext } from '../context.ts';
import type { JsonObject } from '../json.ts';
import { at, object as inner, objects, strings, text, texts } from '../json.ts';
import { ServerError } from '../server-error.ts';
import type { Describer } from './describer.ts';
import { endpointsText, slicesOf } from './endpoints.ts';
import { eventLines } from './events.ts';
import { annotationLines, labelLines } from './metadata.ts';

/** describe.go describeIngressV1. */
export const ingress: Describer = async (context, object) => {
  const namespace = text(object, 'metadata', 'namespace');
  const addresses = objects(object, 'status', 'loadBalancer', 'ingress').map(
    (each) => text(each, 'ip') || text(each, 'hostname'),
  );
  const fallback = at(object, 'spec', 'defaultBackend');
  const described =
    fallback === undefined
      ? '<default>'
      : await backendText(context, namespace, inner(object, 'spec', 'defaultBackend'));
  const tls = objects(object, 'spec', 'tls');
  return [
    `Name:\t${text(object, 'metadata', 'name')}`,
    ...labelLines('Labels', strings(object, 'metadata', 'labels')),
    `Namespace:\t${namespace}`,
    `Address:\t${addresses.join(',')}`,
    `Ingress Class:\t${text(object, 'spec', 'ingressClassName') || '<none>'}`,
    `Default backend:\t${described}`,
    ...(tls.length === 0
      ? []
      : [
          'TLS:',
          ...tls.map(
            (each) => `  ${text(each, 'secretName') || 'SNI routes'} terminates ${texts(each, 'hosts').join(',')}`,
          ),
        ]),
    'Rules:',
    '  Host\tPath\tBackends',
    '  ----\t----\t--------',
    ...(await ruleLines(context, namespace, object, described)),
    ...annotationLines('Annotations', strings(object, 'metadata', 'annotations')),
    ...(await eventLines(context, object)),
  ];
};

async function ruleLines(
  context: KubectlContext,
  namespace: string,
  object: JsonObject,
  fallback: string,
): Promise<string[]> {
  const lines: string[] = [];
  for (const rule of objects(object, 'spec', 'rules')) {
    if (at(rule, 'http') === undefined) continue;
    lines.push(`  ${text(rule, 'host') || '*'}\t`);
    for (const path of objects(rule, 'http', 'paths')) {
      lines.push(`    \t${text(path, 'path')} \t${await backendText(context, namespace, inner(path, 'backend'))}`);
    }
  }
  return lines.length > 0 ? lines : [`  *\t*\t${fallback}`];
}

/** `web:80 (10.244.1.2:8080)`, or why there is nobody. */
async function backendText(context: KubectlContext, namespace: string, backend: JsonObject): Promise<string> {
  const resource = inner(backend, 'resource');
  if (Object.keys(resource).length > 0)
    return `APIGroup: ${text(resource, 'apiGroup')}, Kind: ${text(resource, 'kind')}, Name: ${text(resource, 'name')}`;
  const name = text(backend, 'service', 'name');
  const port = text(backend, 'service', 'port', 'number') || text(backend, 'service', 'port', 'name');
  return `${name}:${port} (${await backendEndpoints(context, namespace, name, port)})`;
}

async function backendEndpoints(
  context: KubectlContext,
  namespace: string,
  name: string,
  port: string,
): Promise<string> {
  try {
    const resource = (await context.mapper()).expect('services');
    const service = await context.client.get({ resource, namespace, name });
    const found = objects(service, 'spec', 'ports').find(
      (each) => text(each, 'port') === port || text(each, 'name') === port,
    );
    return endpointsText(await slicesOf(context, namespace, name), text(found, 'name'));
  } catch (error) {
    if (!(error instanceof ServerError)) throw error;
    return `<error: ${error.message}>`;
  }
}
