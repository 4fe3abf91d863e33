/** A line of a Procfile, as Beanstalk takes it. */
const line = /^([A-Za-z0-9_-]+):\s*(\S.*)$/

/** The command of each process; `web` is the one that nginx talks to. Throws when there is none. */
export function readProcfile(text: string): Record<string, string> & { web: string } {
  const lines = text.split(/\r?\n/).filter(one => one.trim() !== '')
  const commands = Object.fromEntries(
    lines.map(one => {
      const [, name, command] = line.exec(one) ?? []
      if (!name || !command)
        throw new Error(`Procfile: "${one}" is no "name: command"; Beanstalk refuses the bundle.`)
      return [name, command.trim()]
    })
  )
  const { web } = commands
  if (!web) throw new Error('Procfile: there is no "web:", to which nginx sends the requests.')
  return { ...commands, web }
}
