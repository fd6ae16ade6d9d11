import { dateOf } from '../calendar.ts';
import { type Answer, notFound } from '../http.ts';
import { findIndex } from '../people.ts';
import { attendanceReport, payrollReport, type Report, type ReportQuery, type Row } from '../reports.ts';
import { oneOf, queryPeriod, queryText } from '../validate.ts';
import type { World } from '../world.ts';
import type { Route } from './route.ts';

export const reportRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/reports/payroll',
    scope: 'read',
    answer({ world, query }) {
      const asked = reportQuery(world, query);
      const format = oneOf(queryText(query, 'format') ?? 'json', ['json', 'excel'], 'format');
      const report = payrollReport(world, asked);
      return format === 'excel' ? workbookAnswer(report, asked) : reportAnswer(report);
    },
  },
  {
    method: 'GET',
    path: '/reports/attendance',
    scope: 'read',
    answer: ({ world, query }) => reportAnswer(attendanceReport(world, reportQuery(world, query))),
  },
];

function reportQuery(world: World, query: URLSearchParams): ReportQuery {
  const { first, last } = queryPeriod(query);
  const employee = queryText(query, 'employee_id');
  if (employee === undefined) return { first, last };
  const index = findIndex(world, employee);
  if (index === undefined) throw notFound(`There is no employee ${JSON.stringify(employee)}`, 'employee_id');
  return { first, last, index };
}

/** Above this many rows a report is sent as it is computed. */
const IN_ONE_PIECE = 20_000;
const PIECE = 500;

function reportAnswer(report: Report): Answer {
  if (report.atMost > IN_ONE_PIECE) return { json: pieces(report) };
  return { json: [...jsonOf(report)].join('') };
}

/** The report's JSON in pieces. */
function* jsonOf({ head, rows }: Report): Generator<string> {
  yield `${JSON.stringify(head).slice(0, -1)},"employees":[`;
  const each = rows();
  let separator = '';
  for (let next = each.next(); ; next = each.next()) {
    if (next.done) {
      yield `],"totals":${JSON.stringify(next.value)}}`;
      return;
    }
    yield separator + JSON.stringify(next.value);
    separator = ',';
  }
}

async function* pieces(report: Report): AsyncGenerator<Uint8Array> {
  let texts: string[] = [];
  for (const text of jsonOf(report)) {
    texts.push(text);
    if (texts.length < PIECE) continue;
    yield Buffer.from(texts.join(''));
    texts = [];
    // Others are answered meanwhile.
    await new Promise((resolve) => setImmediate(resolve));
  }
  yield Buffer.from(texts.join(''));
}

async function workbookAnswer(report: Report, { first, last }: ReportQuery): Promise<Answer> {
  const { workbook, MEDIA_TYPE } = await import('../workbook.ts');
  const each = report.rows();
  const rows: Row[] = [];
  let next = each.next();
  for (; !next.done; next = each.next()) rows.push(next.value);
  const name = `payroll_${dateOf(first)}_${dateOf(last)}.xlsx`;
  return {
    bytes: workbook('Payroll', rows, next.value),
    headers: { 'content-type': MEDIA_TYPE, 'content-disposition': `attachment; filename="${name}"` },
  };
}
