import { WrongUsage } from './command.ts'

/** Throws where something was typed that the command has no use for. */
export function noWords(name: string, words: string[]) {
  if (words.length > 0)
    throw new WrongUsage(`"beanline ${name}" takes no "${words[0]}": see "beanline help ${name}".`)
}
