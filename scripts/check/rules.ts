// The project's own rules, which no linter knows: what may import what, no circles, no state in modules, no chance of one's own,
// nothing that the page says outside of its catalogue.
import { join } from 'node:path';
import { checkChance } from './chance.ts';
import { checkCycles } from './cycles.ts';
import { readModules } from './module.ts';
import { checkRooms } from './rooms.ts';
import { checkState } from './state.ts';
import { checkWords } from './words.ts';

const RULES = { rooms: [checkRooms, checkCycles, checkChance], state: [checkState], words: [checkWords] };

const modules = readModules(join(import.meta.dirname, '..', '..'));
const wanted = process.argv.slice(2);
const rules = Object.entries(RULES).filter(([name]) => wanted.length === 0 || wanted.includes(name));
const findings = rules.flatMap(([, checks]) => checks.flatMap((check) => check(modules)));
for (const { path, line, column, message } of findings) console.error(`${path}:${line}:${column}: ${message}`);
console.log(`${rules.map(([name]) => name).join(' and ')}: ${modules.length} modules, ${findings.length} findings`);
process.exitCode = findings.length > 0 ? 1 : 0;
