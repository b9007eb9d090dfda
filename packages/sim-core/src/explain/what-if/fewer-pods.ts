import type { Upstream } from '../../ingress-nginx/nginx/configuration.ts';
import { upstreamOf } from '../backend.ts';
import { isOpen } from '../canary-of.ts';
import { type Changes, replaced } from './change.ts';

/** Without a ready pod behind the Service that answers. */
export const fewerPods: Changes = ({ scene, configuration }) => {
  const { record } = scene;
  const upstream: Upstream | undefined = isOpen(scene) ? record.primary : upstreamOf(scene);
  if (upstream === undefined || upstream.service === '' || upstream.endpoints.length === 0) return [];
  const change = `with no ready pod behind Service ${upstream.namespace}/${upstream.service}`;
  return [{ change, configuration: replaced(configuration, { ...upstream, endpoints: [] }) }];
};
