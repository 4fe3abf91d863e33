import { extname, join } from 'node:path'
import compress from '@fastify/compress'
import serveStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { stylesheet, stylesheetVersion } from '../stylesheet.ts'

const year = 31_536_000

/**
 * What pages are drawn with, and how pages are packed: Beanstalk's nginx has gzip off. Streams of events and files of jobs
 * go as they are.
 */
export async function serveAssets(app: FastifyInstance) {
  await app.register(compress, {
    encodings: ['gzip'],
    customTypes: /^(text\/(html|css|javascript)|application\/json|image\/svg\+xml)/
  })

  app.get<{ Querystring: { v?: string } }>('/assets/style.css', async (request, reply) => {
    // Beside an instance of another version, this one may be asked for the other's.
    const isThis = request.query.v === stylesheetVersion
    reply.header('cache-control', isThis ? `public, max-age=${year}, immutable` : 'no-cache')
    return reply.type('text/css; charset=utf-8').send(stylesheet)
  })

  await app.register(serveStatic, {
    root: join(import.meta.dirname, 'assets'),
    prefix: '/assets/',
    cacheControl: false,
    setHeaders(reply, path) {
      // A script must be of the version of its page.
      const control = extname(path) === '.js' ? 'no-cache' : 'public, max-age=3600'
      reply.header('cache-control', control)
    }
  })
}
