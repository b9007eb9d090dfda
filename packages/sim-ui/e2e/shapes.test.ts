import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { available } from '../../../test/support/tools.ts';
import { dotsOf } from './testing/dot-check.ts';
import { collectSpans } from './testing/page-probes.ts';
import {
  figureOf,
  fitOf,
  type Piece,
  type Pixels,
  piecesOf,
  readPng,
  type ShapeName,
  shapeOf,
} from './testing/pixels.ts';
import { LAPTOP, WatchedSandbox } from './testing/watched-sandbox.ts';

/** Eyes, as the browser imitates them. */
const EYES = ['achromatopsia', 'protanopia', 'deuteranopia', 'tritanopia'] as const;
/** Dots on a screen with 1.5 pixels for each of CSS, without their rims. */
const RADII = Object.freeze({ circle: 5.25, square: 5.25, diamond: 6.4 });
/** What fits its template less well is two that touch or lie on one another; a hatch is not in the square's. */
const MOST_DIFFERENCE = Object.freeze({ circle: 0.03, square: 0.15, diamond: 0.02 });
/** A rule to a Service that selects nothing: every request fails. */
const BROKEN = `
apiVersion: v1
kind: Service
metadata: { name: broken }
spec: { selector: { app: nobody }, ports: [{ port: 80 }] }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: broken }
spec:
  ingressClassName: nginx
  rules: [{ host: broken.test, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: broken, port: { number: 80 } } } }] } }]
`;

describe.skipIf(!available('chromium'))('shapes', () => {
  let sandbox: WatchedSandbox;
  let decoder: Page;
  beforeAll(async () => {
    sandbox = await WatchedSandbox.settled();
    decoder = await sandbox.browser.newPage();
  });
  afterAll(() => sandbox?.close());

  async function pageWithProbes(colorScheme: 'light' | 'dark'): Promise<Page> {
    const context = await sandbox.browser.newContext({ viewport: LAPTOP, colorScheme, deviceScaleFactor: 1.5 });
    onTestFinished(() => context.close());
    await context.addInitScript(collectSpans);
    const { page } = await sandbox.openIn(context);
    await expect.poll(() => dotsOf(page)).toBeDefined();
    return page;
  }

  /** What somebody with these eyes sees of a part of the page. */
  async function seen(page: Page, part: string, eyes: (typeof EYES)[number] | 'none'): Promise<Pixels> {
    const session = await page.context().newCDPSession(page);
    await session.send('Emulation.setEmulatedVisionDeficiency', { type: eyes });
    const png = await page.locator(part).first().screenshot({ animations: 'disabled' });
    await session.send('Emulation.setEmulatedVisionDeficiency', { type: 'none' });
    await session.detach();
    return readPng(decoder, png);
  }

  /** Stops the dots, and leaves of the page nothing else, until each shape stands somewhere for itself. */
  async function untilAllShapes(page: Page): Promise<DotSeen[]> {
    await page.evaluate(() => {
      document.styleSheets[0]?.insertRule('html[data-only-dots] * { visibility: hidden !important }');
      document.styleSheets[0]?.insertRule('html[data-only-dots] .map__dots { visibility: visible !important }');
    });
    const only = (isOn: boolean) =>
      page.evaluate((value) => document.documentElement.toggleAttribute('data-only-dots', value), isOn);
    for (;;) {
      await page.getByRole('button', { name: 'Pause' }).click();
      await only(true);
      const dots = dotsIn(await seen(page, '.map__dots', 'none'));
      if (new Set(dots.map(({ shape }) => shape)).size === 3) return dots;
      await only(false);
      await page.getByRole('button', { name: 'Live', exact: true }).click();
      await page.waitForTimeout(1000);
    }
  }

  test.each(['light', 'dark'] as const)(
    'check 39: in %s the legend’s three shapes are told apart by every eye, and in greys',
    async (colorScheme) => {
      const { page } = await sandbox.open({ colorScheme, deviceScaleFactor: 2 });
      await page.getByRole('button', { name: 'Pause' }).click();
      for (const eyes of EYES)
        for (const [glyph, shape] of [
          ['main', 'circle'],
          ['canary', 'square'],
          ['error', 'diamond'],
        ] as const) {
          const pixels = await seen(page, `.legend [data-glyph="${glyph}"]`, eyes);
          const whole = { x: 0, y: 0, width: pixels.width, height: pixels.height };
          const unit = pixels.width / 16;
          const radii = { circle: 6 * unit, square: 5.5 * unit, diamond: 7 * unit };
          expect([eyes, glyph, shapeOf(pixels, figureOf(pixels), whole, radii)]).toEqual([eyes, glyph, shape]);
        }
    },
  );

  test.each(['light', 'dark'] as const)(
    'check 39: in %s the dots under way are told apart by shape alone, as colours do for those who see them',
    async (colorScheme) => {
      await sandbox.call('POST', '/apply', { manifests: BROKEN });
      await sandbox.call('PATCH', '/weight', { ingress: 'canary', weight: 50 });
      const page = await pageWithProbes(colorScheme);
      const loads = [{}, { host: 'broken.test' }].map(async (headers) => {
        const load = await sandbox.call('POST', '/load', { url: 'http://LOAD_BALANCER/', rate: 8, headers });
        return (await load.json()) as { id: string };
      });
      await expect
        .poll(async () => Math.min(...(await dotsOf(page)).launched), { timeout: 40_000, interval: 200 })
        .toBeGreaterThan(15);
      const dots = await untilAllShapes(page);
      for (const { id } of await Promise.all(loads)) await sandbox.call('DELETE', `/load/${id}`);
      // Who sees colours sees the same: every shape has its own.
      const colours = await coloursOf(page);
      expect(dots.filter(({ shape, colour }) => nearest(colours, colour) !== shape)).toEqual([]);
      console.log(`${colorScheme}: ${dots.length} dots: ${dots.map(({ shape }) => shape).join(' ')}`);
      for (const eyes of EYES) {
        const picture = await seen(page, '.map__dots', eyes);
        const figure = figureOf(picture);
        const mistaken = dots.filter(({ piece, shape }) => shapeOf(picture, figure, piece, RADII) !== shape);
        expect([eyes, mistaken]).toEqual([eyes, []]);
      }
    },
  );
});

