import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');
const TOKENS = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
    ([, name = '', light = '', dark = '']) => [name, { light, dark }],
  ),
);

/** Relative luminance as WCAG 2.2 defines it. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(name: string, ground: string, theme: 'light' | 'dark'): number {
  const [a, b] = [luminance(TOKENS.get(name)![theme]), luminance(TOKENS.get(ground)![theme])];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

const THEMES = ['light', 'dark'] as const;
const TEXT = ['text', 'muted', 'v1', 'v2', 'ok', 'error', 'warn'];

test.each(TEXT)('%s reaches 4.5:1 on every ground, light and dark', (name) => {
  for (const theme of THEMES)
    for (const ground of ['bg', 'panel', 'raised'])
      expect(contrast(name, ground, theme), `${theme} ${ground}`).toBeGreaterThanOrEqual(4.5);
});

test('outlines of boxes and controls reach 3:1, text on a filled button 4.5:1', () => {
  for (const theme of THEMES) {
    for (const ground of ['bg', 'panel', 'raised'])
      expect(contrast('outline', ground, theme)).toBeGreaterThanOrEqual(3);
    expect(contrast('on-accent', 'v1', theme)).toBeGreaterThanOrEqual(4.5);
  }
});
