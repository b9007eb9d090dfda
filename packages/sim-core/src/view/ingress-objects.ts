import type { Ingress, IngressBackend } from '../api/networking-v1/ingress.ts';
import { objectKey } from '../apimachinery/object-meta.ts';
import type { Client } from '../client/client.ts';
import { ANNOTATION_PREFIX } from '../ingress-nginx/annotations/define-annotation.ts';
import type { AnnotationDefaults } from '../ingress-nginx/annotations/new-directives.ts';
import { parseAnnotations } from '../ingress-nginx/annotations/parse-annotations.ts';
import type { Flags } from '../ingress-nginx/flags.ts';
import { notOurs } from '../ingress-nginx/ingress-class.ts';
import type { Model } from '../ingress-nginx/model/build-configuration.ts';
import type { Dropped, DropReason } from '../ingress-nginx/model/draft.ts';
import { effectiveWeightTotal } from '../ingress-nginx/nginx/canary-policy.ts';
import type { ObjectName, SourcePosition, WireIngress, WireIngressRule } from '../wire.ts';

/** A running replica of the ingress controller, as far as the view looks at it. */
export interface ViewedReplica {
  /** The model that is loaded; another object after every change. */
  model(): Model;
  /** Store revision that the loaded configuration includes. */
  revision(): number;
  /** How it was started. */
  readonly flags: Flags;
}

/** What is known beside the Ingress itself. */
export interface IngressView {
  readonly client: Client;
  replicas(): Iterable<ViewedReplica>;
  /** Where a field of an object stands in the user's files. */
  locate(object: ObjectName, field: string): SourcePosition | undefined;
}

/** Only the canary annotations are read here, which have their own defaults. */
const NO_DEFAULTS = Object.freeze({ location: {}, upstream: {}, controller: {} }) as AnnotationDefaults;

/** What the page shows of an Ingress. */
export function wireIngress(ingress: Ingress, view: IngressView): WireIngress {
  const { metadata, spec, status } = ingress;
  const name: ObjectName = { kind: 'Ingress', namespace: metadata.namespace ?? '', name: metadata.name };
  const locate = (field: string) => optional('source', view.locate(name, field));
  const address = status?.loadBalancer?.ingress?.[0];
  const reason = whyNotServed(ingress, view);
  const canary = canaryOf(ingress, name, view);
  return {
    kind: 'Ingress',
    uid: metadata.uid ?? '',
    namespace: name.namespace,
    name: name.name,
    className: spec.ingressClassName ?? metadata.annotations?.['kubernetes.io/ingress.class'] ?? '',
    served: reason === '',
    reason,
    address: address?.hostname ?? address?.ip ?? '',
    rules: rulesOf(ingress, locate),
    tlsHosts: (spec.tls ?? []).flatMap(({ hosts }) => hosts ?? []),
    ...optional('canary', canary),
    ...locate('metadata.name'),
  };
}

function rulesOf({ spec }: Ingress, locate: (field: string) => { source?: SourcePosition }): WireIngressRule[] {
  const rules = (spec.rules ?? []).flatMap(({ host = '', http }, rule) =>
    (http?.paths ?? []).map(({ path = '', pathType = 'ImplementationSpecific', backend }, index) => ({
      host,
      path,
      pathType,
      ...targetOf(backend),
      ...locate(`spec.rules[${rule}].http.paths[${index}]`),
    })),
  );
  if (spec.defaultBackend === undefined) return rules;
  return [
    ...rules,
    {
      host: '',
      path: '',
      pathType: 'default backend',
      ...targetOf(spec.defaultBackend),
      ...locate('spec.defaultBackend'),
    },
  ];
}

function targetOf({ service, resource }: IngressBackend): { service: string; port: string } {
  const { name = resource?.name ?? '', port } = service ?? {};
  return { service: name, port: String(port?.name ?? port?.number ?? '') };
}

function canaryOf({ metadata }: Ingress, name: ObjectName, view: IngressView): WireIngress['canary'] {
  const [replica] = view.replicas();
  const prefix = replica === undefined ? ANNOTATION_PREFIX : `${replica.flags.annotationsPrefix}/`;
  const own = Object.entries(metadata.annotations ?? {}).filter(([key]) => key.startsWith(`${prefix}canary`));
  const { canary, policy } = parseAnnotations(Object.fromEntries(own), NO_DEFAULTS, undefined, prefix).directives;
  if (!canary) return undefined;
  const weightTotal = effectiveWeightTotal(policy.weightTotal);
  return {
    ...policy,
    weightTotal,
    ...optional('weightSource', view.locate(name, `metadata.annotations[${prefix}canary-weight]`)),
  };
}

/** Why no controller serves it; '' when one does. */
function whyNotServed(ingress: Ingress, view: IngressView): string {
  const replicas = [...view.replicas()];
  if (replicas.length === 0) return 'no ingress controller runs';
  const foreign = replicas.map(({ flags }) => notOurs(ingress, view.client, flags));
  const ours = replicas.filter((_, index) => foreign[index] === undefined);
  if (ours.length === 0) return foreign[0] ?? '';
  const key = objectKey(ingress);
  if (ours.some((replica) => serves(replica.model(), key))) return '';
  const dropped = ours
    .flatMap((replica) => replica.model().dropped)
    .find((each) => `${each.namespace}/${each.ingress}` === key);
  return dropped === undefined ? 'the controller did not load it: see its events' : wordsOf(dropped);
}

function serves({ configuration: { servers, upstreams }, dropped }: Model, key: string): boolean {
  const isIt = (source: { namespace: string; ingress: string } | undefined) =>
    `${source?.namespace}/${source?.ingress}` === key;
  if (servers.some(({ locations }) => locations.some(({ source }) => isIt(source)))) return true;
  const lost = dropped.filter(isIt).map(({ field }) => field);
  return upstreams.some(({ canary }) => isIt(canary) && !lost.includes(canary?.field ?? ''));
}

const DROP_WORDS: Readonly<Record<DropReason, (dropped: Dropped) => string>> = Object.freeze({
  'path-taken': ({ host, path, by }) => `${host}${path} belongs to the older Ingress ${by}`,
  'service-is-canary': () => 'its Service is the backend of a canary',
  'no-main': ({ host, path }) =>
    `no other Ingress has the host and path ${host}${path}, so there is nothing to be the canary of`,
  'no-host': ({ host }) => `no other Ingress has the host ${host}, so there is nothing to be the canary of`,
  'same-service': ({ by }) => `it names the same Service and port as the main Ingress ${by}`,
  'service-is-main': () => 'its Service is the backend of an ordinary Ingress, so the canary rules are lost',
  'second-canary': ({ by }) => `only one canary counts, and ${by} stands before it`,
  'only-canaries': () => 'there are only canaries: nothing for them to be the canary of',
  'regex-refused': ({ path }) => `${path} is a regular expression that cannot be run in bounded time`,
});

function wordsOf(dropped: Dropped): string {
  return DROP_WORDS[dropped.reason](dropped);
}

function optional<K extends string, V>(key: K, value: V | undefined): { [key in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [key in K]?: V });
}
