import { reached } from '../reasons/index.ts';
import { decidedBy, type Hop } from '../scene.ts';
import { settingOf } from '../settings.ts';

/** A copy of the request that goes elsewhere (ngx_http_mirror_module). */
export const mirrorHop: Hop = {
  tells: ['mirror-target', 'mirror-host', 'mirror-request-body'],
  of: (scene) => {
    const mirror = scene.record.location?.directives.mirror;
    if (mirror === undefined || !reached(scene, 'proxy')) return undefined;
    const { at } = settingOf(scene, ['mirror-target']);
    return {
      step: 'mirror',
      title: `a copy to ${mirror.target}`,
      why: `What it answers is thrown away. The copy goes with the Host ${mirror.host}${mirror.requestBody ? '' : ', without the body'}.`,
      beat: [],
      nodes: [],
      ...(at === undefined ? {} : decidedBy(scene, at.object, at.field)),
    };
  },
};
