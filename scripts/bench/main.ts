import { benchApi } from './api.ts';
import { benchClass } from './class.ts';
import { benchGrade } from './grade.ts';
import { benchScale } from './scale.ts';
import { benchSimulate } from './simulate.ts';
import { benchStartup } from './startup.ts';
import { benchThroughput } from './throughput.ts';

const BENCHES: Readonly<Record<string, (rounds: number) => void | Promise<void>>> = Object.freeze({
  startup: benchStartup,
  scale: benchScale,
  simulate: (rounds) => benchSimulate(Math.min(rounds, 9)),
  throughput: (rounds) => benchThroughput(Math.min(rounds, 9)),
  api: benchApi,
  class: benchClass,
  grade: (rounds) => benchGrade(Math.min(rounds, 9)),
});

/** `pnpm bench [startup|scale|simulate|throughput|api|class|grade] [--rounds N]`: ratios within one run, medians, peers measured in turn. */
const [first] = process.argv.slice(2);
const only = first?.startsWith('--') ? undefined : first;
const flag = process.argv.indexOf('--rounds');
const rounds = flag < 0 ? 11 : Number(process.argv[flag + 1]);
if (only !== undefined && !Object.hasOwn(BENCHES, only))
  throw new Error(`there is no bench "${only}"; there are ${Object.keys(BENCHES).join(', ')}`);
for (const [name, bench] of Object.entries(BENCHES)) if (only === undefined || only === name) await bench(rounds);
