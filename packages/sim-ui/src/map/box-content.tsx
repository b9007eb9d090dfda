import type { WirePod } from '@k8s-ingress-sandbox/sim-core/wire';
import type { ComponentChildren } from 'preact';
import type { Page } from '../app/page.ts';
import { formatMoney } from '../words/numbers.ts';
import { blockCells, cellRoom } from './block-cells.ts';
import type { Box } from './box.ts';
import { type BoxWords, versionOf } from './box-words.ts';
import { Glyph } from './glyph.tsx';

interface BoxContentProps {
  page: Page;
  box: Box;
  words: BoxWords;
  rate: string;
}

/** What stands in a box: at most its name, a word for its state, and a number. */
export function BoxContent({ page, box, words, rate }: BoxContentProps): ComponentChildren {
  const { subject } = box;
  switch (subject.kind) {
    case 'client':
      return <ClientContent page={page} rate={rate} />;
    case 'cost':
      return <CostContent page={page} />;
    case 'node':
      return <NodeContent page={page} words={words} rate={rate} />;
    case 'endpoints':
      return (
        <>
          <span class="box__big">{words.name}</span>
          <span class="box__state">{words.state}</span>
        </>
      );
    case 'pods':
      return <BlockContent page={page} box={box} pods={subject.pods} words={words} rate={rate} />;
    case 'pod':
      return <PodContent page={page} subject={subject} words={words} rate={rate} />;
    default:
      return <NamedContent words={words} rate={rate} />;
  }
}

function ClientContent({ page, rate }: { page: Page; rate: string }) {
  return (
    <>
      <Glyph name="client" />
      <span class="box__name">{page.words.t('kind.client')}</span>
      <span class="box__number">{rate}</span>
    </>
  );
}

function CostContent({ page }: { page: Page }) {
  const { t } = page.words;
  const { monthly, monthlyWithOneIngress, currency, loadBalancers } = page.store.parts.cost.value;
  return (
    <>
      <span class="box__name">{formatMoney(monthly, currency)}</span>
      <span class="box__state">{loadBalancers === 1 ? t('box.month') : t('box.months', { n: loadBalancers })}</span>
      {monthlyWithOneIngress < monthly && (
        <span class="box__state">{t('box.oneIngress', { price: formatMoney(monthlyWithOneIngress, currency) })}</span>
      )}
    </>
  );
}

function NodeContent({ page, words, rate }: { page: Page; words: BoxWords; rate: string }) {
  return (
    <>
      <bdi class="box__name" dir="ltr">
        {words.name}
      </bdi>
      <bdi class="box__state" dir="ltr">
        {words.state || nodePorts(page)}
      </bdi>
      <span class="box__number">{rate}</span>
    </>
  );
}

/** The node port behind the load balancers' first port, if it is one. */
function nodePorts(page: Page): string {
  const { loadBalancers } = page.derived.topology.value;
  const ports = new Set(loadBalancers.flatMap((balancer) => balancer.ports[0]?.nodePort || []));
  if (ports.size === 0) return '';
  return ports.size === 1 ? `:${[...ports].join()}` : page.words.t('box.ports', { n: ports.size });
}

function NamedContent({ words, rate }: { words: BoxWords; rate: string }) {
  return (
    <>
      <span class="box__title">
        {words.role === 'plain' ? null : <Glyph name={words.role} />}
        <bdi class="box__name" dir="ltr">
          {words.name}
        </bdi>
      </span>
      <span class="box__foot">
        <span class="box__state">{words.state}</span>
        <span class="box__number">{words.countdown ?? rate}</span>
      </span>
    </>
  );
}

interface BlockProps extends BoxContentProps {
  pods: readonly WirePod[];
}

function BlockContent({ page, box, pods, words, rate }: BlockProps) {
  const { unit } = page.derived.layout.value;
  return (
    <>
      <span class="box__line">
        <span class="box__name">{words.name}</span>
        <span class="box__number">{rate}</span>
      </span>
      <span class="box__grid">
        {blockCells(pods, cellRoom(box, unit)).map((tone, i) => (
          // Cells are counted, not named.
          <i key={i} class="cell" data-tone={tone} />
        ))}
      </span>
    </>
  );
}

type PodSubject = Extract<Box['subject'], { kind: 'pod' }>;

interface PodContentProps {
  page: Page;
  subject: PodSubject;
  words: BoxWords;
  rate: string;
}

/** A pod shows its version first: that is what a canary is about. */
function PodContent({ page, subject, words, rate }: PodContentProps) {
  if (subject.variant === 'leaving') return <span class="box__state">{page.words.t('box.ends')}</span>;
  return (
    <>
      <span class="box__line">
        <Glyph name={words.tone === 'error' ? 'error' : words.role} />
        <bdi class="box__name" dir="ltr">
          {versionOf(subject.pod.images) || words.name}
        </bdi>
        {subject.variant === 'compact' && <span class="box__number">{rate}</span>}
      </span>
      {subject.variant === 'full' && (
        <span class="box__foot">
          <bdi class="box__state" dir="ltr">
            {words.tone === 'ok' ? words.name : words.state}
          </bdi>
          <span class="box__number">{rate}</span>
        </span>
      )}
    </>
  );
}
