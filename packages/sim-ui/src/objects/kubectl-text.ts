import type { KubectlOutput } from '@k8s-ingress-sandbox/sim-core/wire';
import { type Transport, TransportError } from '../transport/transport.ts';

/**
 * What a line of kubectl prints.
 * @throws TransportError with what it complained of, when it fails
 */
export async function kubectlText(transport: Transport, argv: readonly string[], signal: AbortSignal): Promise<string> {
  const out: string[] = [];
  const err: string[] = [];
  let exit = 0;
  await transport.lines<KubectlOutput>(
    '/kubectl',
    { argv },
    (line) => {
      if ('out' in line) out.push(line.out);
      else if ('err' in line) err.push(line.err);
      else exit = line.exit;
    },
    signal,
  );
  if (exit !== 0) throw new TransportError('refused', err.join('').trim());
  return out.join('');
}
