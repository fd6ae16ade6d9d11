// Leaves out of the bundle what exceljs brings for jobs that are not ours: its streaming reader (with unzipper and what
// that drags in) and its CSV (fast-csv). Neither is reachable from here, and some of it names no licence.
const UNUSED = [/^\.\/stream\/xlsx\/workbook-reader$/, /^\.\.\/csv\/csv$/];

export const leanExceljs = {
  name: 'lean-exceljs',
  setup(build) {
    for (const filter of UNUSED) {
      build.onResolve({ filter }, ({ path, importer }) =>
        /[\\/]exceljs[\\/]lib[\\/]/.test(importer) ? { path, namespace: 'lean-exceljs' } : undefined,
      );
    }
    build.onLoad({ filter: /.*/, namespace: 'lean-exceljs' }, () => ({
      contents: 'module.exports = class { constructor() { throw new Error("left out of the bundle"); } };',
    }));
  },
};
