import { type Secret, secrets } from '../../api/core-v1/secret.ts';
import type { Ingress } from '../../api/networking-v1/ingress.ts';
import { coversHost } from '../../ingress-nginx/model/certificates.ts';
import { nearest } from '../../manifest/nearest.ts';
import type { DoctorFinding } from '../../wire.ts';
import { mainIngresses } from '../canary.ts';
import { type Check, type Diagnosis, findingOf, line, listing, nameOf, place, spell } from '../finding.ts';
import { pathsOf } from '../ingress-paths.ts';
import type { World } from '../world.ts';

/** TLS sections that end in the fake certificate (internal/ingress/controller/controller.go, getDefaultSSLCertificate). */
export const tlsSecret: Check = {
  name: 'TlsSecret',
  check: (world) =>
    mainIngresses(world).flatMap((ingress) =>
      (ingress.spec.tls ?? []).flatMap((_entry, index) => entryFindings(ingress, index, world)),
    ),
};

/** What follows from every one of these. */
export const CONSEQUENCE =
  'so clients get "Kubernetes Ingress Controller Fake Certificate", and http is redirected to https all the same';

function entryFindings(ingress: Ingress, index: number, world: World): DoctorFinding[] {
  const { secretName, hosts = [] } = ingress.spec.tls?.[index] ?? {};
  const object = nameOf(ingress);
  const root = `spec.tls[${index}]`;
  const tell = (found: Omit<Diagnosis, 'object'>) => [findingOf({ object, ...found }, world)];
  if (!secretName) {
    const fix = `Add "secretName: …" below ${line(world, object, root)}: kubectl create secret tls NAME --cert=tls.crt --key=tls.key`;
    return tell({
      severity: 'warning',
      reason: 'TlsWithoutSecret',
      field: root,
      message: `${spell(object)} asks for TLS without a secretName, ${CONSEQUENCE}`,
      fix,
    });
  }
  const field = `${root}.secretName`;
  const secret = world.client.get(secrets, object.namespace, secretName);
  const found =
    secret === undefined
      ? missingSecret(secretName, ingress, field, world)
      : badSecret(secret, ingress, field, hosts, world);
  return found === undefined ? [] : tell(found);
}

function missingSecret(name: string, ingress: Ingress, field: string, world: World): Omit<Diagnosis, 'object'> {
  const object = nameOf(ingress);
  const all = world.client.list(secrets);
  const elsewhere = all
    .filter(({ metadata }) => metadata.name === name)
    .map(({ metadata }) => metadata.namespace ?? '');
  const meant = nearest(
    name,
    all
      .filter(({ metadata, type }) => metadata.namespace === object.namespace && type === 'kubernetes.io/tls')
      .map(({ metadata }) => metadata.name),
  );
  const base = { severity: 'error' as const, reason: 'TlsSecretNotFound', field };
  const says = `${spell(object)} takes its certificate from Secret ${object.namespace}/${name}, which does not exist, ${CONSEQUENCE}`;
  if (elsewhere.length > 0) {
    const message = `${says}. A Secret of that name is in namespace ${listing(elsewhere)}, and an Ingress reads only those of its own namespace`;
    return {
      ...base,
      message,
      fix: `Apply the Secret to namespace ${object.namespace} as well (${line(world, object, field)}).`,
    };
  }
  const fix =
    meant === undefined
      ? `Make it: kubectl create secret tls ${name} -n ${object.namespace} --cert=tls.crt --key=tls.key`
      : `Write "secretName: ${meant}" at ${line(world, object, field)}.`;
  return { ...base, message: says, fix };
}

function badSecret(
  secret: Secret,
  ingress: Ingress,
  field: string,
  hosts: readonly string[],
  world: World,
): Omit<Diagnosis, 'object'> | undefined {
  const [object, source] = [nameOf(ingress), nameOf(secret)];
  const data = secret.data ?? {};
  const absent = ['tls.crt', 'tls.key'].filter((key) => !data[key]);
  if (absent.length > 0) {
    const message = `${spell(source)}${place(world, source, 'data')}, which ${spell(object)} takes its certificate from, has no ${listing(absent)} (only ${listing(Object.keys(data)) || 'nothing'}), ${CONSEQUENCE}`;
    return {
      severity: 'error',
      reason: 'TlsSecretKeys',
      field,
      message,
      fix: 'Make it with: kubectl create secret tls, which names the keys tls.crt and tls.key.',
    };
  }
  return world.certificates === undefined ? undefined : badCertificate(secret, ingress, field, hosts, world);
}

function badCertificate(
  secret: Secret,
  ingress: Ingress,
  field: string,
  hosts: readonly string[],
  world: World,
): Omit<Diagnosis, 'object'> | undefined {
  const source = nameOf(secret);
  const [crt, key] = [decode(secret.data?.['tls.crt']), decode(secret.data?.['tls.key'])];
  const parsed = world.certificates?.parse(crt);
  const says = `the certificate in ${spell(source)}${place(world, source, 'data')} of ${spell(nameOf(ingress))}`;
  if (parsed === undefined || !world.certificates?.belongTogether(crt, key)) {
    const why =
      parsed === undefined ? 'cannot be read (tls.crt is no PEM certificate)' : 'does not belong to its key (tls.key)';
    return {
      severity: 'error',
      reason: 'TlsCertificateBroken',
      field,
      message: `${says} ${why}, ${CONSEQUENCE}`,
      fix: 'Make the Secret anew from a certificate and its own key.',
    };
  }
  const wanted = hosts.length > 0 ? hosts : hostsOf(ingress);
  const uncovered = wanted.filter((host) => host !== '' && !coversHost(parsed, host));
  if (uncovered.length === 0) return undefined;
  const names = listing([
    ...new Set([...parsed.dnsNames, ...(parsed.dnsNames.length === 0 ? [parsed.commonName] : [])]),
  ]);
  const message = `${says} is for ${names || 'nobody'}, not for ${listing(uncovered)}, ${CONSEQUENCE}`;
  return {
    severity: 'warning',
    reason: 'TlsCertificateNames',
    field,
    message,
    fix: `Make a certificate whose names (subjectAltName) hold ${listing(uncovered)}.`,
  };
}

function hostsOf(ingress: Ingress): string[] {
  return [...new Set(pathsOf(ingress).map(({ host }) => host))];
}

function decode(base64: string | undefined): string {
  try {
    return base64 === undefined ? '' : atob(base64);
  } catch {
    return '';
  }
}
