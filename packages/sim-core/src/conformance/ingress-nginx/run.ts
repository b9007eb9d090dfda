import type { StandParts } from '../stand.ts';
import { runAdmission } from './run-admission.ts';
import { runApi } from './run-api.ts';
import { runHttp } from './run-http.ts';
import { runReload } from './run-reload.ts';
import type { Kind, Vector } from './vector.ts';
import { World } from './world.ts';

const RUNS: Readonly<Record<Kind, (world: World, vector: Vector) => Promise<string[]>>> = Object.freeze({
  http: runHttp,
  api: runApi,
  reload: runReload,
  admission: runAdmission,
});

/** Seeds: what chance decides is tried again where bands of about four standard deviations were missed. */
const SEEDS: readonly string[] = Object.freeze(['1', '2']);

/**
 * Runs a vector in a cluster of its own.
 * @returns what came that was not expected; empty when it passed
 */
export async function runVector(vector: Vector, parts: StandParts): Promise<string[]> {
  let problems: string[] = [];
  for (const seed of isDrawn(vector) ? SEEDS : SEEDS.slice(0, 1)) {
    problems = await runOnce(vector, parts, seed);
    if (problems.length === 0) break;
  }
  return problems;
}

async function runOnce(vector: Vector, parts: StandParts, seed: string): Promise<string[]> {
  const world = await World.open(vector, parts, seed);
  try {
    return await RUNS[vector.kind](world, vector);
  } finally {
    await world.stand.close();
  }
}

/** Whether shares are expected that chance decides. */
function isDrawn({ expect, steps = [] }: Vector): boolean {
  return [expect, ...steps.map((step) => step.expect)].some(
    (each) => each?.statusShare !== undefined || each?.backendShare !== undefined || each?.podShare !== undefined,
  );
}
