import { useComputed } from '@preact/signals';
import { select } from '../app/actions.ts';
import type { Page } from '../app/page.ts';
import { secondsUntil } from '../state/cluster-clock.ts';
import { formatMoney, formatRate } from '../words/numbers.ts';
import type { Box } from './box.ts';
import { type BoxWords, versionOf, wordsFor } from './box-words.ts';
import { Glyph } from './glyph.tsx';
import { litBy } from './lit.ts';
import { moveFocus } from './map-keys.ts';

/** Every box is a button with real text; the arrow keys walk along the pipeline. */
export function MapBoxes({ page }: { page: Page }) {
  const { layout, topology } = page.derived;
  const trace = page.view.trace.value;
  const { boxes, blockOf } = layout.value;
  const lit = trace?.phase === 'shown' ? litBy(trace.trace, topology.value, blockOf).boxes : undefined;
  const selected = page.view.selected.value;
  const reachable = boxes.some(({ id }) => id === selected) ? selected : boxes[0]?.id;
  return (
    <fieldset
      class="map__boxes"
      aria-label="Way of a request, from the client to the pods"
      onKeyDown={(event) => moveFocus(event, boxes)}
    >
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
  return (
    <button
      type="button"
      class="box"
      data-id={box.id}
      data-kind={subject.kind}
      data-variant={subject.kind === 'pod' ? subject.variant : undefined}
      data-role={words.role}
      data-tone={words.tone}
      data-shown={shown}
      aria-pressed={isSelected}
      aria-label={labelOf(box, words, rate)}
      title={titleOf(box, words)}
      tabIndex={isReachable ? 0 : -1}
      style={{
        transform: `translate(${box.x}px, ${box.y}px)`,
        inlineSize: `${box.width}px`,
        blockSize: `${box.height}px`,
      }}
      onClick={() => select(page, box.id)}
    >
      <BoxContent page={page} box={box} words={words} rate={rate} />
    </button>
  );
}

/** The clock only runs for boxes that count down. */
function useBoxWords(page: Page, { subject }: Box): BoxWords {
  const { clock } = page.store;
  const counts =
    subject.kind === 'load-balancer' && subject.balancer.state === 'pending' && subject.balancer.readyAt !== undefined;
  const reading = counts ? clock.value : clock.peek();
  return wordsFor(subject, (moment) => secondsUntil(moment, reading, page.timers.now()));
}

function BoxContent({ page, box, words, rate }: { page: Page; box: Box; words: BoxWords; rate: string }) {
  const { subject } = box;
  switch (subject.kind) {
    case 'client':
      return (
        <>
          <Glyph name="client" />
          <span class="box__name">Client</span>
          <span class="box__number">{rate}</span>
        </>
      );
    case 'cost':
      return <CostLabel page={page} />;
    case 'endpoints':
      return (
        <>
          <span class="box__big">{words.name}</span>
          <span class="box__state">ready</span>
        </>
      );
    case 'pods':
      return (
        <>
          <span class="box__line">
            <Glyph name={words.role} />
            <span class="box__name">{words.name} ready</span>
            <span class="box__number">{rate}</span>
          </span>
          <span class="box__grid">
            {subject.pods.map(({ uid, isReady, terminating }) => (
              <i key={uid} class="cell" data-tone={terminating ? 'leaving' : isReady ? 'ok' : 'pending'} />
            ))}
          </span>
        </>
      );
    case 'pod':
      return <PodContent subject={subject} words={words} rate={rate} />;
    default:
      return (
        <>
          <span class="box__title">
            {words.role === 'plain' ? null : <Glyph name={words.role} />}
            <bdi class="box__name" dir="ltr">
              {words.name}
            </bdi>
          </span>
          <span class="box__foot">
            <span class="box__state">
              {subject.kind === 'node' ? nodePorts(page, box) || words.state : words.state}
            </span>
            <span class="box__number">{rate}</span>
          </span>
        </>
      );
  }
}

type PodSubject = Extract<Box['subject'], { kind: 'pod' }>;

function PodContent({ subject, words, rate }: { subject: PodSubject; words: BoxWords; rate: string }) {
  if (subject.variant === 'leaving') return <span class="box__state">ends</span>;
  const version = versionOf(subject.pod.images);
  return (
    <>
      <span class="box__line">
        <Glyph name={words.tone === 'error' ? 'error' : words.role} />
        <bdi class="box__name" dir="ltr">
          {version || words.name}
        </bdi>
        <span class="box__number">{rate}</span>
      </span>
      {subject.variant === 'full' && (
        <span class="box__foot">
          <span class="box__state">{words.state}</span>
          <bdi class="box__id" dir="ltr">
            {words.name}
          </bdi>
        </span>
      )}
    </>
  );
}

function CostLabel({ page }: { page: Page }) {
  const { monthly, currency, loadBalancers } = page.store.parts.cost.value;
  return (
    <>
      <span class="box__name">{formatMoney(monthly, currency)}</span>
      <span class="box__state">a month for {loadBalancers}</span>
    </>
  );
}

/** The node port that the load balancers use, if it is one. */
function nodePorts(page: Page, box: Box): string {
  const { loadBalancers } = page.derived.topology.value;
  const targeting = loadBalancers.filter(({ targets }) => targets.some(({ node }) => `node:${node}` === box.id));
  const ports = targeting.flatMap(({ ports: all }) => all[0]?.nodePort ?? []);
  return ports.length === 1 ? `:${ports[0]}` : ports.length > 1 ? `${ports.length} ports` : '';
}

function labelOf(box: Box, words: BoxWords, rate: string): string {
  const kind = {
    'load-balancer': 'Load balancer',
    'no-controller': '',
    cost: 'Cost of load balancers',
    rule: 'Ingress',
  }[box.subject.kind as 'cost'];
  const name = box.subject.kind === 'pod' ? `Pod ${box.subject.pod.name}` : words.name;
  return [
    kind ?? box.subject.kind,
    name,
    words.role === 'canary' ? 'canary' : '',
    words.state,
    rate && `${rate.replace('/s', ' a second')}`,
  ]
    .filter((part) => part !== '')
    .join(', ');
}

function titleOf({ subject }: Box, { name, state }: BoxWords): string {
  if (subject.kind === 'pod') return `${subject.pod.name}: ${state}`;
  if (subject.kind === 'load-balancer') return [name, subject.balancer.reason].filter(Boolean).join(': ');
  return [name, state].filter(Boolean).join(': ');
}
