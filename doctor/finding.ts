import type { Project } from './project.ts'

/** What is wrong, in sentences: the mistake, what it does on AWS, and what to write instead. */
export type Finding = {
  /** Path from the root of the project. */
  file: string
  /** From 1. */
  line: number
  problem: string
  onAws: string
  fix: string
}

export type Rule = {
  name: string
  /** What it makes sure of, for `--list`. */
  checks: string
  find(project: Project): Finding[] | Promise<Finding[]>
}

/** A finding with the name of the rule that made it. */
export type Report = Finding & { rule: string }
