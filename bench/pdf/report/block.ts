/** A report in neutral parts, which each maker gets in its own form. */
export type Block =
  | { kind: 'heading'; level: 1 | 2; text: string }
  | { kind: 'paragraph'; text: string }
  | { kind: 'list'; items: string[] }
  | { kind: 'table'; rows: string[][] }

const sentences = [
  '当四半期の売上高は前年同期を上回り、生豆の仕入価格の上昇を販売数量の増加で補いました。',
  '焙煎工場では新しい設備の稼働率が82%に達し、1 kgあたりの電力は3.4%減っています。',
  '一方で「深煎り」の需要は地域差が大きく、在庫の偏りを物流部門と共に見直す必要があります。',
  '主要なお取引先からのアンケートでは、納期の正確さと請求書の見やすさが高く評価されました。',
  'エチオピア産の契約農園とは2027年3月まで価格を据え置くことで合意しています。',
  '配送についてはNode.jsで書かれた新しい基幹システムへ移行し、誤配送は12,500件中4件でした。'
]

const sentence = (n: number) => sentences[n % sentences.length] as string

/** As many chapters as wanted; 15 of them are about 85 pages. */
export function blocksOf(chapters: number): Block[] {
  return Array.from({ length: chapters }, (_, chapter) => chapterOf(chapter)).flat()
}

function chapterOf(chapter: number): Block[] {
  const sections = Array.from({ length: 5 }, (_, section) => sectionOf(chapter * 5 + section))
  return [{ kind: 'heading', level: 1, text: `第${chapter + 1}章 事業の報告` }, ...sections.flat()]
}

function sectionOf(n: number): Block[] {
  const paragraph = (from: number): Block => ({
    kind: 'paragraph',
    text: Array.from({ length: 6 }, (_, index) => sentence(from + index)).join('')
  })
  const rows = Array.from({ length: 8 }, (_, row) => [
    `${row + 1}月`,
    (1_204_000 + n * 731 + row * 18_450).toLocaleString('en'),
    `${(row * 1.7 + (n % 9)).toFixed(1)}%`,
    row % 3 === 0 ? '計画どおり' : '上振れ'
  ])
  return [
    { kind: 'heading', level: 2, text: `${n + 1} 販売と在庫の推移` },
    paragraph(n),
    paragraph(n + 1),
    { kind: 'list', items: [sentence(n), sentence(n + 2), sentence(n + 4)] },
    { kind: 'table', rows: [['月', '売上高', '前年比', '備考'], ...rows] },
    paragraph(n + 3)
  ]
}
