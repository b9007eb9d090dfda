import type { ContainerFiles } from '../../workloads/files/container-files.ts';

/** The certificate that stands in a file now, as a mounted Secret changes under a running process; '' when there is none. */
export function servedCertificate(files: () => ContainerFiles, path: string): string {
  const mounted = files();
  return mounted.stat(path)?.kind === 'file' ? mounted.read(path) : '';
}
