/** The flags that spoil simulated access records, shared by `serve` and `simulate`. */

import type { Option } from '../../command.ts';
import type { RecordFaults } from '../../sandbox/simulate.ts';
import { shareOf } from './words.ts';

const RECORDS = 'Records';

const share = (name: string, description: string): Option => ({
  name,
  kind: 'string',
  optionalValue: true,
  placeholder: 'SHARE',
  group: RECORDS,
  description: `${description} (bare: 10%)`,
});

export const recordOptions: readonly Option[] = [
  share('late-records', 'Upload so many simulated records up to 40 days late'),
  share('duplicate-records', 'Upload so many twice'),
  share('future-records', 'Date so many a few seconds ahead'),
  share('reordered-records', 'Upload so many after younger ones'),
  share('nameless-records', 'Leave out the employee of so many'),
  share('unknown-records', 'Give so many a method that nobody has heard of'),
];

type Share = string | true | undefined;

export interface RecordsInput {
  readonly lateRecords?: Share;
  readonly duplicateRecords?: Share;
  readonly futureRecords?: Share;
  readonly reorderedRecords?: Share;
  readonly namelessRecords?: Share;
  readonly unknownRecords?: Share;
}

export function recordFaults(input: RecordsInput): RecordFaults {
  return {
    late: shareOf(input.lateRecords, '--late-records') ?? 0,
    duplicate: shareOf(input.duplicateRecords, '--duplicate-records') ?? 0,
    future: shareOf(input.futureRecords, '--future-records') ?? 0,
    reordered: shareOf(input.reorderedRecords, '--reordered-records') ?? 0,
    nameless: shareOf(input.namelessRecords, '--nameless-records') ?? 0,
    unknown: shareOf(input.unknownRecords, '--unknown-records') ?? 0,
  };
}
