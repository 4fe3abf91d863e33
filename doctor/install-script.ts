/** What a shell on Amazon Linux has without a package of npm: its own words, and the everyday programs. */
const present = new Set(
  `: . [ alias basename bash cat cd chmod chown command cp curl cut date dirname echo env eval exec exit export
  false find git grep gzip head install ln ls mkdir mktemp mv node npm npx printf pwd read return rm rmdir sed
  set sh shift sleep sort source tail tar tee test touch tr trap true umask uname unset wait wc which xargs`.split(
    /\s+/
  )
)
/** A command follows them. */
const keyword =
  /^(if|then|elif|else|while|until|do|time|!|\{|\(|exec|command|env|npx|\w+=\S*|--yes|-y)$/
/** No command follows them. */
const ending = /^(fi|done|esac|\}|\)|for|case|in)$/

/** The first program of an install script that comes neither with the system nor with `packaged` programs. */
export function missingProgram(command: string, packaged: Set<string>): string | undefined {
  const programs = command.split(/[;&|\n()]+/).map(programOf)
  return programs.find(name => name && !present.has(name) && !packaged.has(name))
}

/** Nothing for a path, which is a file's matter, and for what the shell would put in. */
function programOf(command: string): string | undefined {
  const words = command.trim().split(/\s+/)
  const first = words.find(word => !keyword.test(word)) ?? ''
  return ending.test(first) || /[/$"'`<>]/.test(first) ? undefined : first
}

/** The file of the project that a script starts, by node, by a shell or by its path. */
export function startedFile(command: string): string | undefined {
  const [, started] =
    /(?:\b(?:node|sh|bash)\s+(?:-\S+\s+)*|(?:^|[;&|]\s*)(?=\.\/))([^\s;&|-][^\s;&|]*)/.exec(
      command
    ) ?? []
  return started?.replace(/^\.\//, '')
}
