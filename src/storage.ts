import { randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pathToFileURL } from 'node:url'
import {
  DeleteObjectsCommand,
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  S3Client
} from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import * as contentDisposition from 'content-disposition'
import { awsPlace } from './aws.ts'
import type { Config } from './config.ts'
import { GiveUp } from './queue/outcome.ts'

/** A file that a job made, as its row remembers it; `sha256` is of its bytes, in hex. */
export type StoredFile = { key: string; name: string; bytes: number; sha256?: string }

type Content = Uint8Array | AsyncIterable<Uint8Array>
type About = { name: string; type: string }

export type Storage = {
  /**
   * Stores bytes under a key, or replaces them; `name` is what a person gets when saving it. What is too
   * much to hold at once may come in pieces.
   */
  put(key: string, content: Content, about: About): Promise<StoredFile>
  /** The bytes under a key. Throws `GiveUp` if there is no such file, or no longer. */
  read(key: string): Promise<Buffer>
  /** Where the file can be fetched for the next minutes: a signed URL, or a `file:` URL. */
  link(file: Pick<StoredFile, 'key' | 'name'>): Promise<URL>
  /** Takes files away; those that are not there are taken away already. */
  remove(keys: string[]): Promise<void>
  close(): void
}

/** As many as one request to S3 deletes. */
const mostKeys = 1000

/** How long a link to S3 works, in seconds: it is made at the moment of the download. */
const linkSeconds = 300

/** Opens `s3://bucket/prefix`, or `file:folder`, which a person can look into. */
export function openStorage(config: Config): Storage {
  const { STORAGE_URL } = config
  return guarded(
    STORAGE_URL.startsWith('s3:')
      ? openBucket(new URL(STORAGE_URL), config)
      : openFolder(resolve(STORAGE_URL.slice('file:'.length)))
  )
}

/** Names and folders of our own making; nothing that leads out of the storage, or means something to it. */
const rightKey = /^[a-z0-9][a-z0-9_.-]*(?:\/[a-z0-9][a-z0-9_.-]*)*$/i

/** Looks at every key once more, wherever it came from; one that is none leads to no file, now or later. */
function guarded(storage: Storage): Storage {
  const right = (key: string) => {
    if (rightKey.test(key) && key.length <= 200) return key
    throw new GiveUp(
      `"${key}" is no key of the storage: write names of letters and digits, with "/" between.`
    )
  }
  return {
    put: async (key, content, about) => await storage.put(right(key), content, about),
    read: async key => await storage.read(right(key)),
    link: async ({ key, name }) => await storage.link({ key: right(key), name }),
    remove: async keys => await storage.remove(keys.map(right)),
    close: () => storage.close()
  }
}

function openBucket(url: URL, config: Config): Storage {
  const place = awsPlace(config, 'S3')
  const s3 = new S3Client({
    ...place,
    forcePathStyle: 'endpoint' in place,
    // The SDK itself would wait for ever; a file of some MB takes a second.
    requestHandler: { connectionTimeout: 3000, requestTimeout: 15_000, throwOnRequestTimeout: true }
  })
  const prefix = url.pathname.replace(/^\/|\/$/g, '')
  const object = (key: string) => ({
    Bucket: url.hostname,
    Key: prefix ? `${prefix}/${key}` : key
  })
  return {
    async put(key, content, { name, type }) {
      const about = { ContentType: type, ContentDisposition: contentDisposition.create(name) }
      if (content instanceof Uint8Array) {
        await s3.send(new PutObjectCommand({ ...object(key), ...about, Body: content }))
        return { key, name, bytes: content.length }
      }
      const counted = count(content)
      const params = { ...object(key), ...about, Body: Readable.from(counted.pieces) }
      await new Upload({ client: s3, params }).done()
      return { key, name, bytes: counted.bytes() }
    },
    async read(key) {
      try {
        const { Body } = await s3.send(new GetObjectCommand(object(key)))
        return Buffer.from((await Body?.transformToByteArray()) ?? [])
      } catch (error) {
        throw error instanceof NoSuchKey ? gone(key, error) : error
      }
    },
    async link({ key, name }) {
      const ResponseContentDisposition = contentDisposition.create(name)
      const command = new GetObjectCommand({ ...object(key), ResponseContentDisposition })
      return new URL(await getSignedUrl(s3, command, { expiresIn: linkSeconds }))
    },
    async remove(keys) {
      for (let start = 0; start < keys.length; start += mostKeys) {
        const Objects = keys.slice(start, start + mostKeys).map(key => ({ Key: object(key).Key }))
        const Delete = { Objects, Quiet: true }
        const { Errors = [] } = await s3.send(
          new DeleteObjectsCommand({ Bucket: url.hostname, Delete })
        )
        if (Errors[0]) throw new Error(`S3 keeps ${Errors[0].Key}: ${Errors[0].Message}`)
      }
    },
    close: () => s3.destroy()
  }
}

function openFolder(folder: string): Storage {
  return {
    async put(key, content, { name }) {
      const path = join(folder, key)
      await writeWhole(path, content)
      return { key, name, bytes: (await stat(path)).size }
    },
    async read(key) {
      try {
        return await readFile(join(folder, key))
      } catch (error) {
        throw (error as NodeJS.ErrnoException).code === 'ENOENT' ? gone(key, error) : error
      }
    },
    async link({ key }) {
      return pathToFileURL(join(folder, key))
    },
    async remove(keys) {
      for (const key of keys) await rm(join(folder, key), { force: true })
    },
    close() {}
  }
}

/** S3 does not say how much it got. */
function count(content: AsyncIterable<Uint8Array>) {
  let bytes = 0
  async function* pieces() {
    for await (const piece of content) {
      bytes += piece.length
      yield piece
    }
  }
  return { pieces: pieces(), bytes: () => bytes }
}

function gone(key: string, cause: unknown) {
  return new GiveUp(`The file ${key} is no longer in the storage: send it again.`, { cause })
}

/** The file is there whole or not at all, also after a power cut. */
async function writeWhole(path: string, content: Content) {
  await mkdir(dirname(path), { recursive: true })
  const draft = `${path}.${randomUUID()}.part`
  const file = await open(draft, 'w')
  try {
    await file.writeFile(content)
    await file.sync()
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  } finally {
    await file.close()
  }
}
