import type { KubectlContext } from '../context.ts';
import type { JsonObject } from '../json.ts';
import { failure } from '../kubectl-error.ts';
import { metadataOf, nameFrom } from './name.ts';

/** host, path (`*` behind it: Prefix), Service, port, and whether TLS, with its Secret. */
const RULE =
  /^(?<host>[\w.*\-\\]*)(?<path>\/[^=]*)?=(?<service>[\w.-]+):(?<port>[\w-]+)(?<tls>,tls(=(?<secret>[\w.-]+))?)?$/;

interface RuleParts {
  readonly host: string;
  readonly path: string;
  readonly service: string;
  readonly port: string;
  readonly tls?: string;
  readonly secret?: string;
}

/** `kubectl create ingress` (create_ingress.go). */
export function ingress(context: KubectlContext, args: readonly string[]): JsonObject {
  const { flags } = context;
  const name = nameFrom(args);
  const rules = flags.list('rule').map(parseRule);
  const fallback = flags.text('default-backend');
  if (rules.length === 0 && fallback === '')
    throw failure(
      'not enough information provided: every ingress has to either specify a default-backend (which catches all traffic) or a list of rules (which catch specific paths)',
    );
  const annotations = Object.fromEntries(
    flags.list('annotation').map((each) => [each.slice(0, each.indexOf('=')), each.slice(each.indexOf('=') + 1)]),
  );
  const className = flags.text('class');
  const tls = tlsOf(rules);
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { ...metadataOf(context, name), ...(Object.keys(annotations).length > 0 ? { annotations } : {}) },
    spec: {
      ...(className === '' ? {} : { ingressClassName: className }),
      ...(fallback === '' ? {} : { defaultBackend: backendOf(...(fallback.split(':') as [string, string])) }),
      ...(rules.length > 0 ? { rules: rulesOf(rules) } : {}),
      ...(tls.length > 0 ? { tls } : {}),
    },
    status: { loadBalancer: {} },
  };
}

function parseRule(rule: string): RuleParts {
  const groups = RULE.exec(rule)?.groups as unknown as RuleParts | undefined;
  if (groups === undefined) {
    throw failure(`rule ${rule} is invalid and should be in format host/path=svcname:svcport[,tls[=secret]]`);
  }
  return groups;
}

function rulesOf(rules: readonly RuleParts[]): JsonObject[] {
  const hosts = [...new Set(rules.map(({ host }) => host))];
  return hosts.map((host) => {
    const own = rules.filter((rule) => rule.host === host);
    const paths = own.map(({ path = '', service, port }) => ({
      path: path.endsWith('*') ? path.slice(0, -1) : path || '/',
      pathType: path.endsWith('*') ? 'Prefix' : 'Exact',
      backend: backendOf(service, port),
    }));
    return { ...(host === '' ? {} : { host }), http: { paths } };
  });
}

function backendOf(name: string, port = ''): JsonObject {
  return { service: { name, port: /^\d+$/.test(port) ? { number: Number(port) } : { name: port } } };
}

function tlsOf(rules: readonly RuleParts[]): JsonObject[] {
  const secured = rules.filter(({ tls }) => tls !== undefined);
  const secrets = [...new Set(secured.map(({ secret = '' }) => secret))];
  return secrets.map((secretName) => {
    const hosts = [
      ...new Set(secured.filter(({ secret = '' }) => secret === secretName).map(({ host }) => host)),
    ].filter((host) => host !== '');
    return { ...(hosts.length > 0 ? { hosts } : {}), ...(secretName === '' ? {} : { secretName }) };
  });
}
