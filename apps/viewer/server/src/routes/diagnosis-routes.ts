import { paths, type DhtTest, type Diagnosis } from '#api'
import { Hono } from 'hono'
import { failureAnswer } from '../http/failure-answer.ts'
import type { DiagnosisDesk } from '../library/diagnosis/diagnosis-desk.ts'
import { languageOf } from './viewer-language.ts'

/** How everything stands, and what somebody asked to be tried. */
export function diagnosisRoutes(desk: DiagnosisDesk): Hono {
  const routes = new Hono()
  routes.get(paths.diagnosis, async (context) =>
    context.json((await desk.look(languageOf(context))) satisfies Diagnosis),
  )
  routes.post(paths.diagnosisDht, async (context) => {
    const tried = await desk.tryDht(context.req.raw.signal)
    if (tried === 'off') return failureAnswer(404, 'not-found')
    if (tried === 'busy') return failureAnswer(503, 'busy')
    return context.json(tried satisfies DhtTest)
  })
  return routes
}
