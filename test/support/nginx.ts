import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeNginxFolder } from '../../packages/sim-core/src/host/nginx-folder.ts';
import type { NginxConfiguration } from '../../packages/sim-core/src/ingress-nginx/nginx/configuration.ts';
import {
  type ConfPorts,
  confLines,
  filesOf,
  textOfLines,
} from '../../packages/sim-core/src/ingress-nginx/nginx/print-conf.ts';
import type { NginxFile } from '../../packages/sim-core/src/wire.ts';
import { commandPath } from './tools.ts';

/** Ports that everybody may open. Testing opens them, but does not mind another server there. */
const PORTS: ConfPorts = Object.freeze({ http: 8080, https: 8443, defaultBackend: 8181 });

/** nginx.conf of a configuration, with the files that it names. */
export function nginxFiles(configuration: NginxConfiguration, ports: ConfPorts = PORTS): NginxFile[] {
  const lines = confLines(configuration, ports);
  return [{ path: 'nginx.conf', content: textOfLines(lines), isSecret: false }, ...filesOf(lines)];
}

/** What `nginx -t` says of a folder with these files. */
export function nginxSays(files: readonly NginxFile[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'print-conf-'));
  try {
    writeNginxFolder(folder, files);
    return nginxSaysOf(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What `nginx -t` says of a folder. */
export function nginxSaysOf(folder: string): string {
  const argv = ['-t', '-p', folder, '-c', 'nginx.conf', '-e', 'stderr'];
  return spawnSync(commandPath('nginx') ?? '', argv, { encoding: 'utf8' }).stderr;
}

/** What `nginx -t` says of what it takes. */
export const NGINX_TAKES_IT = /syntax is ok[\s\S]*test is successful/;
