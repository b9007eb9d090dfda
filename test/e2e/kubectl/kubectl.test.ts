import { test } from 'vitest';
import { kubectls } from '../../support/kubectl.ts';
import { describeTranscripts, UPDATE } from './run-transcripts.ts';
import { EVERYWHERE, TRANSCRIPTS } from './transcripts.ts';

/* Every kubectl of this machine in the commands of every day, the newest in all; kubectl.long.test.ts has the rest. */

const versions = kubectls();
const newest = versions.at(-1);

test.skipIf(versions.length > 0)('SKIPPED: this machine has no kubectl', ({ skip }) => skip());

for (const kubectl of versions) describeTranscripts(kubectl, kubectl === newest || UPDATE ? TRANSCRIPTS : EVERYWHERE);
