export { formatTime, VIRTUAL_EPOCH } from './sim/clock.ts';
