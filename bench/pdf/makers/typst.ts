import { amountOf, grouped, totalsOf, yen } from '../../../src/invoice/amounts.ts'
import type { Invoice } from '../../../src/invoice/schema.ts'
import { fontFolders } from '../fonts.ts'
import type { Maker } from '../maker.ts'
import { load } from '../peers.ts'

/** As its users have it: a template that says what the page looks like, and what is to be on it as data. */
export async function open(invoice: Invoice): Promise<Maker> {
  const { NodeCompiler } = await load('@myriaddreamin/typst-ts-node-compiler')
  const compiler = NodeCompiler.create({ fontArgs: [{ fontPaths: fontFolders }] })
  return async number => {
    const inputs = { data: JSON.stringify(dataOf({ ...invoice, number })) }
    const pdf = compiler.pdf({ mainFileContent: template, inputs })
    // It keeps what it has laid out; of another customer's invoice nothing would be of use.
    compiler.evictCache(0)
    return pdf
  }
}

/** Amounts are worked out here: that is no work for a template. */
function dataOf(invoice: Invoice) {
  const { rates, net, tax, total } = totalsOf(invoice)
  return {
    ...invoice,
    lines: invoice.lines.map(line => ({
      ...line,
      unitPrice: grouped(BigInt(line.unitPrice)),
      amount: grouped(amountOf(line, invoice.rounding ?? 'floor'))
    })),
    rates: rates.map(({ rate, net, tax }) => ({ rate, net: yen(net), tax: yen(tax) })),
    net: yen(net),
    tax: yen(tax),
    total: yen(total)
  }
}

const template = `
#let data = json(bytes(sys.inputs.data))
#let ink = rgb("#1d2624")
#let soft = rgb("#63706b")
#let accent = rgb("#155e4b")
#let tint = rgb("#eff4f1")
#let hair = 0.5pt + rgb("#d3dad6")
#let day(text) = {
  let (year, month, day) = text.split("-")
  [#(year)年#int(month)月#int(day)日]
}
#let small(body) = text(size: 8pt, fill: soft, body)
#let mark(rate) = if rate == 8 [※ 8%] else if rate == 10 [10%] else [対象外]
#let rated(rate) = if rate == 8 [8%対象 ※] else if rate == 10 [10%対象] else [対象外]

#set document(title: "請求書 " + data.number, author: data.issuer.name)
#set page(paper: "a4", margin: (x: 50pt, top: 54pt, bottom: 66pt), footer: context align(right, small(
  counter(page).display("1 / 1", both: true)
)))
#set text(font: "Noto Sans JP", lang: "ja", size: 9pt, fill: ink)
#set table(stroke: none, inset: (x: 6pt, y: 5pt))

#grid(columns: (1fr, 180pt),
  text(size: 25pt, weight: 700, fill: accent)[請求書],
  grid(columns: (72pt, 1fr), row-gutter: 6pt,
    small[請求書番号], data.number,
    small[発行日], day(data.issuedOn),
    small[取引年月日], day(data.transactionOn),
  ),
)
#v(30pt)
#grid(columns: (264pt, 1fr), column-gutter: 50pt,
  {
    [〒#data.recipient.postalCode \\ #data.recipient.address]
    v(2pt)
    text(size: 14pt, weight: 700, data.recipient.name + " " + data.recipient.honorific)
    line(length: 100%, stroke: 0.5pt + ink)
  },
  {
    text(size: 10.5pt, weight: 700, data.issuer.name)
    v(2pt)
    [〒#data.issuer.postalCode \\ #data.issuer.address.split("\\n").join(linebreak()) \\ TEL #data.issuer.phone]
    grid(columns: (72pt, 1fr), small[登録番号], data.issuer.registrationNumber)
  },
)
下記のとおりご請求申し上げます。
#block(width: 100%, fill: tint, inset: 14pt, grid(columns: (1fr, auto), align: (left, right + horizon),
  {
    text(size: 10pt, weight: 700, fill: accent)[ご請求金額（税込）]
    linebreak()
    [お支払期限 #day(data.dueOn)]
  },
  text(size: 24pt, weight: 700, fill: accent, data.total),
))
#table(
  columns: (1fr, 50pt, 44pt, 66pt, 44pt, 77pt),
  align: (left, right, center, right, right, right),
  table.header(
    table.hline(stroke: 1pt + accent),
    ..([摘要], [数量], [単位], [単価], [税率], [税抜金額]).map(label => table.cell(fill: tint, text(weight: 700, fill: accent, label))),
  ),
  ..data.lines.map(line => (
    line.description, str(line.quantity), line.unit, line.unitPrice, mark(line.taxRate), line.amount,
    table.hline(stroke: hair),
  )).flatten(),
)
#grid(columns: (222pt, 1fr),
  pad(left: 6pt, small[※は軽減税率（8%）対象]),
  table(columns: (1fr, 88pt, 88pt), align: (left, right, right),
    [], small[税抜金額], small[消費税額], table.hline(stroke: hair),
    ..data.rates.map(rate => (rated(rate.rate), rate.net, rate.tax, table.hline(stroke: hair))).flatten(),
    strong[小計], strong(data.net), strong(data.tax), table.hline(stroke: 1pt + accent),
    table.cell(fill: tint, text(size: 10pt, weight: 700, fill: accent)[合計（税込）]),
    table.cell(colspan: 2, fill: tint, text(size: 13pt, weight: 700, fill: accent, data.total)),
  ),
)
`
