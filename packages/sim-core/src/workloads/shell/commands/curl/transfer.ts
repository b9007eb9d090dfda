import type { Process } from '../../process.ts';
import type { Options } from '../options.ts';

/** What is asked for: one URL of a call. */
export interface Transfer {
  readonly process: Process;
  readonly options: Options;
  readonly output: string | undefined;
  readonly silent: boolean;
  readonly verbose: boolean;
}

/** A transfer that failed, with curl's number for it. */
export interface Failure {
  readonly code: number;
  readonly message: string;
}

/** The answer to a request. */
export interface Answer {
  readonly status: number;
  readonly headers: readonly string[];
  readonly body: string;
  readonly ip: string;
  readonly url: string;
  readonly redirects: number;
}
