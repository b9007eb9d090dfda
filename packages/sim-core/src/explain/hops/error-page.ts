import { REASONS } from '../reasons/index.ts';
import { boxes, decidedBy, type Hop, type Scene, sentence, spellUpstream } from '../scene.ts';
import { settingOf } from '../settings.ts';

/** An error that another Service answers for (ngx_http_core_module, error_page). */
export const errorPageHop: Hop = {
  tells: ['custom-http-errors', 'disable-proxy-intercept-errors'],
  of: (scene) => {
    const { record, ids } = scene;
    const { errorCode, upstream } = record;
    if (errorCode === 0 || upstream === undefined) return undefined;
    const setting = settingOf(scene, ['custom-http-errors'], 'custom-http-errors');
    return {
      step: 'error-page',
      title: `${errorCode} is answered by ${spellUpstream(upstream)}`,
      why: `${sentence(`${cause(scene)}${setting.says} lists ${errorCode}`)} It is asked for / with X-Code: ${errorCode}, and its own status is what the client gets.`,
      beat: [],
      nodes: upstream.service === '' ? [] : boxes(ids.service(upstream.namespace, upstream.service)),
      ...(setting.at === undefined ? {} : decidedBy(scene, setting.at.object, setting.at.field)),
    };
  },
};

/** Why it came to the error. */
function cause(scene: Scene): string {
  const { answer } = scene.walked ?? {};
  const { errorCode } = scene.record;
  return answer === undefined ? `a pod answered ${errorCode}, and ` : `${errorCode}: ${REASONS[answer.reason].brief}; `;
}
