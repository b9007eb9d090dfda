import type { Secret } from '../secret.ts';
import { decodeBase64 } from './data.ts';

/** One block of a PEM text, as encoding/pem finds it. */
const BLOCK = /-----BEGIN ([^\n-]*)-----\s*\n([\s\S]*?)\n-----END \1-----/g;

/** What a certificate and its key lack (pkg/registry/core/secret/strategy.go warningsForSecret, crypto/tls X509KeyPair). */
export function warnOfSecret({ type, data }: Secret): string[] {
  if (type !== 'kubernetes.io/tls') return [];
  const certificates = blocksOf(data?.['tls.crt']);
  if (!certificates.includes('CERTIFICATE')) return [`tls: ${problemOfCertificate(certificates)}`];
  const keys = blocksOf(data?.['tls.key']);
  return keys.some(isKey) ? [] : [`tls: ${problemOfKey(keys)}`];
}

function blocksOf(value = ''): string[] {
  const blocks = [...decodeBase64(value).matchAll(BLOCK)];
  return blocks.filter(([, , body = '']) => isBase64(body)).map(([, type = '']) => type);
}

function isBase64(body: string): boolean {
  return /^(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/.test(body.replace(/\s/g, ''));
}

function isKey(type: string): boolean {
  return type === 'PRIVATE KEY' || type.endsWith(' PRIVATE KEY');
}

function problemOfCertificate(found: readonly string[]): string {
  const [first = ''] = found;
  if (found.length === 0) return 'failed to find any PEM data in certificate input';
  if (found.length === 1 && first.endsWith('PRIVATE KEY')) {
    return 'failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched';
  }
  return `failed to find "CERTIFICATE" PEM block in certificate input after skipping PEM blocks of the following types: [${found.join(' ')}]`;
}

function problemOfKey(found: readonly string[]): string {
  if (found.length === 0) return 'failed to find any PEM data in key input';
  if (found.length === 1 && found[0] === 'CERTIFICATE') {
    return 'found a certificate rather than a key in the PEM for the private key';
  }
  return `failed to find PEM block with type ending in "PRIVATE KEY" in key input after skipping PEM blocks of the following types: [${found.join(' ')}]`;
}
