import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

/** SPDX names that ask for no more than to keep their notice. A package under anything else stops the build. */
const PERMISSIVE = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'PSF-2.0',
  'Python-2.0',
  'Unlicense',
  'Zlib',
]);

/** What we owe the authors of one bundled package. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  /** The texts of its LICENSE and NOTICE files, word for word. */
  readonly text: string;
}

/** Notes which packages end up in a bundle, into `found` (by name and version). */
export function collectLicenses(found: Map<string, BundledPackage>): Plugin {
  return {
    name: 'collect-licenses',
    generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        for (const id of chunk.moduleIds) {
          const folder = packageFolder(id);
          if (!folder) continue;
          const bundled = readPackage(folder);
          found.set(`${bundled.name}@${bundled.version}`, bundled);
        }
      }
    },
  };
}

/** The package a module id belongs to, or undefined when the module is our own. */
export function packageFolder(id: string): string | undefined {
  const path = id.replace(/^\0/, '').replace(/\?.*$/, '').replaceAll('\\', '/');
  return /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0];
}

/** @throws when the license is not permissive, or the package does not carry its text */
export function readPackage(folder: string): BundledPackage {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (!isPermissive(license)) throw new Error(`${name}@${version} is under "${license}", which we do not bundle.`);
  const text = licenseTexts(folder);
  if (!text) throw new Error(`${name}@${version} carries no license text in ${dirname(folder)}.`);
  return { name, version, license, text };
}

/** Understands one SPDX name and alternatives such as `(MIT OR GPL-3.0)`. */
export function isPermissive(license: unknown): boolean {
  if (typeof license !== 'string') return false;
  return license
    .replaceAll(/[()]/g, '')
    .split(/ OR /)
    .some((name) => PERMISSIVE.has(name.trim()));
}

function licenseTexts(folder: string): string {
  const files = readdirSync(folder).filter((name) => /^(licen[sc]e|copying|notice)/i.test(name));
  const texts = files.map((name) => readFileSync(join(folder, name), 'utf8').trim());
  return texts.join('\n\n') || licenseInReadme(folder);
}

/** Some packages (seedrandom) keep their license as the last section of the README only. */
function licenseInReadme(folder: string): string {
  const readme = readdirSync(folder).find((name) => /^readme/i.test(name));
  if (!readme) return '';
  const [, section] = readFileSync(join(folder, readme), 'utf8').split(
    /^(?=.*licen[sc]e.*\n[-=]{3,}$|#+ .*licen[sc]e)/im,
  );
  return section?.includes('Permission') ? section.trim() : '';
}

/** The file that goes into the package beside the bundle. */
export function printLicenses(packages: Iterable<BundledPackage>): string {
  const sorted = [...packages].sort((a, b) => (`${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1));
  const rule = '='.repeat(80);
  const sections = sorted.map((p) => `${rule}\n${p.name} ${p.version} (${p.license})\n${rule}\n\n${p.text}\n`);
  return `This package contains the following software, under these licenses.\n\n${sections.join('\n')}`;
}
