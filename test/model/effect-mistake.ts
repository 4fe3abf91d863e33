import type { Mistake } from './mistake.ts'

/** About the mail, its entry in the ledger, and its receipt. */
export const effectMistakes: Mistake[] = [
  {
    what: 'An attempt lets go of its job while its mail is on the way',
    file: 'settle.ts',
    right: '  await means.ledger.close()\n',
    wrong: ''
  },
  {
    what: 'The mail is sent before it is in the ledger',
    file: 'ledger.ts',
    right: '    const { isNew, earlier } = await enter(',
    wrong:
      '    const sent = await act()\n    act = async () => sent\n    const { isNew, earlier } = await enter('
  },
  {
    what: 'A stale attempt can write its entry in the ledger',
    file: 'effect.ts',
    right: ".where({ id, fencing_token, state: 'running' })\n  const",
    wrong: '.where({ id })\n  const'
  },
  {
    what: 'A doubtful mail is sent again without a count',
    file: 'effect.ts',
    right: 'WHEN ? THEN 0 ELSE 1 END',
    wrong: 'WHEN ? THEN 0 ELSE 0 END'
  },
  {
    what: 'A kind that holds doubtful mails sends them',
    file: 'ledger.ts',
    right: "isOpen && onDoubt === 'hold' ? asked",
    wrong: 'isOpen && onDoubt === undefined ? asked'
  },
  {
    what: 'A doubt that is held is counted by each attempt that finds it',
    file: 'effect.ts',
    right: 'WHEN ? THEN 0 WHEN ? THEN 0 ELSE',
    wrong: 'WHEN ? THEN 0 WHEN ? THEN 1 ELSE'
  },
  {
    what: 'An order to retry decides on a doubt that nobody has told of',
    file: 'effect.ts',
    right: 'done_at: null, fencing_token: asked }',
    wrong: 'done_at: null }'
  },
  {
    what: 'A counted doubt is deleted with its entry',
    file: 'ledger.ts',
    right: 'isNew ? entry().delete() : entry().update({ fencing_token: decided })',
    wrong: 'entry().delete()'
  },
  {
    what: 'The person is not told when the doubt was one of an earlier attempt',
    file: 'ledger.ts',
    right: "if (isOpen || (before.ambiguous > 0 && onDoubt === 'repeat')) doubt()",
    wrong: 'if (isOpen) doubt()'
  },
  {
    what: 'An order to retry takes the mail from an attempt under way',
    file: 'effect.ts',
    right: '.whereExists(failed()).update(',
    wrong: '.update('
  },
  {
    what: 'A mail whose receipt is in the ledger is sent again',
    file: 'ledger.ts',
    right: 'earlier: isDone ? receipt : undefined',
    wrong: 'earlier: undefined'
  },
  {
    what: 'A job finishes without the receipt of its mail',
    file: 'ledger.ts',
    right: 'Object.keys(receipts).length > 0 ? receipts : undefined',
    wrong: 'undefined'
  },
  {
    what: 'An attempt that fails leaves the receipt of its mail unwritten',
    file: 'settle.ts',
    right: '  await means.ledger.write()\n',
    wrong: ''
  },
  {
    what: 'An entry of an earlier attempt is taken for one whose answer was lost',
    file: 'effect.ts',
    right: 'won(write, () => isMine(database, attempt, step))',
    wrong: 'won(write, async () => true)'
  }
]
