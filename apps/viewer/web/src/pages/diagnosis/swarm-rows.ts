import type { FoundBy, SwarmFacts } from '#api'
import type { Sentence, TextKey } from '../../i18n/text-key.ts'
import { rowOf, type DiagnosisRow } from './diagnosis-row.ts'

const FOUND_WORDS: Readonly<Record<FoundBy, TextKey>> = {
  tracker: 'diagnosis.by-tracker',
  dht: 'diagnosis.by-dht',
  pex: 'diagnosis.by-pex',
  lan: 'diagnosis.by-lan',
  incoming: 'diagnosis.by-incoming',
  remembered: 'diagnosis.by-remembered',
  own: 'diagnosis.by-own',
  else: 'diagnosis.by-else',
}

/** The ways to other people, and to web servers that hold films. */
export function swarmRows(swarm: SwarmFacts): readonly DiagnosisRow[] {
  return [portRow(swarm), peopleRow(swarm), dhtRow(swarm), trackerRow(swarm), webSeedRow(swarm)]
}

function portRow({ sharing, port, reached }: SwarmFacts): DiagnosisRow {
  const name: Sentence = { key: 'diagnosis.port' }
  if (sharing === 'web-only') return rowOf('port', name, 'fine', [{ key: 'diagnosis.port-web' }])
  if (port === null) return rowOf('port', name, 'unknown', [{ key: 'diagnosis.port-resting' }])
  if (reached.fromOutside > 0)
    return rowOf('port', name, 'fine', [
      { key: 'diagnosis.port-reached', values: { port, count: reached.fromOutside } },
    ])
  // Nobody may have tried: that isn't a fault.
  return rowOf('port', name, 'unknown', [
    { key: 'diagnosis.port-listening', values: { port } },
    { key: 'diagnosis.port-advice', values: { port } },
  ])
}

function peopleRow({ sharing, torrents, people }: SwarmFacts): DiagnosisRow {
  const name: Sentence = { key: 'diagnosis.people' }
  const { connected, known, foundBy } = people
  const named = foundBy.map(({ way, count }) => ({
    what: String(count),
    says: { key: FOUND_WORDS[way] },
  }))
  if (sharing === 'web-only')
    return rowOf('people', name, 'fine', [{ key: 'diagnosis.people-web' }])
  if (torrents === 0) return rowOf('people', name, 'unknown', [{ key: 'diagnosis.people-resting' }])
  const counted: Sentence = { key: 'diagnosis.people-counted', values: { connected, known } }
  if (connected > 0) return rowOf('people', name, 'fine', [counted], { named })
  return known === 0
    ? rowOf('people', name, 'better', [{ key: 'diagnosis.people-nobody' }])
    : rowOf('people', name, 'better', [counted, { key: 'diagnosis.people-advice' }], { named })
}

function dhtRow({ dht }: SwarmFacts): DiagnosisRow {
  const name: Sentence = { key: 'diagnosis.dht' }
  const act = { act: { kind: 'try-dht' } } as const
  if (dht.state === 'off') return rowOf('dht', name, 'fine', [{ key: 'diagnosis.dht-off' }])
  if (dht.state === 'resting')
    return rowOf('dht', name, 'unknown', [{ key: 'diagnosis.dht-resting' }], act)
  if (dht.nodes === 0)
    return rowOf(
      'dht',
      name,
      'better',
      [{ key: 'diagnosis.dht-nobody' }, { key: 'diagnosis.firewall' }],
      act,
    )
  const says: Sentence[] = [{ key: 'diagnosis.dht-nodes', values: { count: dht.nodes } }]
  if (dht.seenAs !== null) says.push({ key: 'diagnosis.dht-seen', values: { address: dht.seenAs } })
  return rowOf('dht', name, 'fine', says, act)
}

function trackerRow({ trackers }: SwarmFacts): DiagnosisRow {
  const name: Sentence = { key: 'diagnosis.trackers' }
  const failed = trackers.filter(({ state }) => state === 'failed')
  const answered = trackers.filter(({ state }) => state === 'answered').length
  if (failed.length + answered === 0)
    return rowOf('trackers', name, 'unknown', [{ key: 'diagnosis.trackers-none' }])
  const says: Sentence = {
    key: 'diagnosis.answered-of',
    values: { answered, asked: failed.length + answered },
  }
  const named = failed.map(({ host }) => ({
    what: host,
    says: { key: 'diagnosis.silent' as const },
  }))
  if (failed.length === 0) return rowOf('trackers', name, 'fine', [says])
  return answered > 0
    ? rowOf('trackers', name, 'better', [says, { key: 'diagnosis.trackers-some' }], { named })
    : rowOf('trackers', name, 'broken', [says, { key: 'diagnosis.firewall' }], { named })
}

function webSeedRow({ webSeeds }: SwarmFacts): DiagnosisRow {
  const name: Sentence = { key: 'diagnosis.web-seeds' }
  if (webSeeds.length === 0)
    return rowOf('web-seeds', name, 'unknown', [{ key: 'diagnosis.web-seeds-none' }])
  const ready = webSeeds.filter(({ state }) => state === 'ready').length
  const says: Sentence = {
    key: 'diagnosis.answered-of',
    values: { answered: ready, asked: webSeeds.length },
  }
  if (ready === webSeeds.length) return rowOf('web-seeds', name, 'fine', [says])
  const named = webSeeds.flatMap(({ host, state }) =>
    state === 'ready'
      ? []
      : [
          {
            what: host,
            says: {
              key:
                state === 'banned'
                  ? ('diagnosis.wrong-bytes' as const)
                  : ('diagnosis.silent' as const),
            },
          },
        ],
  )
  return rowOf('web-seeds', name, 'better', [says, { key: 'diagnosis.web-seeds-some' }], { named })
}
