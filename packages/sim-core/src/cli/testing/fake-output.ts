import type { Output } from '../command.ts';

/** An output that keeps what is written. */
export interface FakeOutput extends Output {
  /** Everything on stdout. */
  readonly stdout: string;
  /** Everything on stderr. */
  readonly stderr: string;
}

export function fakeOutput(): FakeOutput {
  let [stdout, stderr] = ['', ''];
  return {
    get stdout() {
      return stdout;
    },
    get stderr() {
      return stderr;
    },
    write: (text) => {
      stdout += text;
    },
    out: (text) => {
      stdout += `${text}\n`;
    },
    err: (text) => {
      stderr += `${text}\n`;
    },
  };
}
