import type { KubectlConnection } from './connection.ts';

/** The files that `-f` and `-k` name. */
export interface KubectlFiles {
  /** @throws KubectlError in Go's words */
  read(path: string): Promise<string>;
  /** Names in a folder, sorted; undefined when it is no folder. @throws KubectlError when there is nothing */
  list(path: string): Promise<readonly string[] | undefined>;
}

/** Everything that the world gives to kubectl. */
export interface KubectlEnvironment {
  readonly connection: KubectlConnection;
  readonly files: KubectlFiles;
  stdin(): Promise<string>;
  stdout(text: string): void;
  stderr(text: string): void;
  /** Cluster time, milliseconds since the Unix epoch: ages count from it. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
  /** Opens a text in the user's editor and gives what was saved; absent where there is none. */
  edit?(text: string): Promise<string>;
  /** The context of the kubeconfig. */
  readonly context: string;
  /** The kubeconfig itself, for `config view`. */
  readonly kubeconfig: string;
  /** How to use the real one; ends messages about what this one lacks. */
  readonly realKubectl: string;
}
