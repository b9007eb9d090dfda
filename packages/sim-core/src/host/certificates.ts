import { createPrivateKey, generateKeyPairSync, randomBytes, sign, X509Certificate } from 'node:crypto';
import { isIPv4 } from 'node:net';
import {
  bitString,
  boolean,
  explicit,
  implicit,
  integer,
  octetString,
  oid,
  sequence,
  set,
  time,
  utf8String,
} from './der.ts';

/** Who a certificate is for. */
export interface CertificateSubject {
  readonly commonName: string;
  readonly organization?: string;
  readonly dnsNames: readonly string[];
  /** IPv4 addresses. */
  readonly ipAddresses?: readonly string[];
}

/** A certificate and its private key, PEM. */
export interface CertificateAndKey {
  readonly certPem: string;
  readonly keyPem: string;
}

/** What a certificate says of itself. */
export interface ParsedCertificate {
  readonly commonName: string;
  readonly organization: string;
  readonly issuerCommonName: string;
  readonly dnsNames: readonly string[];
  readonly ipAddresses: readonly string[];
  /** Milliseconds since the Unix epoch. */
  readonly notBefore: number;
  readonly notAfter: number;
  /** Hexadecimal. */
  readonly serialNumber: string;
}

/** Certificates for the engine, which knows no bytes. */
export interface Certificates {
  /** The first certificate of a PEM text; undefined when there is none that can be read. */
  parse(certPem: string): ParsedCertificate | undefined;
  /** Whether the private key belongs to the (first) certificate; false when either cannot be read. */
  belongTogether(certPem: string, keyPem: string): boolean;
  /** Makes a key and a certificate that is signed with it, valid for a year from an hour ago. */
  selfSigned(subject: CertificateSubject): CertificateAndKey;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const VALID_DAYS = 365;

/** Object identifiers (RFC 5280, RFC 5758). */
const OID = Object.freeze({
  commonName: '2.5.4.3',
  organization: '2.5.4.10',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  extendedKeyUsage: '2.5.29.37',
  serverAuth: '1.3.6.1.5.5.7.3.1',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
});

/** Certificates made and read by node:crypto; keys are EC P-256, a tenth of the time that RSA takes. */
export const nodeCertificates: Certificates = Object.freeze({ parse, belongTogether, selfSigned });

function parse(certPem: string): ParsedCertificate | undefined {
  const certificate = readCertificate(certPem);
  if (certificate === undefined) return undefined;
  const names = subjectAltNames(certificate.subjectAltName ?? '');
  return {
    commonName: attribute(certificate.subject, 'CN'),
    organization: attribute(certificate.subject, 'O'),
    issuerCommonName: attribute(certificate.issuer, 'CN'),
    dnsNames: names.filter(([type]) => type === 'DNS').map(([, name]) => name),
    ipAddresses: names.filter(([type]) => type === 'IP Address').map(([, name]) => name),
    notBefore: Date.parse(certificate.validFrom),
    notAfter: Date.parse(certificate.validTo),
    serialNumber: certificate.serialNumber,
  };
}

function belongTogether(certPem: string, keyPem: string): boolean {
  try {
    return readCertificate(certPem)?.checkPrivateKey(createPrivateKey(keyPem)) === true;
  } catch {
    return false;
  }
}

function selfSigned(subject: CertificateSubject): CertificateAndKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = sequence(oid(OID.ecdsaWithSha256));
  const publicKeyInfo = publicKey.export({ type: 'spki', format: 'der' });
  const toBeSigned = tbsCertificate(subject, algorithm, publicKeyInfo);
  const signature = sign('sha256', toBeSigned, privateKey);
  const der = sequence(toBeSigned, algorithm, bitString(signature));
  return { certPem: pem('CERTIFICATE', der), keyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string };
}

/** TBSCertificate (RFC 5280, 4.1): version 3, issuer and subject the same. */
function tbsCertificate(subject: CertificateSubject, algorithm: Uint8Array, publicKeyInfo: Uint8Array): Buffer {
  const name = distinguishedName(subject);
  const now = Math.floor(Date.now() / 1000) * 1000;
  const validity = sequence(time(now - HOUR), time(now - HOUR + VALID_DAYS * DAY));
  const serialNumber = integer(Buffer.concat([Buffer.from([1]), randomBytes(15)]));
  const version3 = explicit(0, integer(Buffer.from([2])));
  return sequence(
    version3,
    serialNumber,
    algorithm,
    name,
    validity,
    name,
    publicKeyInfo,
    explicit(3, extensions(subject)),
  );
}

function distinguishedName({ organization, commonName }: CertificateSubject): Buffer {
  const part = (type: string, value: string) => set(sequence(oid(type), utf8String(value)));
  return sequence(...(organization ? [part(OID.organization, organization)] : []), part(OID.commonName, commonName));
}

function extensions({ dnsNames, ipAddresses = [] }: CertificateSubject): Buffer {
  const extension = (id: string, critical: boolean, value: Uint8Array) =>
    sequence(oid(id), ...(critical ? [boolean(true)] : []), octetString(value));
  const names = [
    ...dnsNames.map((name) => implicit(2, Buffer.from(name, 'ascii'))),
    ...ipAddresses
      .filter((address) => isIPv4(address))
      .map((address) => implicit(7, Buffer.from(address.split('.').map(Number)))),
  ];
  const digitalSignature = bitString(Buffer.from([0x80]), 7);
  return sequence(
    extension(OID.keyUsage, true, digitalSignature),
    extension(OID.extendedKeyUsage, false, sequence(oid(OID.serverAuth))),
    extension(OID.basicConstraints, true, sequence()),
    ...(names.length > 0 ? [extension(OID.subjectAltName, false, sequence(...names))] : []),
  );
}

function readCertificate(certPem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(certPem);
  } catch {
    return undefined;
  }
}

/** One attribute of a name as node prints it, `CN=…` a line. */
function attribute(name: string, type: string): string {
  const line = name?.split('\n').find((each) => each.startsWith(`${type}=`));
  return line?.slice(type.length + 1) ?? '';
}

/** `DNS:a.example, IP Address:1.2.3.4`; names with a comma or quote stand as JSON strings. */
function subjectAltNames(text: string): [type: string, name: string][] {
  const items = text.match(/(?:[^,"]|"(?:[^"\\]|\\.)*")+/g) ?? [];
  return items.map((item) => {
    const [, type = '', name = ''] = /^\s*([^:]*):(.*)$/.exec(item) ?? [];
    return [type, name.startsWith('"') ? String(JSON.parse(name)) : name];
  });
}

function pem(label: string, der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}
