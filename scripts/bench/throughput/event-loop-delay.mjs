// Loaded into a server under load (NODE_OPTIONS): tells how late its event loop runs, in milliseconds, when asked over IPC.
import { monitorEventLoopDelay } from 'node:perf_hooks';

const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
process.on('message', (message) => {
  if (message === 'reset') delay.reset();
  if (message === 'read') process.send?.({ p99: delay.percentile(99) / 1e6 });
});
process.channel?.unref();
