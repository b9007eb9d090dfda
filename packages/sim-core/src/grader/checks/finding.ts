import type { KubeObject } from '../../apimachinery/object-meta.ts';
import type { Path } from '../../manifest/document.ts';
import type { Json } from '../result.ts';

/** What was measured and compared. */
export type Evidence = Readonly<Record<string, Json>>;

/** Where it stands: a field of an object, or a place that is known already. */
export type FindingPlace =
  | { readonly object: KubeObject; readonly path: Path }
  | { readonly file: string; readonly line?: number | undefined; readonly column?: number | undefined };

/** What a check says. */
export type Finding =
  | { readonly result: 'pass'; readonly message: string; readonly remark?: string; readonly evidence: Evidence }
  | {
      readonly result: 'not-yet';
      readonly message: string;
      /** What to do next, where that is certain. */
      readonly fix?: string;
      readonly place?: FindingPlace;
      readonly evidence: Evidence;
    }
  | { readonly result: 'could-not-check'; readonly message: string; readonly evidence: Evidence };

export function passed(message: string, evidence: Evidence, remark?: string): Finding {
  return { result: 'pass', message, evidence, ...(remark !== undefined && { remark }) };
}

export function notYet(
  message: string,
  evidence: Evidence = {},
  more: { readonly fix?: string; readonly place?: FindingPlace } = {},
): Finding {
  return { result: 'not-yet', message, evidence, ...more };
}

export function couldNotCheck(message: string, evidence: Evidence = {}): Finding {
  return { result: 'could-not-check', message, evidence };
}
