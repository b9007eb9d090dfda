import type { AppliedObject, ApplyProblem } from '@k8s-ingress-sandbox/sim-core/wire';
import { type Transport, TransportError } from '../transport/transport.ts';

/** What the API server says of a text. */
export interface Verdict {
  readonly rev: number;
  /** What applying does, or did; objects that stay as they are left out. */
  readonly changes: readonly AppliedObject[];
  readonly warnings: readonly string[];
  readonly problems: readonly ApplyProblem[];
}

interface ApplyAnswer {
  readonly rev: number;
  readonly objects: readonly AppliedObject[];
  readonly errors?: readonly ApplyProblem[];
}

/** Asks the API server what it would say, or applies. @throws TransportError when it cannot be asked */
export async function applyText(transport: Transport, file: string, text: string, dryRun: boolean): Promise<Verdict> {
  try {
    return verdictOf(await transport.call<ApplyAnswer>('POST', '/apply', { files: [{ file, text }], dryRun }));
  } catch (error) {
    const answer = error instanceof TransportError ? (error.answer as ApplyAnswer | undefined) : undefined;
    if (answer?.errors) return verdictOf(answer);
    throw error;
  }
}

function verdictOf({ rev = 0, objects = [], errors = [] }: ApplyAnswer): Verdict {
  return {
    rev,
    changes: objects.filter(({ action }) => action !== 'unchanged'),
    warnings: objects.flatMap(({ warnings }) => warnings),
    problems: errors,
  };
}

/** The text with the value of a line in quotes; undefined where it is not certain that this is what is meant. */
export function quoted(text: string, { message, field, line }: ApplyProblem): string | undefined {
  if (!/annotations|labels|selector/.test(`${field} ${message}`) || !/string/i.test(message)) return undefined;
  const lines = text.split('\n');
  const parts = /^(\s*[^\s:#][^:#]*:\s+)([^\s"'#[\]{}&*!|>%@`][^#"']*?)(\s+#.*|\s*)$/.exec(lines[line - 1] ?? '');
  if (!parts) return undefined;
  const [, before, value, after] = parts;
  lines[line - 1] = `${before}"${value}"${after}`;
  return lines.join('\n');
}
