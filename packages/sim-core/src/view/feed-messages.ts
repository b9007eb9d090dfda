import type { FeedMessage } from '../wire.ts';
import type { ViewDelta } from './view-delta.ts';

type Kind = FeedMessage['t'];

/** A message of the feed before it has its number. */
export type Unnumbered<K extends Kind> = K extends Kind ? Omit<Extract<FeedMessage, { t: K }>, 'seq'> : never;

/** What of a delta must not be lost, in the order in which it is told. */
export function losslessMessages(delta: ViewDelta): Unnumbered<'d' | 'flow' | 'step' | 'ev'>[] {
  const { prevRev, rev, ops, findings, cost, files, newFlows, events, steps } = delta;
  const news = { ...(findings && { findings }), ...(cost && { cost }), ...(files && { files }) };
  const messages: Unnumbered<'d' | 'flow' | 'step' | 'ev'>[] = [];
  if (rev !== prevRev || ops.length > 0 || (findings ?? cost ?? files) !== undefined)
    messages.push({ t: 'd', prevRev, rev, ops, ...news });
  if (newFlows.length > 0) messages.push({ t: 'flow', flows: newFlows });
  if (steps.length > 0) messages.push({ t: 'step', steps });
  if (events.length > 0) messages.push({ t: 'ev', items: events });
  return messages;
}

/** Totals. @param flows those that changed */
export function metricsMessage(
  { split, load, status }: Pick<ViewDelta, 'split' | 'load' | 'status'>,
  flows: ViewDelta['flows'],
): Unnumbered<'m'> {
  return { t: 'm', ts: status.now, flows, split, load, status };
}

/** All that a delta has to tell, in order, for a reader of everything. */
export function deltaMessages(delta: ViewDelta): Unnumbered<'d' | 'flow' | 'step' | 'ev' | 'm' | 'tr'>[] {
  const { samples, flows } = delta;
  const told = [...losslessMessages(delta), metricsMessage(delta, flows)];
  return samples.length > 0 ? [...told, { t: 'tr', items: samples }] : told;
}
