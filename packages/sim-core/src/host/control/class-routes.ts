import type { Router } from 'express';
import type { ClassFiles } from '../../wire.ts';
import { ClassFolder } from './class-folder.ts';
import { queryText } from './input.ts';

/** Without `--class`. */
const NO_FOLDER: ClassFiles = Object.freeze({ folder: '', tag: '', files: [] });

/** The folder of `--class`, for the sandbox's own user only: names of students are in it. */
export function addClassRoutes(api: Router, { classFolder }: { classFolder?: string | undefined }): void {
  const folder = classFolder === undefined ? undefined : new ClassFolder(classFolder);
  api.get('/class', async ({ query }, response) => {
    const seen = queryText(query['seen']);
    const files = folder === undefined ? NO_FOLDER : await folder.read(seen);
    if (files === undefined) response.status(204).end();
    else response.json(files);
  });
}
