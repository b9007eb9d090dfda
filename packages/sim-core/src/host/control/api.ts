import express, { type Express } from 'express';
import { createApp } from './app.ts';
import { addClassRoutes } from './class-routes.ts';
import { addClassroomRoutes } from './classroom-routes.ts';
import { LARGEST_BODY } from './input.ts';
import { addOwnRoutes, addViewRoutes } from './read-routes.ts';
import { SnapshotCache } from './snapshot-cache.ts';
import { addWorkbenchRoutes } from './workbench-routes.ts';
import { addWriteRoutes, type WriteParts } from './write-routes.ts';

export interface ApiParts extends WriteParts {
  /** `conformance/deviations.yaml` of the package. */
  readonly deviationsFile: string;
  /** Folder of `--class`. */
  readonly classFolder?: string | undefined;
  /** Where a class looks on, once that is open. */
  classroom(): { readonly links: readonly string[] } | undefined;
  /** Number of the feed's newest frame. */
  feedSeq(): number;
  onError?: ((error: unknown) => void) | undefined;
}

/** The control API (interfaces.md). Who may use it was decided before. */
export function createApi(parts: ApiParts): Express {
  const { view, feedSeq } = parts;
  const readBody = express.json({ limit: LARGEST_BODY, type: 'application/json' });
  return createApp(parts, (app, api) => {
    app.get('/metrics', (_request, response) =>
      response.type('text/plain; version=0.0.4; charset=utf-8').send(view.metrics()),
    );
    api.use(readBody);
    addViewRoutes(api, { ...parts, snapshots: new SnapshotCache(view, feedSeq) });
    addOwnRoutes(api, parts);
    addClassRoutes(api, parts);
    addClassroomRoutes(api, parts);
    addWriteRoutes(api, parts);
    addWorkbenchRoutes(api, parts);
  });
}
