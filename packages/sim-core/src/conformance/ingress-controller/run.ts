import { type Deployment, deployments } from '../../api/apps-v1/deployment.ts';
import { endpointSlices, SERVICE_NAME_LABEL } from '../../api/discovery-v1/endpoint-slice.ts';
import { ingresses } from '../../api/networking-v1/ingress.ts';
import type { IngressClass } from '../../api/networking-v1/ingress-class.ts';
import type { Cluster } from '../../index.ts';
import type { Certificates } from '../../ingress-nginx/certificates.ts';
import { tellOnce, told } from '../compare.ts';
import { openStand, type Stand, type StandParts, waitUntilReady } from '../stand.ts';
import type { ClientAnswer } from '../transport.ts';
import { sendAndFollow } from './follow.ts';
import { answerProblems, distinctPodProblems } from './problems.ts';
import type { Action, TlsSecret, Vector, VectorRequest } from './vector.ts';

/** What the suite expects of every controller and ingress-nginx does not do by default. */
export const CONFIG_MAP: Readonly<Record<string, string>> = Object.freeze({ 'server-tokens': 'true' });
/** Cluster time until a status is looked at, seconds. */
const STATUS_WITHIN = 60;

/**
 * Runs a vector in a cluster of its own, whose controller is of the vector's class.
 * @returns what came that was not expected; empty when it passed
 */
export async function runVector(vector: Vector, parts: StandParts): Promise<string[]> {
  const stand = await openStand(parts, { seed: '1', configMap: CONFIG_MAP, flags: flagsFor(vector) });
  try {
    apply(stand.cluster, vector, parts.certificates);
    waitUntilReady(stand.cluster);
    for (const action of vector.actions ?? []) act(stand.cluster, action);
    stand.cluster.advance((vector.expect.waitSecondsReference ?? STATUS_WITHIN) * 1000);
    return [
      ...statusProblems(stand.cluster, vector),
      ...(vector.request === null ? [] : await requestProblems(stand, vector, vector.request)),
    ];
  } finally {
    await stand.close();
  }
}

function flagsFor({ manifests }: Vector): string[] {
  const ofClass = manifests.find(({ kind }) => kind === 'IngressClass') as IngressClass | undefined;
  const controller = ofClass?.spec?.controller;
  return controller === undefined ? [] : [`--controller-class=${controller}`];
}

/** @throws StatusError when the API server refuses a manifest */
function apply(cluster: Cluster, { manifests, tlsSecrets = [], namespace }: Vector, certificates: Certificates): void {
  const named = [namespace, ...manifests.map(({ metadata }) => metadata.namespace)];
  const namespaces = [...new Set(named.filter((name) => name !== undefined))];
  cluster.applyObjects([
    ...namespaces.map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })),
    ...tlsSecrets.map((secret) => secretOf(secret, certificates)),
    ...manifests,
  ]);
}

function secretOf({ name, namespace, cn, org, dnsNames, keyType }: TlsSecret, certificates: Certificates) {
  const subject = { commonName: cn, dnsNames, ...(org && { organization: org }), ...(keyType && { keyType }) };
  const { certPem, keyPem } = certificates.selfSigned(subject);
  const data = { 'tls.crt': btoa(certPem), 'tls.key': btoa(keyPem) };
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace }, type: 'kubernetes.io/tls', data };
}

/** @throws Error when it comes to nothing */
function act(cluster: Cluster, { scale, waitReadyEndpoints }: Action): void {
  if (scale !== undefined) {
    const { namespace = 'default', name, replicas } = scale;
    const deployment: Deployment | undefined = cluster.client.get(deployments, namespace, name);
    if (deployment === undefined) throw new Error(`there is no Deployment ${namespace}/${name} to scale`);
    cluster.client.update(deployments, { ...deployment, spec: { ...deployment.spec, replicas } });
    cluster.settle();
    waitUntilReady(cluster);
  }
  if (waitReadyEndpoints === undefined) return;
  const ready = readyEndpoints(cluster, waitReadyEndpoints.service);
  if (ready !== waitReadyEndpoints.count)
    throw new Error(
      `Service ${waitReadyEndpoints.service} has ${ready} ready endpoints, not ${waitReadyEndpoints.count}`,
    );
}

function readyEndpoints({ client }: Cluster, service: string): number {
  return client
    .list(endpointSlices)
    .filter(({ metadata }) => metadata.labels?.[SERVICE_NAME_LABEL] === service)
    .flatMap(({ endpoints }) => endpoints ?? [])
    .filter(({ conditions }) => conditions?.ready !== false).length;
}

function statusProblems({ client }: Cluster, { manifests, expect: { ingressStatus } }: Vector): string[] {
  if (ingressStatus === undefined) return [];
  const own = manifests.filter(({ kind }) => kind === 'Ingress');
  return own.flatMap(({ metadata: { namespace = 'default', name } }) => {
    const addresses = client.get(ingresses, namespace, name)?.status?.loadBalancer?.ingress ?? [];
    const has = addresses.length > 0 ? 'has-address' : 'no-address';
    if (has === ingressStatus) return [];
    return [`status of Ingress ${name}: expected ${ingressStatus}, got ${told(addresses)}`];
  });
}

async function requestProblems(stand: Stand, { expect }: Vector, request: VectorRequest): Promise<string[]> {
  const answers: ClientAnswer[] = [];
  for (let i = 0; i < (request.repeat ?? 1); i++) answers.push(await send(stand, request));
  return [
    ...tellOnce(answers.map((answer) => answerProblems(answer, expect))),
    ...distinctPodProblems(answers, expect),
  ];
}

/** A request without a host goes to the load balancer by its name. */
function send({ cluster, transport }: Stand, request: VectorRequest): Promise<ClientAnswer> {
  const { scheme, method, path, headers = {}, followRedirects = false } = request;
  const host = request.host ?? cluster.edge.ingressLoadBalancer()?.hostname ?? '';
  const sni = request.sni ?? host.replace(/:\d+$/, '');
  const sent = { method, scheme, host, path, headers: Object.entries(headers).flat(), sni };
  return followRedirects ? sendAndFollow(transport, sent) : transport.send(sent);
}
