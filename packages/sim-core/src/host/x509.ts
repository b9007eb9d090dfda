import { createHash, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIP } from 'node:net';
import {
  bitString,
  boolean,
  explicit,
  implicit,
  integer,
  nothing,
  octetString,
  oid,
  sequence,
  set,
  time,
  utf8String,
} from './der.ts';

/** Who a certificate is of. */
export interface CertificateName {
  readonly commonName: string;
  readonly organization?: string;
}

/** What a certificate is made of. */
export interface CertificateParts {
  readonly subject: CertificateName;
  readonly issuer: CertificateName;
  readonly publicKey: KeyObject;
  /** EC or RSA key of the issuer. */
  readonly signingKey: KeyObject;
  /** Of {@link extensions}. */
  readonly extensions: readonly Uint8Array[];
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const VALID_DAYS = 365;

/** Object identifiers (RFC 5280, RFC 5758, RFC 4055). */
const OID = Object.freeze({
  commonName: '2.5.4.3',
  organization: '2.5.4.10',
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  serverAuth: '1.3.6.1.5.5.7.3.1',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  sha256WithRSAEncryption: '1.2.840.113549.1.1.11',
});

/** A certificate of version 3, PEM, valid for a year from an hour ago, signed with SHA-256. */
export function certificatePem(parts: CertificateParts): string {
  const algorithm = signatureAlgorithm(parts.signingKey);
  const toBeSigned = tbsCertificate(parts, algorithm);
  const der = sequence(toBeSigned, algorithm, bitString(sign('sha256', toBeSigned, parts.signingKey)));
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

/** RSA has parameters, which are NULL (RFC 4055, section 5). */
function signatureAlgorithm({ asymmetricKeyType }: KeyObject): Buffer {
  if (asymmetricKeyType === 'rsa') return sequence(oid(OID.sha256WithRSAEncryption), nothing());
  return sequence(oid(OID.ecdsaWithSha256));
}

/** TBSCertificate (RFC 5280, 4.1). */
function tbsCertificate(parts: CertificateParts, algorithm: Uint8Array): Buffer {
  const now = Math.floor(Date.now() / 1000) * 1000;
  return sequence(
    explicit(0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    algorithm,
    distinguishedName(parts.issuer),
    sequence(time(now - HOUR), time(now - HOUR + VALID_DAYS * DAY)),
    distinguishedName(parts.subject),
    parts.publicKey.export({ type: 'spki', format: 'der' }),
    explicit(3, sequence(...parts.extensions)),
  );
}

function distinguishedName({ organization, commonName }: CertificateName): Buffer {
  const part = (type: string, value: string) => set(sequence(oid(type), utf8String(value)));
  return sequence(...(organization ? [part(OID.organization, organization)] : []), part(OID.commonName, commonName));
}

/** Extensions of certificates (RFC 5280, 4.2). */
export const extensions = Object.freeze({
  /** A server: it signs handshakes, nothing else. */
  server: (): Uint8Array[] => [
    extension(OID.keyUsage, true, bitString(Buffer.from([0x80]), 7)),
    extension(OID.extendedKeyUsage, false, sequence(oid(OID.serverAuth))),
    extension(OID.basicConstraints, true, sequence()),
  ],
  /** An authority: it signs certificates (keyCertSign, cRLSign). */
  authority: (): Uint8Array[] => [
    extension(OID.keyUsage, true, bitString(Buffer.from([0x06]), 1)),
    extension(OID.basicConstraints, true, sequence(boolean(true))),
  ],
  /** DNS names and IP addresses that it is for; what is no address is left out. */
  names: (dnsNames: readonly string[], ipAddresses: readonly string[] = []): Uint8Array[] => {
    const names = [
      ...dnsNames.map((name) => implicit(2, Buffer.from(name, 'ascii'))),
      ...ipAddresses.filter((address) => isIP(address) !== 0).map((address) => implicit(7, addressBytes(address))),
    ];
    return names.length > 0 ? [extension(OID.subjectAltName, false, sequence(...names))] : [];
  },
  /** Whose key it is. Python from 3.13 on and OpenSSL's strict mode refuse chains without. */
  subjectKey: (key: KeyObject): Uint8Array[] => [
    extension(OID.subjectKeyIdentifier, false, octetString(keyIdentifier(key))),
  ],
  /** Whose key signed it. */
  authorityKey: (key: KeyObject): Uint8Array[] => [
    extension(OID.authorityKeyIdentifier, false, sequence(implicit(0, keyIdentifier(key)))),
  ],
});

function extension(id: string, critical: boolean, value: Uint8Array): Buffer {
  return sequence(oid(id), ...(critical ? [boolean(true)] : []), octetString(value));
}

/** Any hash of the key does (RFC 5280, 4.2.1.2). */
function keyIdentifier(key: KeyObject): Buffer {
  return createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest()
    .subarray(0, 20);
}

/** Four or sixteen bytes. */
function addressBytes(address: string): Buffer {
  if (isIP(address) === 4) return Buffer.from(address.split('.').map(Number));
  const [head = '', tail] = address.split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16)));
  const [before, after] = [groups(head), groups(tail ?? '')];
  const all = [...before, ...new Array<number>(8 - before.length - after.length).fill(0), ...after];
  return Buffer.from(all.flatMap((group) => [group >> 8, group & 0xff]));
}
