import { mount } from './app/mount.tsx';
import { browserTimers } from './feed/timers.ts';
import { ServerTransport } from './transport/server-transport.ts';

mount(document.getElementById('page')!, new ServerTransport(location.href), browserTimers());