type Colour = readonly [red: number, green: number, blue: number];

interface DotSeen {
  readonly piece: Piece;
  readonly shape: ShapeName;
  readonly colour: Colour;
}

/** Dots that no other touches: nine CSS pixels across, of which the rim has the ground's colour. */
function dotsIn(pixels: Pixels): DotSeen[] {
  const isOne = ({ width, height }: Piece) =>
    Math.min(width, height) >= 9 && Math.max(width, height) <= 14 && Math.abs(width - height) < 2;
  const figure = figureOf(pixels);
  return piecesOf(pixels, figure).flatMap((piece) => {
    const shape = shapeOf(pixels, figure, piece, RADII);
    if (!isOne(piece) || fitOf(pixels, figure, piece, RADII)[shape] > MOST_DIFFERENCE[shape]) return [];
    return [{ piece, shape, colour: strongest(pixels, piece) }];
  });
}

/** Colour of the pixel of a piece that is farthest from the ground's. */
function strongest({ width, data }: Pixels, { x, y, width: columns, height: rows }: Piece): Colour {
  const at = (pixel: number): Colour => [data[4 * pixel]!, data[4 * pixel + 1]!, data[4 * pixel + 2]!];
  const own = Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (__, column) => at((y + row) * width + x + column)),
  ).flat();
  return own.reduce((best, one) => (distance(one, at(0)) > distance(best, at(0)) ? one : best));
}

function distance(a: Colour, b: Colour): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

/** What each shape of the legend is painted with. */
async function coloursOf(page: Page): Promise<Record<ShapeName, Colour>> {
  const paint = async (glyph: string): Promise<Colour> => {
    const fill = await page.locator(`.legend [data-glyph="${glyph}"]`).evaluate((svg) => getComputedStyle(svg).fill);
    const [red = 0, green = 0, blue = 0] = (fill.match(/[\d.]+/g) ?? []).map(Number);
    return [red, green, blue];
  };
  return { circle: await paint('main'), square: await paint('canary'), diamond: await paint('error') };
}

function nearest(colours: Record<ShapeName, Colour>, colour: Colour): ShapeName {
  const names = Object.keys(colours) as ShapeName[];
  return names.reduce((best, name) =>
    distance(colours[name], colour) < distance(colours[best], colour) ? name : best,
  );
}
