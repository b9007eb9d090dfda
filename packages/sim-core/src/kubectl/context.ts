import { ApiClient } from './api-client.ts';
import type { KubectlEnvironment } from './environment.ts';
import type { FlagValues, KubectlFlags, ParsedLine } from './flags.ts';
import { discoverResources, ResourceMapper } from './resources.ts';
import { errorText } from './server-error.ts';

/** What a command works with. */
export class KubectlContext {
  readonly environment: KubectlEnvironment;
  readonly client: ApiClient;
  readonly flags: FlagValues;
  readonly args: readonly string[];
  readonly dash: number;
  #mapper: Promise<ResourceMapper> | undefined;
  #failed = false;

  constructor(environment: KubectlEnvironment, { flags, args, dash }: ParsedLine) {
    this.environment = environment;
    this.flags = flags;
    this.args = args;
    this.dash = dash;
    this.client = new ApiClient(environment.connection, (warning) => environment.stderr(`Warning: ${warning}\n`));
  }

  /** `-n`, else default. */
  get namespace(): string {
    return this.flags.text('namespace') || 'default';
  }

  /** The server's resources, asked for once. */
  mapper(): Promise<ResourceMapper> {
    this.#mapper ??= discoverResources(this.client).then((resources) => new ResourceMapper(resources));
    return this.#mapper;
  }

  /** A line to stdout. */
  out(line: string): void {
    this.environment.stdout(`${line}\n`);
  }

  /** A line to stderr. */
  err(line: string): void {
    this.environment.stderr(`${line}\n`);
  }

  /** Goes on behind one that fails; the exit code tells of it in the end. */
  async each<T>(items: readonly T[], act: (item: T) => Promise<void>): Promise<void> {
    for (const item of items) {
      try {
        await act(item);
      } catch (error) {
        this.fail(error);
      }
    }
  }

  /** Tells an error that does not end the command. */
  fail(error: unknown): void {
    this.err(errorText(error, this.environment.connection.server));
    this.#failed = true;
  }

  get exitCode(): number {
    return this.#failed ? 1 : 0;
  }
}

/** A command of kubectl: one file in `commands/`, all of this shape. */
export interface KubectlCommand {
  readonly flags: KubectlFlags;
  /** @returns the exit code. @throws KubectlError, ServerError */
  run(context: KubectlContext): Promise<number | undefined>;
}
