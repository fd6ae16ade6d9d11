#!/usr/bin/env node
'use strict';

const [major = 0, minor = 0, patch = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && (minor < 18 || (minor === 18 && patch < 1)))) {
  process.stderr.write(
    `worktime: Node ${process.versions.node} is too old\nNext: install Node 20.18.1 or newer\n`,
  );
  process.exitCode = 9;
} else if (process.argv[2] === '__complete') {
  require('../dist/cli/complete.cjs').complete();
} else {
  require('../dist/cli/main.cjs')
    .main()
    // All is written by now, and to take the process apart piece by piece takes time.
    .then((code) => process.exit(code));
}
