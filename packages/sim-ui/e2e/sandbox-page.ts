import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { launchChromium } from '../../../test/support/browser.ts';
import type { Sandbox } from '../../../test/support/sandbox.ts';
import { Workspace } from '../../../test/support/workspace.ts';

/** A running sandbox with a browser beside it; the scenario's own seed makes every run the same. */
export class SandboxPage {
  readonly place = new Workspace();
  #ready = { control: '', token: '', ui: '' };
  #browser: Browser | undefined;
  #run: Sandbox | undefined;

  /**
   * @param input a scenario's name, or a manifest's text
   * @param flags of `run`
   */
  static async start(input: string, ...flags: string[]): Promise<SandboxPage> {
    const sandbox = new SandboxPage();
    const { place } = sandbox;
    const file = input.includes('\n') ? place.write('cluster.yaml', input) : place.scenario(input);
    const run = place.start(file, '--output', 'json', ...(flags.length > 0 ? flags : ['--cloud-delay', '0s']));
    sandbox.#run = run;
    [sandbox.#ready, sandbox.#browser] = await Promise.all([run.event('ready') as never, launchChromium()]);
    await run.event('settled');
    return sandbox;
  }

  get ui(): string {
    return this.#ready.ui;
  }

  get control(): string {
    return this.#ready.control;
  }

  get browser(): Browser {
    return this.#browser!;
  }

  /** What the control API answers; the page has to agree with it. */
  async api<T>(path: string, body?: unknown, method = body === undefined ? 'GET' : 'POST'): Promise<T> {
    const headers = { authorization: `Bearer ${this.#ready.token}`, 'content-type': 'application/json' };
    const json = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(`${this.#ready.control}/api/v1${path}`, { method, headers, ...json });
    return (await answer.json()) as T;
  }

  /** A page in a profile of its own; closed with the test. What its console complained about is in `complaints`. */
  async open(options: BrowserContextOptions = {}, url = this.ui): Promise<{ page: Page; complaints: string[] }> {
    const context = await this.browser.newContext({ viewport: { width: 1366, height: 768 }, ...options });
    onTestFinished(() => context.close());
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', ({ message }) => complaints.push(message));
    await page.goto(url);
    return { page, complaints };
  }

  /** Ends the sandbox; its pages stay. */
  async stop(): Promise<void> {
    await this.#run?.kill();
  }

  async close(): Promise<void> {
    await this.#browser?.close();
    await this.place.clear();
  }
}
