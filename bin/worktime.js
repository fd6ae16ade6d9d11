#!/usr/bin/env node
import module from 'node:module';

const [major = 0, minor = 0, patch = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && (minor < 18 || (minor === 18 && patch < 1)))) {
  process.stderr.write(`worktime: Node ${process.versions.node} is too old\nNext: install Node 20.18.1 or newer\n`);
  process.exitCode = 9;
} else {
  module.enableCompileCache?.();
  const { main } = await import('../dist/cli/main.mjs');
  process.exitCode = await main();
}
