import { reached } from '../reasons/index.ts';
import { decidedBy, type Hop, type Scene } from '../scene.ts';
import { settingOf } from '../settings.ts';

/** Whether the answer gets headers of CORS (nginx.tmpl, CORS). */
export const corsHop: Hop = {
  tells: [
    'enable-cors',
    'cors-allow-origin',
    'cors-allow-methods',
    'cors-allow-headers',
    'cors-allow-credentials',
    'cors-expose-headers',
    'cors-max-age',
  ],
  of: (scene) => {
    const { cors, denied } = scene.record.location?.directives ?? {};
    if (cors === undefined || denied !== undefined || !reached(scene, 'rewrite')) return undefined;
    const added = allowed(scene);
    if (added === undefined && scene.header('origin') === undefined) return undefined;
    const { at } = settingOf(scene, ['cors-allow-origin', 'enable-cors']);
    return {
      step: 'cors',
      title: added === undefined ? 'no headers of CORS' : `Access-Control-Allow-Origin: ${added}`,
      why: added === undefined ? whyNot(scene, cors.allowOrigin) : why(scene, added, cors.allowOrigin),
      beat: [],
      nodes: [],
      ...(at === undefined ? {} : decidedBy(scene, at.object, at.field)),
    };
  },
};

/** Value of Access-Control-Allow-Origin; undefined where the origin may not ask. */
function allowed({ walked }: Scene): string | undefined {
  const headers = walked?.responseHeaders() ?? [];
  const at = headers.indexOf('Access-Control-Allow-Origin');
  return at < 0 ? undefined : headers[at + 1];
}

function why(scene: Scene, added: string, origins: readonly string[]): string {
  const who =
    added === '*'
      ? 'Every origin may ask (cors-allow-origin is *).'
      : `${scene.header('origin')} is among ${origins.join(', ')}.`;
  return `${who} Headers of CORS that the pod sends are replaced.`;
}

function whyNot(scene: Scene, origins: readonly string[]): string {
  return `${scene.header('origin')} is none of ${origins.join(', ')}: a browser keeps the answer from the page.`;
}
