import Type, { type Static } from 'typebox'
import { Report } from '../../report/schema.ts'
import { upload } from '../../upload.ts'
import { pictureUploads } from './picture.ts'

const { text, ...about } = Report.properties

/** A report whose text is typed, or sent as a file, with the pictures that it names. */
export const ReportOrder = Type.Object(
  {
    ...about,
    text: Type.Optional(text),
    file: Type.Optional(upload({ ja: 'Markdownのファイル', en: 'Markdown file' })),
    ...pictureUploads
  },
  { additionalProperties: false }
)
export type ReportOrder = Static<typeof ReportOrder>
