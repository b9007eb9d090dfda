import { kubectls } from '../../support/kubectl.ts';
import { describeTranscripts } from './run-transcripts.ts';
import { EVERYWHERE, TRANSCRIPTS } from './transcripts.ts';

/* The commands that only the newest kubectl runs in kubectl.test.ts, with the oldest. */

const rest = TRANSCRIPTS.filter((name) => !EVERYWHERE.includes(name));

for (const kubectl of kubectls().slice(0, 1)) describeTranscripts(kubectl, rest);
