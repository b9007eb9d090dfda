import type { KubectlCommands, KubectlOutput } from '@k8s-ingress-sandbox/sim-core/wire';
import { type Signal, signal } from '@preact/signals';
import { type Transport, TransportError } from '../transport/transport.ts';
import { parseCommandLine } from './command-line.ts';
import type { CompletionSources } from './complete.ts';

/** One line of the terminal. */
export interface TerminalLine {
  readonly id: number;
  /** `note`: the command behind something that was done elsewhere on the page. */
  readonly kind: 'command' | 'out' | 'err' | 'exit' | 'note';
  readonly text: string;
}

const MOST_LINES = 2000;
const MOST_REMEMBERED = 200;
const NOT_FOUND = 127;
const NOT_POSSIBLE = 2;

const HELP = `This terminal runs kubectl:
  kubectl get ingress -A        kubectl describe ingress canary
  kubectl get pods -w           kubectl logs -f deployment/web
  kubectl apply -f canary.yaml  kubectl --help
clear empties it, history lists what was run. Ctrl+C ends what runs.
Tab completes what stands before the caret; Shift+Tab leaves.`;

/** The terminal of this tab: what was run, and what came back. */
export class TerminalSession {
  readonly lines: Signal<readonly TerminalLine[]> = signal([]);
  readonly isRunning = signal(false);
  readonly #transport: Transport;
  readonly #history: string[] = [];
  readonly #running = new Set<AbortController>();
  #commands: Promise<KubectlCommands> | undefined;
  #id = 0;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Lines that were run, the newest last. */
  get history(): readonly string[] {
    return this.#history;
  }

  /** Runs a line; resolves with its exit code. */
  async run(line: string): Promise<number> {
    if (line.trim() === '') return 0;
    if (this.#history.at(-1) !== line) this.#history.push(line);
    this.#history.splice(0, this.#history.length - MOST_REMEMBERED);
    this.#say('command', line);
    const exit = await this.#execute(line);
    if (exit !== 0) this.#say('exit', String(exit));
    return exit;
  }

  /** Shows the command behind something that was done elsewhere on the page. */
  note(command: string): void {
    this.#say('note', command);
  }

  /** Ends everything that runs. */
  interrupt(): void {
    for (const running of this.#running) running.abort();
  }

  clear(): void {
    this.lines.value = [];
  }

  /** What kubectl prints, without showing it. */
  async capture(argv: readonly string[], signal = new AbortController().signal): Promise<string> {
    let text = '';
    await this.#transport.lines<KubectlOutput>(
      '/kubectl',
      { argv },
      (line) => {
        if ('out' in line) text += line.out;
        if ('err' in line) text += line.err;
      },
      signal,
    );
    return text;
  }

  /** @param namespaces and @param files are the page's */
  sources(namespaces: () => readonly string[], files: readonly string[]): CompletionSources {
    return {
      commands: () => this.#known(),
      names: async (resource, namespace) => {
        const text = await this.capture(['get', resource, '-n', namespace, '-o', 'name']).catch(() => '');
        return text.split('\n').flatMap((line) => /^[a-z0-9.-]+\/(\S+)$/.exec(line)?.[1] ?? []);
      },
      namespaces,
      files,
    };
  }

  /** What kubectl knows; nothing as long as nobody answers. */
  async #known(): Promise<KubectlCommands> {
    this.#commands ??= this.#transport.call<KubectlCommands>('GET', '/kubectl');
    try {
      return await this.#commands;
    } catch {
      this.#commands = undefined;
      return { commands: [] };
    }
  }

  async #execute(line: string): Promise<number> {
    const parsed = parseCommandLine(line);
    if ('problem' in parsed) return this.#refuse(parsed.problem, NOT_POSSIBLE);
    const [program = '', ...argv] = parsed.words;
    if (program === 'kubectl' || program === 'k') return this.#kubectl(argv);
    if (program === 'clear') this.clear();
    else if (program === 'help') this.#say('out', HELP);
    else if (program === 'history') this.#say('out', this.#history.map((each, i) => `${i + 1}  ${each}`).join('\n'));
    else return this.#refuse(`${program}: command not found\n${HELP}`, NOT_FOUND);
    return 0;
  }

  async #kubectl(argv: readonly string[]): Promise<number> {
    const running = new AbortController();
    this.#running.add(running);
    this.isRunning.value = true;
    let exit = 130;
    try {
      await this.#transport.lines<KubectlOutput>(
        '/kubectl',
        { argv },
        (line) => {
          if ('out' in line) this.#say('out', line.out);
          else if ('err' in line) this.#say('err', line.err);
          else exit = line.exit;
        },
        running.signal,
      );
      return exit;
    } catch (error) {
      if (running.signal.aborted) return exit;
      return this.#refuse(error instanceof TransportError ? error.message : String(error), 1);
    } finally {
      this.#running.delete(running);
      this.isRunning.value = this.#running.size > 0;
    }
  }

  #refuse(message: string, exit: number): number {
    this.#say('err', message);
    return exit;
  }

  #say(kind: TerminalLine['kind'], text: string): void {
    const lines = text
      .replace(/\n$/, '')
      .split('\n')
      .map((each) => ({ id: ++this.#id, kind, text: each }));
    this.lines.value = [...this.lines.peek(), ...lines].slice(-MOST_LINES);
  }
}
