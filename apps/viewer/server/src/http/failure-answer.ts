import type { Failure, FailureCode } from '#api'

/** The one shape of every refusal of the API. */
export function failureAnswer(status: number, code: FailureCode): Response {
  const failure: Failure = { error: { code } }
  return Response.json(failure, { status })
}
