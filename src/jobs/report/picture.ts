import Type from 'typebox'
import type { Sentence } from '../../language.ts'
import { faultFoundBy } from '../../pdf/image/bad-image.ts'
import { glanceAt } from '../../pdf/image/image.ts'
import type { FileRule, Problem, Uploads } from '../../queue/kind.ts'
import { nameOf, type PictureFile } from '../../report/album.ts'
import { type Upload, upload } from '../../upload.ts'

const numbered = (number: number) =>
  Type.Optional(upload({ ja: `画像${number}`, en: `Picture ${number}` }))

/** Pictures for a report; as many as one form carries beside the file of the text. */
export const pictureUploads = {
  picture1: numbered(1),
  picture2: numbered(2),
  picture3: numbered(3),
  picture4: numbered(4),
  picture5: numbered(5)
}

type Pictures = { [name in keyof typeof pictureUploads]?: Upload }

export const pictureNames = Object.keys(pictureUploads) as (keyof Pictures)[]

export const picture: FileRule = {
  most: 2_000_000,
  accept: 'image/png,image/jpeg',
  check: bytes => faultFoundBy(() => glanceAt(bytes))
}

export const pictureFiles: Record<string, FileRule> = Object.fromEntries(
  pictureNames.map(name => [name, picture])
)

/** The text knows pictures by their names, so that no two may have the same one. */
export function checkNames(order: Pictures): Problem[] {
  const problems: Problem[] = []
  const taken = new Set<string>()
  for (const path of pictureNames) {
    const file = order[path]
    if (!file) continue
    const name = nameOf(file.name)
    if (taken.has(name)) problems.push({ path, sentence: sameName(file.name) })
    taken.add(name)
  }
  return problems
}

export async function readPictures(order: Pictures, uploads: Uploads): Promise<PictureFile[]> {
  const files = pictureNames.flatMap(path => order[path] ?? [])
  return await Promise.all(
    files.map(async ({ key, name }) => ({ name, bytes: await uploads.read(key) }))
  )
}

/** All but the pictures. */
export function withoutPictures<Order extends Pictures>({
  picture1: _1,
  picture2: _2,
  picture3: _3,
  picture4: _4,
  picture5: _5,
  ...others
}: Order) {
  return others
}

function sameName(name: string): Sentence {
  return {
    ja: `「${name}」という名前の画像がもう1つあります。ファイル名を変えて選び直してください。`,
    en: `There is another picture named “${name}”: rename the file and choose it again.`
  }
}
