// Leaves out of the bundle what undici's HTTP/1 connection loads and a JSON client never uses: 25 ms at every start.
import { createRequire } from 'node:module';
import { dirname } from 'node:path';

const NONE = 'module.exports = {};';
const { ERROR, TYPE } = createRequire(import.meta.url)('undici/lib/llhttp/constants.js');

/** What is left out, by the path that undici asks for, and what stands in for it. */
const STUBS = [
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
];

export const leanUndici = {
  name: 'lean-undici',
  setup(build) {
    for (const [filter, contents] of STUBS) {
      build.onResolve({ filter }, ({ path, importer }) =>
        /[\\/]undici[\\/]lib[\\/]/.test(importer)
          ? { path, namespace: 'lean-undici', pluginData: { contents, resolveDir: dirname(importer) } }
          : undefined,
      );
    }
    build.onLoad({ filter: /.*/, namespace: 'lean-undici' }, ({ pluginData }) => ({
      contents: pluginData.contents,
      loader: 'js',
    }));
  },
};
