/** Shapes carry the meaning; colour only repeats it. */
export type GlyphName = 'main' | 'canary' | 'plain' | 'error' | 'client';

const PATHS: Record<GlyphName, string> = {
  main: 'M8 2a6 6 0 1 0 0 12a6 6 0 1 0 0-12z',
  canary: 'M2.5 2.5h11v11h-11z',
  plain: 'M8 4.5a3.5 3.5 0 1 0 0 7a3.5 3.5 0 1 0 0-7z',
  error: 'M8 1l7 7l-7 7l-7-7z',
  client: 'M2 3h12v8H2zM5.5 14h5M8 11v3',
};
const HATCH = 'M2.5 8.5l6-6M2.5 13.5l11-11M7.5 13.5l6-6';

export function Glyph({ name }: { name: GlyphName }) {
  return (
    <svg class="glyph" data-glyph={name} viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[name]} />
      {name === 'canary' && <path class="glyph__hatch" d={HATCH} />}
    </svg>
  );
}
