import { configurationNow } from '../changes-since.ts';
import type { Changes } from './change.ts';

/** The same request on what is loaded by now. */
export const later: Changes = ({ scene, configuration }) => {
  const now = scene.wasSent ? configurationNow(scene) : undefined;
  return now === undefined || now === configuration ? [] : [{ change: 'sent again now', configuration: now }];
};
