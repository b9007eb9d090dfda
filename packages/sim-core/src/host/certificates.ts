import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import { type CertificateName, certificatePem, extensions } from './x509.ts';

/** Who a certificate is for. */
export interface CertificateSubject extends CertificateName {
  readonly dnsNames: readonly string[];
  readonly ipAddresses?: readonly string[];
  /** P-256 where it is left out: a tenth of the time that RSA takes. */
  readonly keyType?: KeyType;
}

/** Kinds of keys, as people name them. */
export type KeyType = 'P-256' | 'RSA-2048';

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
  readonly issuerOrganization: string;
  /** In Go's words: `RSA`, `ECDSA`, `Ed25519`. */
  readonly publicKeyAlgorithm: string;
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
  /** Whether the (first) certificate is one of these, or was signed with the key of one; false when it cannot be read. */
  isSignedBy(certPem: string, caPem: string): boolean;
  /** What OpenSSL says of a list of ciphers that it does not take; '' for one that it takes (SSL_CTX_set_cipher_list). */
  cipherFailure(ciphers: string): string;
  /** Makes a key and a certificate that is signed with it, valid for a year from an hour ago. */
  selfSigned(subject: CertificateSubject): CertificateAndKey;
}

/** Certificates made and read by node:crypto. */
export const nodeCertificates: Certificates = Object.freeze({
  parse,
  belongTogether,
  isSignedBy,
  cipherFailure,
  selfSigned,
});

function parse(certPem: string): ParsedCertificate | undefined {
  const certificate = readCertificate(certPem);
  if (certificate === undefined) return undefined;
  const names = subjectAltNames(certificate.subjectAltName ?? '');
  return {
    commonName: attribute(certificate.subject, 'CN'),
    organization: attribute(certificate.subject, 'O'),
    issuerCommonName: attribute(certificate.issuer, 'CN'),
    issuerOrganization: attribute(certificate.issuer, 'O'),
    publicKeyAlgorithm: algorithmOf(certificate),
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

const ALGORITHMS: Readonly<Record<string, string>> = Object.freeze({ rsa: 'RSA', ec: 'ECDSA', ed25519: 'Ed25519' });

function algorithmOf({ publicKey }: X509Certificate): string {
  return ALGORITHMS[publicKey.asymmetricKeyType ?? ''] ?? '0';
}

const CERTIFICATES = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

function isSignedBy(certPem: string, caPem: string): boolean {
  const certificate = readCertificate(certPem);
  if (certificate === undefined) return false;
  return (caPem.match(CERTIFICATES) ?? []).some((each) => {
    const ca = readCertificate(each);
    if (ca === undefined) return false;
    if (ca.fingerprint256 === certificate.fingerprint256) return true;
    return certificate.checkIssued(ca) && certificate.verify(ca.publicKey);
  });
}

/** Suites of TLS 1.3 are none of this list, though node takes them in it. */
function cipherFailure(ciphers: string): string {
  const own = ciphers.split(':').filter((name) => !name.startsWith('TLS_'));
  if (own.join('') === '') return NO_MATCH;
  try {
    createSecureContext({ ciphers });
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

const NO_MATCH = 'error:0A0000B9:SSL routines::no cipher match';

function selfSigned(subject: CertificateSubject): CertificateAndKey {
  const { privateKey, publicKey } = keyPair(subject.keyType);
  const certPem = certificatePem({
    subject,
    issuer: subject,
    publicKey,
    signingKey: privateKey,
    extensions: [...extensions.server(), ...extensions.names(subject.dnsNames, subject.ipAddresses)],
  });
  return { certPem, keyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string };
}

function keyPair(type: KeyType = 'P-256') {
  if (type === 'RSA-2048') return generateKeyPairSync('rsa', { modulusLength: 2048 });
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
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
