// A program that ends as a run does, and says why; with `drain` it goes on afterwards.
import { awaitEnd } from '../run/shutdown.ts';

const { asked } = awaitEnd();
const alive = setInterval(() => process.stdout.write('.\n'), 20);
console.log('waiting');
console.error(`ended: ${await asked}`);
if (!process.argv.includes('drain')) clearInterval(alive);
