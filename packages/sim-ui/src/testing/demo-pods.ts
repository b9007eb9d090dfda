import type { WirePod } from '@k8s-ingress-sandbox/sim-core/wire';
import * as make from './objects.ts';

/** Tells the demo of an event of a pod. */
export type Say = (type: 'Normal' | 'Warning', reason: string, pod: string, message: string) => void;

/** The pods of the demo: they start, crash, end and are counted. */
export class DemoPods {
  readonly #say: Say;
  readonly #pods = new Map<string, WirePod>();
  readonly replicas = new Map([
    ['netflix-frontend', 2],
    ['netflix-frontend-canary', 1],
    ['netflix-movie-catalog', 1],
  ]);
  #names = 0;

  constructor(say: Say) {
    this.#say = say;
    for (const [app, count] of this.replicas) for (let i = 0; i < count; i++) this.start(app, true);
    const controller = make.controllerPod();
    this.#pods.set(controller.uid, controller);
  }

  all(): WirePod[] {
    return [...this.#pods.values()];
  }

  delete(name: string): void {
    const pod = this.#pods.get(name);
    if (!pod) return;
    this.#pods.set(name, { ...pod, terminating: true, isReady: false, status: 'Terminating' });
    this.#say('Normal', 'Killing', name, 'Stopping container frontend');
    this.start(pod.app, false);
  }

  crash(name: string): void {
    const pod = this.#pods.get(name);
    if (!pod) return;
    this.#pods.set(name, { ...pod, status: 'Error', restarts: pod.restarts + 1 });
    this.#say('Warning', 'BackOff', name, 'Back-off restarting failed container frontend in pod');
  }

  scale(app: string, replicas: number): void {
    this.replicas.set(app, replicas);
    const pods = this.of(app);
    for (const { uid } of pods.slice(replicas)) this.#pods.delete(uid);
    for (let i = pods.length; i < replicas; i++) this.start(app, false);
  }

  /** Pods that start or stop come to the end of it. */
  finish(): void {
    for (const [uid, pod] of this.#pods) {
      if (pod.terminating) this.#pods.delete(uid);
      else if (!pod.isReady || pod.status !== 'Running')
        this.#pods.set(uid, {
          ...pod,
          isReady: true,
          status: 'Running',
          ready: '1/1',
          ip: `10.244.1.${20 + this.#names}`,
        });
    }
  }

  /** Those of a Deployment that are not ending. */
  of(app: string): WirePod[] {
    return [...this.#pods.values()].filter((pod) => pod.app === app && !pod.terminating);
  }

  start(app: string, ready: boolean): void {
    const suffix = `7d9f8b-${['x2k4z', 'p9s7d', 'm5q8w', 'c4t6n', 'h7r3v', 'b2j9f'][this.#names++ % 6]}${this.#names > 6 ? this.#names : ''}`;
    const version = app.endsWith('canary') ? '0.9.0' : app.endsWith('catalog') ? '1.4.0' : '0.8.0';
    const image = `${app.replace('-canary', '')}:${version}`;
    const pending = ready ? {} : { isReady: false, status: 'ContainerCreating', ready: '0/1', ip: '' };
    const pod = make.pod({ app, suffix, images: [image], node: `node-${1 + (this.#names % 3)}`, ...pending });
    this.#pods.set(pod.uid, { ...pod, ...(ready && { ip: `10.244.1.${this.#names}` }) });
    this.#say('Normal', 'Scheduled', pod.name, `Successfully assigned default/${pod.name} to ${pod.node}`);
  }
}
