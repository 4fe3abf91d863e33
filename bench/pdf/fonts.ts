import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

const pathOf = (cut: string) =>
  fileURLToPath(import.meta.resolve(`@expo-google-fonts/noto-sans-jp/${cut}/NotoSansJP_${cut}.ttf`))

/** The fonts of the invoice, as all makers take them. */
export const fontPaths = { regular: pathOf('400Regular'), bold: pathOf('700Bold') }
export const fontFolders = Object.values(fontPaths).map(path => dirname(path))
export const fontBytes = () => ({
  regular: readFileSync(fontPaths.regular),
  bold: readFileSync(fontPaths.bold)
})
