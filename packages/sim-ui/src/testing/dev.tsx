// The page over a demo cluster in the page itself, for developing and for tests of the page alone. Not part of the build.
import { mount } from '../app/mount.tsx';
import { browserTimers } from '../feed/timers.ts';
import { DemoTransport } from './demo-transport.ts';

const timers = browserTimers();
mount(document.getElementById('page')!, new DemoTransport(timers), timers);
