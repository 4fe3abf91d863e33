/** A file that a job made, as its row remembers it. */
export type StoredFile = { key: string; name: string; bytes: number }
