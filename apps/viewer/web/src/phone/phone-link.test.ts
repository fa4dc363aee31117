import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PhoneLink, type Link } from './phone-link.ts'

/** A phone whose computer answers as the test says. */
function openPhone(answers: Readonly<Record<string, () => Response>>, token: string | null = null) {
  const links: Link[] = []
  const sent: string[] = []
  const timers: (() => void)[] = []
  let kept = token
  const link = new PhoneLink({
    async send(path, { headers }) {
      sent.push(`${path} ${new Headers(headers).get('authorization') ?? ''}`.trim())
      const answer = answers[path]
      if (answer === undefined) throw new TypeError('nobody answers')
      return answer()
    },
    kept: { get: () => kept, set: (now) => void (kept = now) },
    later: (_delayMs, run) => void timers.push(run),
    isShown: () => true,
    onChange: (now) => void links.push(now),
  })
  const settle = () => new Promise((resolve) => setImmediate(resolve))
  const look = async (): Promise<void> => {
    for (const run of timers.splice(0)) run()
    await settle()
  }
  return { link, links, sent, look, settle, kept: () => kept }
}

const json =
  (value: unknown, status = 200) =>
  () =>
    Response.json(value, { status })

test('the secret is traded once, and the token is what is shown from then on', async () => {
  const phone = openPhone({
    '/pair': json({ token: 'token' }),
    '/player/state': json({ state: null }),
  })
  await phone.link.open('secret')
  await phone.settle()
  assert.deepEqual(phone.sent, ['/pair', '/player/state Bearer token'])
  assert.deepEqual(phone.links.at(-1), { kind: 'on', state: null })
})

test('a used code, no code, a computer that is away and a phone that was let go are told apart', async () => {
  const used = openPhone({ '/pair': json({}, 403) })
  await used.link.open('secret')
  assert.equal(used.links.at(-1)?.kind, 'used')

  const typed = openPhone({})
  await typed.link.open('')
  assert.equal(typed.links.at(-1)?.kind, 'no-code')

  const away = openPhone({}, 'token')
  await away.link.open('')
  await away.settle()
  assert.equal(away.links.length, 0, 'once is a hiccup')
  await away.look()
  assert.equal(away.links.at(-1)?.kind, 'away')

  const over = openPhone({ '/player/state': json({}, 401) }, 'token')
  await over.link.open('')
  await over.settle()
  assert.equal(over.links.at(-1)?.kind, 'over')
  assert.equal(over.kept(), null)
})
