import { reasonOf } from '../reasons/index.ts';
import { boxes, decidedBy, type Hop, type Scene, sentence } from '../scene.ts';

/** What the client gets, and from whom. */
export const answerHop: Hop = {
  tells: ['proxy-body-size'],
  of: (scene) => {
    const { record, ids } = scene;
    const at = reasonOf(scene)?.setting?.(scene).at;
    return {
      step: 'answer',
      title: title(scene),
      why: sentence(whyStatus(scene)),
      beat: [],
      nodes: boxes(ids.pod(record.upstreamStatus > 0 ? (record.pod ?? '') : record.controllerPod)),
      ...(at === undefined ? {} : decidedBy(scene, at.object, at.field)),
    };
  },
};

function title({ record, wasSent }: Scene): string {
  if (record.status === 0) return "the pod's own answer";
  return wasSent ? `${record.status} in ${Number(record.duration.toFixed(1))} ms` : String(record.status);
}

/** Who gave the status, and why. */
export function whyStatus(scene: Scene): string {
  const { upstreamStatus, status } = scene.record;
  const reason = reasonOf(scene);
  if (reason !== undefined) return reason.why(scene);
  if (status === 0) return 'nginx passes on what the pod answers.';
  return `It is the pod's own answer${upstreamStatus >= 400 ? `: nginx only passes the ${upstreamStatus} on` : ''}.`;
}
