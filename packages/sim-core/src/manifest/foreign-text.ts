import type { CodeLine } from './code-lines.ts';
import type { Finding, ManifestProblemReason } from './problem.ts';

/** A kind of text that is no manifest. The first line that `line` matches tells it, or else the whole text. */
interface ForeignText {
  readonly reason: ManifestProblemReason;
  readonly line?: RegExp;
  readonly text?: RegExp;
  readonly message: string;
  readonly hint: string;
}

const PROMPT = /^(?:PS [A-Z]:[^>]*|[\w.-]+@[\w.-]+[^$#%]*|[~/][\w./~-]*)?\s*[$%>❯]\s+[\w./-]+/;
const COMMAND =
  /^(?:sudo\s+)?(?:kubectl|helm|minikube|kind|docker|curl|wget|cat|cd|git|npx|npm|brew|apt-get|export)\s+\S/;
const RESOURCE_COLUMNS =
  /^(?:NAMESPACE\s+)?NAME\s+(?:READY|STATUS|TYPE|CLASS|CLUSTER-IP|AGE|DESIRED|DATA|COMPLETIONS|CONTROLLER)\b/;
const MANIFEST_IN_IT = 'Keep only the lines of the manifest (from apiVersion: on) in the file.';

/** Asked in this order of a text that could not be read as manifests. */
const FOREIGN_TEXTS: readonly ForeignText[] = Object.freeze([
  {
    reason: 'HelmTemplate',
    line: /\{\{-?\s*(?:\.(?:Values|Release|Chart|Capabilities|Template|Files)\b|(?:if|else|end|range|with|define|include|template|tpl|toYaml|fromYaml|block|required|default|quote|printf|lookup)\b|\$|\/\*)/,
    message: 'this is a Helm template, not a manifest: {{ … }} is filled in by Helm',
    hint: 'Render it first, in the folder of Chart.yaml: helm template . > rendered.yaml, and use rendered.yaml.',
  },
  {
    reason: 'TemplateVariable',
    line: /(?:[:-]\s+|^\s*)\{\{-?\s*[\w.]+(?:\s*\|[^}]*)?\s*-?\}\}|\{%-?\s*\w+/,
    message: 'this is a template, not a manifest: {{ … }} is still to be filled in',
    hint: 'Render it with the tool it belongs to (Helm, Ansible, Jinja …), or write the values in its place.',
  },
  {
    reason: 'NotYaml',
    text: /^\s*(?:<!--[\s\S]*?-->\s*)?<(?:!doctype\s+html|html|head|body)\b/i,
    message: 'this is a web page (HTML), not a manifest',
    hint: 'Download the raw file. On GitHub: the "Raw" button, or an address that begins with https://raw.githubusercontent.com/.',
  },
  {
    reason: 'NotYaml',
    text: /^\s*<(?:\?xml|[A-Za-z][\w:-]*[\s/>])/,
    message: 'this is XML, not a manifest',
    hint: 'Give a file with Kubernetes objects: YAML or JSON with apiVersion and kind.',
  },
  {
    reason: 'NotYaml',
    text: /^\{\\rtf/,
    message: 'this is a rich text document (RTF), not a plain text',
    hint: 'Save it as plain text.',
  },
  {
    reason: 'MarkdownFence',
    line: /^\s*(?:```|~~~)/,
    message: 'a Markdown fence stands here; it is not part of the manifest',
    hint: 'Delete the lines that begin with ``` and keep what is between them.',
  },
  {
    reason: 'ShellCommand',
    line: /<<-?\s*["']?[A-Z]+["']?/,
    message: 'this is a shell command with the manifest inside it (<<EOF … EOF)',
    hint: `Keep only the lines between <<EOF and EOF in the file.`,
  },
  {
    reason: 'ShellCommand',
    text: /^#!.*\b(?:sh|bash|zsh|fish|dash|env|python3?|node|perl|ruby)\b/,
    message: 'this is a script, not a manifest',
    hint: 'Run it in a terminal, or give the manifests it applies.',
  },
  {
    reason: 'ShellCommand',
    line: PROMPT,
    message: 'a shell prompt with a command stands here; it is not part of the manifest',
    hint: MANIFEST_IN_IT,
  },
  {
    reason: 'ShellCommand',
    line: COMMAND,
    message: 'a shell command stands here; it is not part of the manifest',
    hint: MANIFEST_IN_IT,
  },
  {
    reason: 'ShellCommand',
    line: RESOURCE_COLUMNS,
    message: 'this is the output of kubectl get, not a manifest',
    hint: 'Get the manifest with: kubectl get … -o yaml',
  },
  {
    reason: 'OtherTool',
    text: /^(?:[ \t]*(?:#.*)?\r?\n)*(?:ARG\s.*\n)*FROM[ \t]+\S+[\s\S]*\n(?:RUN|COPY|CMD|ENTRYPOINT|ADD|WORKDIR|EXPOSE|ENV)\s/,
    message: 'this is a Dockerfile, not a manifest',
    hint: 'A Dockerfile builds an image; give the Deployment that runs it.',
  },
  {
    reason: 'OtherTool',
    line: /^(?:resource|provider|module|variable|terraform|data)\s+(?:"[^"]*"\s+){0,2}\{$/,
    message: 'this is a Terraform configuration, not a manifest',
    hint: 'Give a file with Kubernetes objects: YAML or JSON with apiVersion and kind.',
  },
  {
    reason: 'OtherTool',
    line: /^(?:server|http|events|upstream\s+\S+|location\s+\S.*)\s*\{$/,
    message: 'this is an nginx configuration, not a manifest',
    hint: 'The ingress controller writes nginx.conf itself, from Ingress objects and their annotations. Give those.',
  },
]);

/** Names a text that was pasted or given by mistake. */
export function findForeignText(text: string, lines: readonly CodeLine[]): Finding | undefined {
  for (const foreign of FOREIGN_TEXTS) {
    const offset = matchOffset(foreign, text, lines);
    if (offset === undefined) continue;
    const { reason, message, hint } = foreign;
    return { reason, message, offset, hint };
  }
  return undefined;
}

/** A line at the margin that is a sentence and no `key: value`; for texts that could not be read. */
export function findProse(lines: readonly CodeLine[]): Finding | undefined {
  const sentence = lines.find((line) => isSentence(head(line)));
  if (sentence === undefined) return undefined;
  const hasManifest = lines.some(({ code }) => /^apiVersion:\s/.test(code));
  const start = head(sentence);
  return {
    reason: 'NotYaml',
    message: `this line is prose, not YAML: "${start.length > 60 ? `${start.slice(0, 57)}…` : start}"`,
    offset: sentence.offset,
    hint: hasManifest
      ? 'Keep only the lines of the manifests (each from its apiVersion: on), with --- between them; make a comment (#) of the rest.'
      : 'Give a file with Kubernetes objects: YAML or JSON with apiVersion and kind.',
  };
}

function isSentence(code: string): boolean {
  if (/^(?:-\s+)*["']?[\w./-]+["']?\s*:(?:\s|$)/.test(code)) return false;
  return /^(?:-\s+)?[“"'(]?[A-Za-z][\w'’,()/-]*(?:\s+[“"'(`]?[\w'’=./-]+[”"'),.:;!?`]*){4,}/.test(code);
}

function matchOffset({ text: pattern, line }: ForeignText, text: string, lines: readonly CodeLine[]) {
  if (pattern?.test(text.slice(0, 4_000))) return text.length - text.trimStart().length;
  if (line === undefined) return undefined;
  const found = lines.find((candidate) => line.test(head(candidate)));
  if (found === undefined) return undefined;
  const at = head(found).search(line);
  return found.offset + Math.max(at, found.indent);
}

/**
 * Enough of a line, with its indentation and without its comment, to tell what it is: commands and prose stand at the
 * margin, texts inside a manifest do not. Keeps the patterns fast on lines of megabytes.
 */
function head({ raw, indent, code }: CodeLine): string {
  return raw.slice(0, Math.min(indent + code.length, 400));
}
