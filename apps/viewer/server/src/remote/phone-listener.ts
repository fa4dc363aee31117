import { TOKEN_HEADER, pairRequestSchema, remoteCommandSchema } from '#api'
import type { Pairing, PhoneView, RemoteCommand, RemoteState } from '#api'
import { KIB, SECOND_MS, messageOf, type Log } from '@matinee/base'
import { Hono } from 'hono'
import { failureAnswer } from '../http/failure-answer.ts'
import { presentedToken } from '../http/guards/session-guard.ts'
import { upgradeGuard } from '../http/guards/upgrade-guard.ts'
import { workerGuard } from '../http/guards/worker-guard.ts'
import { readJson } from '../http/json-body.ts'
import { listenHttp } from '../http/listener.ts'
import { phoneGuard, phoneHeaders, type PhoneBindings } from './phone-guards.ts'
import type { PhoneFile, PhonePage } from './phone-page.ts'

/** What stands behind the listener: one player, and who may work it. */
export interface PhoneDoor {
  /** Whether one more request from an address is answered now. */
  allows(host: string): boolean
  /** Trades the secret for a token, once; null = it's worth nothing. */
  pair(secret: string, host: string): string | null
  knows(token: string, host: string): boolean
  leave(token: string): void
  /** What plays; null = nothing just now. */
  state(): RemoteState | null
  /** Resolves when the player has done it, or too long after. False = too much was asked at once. */
  ask(command: RemoteCommand): Promise<boolean>
}

/** Where phones reach the player; closed, nothing of it answers any more. */
export interface PhoneListener extends AsyncDisposable {
  readonly port: number
}

/** Three phones, each with the connections that a browser opens at once. */
const MAX_CONNECTIONS = 24

/**
 * Opens a listener for phones (L10): on one address of this computer in the home network, for addresses of home networks
 * alone. There is a page, a way in, what plays, and what may be asked of it; no catalogue, no film, no API and no session of
 * the viewer's.
 *
 * Throws `PortsTakenError` when the address is gone.
 */
export async function openPhoneListener(options: {
  /** This computer's address. */
  readonly host: string
  /** Whether a phone may be at an address. */
  readonly mayBePhone: (host: string) => boolean
  readonly page: PhonePage
  readonly door: PhoneDoor
  readonly log: Log
}): Promise<PhoneListener> {
  const { host, mayBePhone, page, door, log } = options
  let authority = ''
  const site = phoneSite(page, door, () => authority)
  site.onError((error, context) => {
    if (!context.req.raw.signal.aborted)
      log.error('phone not answered', { reason: messageOf(error) })
    return failureAnswer(500, 'internal')
  })
  const listener = await listenHttp({
    hosts: [host],
    ports: [0],
    mayConnect: mayBePhone,
    limits: {
      connections: MAX_CONNECTIONS,
      headersTimeoutMs: 5 * SECOND_MS,
      requestTimeoutMs: 10 * SECOND_MS,
      stallMs: 10 * SECOND_MS,
      headerBytes: 8 * KIB,
      bodyBytes: KIB,
    },
    log,
    handle: async (request, peer) => site.fetch(request, { peer }),
  })
  authority = `${host}:${listener.address.port}`
  return { port: listener.address.port, [Symbol.asyncDispose]: () => listener.close() }
}

function phoneSite(page: PhonePage, door: PhoneDoor, authority: () => string): Hono<PhoneBindings> {
  const site = new Hono<PhoneBindings>()
  site.use('*', phoneHeaders())
  site.use('*', async ({ env }, next) =>
    door.allows(env.peer) ? next() : failureAnswer(429, 'busy'),
  )
  site.use('*', phoneGuard(authority))
  site.use('*', upgradeGuard())
  site.use('*', workerGuard())
  site.notFound(() => failureAnswer(404, 'not-found'))

  site.get('/', () => fileAnswer(page.shell))
  site.get('/assets/:name', (context) => {
    const asset = page.assets.get(context.req.param('name'))
    return asset === undefined ? context.notFound() : fileAnswer(asset)
  })
  // Browsers ask for one unasked.
  site.get('/favicon.ico', (context) => context.body(null, 204))
  site.post('/pair', async (context) => {
    const body = await readJson(context.req.raw, pairRequestSchema)
    if (body === null) return failureAnswer(400, 'bad-request')
    const token = door.pair(body.secret, context.env.peer)
    if (token === null) return failureAnswer(403, 'launch-code')
    return context.json({ token } satisfies Pairing)
  })

  site.use('/player/*', async (context, next) => {
    const token = presentedToken(context.req.header(TOKEN_HEADER))
    return door.knows(token, context.env.peer) ? next() : failureAnswer(401, 'no-session')
  })
  const view = (): PhoneView => ({ state: door.state() })
  site.get('/player/state', (context) => context.json(view()))
  site.post('/player/command', async (context) => {
    const command = await readJson(context.req.raw, remoteCommandSchema)
    if (command === null) return failureAnswer(400, 'bad-request')
    return (await door.ask(command)) ? context.json(view()) : failureAnswer(429, 'busy')
  })
  site.post('/player/leave', (context) => {
    door.leave(presentedToken(context.req.header(TOKEN_HEADER)))
    return context.json({ state: null } satisfies PhoneView)
  })
  return site
}

function fileAnswer({ packed, type }: PhoneFile): Response {
  return new Response(packed, { headers: { 'content-type': type, 'content-encoding': 'gzip' } })
}
