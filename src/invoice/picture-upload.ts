import Type from 'typebox'
import type { Uploads } from '../queue/kind.ts'
import { type Upload, upload } from '../upload.ts'
import { toDataUrl } from './picture.ts'
import type { Invoice } from './schema.ts'

/** Pictures as people order them: they come as files, and are read when invoices are drawn. */
export const pictureUploads = {
  logo: Type.Optional(upload({ ja: 'ロゴ', en: 'Logo' })),
  seal: Type.Optional(upload({ ja: '印影', en: 'Seal' }))
}

export type Pictures = Pick<Invoice, 'logo' | 'seal'>

/** The pictures as an invoice has them. */
export async function readPictures(
  order: { logo?: Upload; seal?: Upload },
  uploads: Uploads
): Promise<Pictures> {
  const pictures: Pictures = {}
  for (const name of ['logo', 'seal'] as const) {
    const file = order[name]
    if (file) pictures[name] = toDataUrl(await uploads.read(file.key))
  }
  return pictures
}
