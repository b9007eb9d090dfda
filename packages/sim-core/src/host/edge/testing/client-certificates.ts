import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { certificatePem, extensions } from '../../x509.ts';

/** A certificate with its key, and those of who signed it. */
export interface TestCertificate {
  readonly cert: string;
  readonly key: string;
  readonly name: { commonName: string; organization?: string };
  readonly keys: { privateKey: KeyObject; publicKey: KeyObject };
}

/** A certificate that `issuer` signed; itself without one. @param isAuthority whether it may sign others */
export function testCertificate(
  commonName: string,
  {
    issuer,
    organization,
    isAuthority = false,
  }: { issuer?: TestCertificate; organization?: string; isAuthority?: boolean } = {},
): TestCertificate {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = organization === undefined ? { commonName } : { commonName, organization };
  const signer = issuer ?? { name, keys };
  const cert = certificatePem({
    subject: name,
    issuer: signer.name,
    publicKey: keys.publicKey,
    signingKey: signer.keys.privateKey,
    extensions: isAuthority
      ? [...extensions.authority(), ...extensions.subjectKey(keys.publicKey)]
      : extensions.authorityKey(signer.keys.publicKey),
  });
  return { cert, key: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string, name, keys };
}
