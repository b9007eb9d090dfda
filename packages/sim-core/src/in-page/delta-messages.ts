import type { createClusterView } from '../index.ts';
import type { FeedMessage } from '../wire.ts';

type Delta = ReturnType<ReturnType<typeof createClusterView>['takeDelta']>;

/** A delta as messages of the feed, in the order in which a server sends them. */
export function deltaMessages(delta: Delta, next: () => number): FeedMessage[] {
  const { prevRev, rev, ops, findings, cost, files, newFlows, flows, events, steps, samples, split, load, status } =
    delta;
  const isChange = rev !== prevRev || [...ops].length > 0 || (findings ?? cost ?? files) !== undefined;
  const messages: FeedMessage[] = [];
  if (isChange) {
    const news = {
      ...(findings && { findings: [...findings] }),
      ...(cost && { cost }),
      ...(files && { files: [...files] }),
    };
    messages.push({ t: 'd', seq: next(), prevRev, rev, ops, ...news });
  }
  if (newFlows.length > 0) messages.push({ t: 'flow', seq: next(), flows: newFlows });
  if (steps.length > 0) messages.push({ t: 'step', seq: next(), steps: [...steps] });
  if (events.length > 0) messages.push({ t: 'ev', seq: next(), items: events });
  messages.push({
    t: 'm',
    seq: next(),
    ts: status.now,
    flows: flows.map(([id, n, errors]) => [id, n, errors]),
    split,
    load,
    status,
  });
  if (samples.length > 0) messages.push({ t: 'tr', seq: next(), items: samples });
  return messages;
}
