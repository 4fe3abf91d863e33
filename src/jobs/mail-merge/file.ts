import { decode } from '../../encoding.ts'
import type { Sentence } from '../../language.ts'

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
