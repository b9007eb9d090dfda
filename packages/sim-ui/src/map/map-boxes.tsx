import { useComputed } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { select } from '../app/actions.ts';
import type { Page } from '../app/page.ts';
import { secondsUntil } from '../state/cluster-clock.ts';
import { formatRate } from '../words/numbers.ts';
import type { Box } from './box.ts';
import { BoxContent } from './box-content.tsx';
import { type BoxWords, fullNameOf, wordsFor } from './box-words.ts';
import { moveFocus } from './map-keys.ts';
import { objectKeysOf } from './object-keys.ts';
import { SkipWait } from './skip-wait.tsx';

/** Every box is a button with real text; the arrow keys walk along the pipeline. */
export function MapBoxes({ page }: { page: Page }) {
  const { boxes } = page.derived.layout.value;
  const lit = page.derived.lit.value?.boxes;
  const selected = page.view.selected.value;
  const reachable = boxes.some(({ id }) => id === selected) ? selected : boxes[0]?.id;
  return (
    <fieldset class="map__boxes" aria-label={page.words.t('map.way')} onKeyDown={(event) => moveFocus(event, boxes)}>
      <KindNames page={page} />
      {boxes.map((box) => (
        <MapBox
          key={box.id}
          page={page}
          box={box}
          shown={lit ? (lit.has(box.id) ? 'lit' : 'dim') : undefined}
          isSelected={box.id === selected}
          isReachable={box.id === reachable}
        />
      ))}
    </fieldset>
  );
}

interface MapBoxProps {
  page: Page;
  box: Box;
  shown: 'lit' | 'dim' | undefined;
  isSelected: boolean;
  isReachable: boolean;
}

function MapBox({ page, box, shown, isSelected, isReachable }: MapBoxProps) {
  const { subject } = box;
  const words = useBoxWords(page, box);
  const rate = useComputed(() => formatRate(page.derived.mapRates.value.boxes.get(box.id)?.perSecond ?? 0)).value;
  const name = fullNameOf(subject, words, page.words);
  const place = {
    transform: `translate(${box.x}px, ${box.y}px)`,
    inlineSize: `${box.width}px`,
    blockSize: `${box.height}px`,
  };
  return (
    <>
      <button
        type="button"
        class="box"
        data-id={box.id}
        data-kind={subject.kind}
        data-variant={subject.kind === 'pod' ? subject.variant : undefined}
        data-role={words.role}
        data-tone={words.tone}
        data-shown={shown}
        data-pointed={useIsPointed(page, subject) ? '' : undefined}
        data-arrived={useArrival(subject) ? '' : undefined}
        data-tight={box.isTight ? '' : undefined}
        aria-pressed={isSelected}
        id={`box-${box.id}`}
        aria-labelledby={`kind-${subject.kind} ${words.role === 'canary' ? 'kind-canary ' : ''}box-${box.id}`}
        title={words.state === '' ? name : `${name}: ${words.state}`}
        tabIndex={isReachable ? 0 : -1}
        style={place}
        onClick={() => select(page, box.id)}
        onPointerEnter={() => point(page, subject)}
        onPointerLeave={() => point(page)}
        onFocus={() => point(page, subject)}
        onBlur={() => point(page)}
      >
        <BoxContent page={page} box={box} words={words} rate={rate} />
      </button>
      {subject.kind === 'load-balancer' && !box.isTight && (
        <div class="box__beside" style={place}>
          <SkipWait page={page} subject={subject} />
        </div>
      )}
    </>
  );
}

/** Says which objects a box stands for, so that their manifests light up. */
function point({ view }: Page, subject?: Box['subject']): void {
  const keys = subject ? objectKeysOf(subject) : [];
  view.pointed.value = keys.length === 0 ? undefined : { by: 'map', keys: new Set(keys) };
}

/** Whether a line of a manifest that speaks of the box is pointed at. */
function useIsPointed({ view }: Page, subject: Box['subject']): boolean {
  return useComputed(() => {
    const pointed = view.pointed.value;
    return pointed?.by === 'yaml' && objectKeysOf(subject).some((key) => pointed.keys.has(key));
  }).value;
}

/** Whether a load balancer got its address before our eyes. */
function useArrival(subject: Box['subject']): boolean {
  const wasPending = useRef(false);
  if (subject.kind !== 'load-balancer') return false;
  if (subject.balancer.state === 'pending') wasPending.current = true;
  return wasPending.current && subject.balancer.state === 'ready';
}

/** The clock only runs for boxes that count down. */
function useBoxWords(page: Page, { subject }: Box): BoxWords {
  const { clock } = page.store;
  const counts = subject.kind === 'load-balancer' && subject.balancer.state === 'pending';
  const reading = counts ? clock.value : clock.peek();
  return wordsFor(subject, (moment) => secondsUntil(moment, reading, page.timers.now()), page.words);
}

/** What the boxes are, for whoever does not see in which column they stand; each box is named by its kind and its text. */
const KINDS = Object.freeze([
  'client',
  'load-balancer',
  'cost',
  'node',
  'controller',
  'no-load-balancer',
  'no-controller',
  'rule',
  'service',
  'endpoints',
  'pod',
  'pods',
  'canary',
] as const satisfies readonly (Box['subject']['kind'] | 'canary')[]);

function KindNames({ page }: { page: Page }) {
  return (
    <>
      {KINDS.map((kind) => (
        <span key={kind} id={`kind-${kind}`} hidden>
          {page.words.t(`kind.${kind}`)}
        </span>
      ))}
    </>
  );
}
