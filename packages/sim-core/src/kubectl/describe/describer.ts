import type { KubectlContext } from '../context.ts';
import type { JsonObject } from '../json.ts';

/** What `describe` says of an object, line by line with tabs between the columns: one file a kind, all of this shape. */
export type Describer = (context: KubectlContext, object: JsonObject) => Promise<string[]>;
