import type { Sentence } from '../../language.ts'

const marks: [string, number[]][] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]]
]

/**
 * The text of a file as spreadsheets write it: with a byte order mark (UTF-8 or UTF-16), or UTF-8, or
 * CP932, which is what Excel for Windows writes in Japan (the WHATWG's `shift_jis` is that).
 */
export function decode(bytes: Uint8Array): string | undefined {
  const marked = marks.find(([, mark]) => mark.every((byte, index) => bytes[index] === byte))
  const names = marked ? [marked[0]] : ['utf-8', 'shift_jis']
  for (const name of names)
    try {
      const text = new TextDecoder(name, { fatal: true }).decode(bytes)
      return text.includes('\0') ? undefined : text
    } catch {}
  return undefined
}

/** What is wrong with a file that is no CSV at all. */
export function complaintAbout(bytes: Uint8Array): Sentence | undefined {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return workbook
  const text = decode(bytes)
  if (text === undefined) return noText
  return text.trim() === '' ? noRows : undefined
}

const workbook: Sentence = {
  ja: 'これはExcelのブックです。Excelの「名前を付けて保存」で「CSV UTF-8（コンマ区切り）」を選んで保存し、そのファイルを送信してください。',
  en: 'This is an Excel workbook. Save it in Excel as “CSV UTF-8 (comma delimited)” and send that file.'
}

const noText: Sentence = {
  ja: 'CSVファイルとして読み取れません。文字コードをUTF-8かシフトJISにして保存し直してください。',
  en: 'This can’t be read as CSV. Save it again as CSV in UTF-8 or Shift_JIS.'
}

export const noRows: Sentence = {
  ja: '1行目に列の名前、2行目からデータがあるCSVファイルを選んでください。',
  en: 'Choose a CSV file with the names of its columns in the first row and data below.'
}
