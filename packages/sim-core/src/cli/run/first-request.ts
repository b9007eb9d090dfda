/** What the printed lines ask for: something that an Ingress answers. */
export interface FirstRequest {
  readonly host: string;
  /** Begins with a slash. */
  readonly path: string;
  /** Whether plain http is redirected to https. */
  readonly redirected: boolean;
  /** Whether any Ingress is there; without one every answer is 404. */
  readonly routed: boolean;
  /** A header that sends a request to a canary. */
  readonly header?: { readonly name: string; readonly value: string };
}

type Header = NonNullable<FirstRequest['header']>;

/** What is read of an Ingress. */
interface IngressManifest {
  readonly metadata?: { readonly annotations?: Readonly<Record<string, string>> };
  readonly spec?: {
    readonly tls?: readonly unknown[];
    readonly rules?: readonly {
      readonly host?: string;
      readonly http?: { readonly paths?: readonly { readonly path?: string }[] };
    }[];
  };
}

const ANNOTATION = 'nginx.ingress.kubernetes.io/';

/**
 * Finds a host and path that the user's Ingresses serve: the load balancer's own hostname where a rule takes it, or else
 * the host of the first rule.
 * @param manifests as the user wrote them, whatever their kind
 */
export function firstRequest(manifests: readonly { readonly kind: string }[], hostname: string): FirstRequest {
  const ingresses = manifests.filter(({ kind }) => kind === 'Ingress').map((manifest) => manifest as IngressManifest);
  const candidates = ingresses.filter((each) => !isCanary(each)).flatMap((each) => requestsOf(each, hostname));
  const own = candidates.find(({ host }) => host === hostname);
  const first = own ?? candidates[0] ?? { host: hostname, path: '/', redirected: false, routed: false };
  const header = ingresses.filter(isCanary).flatMap((each) => headerOf(each, first, hostname))[0];
  return header === undefined ? first : { ...first, header };
}

function isCanary({ metadata }: IngressManifest): boolean {
  return metadata?.annotations?.[`${ANNOTATION}canary`] === 'true';
}

/** The header that a canary of the same host and path waits for; without a value of its own, `always` means it. */
function headerOf(canary: IngressManifest, { host, path }: FirstRequest, hostname: string): Header[] {
  const isSame = requestsOf(canary, hostname).some((each) => each.host === host && each.path === path);
  const annotations = canary.metadata?.annotations ?? {};
  const name = annotations[`${ANNOTATION}canary-by-header`];
  const value = annotations[`${ANNOTATION}canary-by-header-value`] ?? 'always';
  const isPlain = /^[\w-]+$/.test(name ?? '') && /^[\w .,;=-]+$/.test(value);
  return isSame && name !== undefined && isPlain ? [{ name, value }] : [];
}

function requestsOf({ metadata, spec }: IngressManifest, hostname: string): FirstRequest[] {
  const flag = (name: string) => metadata?.annotations?.[ANNOTATION + name];
  const redirected =
    flag('force-ssl-redirect') === 'true' || ((spec?.tls ?? []).length > 0 && flag('ssl-redirect') !== 'false');
  return (spec?.rules ?? []).map(({ host = '', http }) => ({
    host: host === '' ? hostname : host.replace(/^\*\./, 'www.'),
    path: pathOf((http?.paths ?? []).map(({ path = '/' }) => path)),
    redirected,
    routed: true,
  }));
}

/** The root where it is served, or else the first path that is no pattern. */
function pathOf(paths: readonly string[]): string {
  if (paths.includes('/')) return '/';
  return paths.find((path) => /^\/[\w./~-]*$/.test(path)) ?? '/';
}
