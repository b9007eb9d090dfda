import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Kubectl } from './kubectl.ts';
import type { Sandbox, SandboxEvent } from './sandbox.ts';
import { type Result, type RunOptions, Workspace } from './workspace.ts';

/** A line of the audit log (audit.k8s.io/v1 Event). */
export interface AuditEvent {
  readonly requestURI: string;
  readonly verb: string;
  readonly userAgent?: string;
  readonly user: { readonly username?: string };
  readonly responseStatus: { readonly code: number };
  readonly annotations?: Readonly<Record<string, string>>;
}

/** What else a sandbox may be started with. */
export interface KubectlSandboxOptions {
  /** Manifests that it starts with. */
  readonly manifests?: string;
  readonly flags?: readonly string[];
}

/** Something that every cluster has anyway: a sandbox needs a file. */
const NOTHING = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: start\n';
const AUDIT_LOG = 'audit.log';

/**
 * A running sandbox and a shell in which `kubectl` is one of this machine's, with a home, a kubeconfig and a cache of its
 * own. Whatever reaches the Kubernetes API is in the audit log.
 */
export class KubectlSandbox {
  readonly place: Workspace;
  readonly sandbox: Sandbox;
  readonly ready: SandboxEvent;
  #read = 0;

  private constructor(place: Workspace, sandbox: Sandbox, ready: SandboxEvent) {
    this.place = place;
    this.sandbox = sandbox;
    this.ready = ready;
  }

  static async start(
    kubectl: Kubectl | undefined,
    { manifests = NOTHING, flags = [] }: KubectlSandboxOptions = {},
  ): Promise<KubectlSandbox> {
    const place = new Workspace();
    mkdirSync(join(place.folder, 'bin'));
    if (kubectl !== undefined) symlinkSync(kubectl.path, join(place.folder, 'bin', 'kubectl'));
    const file = place.write('start.yaml', manifests);
    const quick = ['--cloud-delay', '0s', '--no-load', '--speed', '10'];
    const sandbox = place.start(file, '--output', 'json', ...quick, '--audit-log-path', AUDIT_LOG, ...flags);
    const ready = await sandbox.event('ready');
    await sandbox.event('settled', () => true, 60_000);
    const run = new KubectlSandbox(place, sandbox, ready);
    run.useNamespace('default');
    return run;
  }

  /** The Kubernetes API, `https://127.0.0.1:…`. */
  get server(): string {
    return String(this.ready.kubernetes);
  }

  /** How a client reaches it: the file that the sandbox wrote. */
  get kubeconfig(): string {
    return readFileSync(String(this.ready.kubeconfig), 'utf8');
  }

  /** The administrator's token. */
  get token(): string {
    return /token: "?([^\s"]+)/.exec(this.kubeconfig)?.[1] ?? '';
  }

  /** The namespace of commands that name none. */
  useNamespace(namespace: string): void {
    this.place.write('kubeconfig', this.kubeconfig.replace(/^( +)cluster: .*$/m, `$&\n$1namespace: ${namespace}`));
  }

  /** Runs a line of a shell. */
  shell(line: string, options: RunOptions = {}): Promise<Result> {
    const { folder, env } = this.place;
    const own = {
      HOME: folder,
      KUBECONFIG: join(folder, 'kubeconfig'),
      PATH: `${join(folder, 'bin')}:${env.PATH}`,
      KUBE_EDITOR: '',
      LC_ALL: 'C',
      TZ: 'UTC',
    };
    return this.place.run('/bin/bash', ['-c', line], { ...options, env: { ...own, ...options.env } });
  }

  /** Runs kubectl itself, without a shell. */
  kubectl(args: readonly string[], options: RunOptions = {}): Promise<Result> {
    return this.shell(`exec kubectl ${args.map(quote).join(' ')}`, options);
  }

  /** What was asked of the Kubernetes API since the last call. */
  audited(): AuditEvent[] {
    const text = readFileSync(join(this.place.folder, AUDIT_LOG), 'utf8');
    const whole = text.slice(this.#read, text.lastIndexOf('\n') + 1);
    this.#read += whole.length;
    return whole.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as AuditEvent]));
  }

  async stop(): Promise<void> {
    await this.sandbox.stop();
    await this.place.clear();
  }
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
