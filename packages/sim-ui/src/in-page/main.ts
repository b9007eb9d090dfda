import { InPageSandbox } from '@k8s-ingress-sandbox/sim-core/in-page';
import text from '../../../../scenarios/canary.yaml?raw';
import { mount } from '../app/mount.tsx';
import { browserTimers } from '../feed/timers.ts';
import { EngineTransport } from './engine-transport.ts';

start(new URLSearchParams(location.search).get('seed'));

/** @param seed - of all chance; the scenario's own without it */
function start(seed: string | null): void {
  const timers = browserTimers();
  const files = [{ file: 'canary.yaml', text }];
  const sandbox = new InPageSandbox({ files, epoch: crypto.randomUUID(), ...(seed === null ? {} : { seed }) });
  mount(document.getElementById('page')!, new EngineTransport(sandbox, timers), timers);
}
