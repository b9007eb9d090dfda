import type { CertificateReader, ReadCertificate } from './upstream-certificate.ts';

/** Most answers of each kind that are remembered. */
const MOST = 200;

/**
 * A reader that reads each certificate once: pods show theirs with every request, and to read one takes many times as long as
 * the request.
 */
export function readingOnce(reader: CertificateReader): CertificateReader {
  const read = new Map<string, ReadCertificate | undefined>();
  const signed = new Map<string, boolean>();
  return {
    parse: (certPem) => remembered(read, certPem, () => reader.parse(certPem)),
    isSignedBy: (certPem, caPem) => remembered(signed, certPem + caPem, () => reader.isSignedBy(certPem, caPem)),
  };
}

function remembered<T>(known: Map<string, T>, key: string, find: () => T): T {
  if (known.has(key)) return known.get(key) as T;
  const found = find();
  known.set(key, found);
  if (known.size > MOST) known.delete(known.keys().next().value as string);
  return found;
}
