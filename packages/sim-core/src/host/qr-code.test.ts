import { encode } from 'uqr';
import { describe, expect, it } from 'vitest';
import { qrCode, terminalQrCode } from './qr-code.ts';

const LINK = 'http://192.168.1.23:8090/?token=0123456789abcdef0123456789abcdef';

/** The squares that a path makes dark. */
function drawn({ size, path }: { size: number; path: string }): boolean[][] {
  const squares = Array.from({ length: size }, () => Array.from({ length: size }, () => false));
  for (const [, x = '', y = '', width = ''] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)) {
    for (let i = 0; i < Number(width); i++) (squares[Number(y)] as boolean[])[Number(x) + i] = true;
  }
  return squares;
}

describe('a QR code', () => {
  it.each([LINK, 'http://[fd00::1]:8090/?token=x', 'https://shiny-guide-8090.app.github.dev/?token=ä'])(
    'of %s',
    (text) => {
      const { data } = encode(text, { ecc: 'M', border: 0 });
      const squares = drawn(qrCode(text));
      expect(squares.slice(4, -4).map((row) => row.slice(4, -4))).toEqual(data);
    },
  );

  it('has four light squares on every side, and is drawn by nothing else than its path', () => {
    const code = qrCode(LINK);
    expect(code.size).toBe(37 + 8);
    expect(code.path.replace(/M\d+ \d+h(\d+)v1h-\1z/g, '')).toBe('');
    const squares = drawn(code);
    const edges = [
      ...squares.slice(0, 4),
      ...squares.slice(-4),
      ...squares.flatMap((row) => [row.slice(0, 4), row.slice(-4)]),
    ];
    expect(edges.flat()).not.toContain(true);
  });

  it('fits a terminal, white on black in its own colours', () => {
    const lines = terminalQrCode(LINK).split('\n');
    expect(lines.length).toBeLessThanOrEqual(20);
    const [before, after] = ['  \u001b[97;40m', '\u001b[0m'];
    for (const line of lines) {
      expect([line.startsWith(before), line.endsWith(after)]).toEqual([true, true]);
      expect(line.slice(before.length, -after.length)).toMatch(/^[█▀▄ ]{37}$/);
    }
    expect(lines[0]).toContain('█'.repeat(37));
  });
});
