import type { Lookup } from './kind.ts'

/** What people look for a job by, of its payload. */
export type SearchKeys = { search_number: string | null; search_name: string | null }

const mostCharacters = 64

export function searchKeys({ number, name }: Lookup): SearchKeys {
  return { search_number: searchKey(number), search_name: searchKey(name) }
}

/** As it is compared: people type it with other widths, cases and spaces than it was ordered with. */
export function searchKey(text = ''): string | null {
  const plain = text.normalize('NFKC').toLowerCase().replace(/\s+/gu, '')
  return [...plain].slice(0, mostCharacters).join('') || null
}
