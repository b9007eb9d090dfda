import type { Container, ContainerPort, Probe } from '../../api/core-v1/pod.ts';
import { imageName } from '../image-reference.ts';
import type { ContainerContext } from '../program.ts';

/** Ports that nobody uses for plain HTTP. */
const HTTPS_PORTS: readonly number[] = Object.freeze([443, 8443]);
const HTTPS_NAME = /^(https|tls)(-|$)|-(https|tls)$/;

/** Images that speak TLS on a port whose number or name does not tell. */
const KNOWN: Readonly<Record<string, number>> = Object.freeze({
  'quay.io/argoproj/argocd': 8080,
  'docker.io/argoproj/argocd': 8080,
});

/**
 * Ports on which a program is taken to speak TLS of which nothing else is known: 443 and 8443, ports that are called https, and those
 * that the kubelet asks by HTTPS. The Scenario's `images[].tls` says otherwise.
 */
export function webTlsPorts({ container, image }: ContainerContext): number[] {
  const known = KNOWN[imageName(image)];
  const named = (container.ports ?? []).filter(isHttps).map(({ containerPort }) => containerPort);
  const undeclared = (container.ports ?? []).length === 0 ? HTTPS_PORTS : [];
  return [...(known === undefined ? [] : [known]), ...named, ...probed(container), ...undeclared];
}

function isHttps({ containerPort, name = '' }: ContainerPort): boolean {
  return HTTPS_PORTS.includes(containerPort) || HTTPS_NAME.test(name);
}

function probed({ ports = [], ...container }: Container): number[] {
  const { startupProbe, readinessProbe, livenessProbe } = container;
  return [startupProbe, readinessProbe, livenessProbe].flatMap((probe: Probe | undefined) => {
    if (probe?.httpGet?.scheme !== 'HTTPS') return [];
    const { port } = probe.httpGet;
    const number = ports.find(({ name }) => name === port)?.containerPort ?? Number(port);
    return Number.isInteger(number) ? [number] : [];
  });
}
