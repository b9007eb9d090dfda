import { benchApi } from './api.ts';
import { benchClass } from './class.ts';
import { benchGrade } from './grade.ts';
import { benchScale } from './scale.ts';
import { benchSimulate } from './simulate.ts';
import { benchStartup } from './startup.ts';
import { benchThroughput } from './throughput.ts';

/** `pnpm bench [startup|scale|simulate|throughput|api|class|grade] [--rounds N]`: ratios within one run, medians, peers measured in turn. */
const only = process.argv[2];
const flag = process.argv.indexOf('--rounds');
const rounds = flag < 0 ? 11 : Number(process.argv[flag + 1]);
if (only === undefined || only === 'startup' || only.startsWith('--')) await benchStartup(rounds);
if (only === undefined || only === 'scale' || only.startsWith('--')) benchScale(rounds);
if (only === undefined || only === 'simulate' || only.startsWith('--')) benchSimulate(Math.min(rounds, 9));
if (only === undefined || only === 'throughput' || only.startsWith('--')) await benchThroughput(Math.min(rounds, 9));
if (only === undefined || only === 'api' || only.startsWith('--')) await benchApi(rounds);
if (only === undefined || only === 'class' || only.startsWith('--')) await benchClass();
if (only === undefined || only === 'grade' || only.startsWith('--')) benchGrade(Math.min(rounds, 9));
