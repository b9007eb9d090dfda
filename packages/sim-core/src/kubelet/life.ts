import type { Clock } from '../sim/clock.ts';
import type { Console, ContainerContext, ImageBehaviour, Program, RunningProgram } from '../workloads/program.ts';
import { startProgram } from '../workloads/programs.ts';
import type { Workload } from '../workloads/workload.ts';
import type { LifeContext } from './container-context.ts';
import type { ContainerOutput } from './container-output.ts';
import { ScopedClock } from './scoped-clock.ts';

/** Exit codes of a program that a signal ended (128 + signal). */
const SIGKILLED = 137;
const SIGTERMED = 143;
/** Shortest time in milliseconds that a container has after its preStop hook (minimumGracePeriodInSeconds). */
const SHORTEST_GRACE = 2000;

/** What one life of a container is started with. */
export interface LifeParts {
  readonly program: Program;
  readonly behaviour: ImageBehaviour;
  readonly clock: Clock;
  readonly output: ContainerOutput;
  newContext(life: LifeContext): ContainerContext;
  /** Called once, with the exit code, when the program has ended; never before `start` has returned. */
  onExit(code: number, reason?: string): void;
}

/**
 * One life of a container, from its start to its exit. A graceful stop loses nothing: the program keeps listening until what
 * is under way is finished, and by the time it is told to stop, endpoints and proxies have let go of it, because they are
 * updated in the same settle.
 */
export class ContainerLife {
  readonly clock: ScopedClock;
  readonly startedAt: number;
  /** What its program and what is executed in it see. */
  context: ContainerContext | undefined;
  #ends: Set<() => void> | undefined;
  readonly #parts: LifeParts;
  #program: RunningProgram | undefined;
  #listening = true;
  #exit: { code: number; reason?: string } | undefined;
  #deadline = Number.POSITIVE_INFINITY;
  #stopping = false;
  #terminating = false;

  constructor(parts: LifeParts) {
    this.#parts = parts;
    this.clock = new ScopedClock(parts.clock);
    this.startedAt = parts.clock.now();
  }

  /** Runs the program. A program that cannot start ends with code 1. */
  start(): void {
    const { program, behaviour, output, newContext } = this.#parts;
    if ((behaviour.startup ?? 0) > 0) {
      this.#listening = false;
      this.clock.after(behaviour.startup ?? 0, () => {
        this.#listening = true;
      });
    }
    if (behaviour.crashAfter !== undefined) this.clock.after(behaviour.crashAfter, () => this.exit(1));
    try {
      this.context = newContext({
        clock: this.clock,
        log: (line) => output.line(line),
        write: (text, stream) => output.write(text, stream),
        exit: (code) => this.exit(code),
      });
      this.#program = startProgram(program, this.context);
    } catch (error) {
      output.line(`cannot start: ${error instanceof Error ? error.message : String(error)}`);
      this.#exit ??= { code: 1 };
    }
    if (this.#exit !== undefined) this.#end(this.#exit);
  }

  listener(port: number): Workload | undefined {
    return this.#listening ? this.#program?.listener(port) : undefined;
  }

  /** Requests that its program was sent so far. */
  get requests(): number {
    return this.#program?.requests?.() ?? 0;
  }

  /** Where what an attached client types goes. */
  get console(): Console | undefined {
    return this.#program?.console;
  }

  /** Calls back when it ends. Returns how to stop. */
  onEnd(callback: () => void): () => void {
    this.#ends ??= new Set();
    this.#ends.add(callback);
    return () => this.#ends?.delete(callback);
  }

  /** Whether it listens on whatever is dialled. */
  get anyPort(): boolean {
    return this.#program?.anyPort === true;
  }

  /** The program ends, by itself or by a fault. */
  exit(code: number, reason?: string): void {
    if (this.#exit !== undefined) return;
    this.#exit = reason === undefined ? { code } : { code, reason };
    if (this.#program !== undefined) this.#end(this.#exit);
  }

  /**
   * Ends it gracefully within so many milliseconds: preStop if there is one, then SIGTERM, then SIGKILL when the grace period
   * is over (kuberuntime_container.go killContainer). A further call can only shorten the wait.
   */
  stop(grace: number, preStop?: (done: () => void) => void): void {
    if (this.#stopping) return this.killAfter(grace);
    this.#stopping = true;
    if (preStop === undefined || grace <= 0) return this.#terminate(grace);
    const began = this.clock.now();
    const goOn = (): void => this.#terminate(Math.max(grace - (this.clock.now() - began), SHORTEST_GRACE));
    this.clock.after(grace, goOn);
    preStop(goOn);
  }

  /** Whether it has been told to stop. */
  get stopping(): boolean {
    return this.#stopping;
  }

  /** SIGKILL after so many milliseconds unless it has ended before. */
  killAfter(milliseconds: number): void {
    const at = this.clock.now() + milliseconds;
    if (at >= this.#deadline || this.#exit !== undefined) return;
    this.#deadline = at;
    if (milliseconds <= 0) this.exit(SIGKILLED);
    else this.clock.after(milliseconds, () => this.exit(SIGKILLED));
  }

  #terminate(grace: number): void {
    this.killAfter(grace);
    if (this.#terminating || this.#exit !== undefined) return;
    this.#terminating = true;
    if (this.#program?.stop === undefined) this.exit(SIGTERMED);
    else this.#program.stop(() => this.exit(0));
  }

  #end({ code, reason }: { code: number; reason?: string }): void {
    this.clock.stop();
    this.#listening = false;
    this.#program?.kill?.();
    for (const callback of [...(this.#ends ?? [])]) callback();
    this.#parts.onExit(code, reason);
  }
}
