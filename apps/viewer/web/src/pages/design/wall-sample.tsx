import { useState, type ReactNode } from 'react'
import { PosterCard } from '../../design/poster-card.tsx'
import { PosterGrid } from '../../design/poster-grid.tsx'
import { Slider } from '../../design/slider.tsx'
import type { PosterRecord } from '../../poster/poster-record.ts'
import { SAMPLE_WORKS } from './sample-works.ts'

/** A wall of made-up works with its size slider. */
export function WallSample({ total }: { readonly total: number }): ReactNode {
  const [width, setWidth] = useState(172)
  return (
    <main className="page" id="programme" lang="en">
      <title>Wall · Matinee</title>
      <h1>{total.toLocaleString('en')} posters</h1>
      <Slider label="Size of posters" min={108} max={280} value={width} onChange={setWidth} />
      <PosterGrid
        label="Posters"
        total={total}
        load={loadSamples}
        posterWidth={width}
        card={(record) => (
          <PosterCard
            record={record}
            href={`/design#${record.id}`}
            facts={`${record.year}, 94 min`}
          />
        )}
      />
    </main>
  )
}

async function loadSamples(offset: number, limit: number): Promise<readonly PosterRecord[]> {
  await Promise.resolve()
  return Array.from({ length: limit }, (_, at) => offset + at).flatMap((number) => {
    const sample = SAMPLE_WORKS[number % SAMPLE_WORKS.length]
    return sample === undefined
      ? []
      : [{ ...sample, id: `wall-${number}`, title: `${sample.title} ${number + 1}` }]
  })
}
