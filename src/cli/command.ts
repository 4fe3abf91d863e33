/** A flag of a command, and what its help says. */
export type Option = {
  type: 'boolean' | 'string'
  short?: string
  default?: string
  /** May be given more than once. */
  multiple?: boolean
  /** What stands for its value in the help, as in `TEXT`. */
  value?: string
  help: string
}
export type Options = Record<string, Option>

type Values<Given extends Options> = {
  [Name in keyof Given]?: Given[Name]['type'] extends 'boolean'
    ? boolean
    : Given[Name] extends { multiple: true }
      ? string[]
      : string
}

/** What was typed after the name of a command, once it is understood. */
export type Call<Given extends Options = Options> = {
  words: string[]
  values: Values<Given>
}

export type Command<Given extends Options = Options> = {
  /** What comes after its name, as in `KIND FILE.json`. */
  usage: string
  /** What it does, for who has not used it. */
  about: string
  options: Given
  /** Command lines, each with what it is good for. */
  examples: [line: string, what: string][]
  /** Its words are passed on as they are, to a program with options and help of its own. */
  isProgram?: true
  /** Gives the exit code: 0 done, 1 failed. Throws a sentence that says what to do. */
  run(call: Call<Given>): Promise<number>
}

/** Declares a command, with its values typed by its options. */
export function defineCommand<const Given extends Options>(command: Command<Given>): Command {
  return command as unknown as Command
}

/** The command line itself is wrong: nothing was done. */
export class WrongUsage extends Error {}

export const local = {
  local: {
    type: 'boolean',
    help: 'the line that "npm start" runs on this machine (DATA_DIR, PORT, AWS_PORT)'
  }
} as const satisfies Options

export const json = {
  json: { type: 'boolean', help: 'one JSON document instead of text; times in UTC' }
} as const satisfies Options

export const utc = {
  utc: { type: 'boolean', help: 'times in UTC instead of Japan time' }
} as const satisfies Options

export const as = {
  as: {
    type: 'string',
    value: 'NAME',
    help: 'who you are, for the audit log; else your login name'
  }
} as const satisfies Options
