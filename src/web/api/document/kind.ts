import { answers, secured } from './answer.ts'

const example = {
  name: 'invoice',
  title: { ja: '請求書', en: 'Invoice' },
  summary: { ja: '適格請求書のPDFを作成します。', en: 'A qualified Japanese invoice as PDF.' },
  schema: { type: 'object', required: ['email', 'number'] }
}

export const kindsOperation = {
  operationId: 'listKinds',
  tags: ['Orders'],
  security: secured(),
  summary: 'List the kinds of job, with the fields of each',
  'x-ja': 'ジョブの種類と項目の一覧',
  response: answers(200, 'All kinds.', 'KindList', { kinds: [example] })
}
