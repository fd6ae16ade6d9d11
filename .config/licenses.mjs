// The licences of what is bundled, in one file beside it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const PACKAGE = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//;

/** Gathers the licences of every package that the inputs of these esbuild metafiles come from. Throws for one without any. */
export function gatherLicenses(root, metafiles) {
  const folders = new Set(
    metafiles.flatMap(({ inputs }) => Object.keys(inputs)).flatMap((input) => PACKAGE.exec(input)?.[1] ?? []),
  );
  const entries = [...folders].map((folder) => {
    const about = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    const file = readdirSync(join(root, folder)).find((name) => /^(licen[cs]e|copying)/i.test(name));
    const license = about.license ?? about.licenses?.map(({ type }) => type).join(' OR ');
    if (!license && !file) throw new Error(`${folder} says nothing of its licence`);
    const author = typeof about.author === 'string' ? about.author : about.author?.name;
    const text = file
      ? readFileSync(join(root, folder, file), 'utf8').trim()
      : `Licensed under ${license}${author ? ` by ${author}` : ''}.`;
    return { title: `${about.name} ${about.version} (${license ?? 'see below'})`, text };
  });
  return entries
    .sort((a, b) => (a.title < b.title ? -1 : 1))
    .map(({ title, text }) => `${title}\n${'-'.repeat(title.length)}\n\n${text}\n`)
    .join('\n\n');
}
