// Required before the binary: at its end, tells which files and which of Node's own modules it has loaded.
const { writeFileSync } = require('node:fs');

const before = new Set(process.moduleLoadList);

process.on('exit', () => {
  const builtins = process.moduleLoadList
    .filter((name) => !before.has(name) && name.startsWith('NativeModule '))
    .map((name) => name.slice('NativeModule '.length));
  const files = Object.keys(require.cache).filter((file) => file !== __filename);
  writeFileSync(process.env.LOADED, JSON.stringify({ files, builtins }));
});
