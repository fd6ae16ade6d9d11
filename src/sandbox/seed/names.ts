/** Names of several scripts, each with its spelling for e-mail addresses. */

interface Culture {
  /** Of a hundred people. */
  readonly share: number;
  readonly given: readonly string[];
  readonly family: readonly string[];
  /** East Asian names put the family first and no space between. */
  readonly familyFirst?: boolean;
}

/** `written|ascii`; without a bar the written form is ASCII already. */
const CULTURES: readonly Culture[] = [
  {
    share: 48,
    given: [
      'Mary',
      'James',
      'Linda',
      'Robert',
      'Susan',
      'Peter',
      'Anna',
      'Thomas',
      'Grace',
      'Daniel',
      'Emma',
      'Oliver',
      'Ruth',
      'Henry',
      'Laura',
      'Samuel',
    ],
    family: [
      'Smith',
      'Miller',
      'Brown',
      'Wilson',
      'Taylor',
      'Clark',
      'Walker',
      'Baker',
      'Cooper',
      'Reed',
      'Morgan',
      'Hughes',
      'Foster',
      'Ward',
      "O'Brien|obrien",
      'Grant',
    ],
  },
  {
    share: 22,
    given: [
      'José|jose',
      'Zoë|zoe',
      'Jürgen|juergen',
      'Søren|soeren',
      'Agnès|agnes',
      'Łukasz|lukasz',
      'Márta|marta',
      'Åsa|asa',
      'François|francois',
      'Nuño|nuno',
      'Çağla|cagla',
      'Jiří|jiri',
    ],
    family: [
      'García|garcia',
      'Müller|mueller',
      'Nowak',
      'Lefèvre|lefevre',
      'Ångström|angstroem',
      'Dvořák|dvorak',
      'Gonçalves|goncalves',
      'Kovács|kovacs',
      'Yılmaz|yilmaz',
      'Ødegård|oedegaard',
      'Núñez|nunez',
      'Schröder|schroeder',
    ],
  },
  {
    share: 12,
    given: [
      'Иван|ivan',
      'Ольга|olga',
      'Дмитрий|dmitry',
      'Наталья|natalya',
      'Сергій|serhiy',
      'Елена|elena',
      'Никола|nikola',
      'Мария|maria',
    ],
    family: [
      'Петренко|petrenko',
      'Коваленко|kovalenko',
      'Орлов|orlov',
      'Соколенко|sokolenko',
      'Стоянович|stoyanovich',
      'Мельник|melnyk',
      'Громов|gromov',
      'Бондар|bondar',
    ],
  },
  {
    share: 6,
    familyFirst: true,
    given: ['伟|wei', '芳|fang', '静|jing', '磊|lei', '秀英|xiuying', '建国|jianguo'],
    family: ['王|wang', '李|li', '张|zhang', '陈|chen', '欧阳|ouyang', '刘|liu'],
  },
  {
    share: 4,
    familyFirst: true,
    given: ['さくら|sakura', '健太|kenta', '陽子|yoko', '大輔|daisuke'],
    family: ['田中|tanaka', '佐藤|sato', '鈴木|suzuki', '渡辺|watanabe'],
  },
  {
    share: 3,
    familyFirst: true,
    given: ['민준|minjun', '서연|seoyeon', '지훈|jihun'],
    family: ['김|kim', '이|lee', '박|park'],
  },
  {
    share: 5,
    given: ['محمد|mohammed', 'فاطمة|fatima', 'ليلى|layla', 'يوسف|yusuf', 'أحمد|ahmed', 'مريم|maryam'],
    family: [
      'الحداد|alhaddad',
      'المنصور|almansour',
      'خليل|khalil',
      'حسن|hassan',
      'نجار|najjar',
      'صالح|saleh',
    ],
  },
];

export interface Name {
  readonly name: string;
  /** `given.family` in ASCII, lower case. */
  readonly local: string;
}

/** The name that three hashes pick. */
export function nameOf(culture: number, given: number, family: number): Name {
  const from = cultureOf(culture % 100);
  const [first, firstAscii] = pick(from.given, given);
  const [last, lastAscii] = pick(from.family, family);
  return {
    name: from.familyFirst ? `${last}${first}` : `${first} ${last}`,
    local: `${firstAscii}.${lastAscii}`,
  };
}

function cultureOf(percent: number): Culture {
  let below = 0;
  for (const one of CULTURES) {
    below += one.share;
    if (percent < below) return one;
  }
  throw new RangeError('the shares of the cultures do not make a hundred');
}

function pick(from: readonly string[], by: number): [string, string] {
  const entry = from[by % from.length] ?? '';
  const [written = entry, ascii = written.toLowerCase()] = entry.split('|');
  return [written, ascii];
}
