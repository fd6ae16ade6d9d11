// Leaves out of the bundle what packages load for jobs that are not ours, at the cost of every start.
import { createRequire } from 'node:module';
import { dirname } from 'node:path';

const NONE = 'module.exports = {};';
const LEFT_OUT = 'module.exports = class { constructor() { throw new Error("left out of the bundle"); } };';
const { ERROR, TYPE } = createRequire(import.meta.url)('undici/lib/llhttp/constants.js');

/** By package: what is left out, by the path that the package asks for, and what stands in for it. */
const STUBS = {
  undici: [
    // Only HTTP/1.1 is offered in the handshake, so no connection ever becomes HTTP/2. Brings node:http2.
    [/^\.\/client-h2\.js$/, 'module.exports = () => { throw new Error("HTTP/2 was not offered") };'],
    // Only for bodies that are FormData, which are never sent. Brings the whole of fetch.
    [/^\.\.\/web\/fetch\/body\.js$/, NONE],
    // Two of its thirty tables are used; making the rest takes 2 ms.
    [/^\.\.\/llhttp\/constants\.js$/, `module.exports = ${JSON.stringify({ ERROR, TYPE })};`],
    // Counters that nobody reads.
    [/^\.\.\/util\/stats\.js$/, NONE],
    // Channels that nobody listens to.
    [
      /\/diagnostics\.js$/,
      'const channel = { hasSubscribers: false }; module.exports = { channels: new Proxy({}, { get: () => channel }) };',
    ],
    // Only its limit and a class for instanceof are asked for.
    [/^node:http$/, 'module.exports = { maxHeaderSize: 16384, IncomingMessage: class {} };'],
    [
      /^node:assert$/,
      `const assert = (value, message) => { if (!value) throw new Error(message ?? 'undici: assertion failed'); };
       assert.strictEqual = (a, b) => assert(a === b);
       assert.notStrictEqual = (a, b) => assert(a !== b);
       module.exports = assert;`,
    ],
  ],
  // What its own subcommands would be started with: ours are functions.
  commander: [[/^node:child_process$/, NONE]],
  // Whether there is colour is decided by the host, and the level is given. Brings node:tty.
  chalk: [[/^#supports-color$/, 'export default {};']],
  'cli-table3': [
    // Heads and borders are painted by the view.
    [/^@colors\/colors\/safe$/, NONE],
    // It only ever measures placeholders of one cell each. Brings the table of every emoji.
    [/^string-width$/, 'module.exports = (text) => text.length;'],
  ],
  // Jobs that are not ours: its streaming reader (with unzipper and what that drags in) and its CSV (fast-csv). Neither
  // is reachable from here, and some of it names no licence.
  exceljs: [
    [/^\.\/stream\/xlsx\/workbook-reader$/, LEFT_OUT],
    [/^\.\.\/csv\/csv$/, LEFT_OUT],
  ],
};

export const lean = {
  name: 'lean',
  setup(build) {
    for (const [name, stubs] of Object.entries(STUBS)) {
      for (const [filter, contents] of stubs) {
        build.onResolve({ filter }, ({ path, importer }) =>
          importer.replaceAll('\\', '/').includes(`/node_modules/${name}/`)
            ? {
                path: `${name} ${path}`,
                namespace: 'lean',
                pluginData: { contents, resolveDir: dirname(importer) },
              }
            : undefined,
        );
      }
    }
    build.onLoad({ filter: /.*/, namespace: 'lean' }, ({ pluginData }) => ({
      contents: pluginData.contents,
      loader: 'js',
    }));
  },
};
