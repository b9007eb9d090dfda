import { reached } from '../reasons/index.ts';
import { decidedBy, type Hop, type Scene } from '../scene.ts';
import { settingOf } from '../settings.ts';

/** Path → another path for the pod (ngx_http_rewrite_module, `rewrite … break`). */
export const rewriteHop: Hop = {
  tells: ['rewrite-target', 'x-forwarded-prefix'],
  of: (scene) => {
    const { location, url } = scene.record;
    const rewrite = location?.directives.rewrite;
    if (rewrite === undefined || !reached(scene, 'ssl')) return undefined;
    const to = scene.walked?.upstreamUrl ?? url;
    const { at } = settingOf(scene, ['rewrite-target']);
    return {
      step: 'rewrite',
      title: `the pod is asked for ${to}`,
      why: why(scene, to),
      beat: [],
      nodes: [],
      ...(at === undefined ? {} : decidedBy(scene, at.object, at.field)),
    };
  },
};

function why({ record }: Scene, to: string): string {
  const { path, location, url } = record;
  const { regex = '', replacement = '' } = location?.directives.rewrite ?? {};
  if (to === url) return `${path} does not fit ${regex}, so it stays as it is.`;
  const lost = /\$\d/.test(replacement)
    ? ''
    : ' The target has no group ($1, $2), so every path of the rule becomes the same one.';
  return `rewrite-target ${replacement} takes the place of all of ${path}.${lost}`;
}
