import { encode, renderUnicodeCompact } from 'uqr';
import type { QrCode } from '../wire.ts';

/** Light squares that a reader needs around a code (ISO/IEC 18004). */
const QUIET_ZONE = 4;

/** The QR code of a text, of the kind that bears a crease and a reflection (level M). */
export function qrCode(text: string): QrCode {
  const { size, data } = encode(text, { ecc: 'M', border: QUIET_ZONE });
  return { size, path: data.map((row, y) => runsOf(row, y)).join('') };
}

/** Dark squares of a row, those side by side as one. */
function runsOf(row: readonly boolean[], y: number): string {
  const squares = row.map((isDark) => (isDark ? '#' : ' ')).join('');
  return [...squares.matchAll(/#+/g)]
    .map(({ 0: run, index }) => `M${index} ${y}h${run.length}v1h-${run.length}z`)
    .join('');
}

/** The QR code of a text for a terminal, dark on white whatever its colours are; two squares a letter, as small as can be. */
export function terminalQrCode(text: string): string {
  const lines = renderUnicodeCompact(text, { ecc: 'L', border: QUIET_ZONE / 2 }).split('\n');
  return lines.map((line) => `  \u001b[97;40m${line}\u001b[0m`).join('\n');
}
