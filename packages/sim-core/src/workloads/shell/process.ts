import type { ContainerFiles } from '../files/container-files.ts';
import type { ImageTools } from '../image-tools.ts';
import type { ContainerContext } from '../program.ts';
import type { Streams } from './streams.ts';
import type { ProcessGroup } from './task.ts';
import type { Run } from './wait.ts';

/** The container that a process runs in. */
export interface Machine {
  readonly context: ContainerContext;
  readonly tools: ImageTools;
  readonly files: ContainerFiles;
  /** The program that a name or path stands for; undefined: there is none. */
  find(name: string, cwd: string): Executable | undefined;
  /**
   * Lets the image's own program run for a command that is no shell's; false where there is none. Only the container's main
   * process hands over.
   */
  takeOver?(): boolean;
}

/** A terminal that a process talks to, as far as the process has to know. */
export interface TerminalControl {
  /** Says that a shell waits for a line: it is edited, and kept for the arrow keys. */
  prompt(text: string): void;
  /** Whom Ctrl-C reaches; undefined: nobody. */
  foreground(group: ProcessGroup | undefined): void;
  readonly columns: number;
}

/** A command under way. */
export interface Process extends Streams {
  /** As it was called: `wget`, `/bin/sh`. */
  readonly name: string;
  readonly args: readonly string[];
  readonly env: ReadonlyMap<string, string>;
  readonly cwd: string;
  readonly machine: Machine;
  readonly group: ProcessGroup;
  readonly terminal?: TerminalControl;
}

/** A program that can be executed: its exit status, or a run that waits for something first. */
export type Executable = (process: Process) => number | Run;
