/** Whether a text is the kind of URL that a variable asks for, before anything is opened with it. */

export function isWebUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
}

export function isNoneOrWebUrl(text: string): boolean {
  return text === '' || isWebUrl(text)
}

/** Scheme and host only: what comes after would be lost when a path is put behind it. */
export function isOrigin(text: string): boolean {
  return isWebUrl(text) && new URL(text).href === `${new URL(text).origin}/`
}

export function isStorageUrl(text: string): boolean {
  if (text.startsWith('s3://')) return URL.canParse(text) && new URL(text).hostname !== ''
  return /^file:./.test(text)
}

export function isDatabaseUrl(text: string): boolean {
  return /^sqlite:./.test(text) || (text.startsWith('mysql://') && isMysqlUrl(text))
}

function isMysqlUrl(text: string) {
  if (!URL.canParse(text)) return false
  const { hostname, username, password, pathname } = new URL(text)
  const isOneName = /^\/[^/]+$/.test(pathname)
  return hostname !== '' && isOneName && [username, password, pathname].every(isDecodable)
}

function isDecodable(text: string) {
  try {
    decodeURIComponent(text)
    return true
  } catch {
    return false
  }
}
