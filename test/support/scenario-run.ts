import type { Target } from './keep-alive-client.ts';
import type { Sandbox, SandboxEvent } from './sandbox.ts';
import type { Workspace } from './workspace.ts';

/** A running scenario with `--output json`, once it has settled. */
export class ScenarioRun {
  readonly sandbox: Sandbox;
  readonly ready: SandboxEvent;
  readonly hostname: string;

  private constructor(sandbox: Sandbox, ready: SandboxEvent, hostname: string) {
    this.sandbox = sandbox;
    this.ready = ready;
    this.hostname = hostname;
  }

  /** Starts a file without waiting for the cloud and without the scenario's own load. */
  static async start(place: Workspace, file: string, ...flags: string[]): Promise<ScenarioRun> {
    const sandbox = place.start(file, '--output', 'json', '--cloud-delay', '0s', '--no-load', ...flags);
    const ready = await sandbox.event('ready');
    const { hostname } = await sandbox.event('loadbalancer');
    await sandbox.event('settled', ({ ok }) => ok === true);
    return new ScenarioRun(sandbox, ready, String(hostname));
  }

  get httpPort(): number {
    return Number(new URL(String(this.ready.http)).port);
  }

  get target(): Target {
    return { port: this.httpPort, host: this.hostname };
  }

  get url(): string {
    return `http://${this.hostname}:${this.httpPort}/`;
  }

  /** A call of the control API. */
  async control(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }> {
    const headers = { authorization: `Bearer ${this.ready.token}`, 'content-type': 'application/json' };
    const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) };
    const response = await fetch(`${this.ready.control}${path}`, init);
    return { status: response.status, body: await response.json() };
  }

  /** Presses Enter after a save was noticed. */
  async applySaved(): Promise<void> {
    this.sandbox.type('\n');
    await this.sandbox.event('settled', ({ ok }) => ok === true);
  }
}
