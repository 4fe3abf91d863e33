import Type from 'typebox'
import { answers, lacking, secured } from './answer.ts'
import * as example from './example.ts'

export const uploadOperation = {
  operationId: 'uploadFile',
  tags: ['Orders'],
  security: secured('orders:write'),
  summary: 'Send a file for an order that needs one',
  'x-ja': 'ファイルの送信',
  description:
    'The body is the file itself, up to 10 MB, under any type. The answer is what the field of the order takes.',
  querystring: Type.Object({ name: Type.Optional(Type.String({ description: 'Its name.' })) }),
  body: {
    content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } }
  },
  response: answers(201, 'The file is stored.', 'Upload', example.upload, {
    403: lacking('orders:write'),
    413: 'Request body is too large',
    422: 'Send the file as the body.'
  })
}
