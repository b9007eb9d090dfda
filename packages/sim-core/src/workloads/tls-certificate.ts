import type { CertificateAndKey, ContainerContext } from './program.ts';

/** Where a program finds its certificate and key. */
export interface TlsFiles {
  readonly certificate: string;
  readonly key: string;
}

/** Names that a Secret of type kubernetes.io/tls gives its files. */
const SECRET_FILES = Object.freeze({ certificate: 'tls.crt', key: 'tls.key' });

/**
 * What a program shows in TLS handshakes: the files that it was told of, or those of the first Secret with a key pair that its
 * container mounts, as they are now; where there are none, a certificate that it signed itself, for its pod's name.
 * @returns asks for it anew each time: Secrets change under a mount
 */
export function certificateOf(context: ContainerContext, named: TlsFiles | undefined): () => CertificateAndKey {
  let own: CertificateAndKey | undefined;
  return () => {
    const mounted = readFiles(context, named) ?? mountedPair(context);
    if (mounted !== undefined) return mounted;
    const { name } = context.pod.metadata;
    own ??= context.selfSigned({ commonName: name, dnsNames: [name] });
    return own;
  };
}

function mountedPair(context: ContainerContext): CertificateAndKey | undefined {
  for (const { mountPath } of context.container.volumeMounts ?? []) {
    const at = (file: string) => `${mountPath.replace(/\/$/, '')}/${file}`;
    const pair = readFiles(context, { certificate: at(SECRET_FILES.certificate), key: at(SECRET_FILES.key) });
    if (pair !== undefined) return pair;
  }
  return undefined;
}

function readFiles(context: ContainerContext, files: TlsFiles | undefined): CertificateAndKey | undefined {
  if (files === undefined || !isFile(context, files.certificate) || !isFile(context, files.key)) return undefined;
  return { certPem: context.files().read(files.certificate), keyPem: context.files().read(files.key) };
}

function isFile({ files }: ContainerContext, path: string): boolean {
  return files().stat(path)?.kind === 'file';
}
