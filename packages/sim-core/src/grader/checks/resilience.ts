import type { Reader } from '../../scenario/reader.ts';
import { spellObject } from '../binding/binding.ts';
import type { Role } from '../binding/roles.ts';
import { readRole } from '../binding/selector.ts';
import { act, describeAction } from './act.ts';
import { playerOf } from './context.ts';
import { defineCheck } from './define-check.ts';
import { notYet, passed } from './finding.ts';
import { fireThrough } from './fire-through.ts';
import { type RequestSpec, readRequest, rolesOfRequest } from './request.ts';
import { targetRequest } from './send.ts';

/** What is done to the cluster while requests come in. */
export type Action =
  | { readonly type: 'deletePod'; readonly of: Role }
  | { readonly type: 'rollout'; readonly of: Role }
  | { readonly type: 'scale'; readonly of: Role; readonly replicas: number };

/** What `resilience` wants. */
export interface ResilienceSpec {
  readonly action: Action;
  readonly load: { readonly rate: number; readonly for: number; readonly request: RequestSpec };
  /** How many requests may fail, or which share of them in percent: the error budget. */
  readonly failed: number;
  readonly failedPercent?: number;
}

const ACTIONS = ['deletePod', 'rollout', 'scale'] as const;

/** Something happens under load, and clients notice no more than the budget allows. */
export const resilience = defineCheck<ResilienceSpec>({
  name: 'resilience',
  summary:
    'A pod is deleted, a version rolled out or scaled under load, and no more requests fail than the budget allows.',
  read(parent, field) {
    const reader = parent.object(field);
    reader.known(['action', 'load', 'expect']);
    reader.needs(['action']);
    const load = reader.object('load');
    load.known(['rate', 'for', 'request']);
    const expect = reader.object('expect');
    expect.known(['failed', 'failedPercent']);
    return {
      action: readAction(reader.object('action')),
      load: {
        rate: load.number('rate', 100, 1, 1000),
        for: load.duration('for', 30_000),
        request: readRequest(load, 'request'),
      },
      failed: expect.integer('failed', 0, 0, 1_000_000),
      ...(expect.has('failedPercent') && { failedPercent: expect.number('failedPercent', 0, 0, 100) }),
    };
  },
  title: ({ action: { type, of } }) => `Nobody notices: ${type} of ${of} under load`,
  roles: ({ action: { of }, load: { request } }) => [...rolesOfRequest(request), of],
  async run({ action, load, failed: budget, failedPercent }, context) {
    const request = await targetRequest(load.request, context);
    const { sent, failures } = await fireThrough(request, load, context.target, () => act(action, context));
    const evidence = {
      action: action.type,
      of: spellObject(playerOf(context, action.of)),
      sent,
      failed: failures.length,
      statuses: countOf(failures),
    };
    const allowed = failedPercent === undefined ? budget : Math.floor((sent * failedPercent) / 100);
    const seen = `${failures.length} of ${sent} requests failed while ${describeAction(action, context)}`;
    if (failures.length <= allowed) return passed(seen, evidence);
    return notYet(`${seen} (${Object.keys(evidence.statuses).join(', ')}); at most ${allowed} may`, evidence);
  },
});

function readAction(reader: Reader): Action {
  reader.known(ACTIONS);
  const [type = 'deletePod', ...more] = ACTIONS.filter((each) => reader.has(each));
  if (more.length > 0) reader.complain('', `one action at a time; there are ${[type, ...more].join(', ')}`);
  // All are read, so that the JSON Schema, which is made by reading, knows them all.
  const of = {
    deletePod: readRole(reader, 'deletePod', '$mainService'),
    rollout: readRole(reader, 'rollout', '$mainService'),
  };
  const scale = readScale(reader.object('scale'));
  return type === 'scale' ? scale : { type, of: of[type] };
}

function readScale(reader: Reader): Action {
  reader.known(['of', 'replicas']);
  return {
    type: 'scale',
    of: readRole(reader, 'of', '$mainDeployment'),
    replicas: reader.integer('replicas', 1, 0, 1000),
  };
}

/** How often each failure happened. */
function countOf(failures: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const failure of failures) counts[failure] = (counts[failure] ?? 0) + 1;
  return counts;
}
