import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** Where Node's own licence stands beside the Node that runs, as its makers ship it. Throws when it isn't there. */
export function nodeLicence(node: string = process.execPath): string {
  const found = [join(node, '../../LICENSE'), join(node, '../LICENSE')].find(existsSync)
  if (found === undefined)
    throw new Error(`beside ${node} there is no LICENSE of Node's, which has to come along`)
  return found
}
