import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { nouns } from '../../src/commands/index.ts';
import { EXIT_MEANINGS } from '../../src/errors.ts';
import { manPage } from '../../src/reference/man.ts';
import { allCommands } from '../../src/reference/tree.ts';
import { temporaryFolder } from '../support/context.ts';

const page = await manPage(nouns);
const has = async (program: string) =>
  (await execa(program, ['--version'], { reject: false })).exitCode === 0;

describe('the manual page', () => {
  it('names every command and exit code, in ASCII, with nothing that could be taken for a request', async () => {
    for (const { path } of await allCommands(nouns)) {
      expect(page).toContain(`.SS "worktime ${path.join(' ').replaceAll('-', '\\-')}`);
    }
    for (const [code] of EXIT_MEANINGS) expect(page).toContain(`.B "${code}"`);
    expect(page).toMatch(/^[\x20-\x7e\n]*$/);
    const requests = page.split('\n').filter((line) => /^[.']/.test(line));
    expect(requests.filter((line) => !/^\.(TH|SH|SS|TP|PP|B|I|nf|fi|nh|RS|RE|\\")( |$)/.test(line))).toEqual(
      [],
    );
  });

  it('is what the package brings', () => {
    const about = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
    expect(about.man).toEqual(['./dist/worktime.1']);
    expect(about.files).toContain('dist');
  });

  it('is read by groff without a warning', async ({ skip }) => {
    if (!(await has('groff'))) skip('groff is not installed here');
    const file = join(temporaryFolder(), 'worktime.1');
    writeFileSync(file, page);
    const { stdout, stderr } = await execa('groff', ['-man', '-ww', '-Tutf8', file], {
      env: { GROFF_NO_SGR: '1' },
    });
    expect(stderr).toBe('');
    expect(stdout.replace(/.\u0008/g, '')).toContain('worktime employees list [flags]');
  });
});
