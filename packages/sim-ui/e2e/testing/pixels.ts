import type { Page } from 'playwright-core';

/** A picture as the eye gets it: red, green, blue, alpha of every pixel. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Reads a PNG; a page of the same browser decodes it. */
export async function readPng(page: Page, png: Buffer): Promise<Pixels> {
  const { width, height, base64 } = await page.evaluate(async (encoded) => {
    const bytes = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    let text = '';
    for (let i = 0; i < data.length; i += 32_768) text += String.fromCharCode(...data.subarray(i, i + 32_768));
    return { width: bitmap.width, height: bitmap.height, base64: btoa(text) };
  }, png.toString('base64'));
  return { width, height, data: new Uint8Array(Buffer.from(base64, 'base64')) };
}

/** How much each pixel differs in brightness from the picture's corner, whatever its colour: 0 to 255. */
export function figureOf({ width, height, data }: Pixels): Float64Array {
  const ground = luminance(data, 0);
  return Float64Array.from({ length: width * height }, (_, i) => Math.abs(luminance(data, i) - ground));
}

function luminance(data: Uint8Array, pixel: number): number {
  return 0.2126 * data[4 * pixel]! + 0.7152 * data[4 * pixel + 1]! + 0.0722 * data[4 * pixel + 2]!;
}

/** A rectangle of pixels around something that stands for itself. */
export interface Piece {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Pixels that differ by so much from the ground are something. */
const VISIBLE = 40;
/** Pixels this near to one another hang together: a hatch does not part a square. */
const NEAR = 2;

/** What hangs together in a picture. */
export function piecesOf({ width, height }: Pixels, figure: Float64Array): Piece[] {
  const seen = new Uint8Array(figure.length);
  const pieces: Piece[] = [];
  for (let start = 0; start < figure.length; start++) {
    if (figure[start]! < VISIBLE || seen[start] === 1) continue;
    const found = [start];
    seen[start] = 1;
    for (let i = 0; i < found.length; i++)
      for (const next of around(found[i]!, width, height)) {
        if (figure[next]! < VISIBLE || seen[next] === 1) continue;
        seen[next] = 1;
        found.push(next);
      }
    pieces.push(frameOf(found, width));
  }
  return pieces;
}

function around(pixel: number, width: number, height: number): number[] {
  const [x, y] = [pixel % width, Math.floor(pixel / width)];
  const steps = Array.from({ length: 2 * NEAR + 1 }, (_, i) => i - NEAR);
  return steps.flatMap((dy) =>
    steps.flatMap((dx) =>
      x + dx < 0 || x + dx >= width || y + dy < 0 || y + dy >= height ? [] : [(y + dy) * width + x + dx],
    ),
  );
}

function frameOf(pixels: readonly number[], width: number): Piece {
  const xs = pixels.map((pixel) => pixel % width);
  const ys = pixels.map((pixel) => Math.floor(pixel / width));
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x + 1, height: Math.max(...ys) - y + 1 };
}

/** Shapes that carry meaning on the map. */
export type ShapeName = 'circle' | 'square' | 'diamond';
/** From the middle of each shape to its rim, along the axes, in pixels. */
export type Radii = Readonly<Record<ShapeName, number>>;

const INSIDE: Readonly<Record<ShapeName, (x: number, y: number) => boolean>> = Object.freeze({
  circle: (x, y) => x * x + y * y <= 1,
  square: (x, y) => Math.max(Math.abs(x), Math.abs(y)) <= 1,
  diamond: (x, y) => Math.abs(x) + Math.abs(y) <= 1,
});
/** Middles of the parts of a pixel that are looked at, from its own. */
const PARTS = [-0.33, 0, 0.33];
/** Where the middle may be, from that of the rectangle. */
const PLACES = [-0.5, -0.25, 0, 0.25, 0.5];

/** How well a piece fits the template of each shape: mean squared difference, 0 is the same. */
export function fitOf({ width }: Pixels, figure: Float64Array, piece: Piece, radii: Radii): Record<ShapeName, number> {
  const rows = Array.from({ length: piece.height }, (_, row) => (piece.y + row) * width + piece.x);
  const values = rows.map((start) => figure.slice(start, start + piece.width));
  const most = Math.max(...values.flatMap((row) => [...row]));
  const fit = (name: ShapeName): number =>
    Math.min(
      ...PLACES.flatMap((dy) => PLACES.map((dx) => difference(values, most, coverage(name, radii, piece, dx, dy)))),
    );
  return { circle: fit('circle'), square: fit('square'), diamond: fit('diamond') };
}

/** The shape that a piece is most like. */
export function shapeOf(pixels: Pixels, figure: Float64Array, piece: Piece, radii: Radii): ShapeName {
  const fit = fitOf(pixels, figure, piece, radii);
  return (Object.keys(fit) as ShapeName[]).reduce((best, name) => (fit[name] < fit[best] ? name : best));
}

/** The part of a pixel that a template covers, by column and row. */
function coverage(name: ShapeName, radii: Radii, { width, height }: Piece, dx: number, dy: number) {
  return (column: number, row: number): number => {
    let inside = 0;
    for (const partY of PARTS)
      for (const partX of PARTS) {
        const x = (column + 0.5 + partX - width / 2 - dx) / radii[name];
        const y = (row + 0.5 + partY - height / 2 - dy) / radii[name];
        if (INSIDE[name](x, y)) inside += 1;
      }
    return inside / PARTS.length ** 2;
  };
}

function difference(
  values: readonly Float64Array[],
  most: number,
  covered: (column: number, row: number) => number,
): number {
  const squares = values.flatMap((line, row) =>
    [...line].map((value, column) => (value / most - covered(column, row)) ** 2),
  );
  return squares.reduce((sum, one) => sum + one, 0) / squares.length;
}
