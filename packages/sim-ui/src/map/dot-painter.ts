import type { Page } from '../app/page.ts';
import { span } from '../state/span.ts';
import { SHAPE } from './dot-field.ts';
import { type DotQuality, DotQualityJudge } from './dot-quality.ts';
import type { MapLayout } from './layout.ts';

const FRAME_MS = 1000 / 30;
/** More pixels than this for each CSS pixel cost frames without a GPU and show nothing. */
const MOST_PIXELS = 1.5;
const SIZE = 9;
const REDUCED = '(prefers-reduced-motion: reduce)';

/** Draws the dots thirty times a second from ready-made pictures, and rests while there is nothing to draw. */
export class DotPainter {
  readonly #canvas: HTMLCanvasElement;
  readonly #page: Page;
  readonly #reduced = matchMedia(REDUCED);
  #sprites: HTMLCanvasElement[] = [];
  #look = '';
  #layout: MapLayout | undefined;
  #frame = 0;
  #frameAt = 0;
  #drawnAt = 0;
  readonly #judge = new DotQualityJudge();
  #isClear = true;

  constructor(canvas: HTMLCanvasElement, page: Page) {
    this.#canvas = canvas;
    this.#page = page;
  }

  start(): void {
    this.#frame = requestAnimationFrame(() => this.#tick());
  }

  stop(): void {
    cancelAnimationFrame(this.#frame);
  }

  #tick(): void {
    this.start();
    const now = this.#page.timers.now();
    const quality = this.#page.view.dotQuality.peek();
    this.#judgeFrame(now);
    if (now - this.#drawnAt < (quality === 'full' ? FRAME_MS : 2 * FRAME_MS) - 2) return;
    this.#drawnAt = now;
    if (this.#isFrozen()) {
      // Frozen dots still stand on their lines when the map gets another size.
      if (this.#page.derived.layout.peek() !== this.#layout) this.#draw();
      return;
    }
    span(
      'dots',
      () => this.#move(now, quality),
      () => ({ launched: [...this.#page.dots.launched], scale: this.#page.dots.requestsPerDot }),
    );
  }

  #move(now: number, quality: DotQuality): void {
    if (this.#reduced.matches || quality === 'still') this.#page.dots.clear();
    else this.#page.dots.step(now);
    this.#draw();
  }

  /** Only frames with dots count: what else is slow does not get quicker without them. */
  #judgeFrame(now: number): void {
    const passed = now - this.#frameAt;
    this.#frameAt = now;
    const { dotQuality } = this.#page.view;
    if (this.#page.dots.alive === 0 || this.#isFrozen()) this.#judge.reset();
    else dotQuality.value = this.#judge.judge(dotQuality.peek(), passed);
  }

  #isFrozen(): boolean {
    const { store, view } = this.#page;
    return (
      store.frozenAt.peek() !== undefined ||
      store.past.peek() !== undefined ||
      view.trace.peek() !== undefined ||
      store.connection.peek().phase !== 'live'
    );
  }

  #draw(): void {
    const { dots, derived } = this.#page;
    if (dots.alive === 0 && this.#isClear) return;
    this.#layout = derived.layout.peek();
    const { width, height } = this.#layout;
    const scale = Math.min(devicePixelRatio, MOST_PIXELS);
    const context = this.#canvas.getContext('2d');
    if (!context) return;
    this.#fit(Math.round(width * scale), Math.round(height * scale));
    this.#paintSprites(scale);
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.clearRect(0, 0, width, height);
    const half = SIZE / 2 + 1;
    dots.visit((x, y, shape) => {
      const sprite = this.#sprites[shape];
      if (sprite) context.drawImage(sprite, x - half, y - half, 2 * half, 2 * half);
    });
    this.#isClear = dots.alive === 0;
  }

  #fit(width: number, height: number): void {
    if (this.#canvas.width !== width) this.#canvas.width = width;
    if (this.#canvas.height !== height) this.#canvas.height = height;
  }

  /** Paints the pictures anew when the theme or the resolution changed. */
  #paintSprites(scale: number): void {
    const colours = [SHAPE.circle, SHAPE.square, SHAPE.diamond].map((shape) =>
      this.#colour(['--v1', '--v2', '--error'][shape] ?? ''),
    );
    const surface = this.#colour('--bg');
    const look = [scale, surface, ...colours].join();
    if (look === this.#look) return;
    this.#look = look;
    this.#sprites = colours.map((colour, shape) => paintSprite(shape, colour, surface, scale));
  }

  #colour(property: string): string {
    this.#canvas.style.color = `var(${property})`;
    return getComputedStyle(this.#canvas).color;
  }
}

function paintSprite(shape: number, colour: string, surface: string, scale: number): HTMLCanvasElement {
  const sprite = document.createElement('canvas');
  const side = SIZE + 2;
  sprite.width = sprite.height = Math.ceil(side * scale);
  const context = sprite.getContext('2d');
  if (!context) return sprite;
  context.scale(scale, scale);
  context.translate(side / 2, side / 2);
  context.fillStyle = colour;
  context.strokeStyle = surface;
  context.lineWidth = 1;
  outline(context, shape);
  context.fill();
  if (shape === SHAPE.square) hatch(context);
  outline(context, shape);
  context.stroke();
  return sprite;
}

function outline(context: CanvasRenderingContext2D, shape: number): void {
  const half = SIZE / 2;
  context.beginPath();
  if (shape === SHAPE.circle) context.arc(0, 0, half - 0.5, 0, 2 * Math.PI);
  else if (shape === SHAPE.square) context.rect(-half + 0.5, -half + 0.5, SIZE - 1, SIZE - 1);
  else {
    context.moveTo(0, -half - 0.5);
    for (const [x, y] of [
      [half + 0.5, 0],
      [0, half + 0.5],
      [-half - 0.5, 0],
    ] as const)
      context.lineTo(x, y);
    context.closePath();
  }
}

function hatch(context: CanvasRenderingContext2D): void {
  context.beginPath();
  context.moveTo(-3.5, 1);
  context.lineTo(1, -3.5);
  context.moveTo(-1, 3.5);
  context.lineTo(3.5, -1);
  context.stroke();
}
