import type { Express } from 'express';
import type { ApiParts } from './api.ts';
import { createApp } from './app.ts';
import { addViewRoutes } from './read-routes.ts';
import { SnapshotCache } from './snapshot-cache.ts';

/** What a viewer may call: nothing here changes anything, and nothing that does is loaded for it. */
export function createViewerApi({
  onError,
  ...parts
}: Pick<ApiParts, 'view' | 'actions' | 'feedSeq' | 'onError' | 'deviationsFile'>): Express {
  return createApp({ onError }, (_app, api) =>
    addViewRoutes(api, { ...parts, snapshots: new SnapshotCache(parts.view, parts.feedSeq, true) }),
  );
}
