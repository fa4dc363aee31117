import type { ZodMiniType, output } from 'zod/mini'

/** The body of a request as `schema` describes it, or null when it's something else. */
export async function readJson<Schema extends ZodMiniType>(
  request: Request,
  schema: Schema,
): Promise<output<Schema> | null> {
  let value: unknown
  try {
    value = await request.json()
  } catch {
    // A body that isn't JSON is the client's fault, like one of the wrong shape.
    return null
  }
  const parsed = schema.safeParse(value)
  return parsed.success ? parsed.data : null
}
