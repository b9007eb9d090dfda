import { nodeCertificates } from '../../host/certificates.ts';
import { decodeManifests } from '../../manifest/decode-manifests.ts';
import { isFields } from '../../manifest/document.ts';
import { encodeManifests } from '../../manifest/encode-manifests.ts';
import type { SourceFile } from '../../manifest/source-map.ts';
import { nameSuffix, Random, type RandomStream } from '../../sim/random.ts';

/** Fields whose values are no names of the student's, whatever stands there. */
const KEPT: readonly string[] = Object.freeze([
  'apiVersion',
  'kind',
  'image',
  'type',
  'path',
  'pathType',
  'protocol',
  'annotations',
  'ingressClassName',
]);

/** Manifests of the same meaning with other names of objects, labels, ports, variables, another namespace and another host. */
export function renamed(files: readonly SourceFile[], seed: string): SourceFile[] {
  const documents = files.flatMap(({ file, text }) => decodeManifests(file, text).documents);
  const own = documents.filter(({ value }) => !isOfController(value));
  const chance = new Random(seed).fork('names');
  const namespace = word(chance);
  const words = newWords(
    own.map(({ value }) => value),
    chance,
  );
  return documents.map((document, index) => {
    const { value } = document;
    const changed = own.includes(document) ? placed(recertified(rename(value, words), words), namespace) : value;
    return { file: `${index}.yaml`, text: encodeManifests([changed]) };
  });
}

/** The controller's own manifest is applied as it is. */
function isOfController({ metadata }: { readonly metadata?: unknown }): boolean {
  const labels = isFields(metadata) ? metadata['labels'] : undefined;
  const name = isFields(metadata) ? metadata['name'] : undefined;
  return name === 'ingress-nginx' || (isFields(labels) && labels['app.kubernetes.io/name'] === 'ingress-nginx');
}

/** Everything that is a name or a host somewhere → what it is called from now on. */
function newWords(values: readonly unknown[], chance: RandomStream): Map<string, string> {
  const words = new Map<string, string>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(visit);
    if (!isFields(value)) return;
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'name' && typeof inner === 'string') words.set(inner, words.get(inner) ?? word(chance));
      if (key === 'host' && typeof inner === 'string')
        words.set(inner, words.get(inner) ?? `${word(chance)}.${word(chance)}.test`);
      if (key === 'labels' && isFields(inner))
        for (const label of Object.values(inner)) words.set(String(label), words.get(String(label)) ?? word(chance));
      visit(inner);
    }
  };
  values.forEach(visit);
  return words;
}

function word(chance: RandomStream): string {
  return `n${nameSuffix(chance, 8)}`;
}

function rename(value: unknown, words: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string')
    return words.get(value) ?? value.replace(/[\w.-]+/g, (part) => words.get(part) ?? part);
  if (Array.isArray(value)) return value.map((item) => rename(item, words));
  if (!isFields(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, KEPT.includes(key) ? inner : rename(inner, words)]),
  );
}

/** A certificate for another host is another certificate. */
function recertified(value: unknown, words: ReadonlyMap<string, string>): unknown {
  if (!isFields(value) || value['kind'] !== 'Secret') return value;
  const dnsNames = [...words.values()].filter((each) => each.endsWith('.test'));
  const { certPem, keyPem } = nodeCertificates.selfSigned({ commonName: 'shop', dnsNames });
  const inBase64 = (text: string) => Buffer.from(text).toString('base64');
  return { ...value, data: { 'tls.crt': inBase64(certPem), 'tls.key': inBase64(keyPem) } };
}

function placed(value: unknown, namespace: string): unknown {
  if (!isFields(value)) return value;
  return { ...value, metadata: { ...(value['metadata'] as object), namespace } };
}
